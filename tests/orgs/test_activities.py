"""Entering activities week by week, by a clerk or by the secretary of a branch."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from orgs.models import Activity, ActivityKind, Attendance, Role
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
NEW = "/activities/new/"


@pytest.fixture
def branch(village_organization):
    return OrganizationFactory(branch=True, parent=village_organization)


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture
def secretary(as_role, branch):
    return as_role(Role.SECRETARY, branch)


@pytest.fixture
def theme_day():
    return ActivityKind.objects.get(code="theme_day")


@pytest.fixture
def enter(secretary, branch, theme_day):
    """`enter(row, row)` posts an activity of the branch, and who was absent."""

    def posted(*rows, client=secretary, address=NEW, stored=0, **head):
        data = {
            "organization": branch.pk,
            "kind": theme_day.pk,
            "held_on": "2025年6月30日",
            "topic": "重温入党誓词",
            "place": "党员活动室",
            "due": 20,
            "present": 18,
            "attendances-TOTAL_FORMS": len(rows),
            "attendances-INITIAL_FORMS": stored,
            **head,
        }
        for place, row in enumerate(rows):
            data |= {f"attendances-{place}-{name}": value for name, value in row.items()}
        return client.post(address, data)

    return posted


def absent(name, reason="外出务工", **rest):
    return {"name": name, "presence": "absent", "reason": reason, **rest}


def errors(answer):
    """{field: message} of the head, {(row, field): message} of the rows."""
    found = {field: messages[0] for field, messages in answer.context["form"].errors.items()}
    rows = enumerate(answer.context["rows"].forms)
    return found | {
        (place, field): messages[0]
        for place, form in rows
        for field, messages in form.errors.items()
    }


def test_an_activity_is_entered(enter, branch, theme_day):
    answer = enter()

    activity = Activity.objects.get()
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/activities/")
    assert (activity.organization, activity.kind, activity.topic) == (
        branch,
        theme_day,
        "重温入党誓词",
    )
    assert (activity.held_on, activity.due, activity.present) == (date(2025, 6, 30), 20, 18)


def test_the_next_one_starts_with_what_it_shares(enter, secretary, branch, theme_day):
    answer = enter(next="1")

    fields = secretary.get(answer.url).context["form"]
    kept = {name: fields[name].value() for name in ("organization", "kind", "place", "due")}
    assert kept == {
        "organization": str(branch.pk),
        "kind": str(theme_day.pk),
        "place": "党员活动室",
        "due": "20",
    }
    assert [fields[name].value() or "" for name in ("topic", "held_on", "present")] == [""] * 3


def test_the_only_organization_is_chosen_already(secretary, branch):
    form = secretary.get(NEW).context["form"]

    assert form["organization"].value() == branch.pk
    assert "autofocus" in form["kind"].as_widget()


def test_the_absent_are_found_by_name(enter, branch):
    person = PersonFactory(organization=branch, name="王大江")

    enter(absent("王 大江", "生病"))

    row = Attendance.objects.get()
    assert (row.person, row.presence, row.reason) == (person, "absent", "生病")


def test_who_sat_in_is_listed_without_a_reason(enter, branch):
    PersonFactory(organization=branch, name="王大江")

    enter(absent("王大江", "", presence="observer"))

    assert str(Attendance.objects.get()) == "王大江 列席"


def test_an_absence_without_a_reason_is_refused(enter, branch):
    PersonFactory(organization=branch, name="王大江")

    answer = enter(absent("王大江", ""))

    assert errors(answer) == {(0, "reason"): "缺席的必须填写缺席原因，没有缺席的不填。"}
    assert not Activity.objects.exists()


def test_a_member_of_the_branch_goes_before_namesakes(enter, village_organization, clerk, branch):
    PersonFactory(organization=village_organization, name="王大江")
    member = MembershipFactory(
        person__name="王大江", person__organization=branch, organization=branch
    )

    enter(absent("王大江"), client=clerk)

    assert Attendance.objects.get().person == member.person


def test_namesakes_are_told_apart_by_month_of_birth(enter, branch):
    _older, younger = (
        PersonFactory(organization=branch, name="王大江", birth_on=day)
        for day in (date(1970, 2, 1), date(1980, 2, 1))
    )

    answer = enter(absent("王大江"))
    enter(absent("王大江 1980.2"))

    assert list(errors(answer)) == [(0, "name")]
    assert Attendance.objects.get().person == younger


def test_nobody_is_listed_twice(enter, branch):
    PersonFactory(organization=branch, name="王大江")

    answer = enter(absent("王大江"), absent("王大江"))

    assert "已有一行" in errors(answer)[1, "name"]


def test_no_more_are_absent_than_did_not_come(enter, branch):
    for name in ("王大江", "李小河"):
        PersonFactory(organization=branch, name=name)

    answer = enter(absent("王大江"), absent("李小河"), due=20, present=19)

    assert answer.context["rows"].non_form_errors() == [
        "缺席名单有2人，多于应到20人减去实到19人，请核对名单和人数。"
    ]


def test_nothing_typed_is_lost(enter):
    answer = enter(absent("无此人", "探亲"), held_on="上周", lecturer="周书记")

    page = answer.content.decode()
    assert [typed in page for typed in ("无此人", "探亲", "上周", "周书记")] == [True] * 4
    assert errors(answer).keys() == {"held_on", (0, "name")}


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ({"held_on": timezone.localdate() + timedelta(days=1)}, "held_on"),
        ({"held_on": "1999-01-01"}, "held_on"),
        ({"present": 21}, "__all__"),
    ],
    ids=["not yet", "before the branch", "more than due"],
)
def test_what_cannot_be_is_refused(enter, branch, head, field):
    branch.founded_on = date(2000, 1, 1)
    branch.save()

    answer = enter(**head)

    assert list(errors(answer)) == [field]


def test_a_stored_activity_is_shown_and_changed(enter, secretary, branch):
    activity = ActivityFactory(organization=branch)
    row = AttendanceFactory(activity=activity, person__organization=branch)
    shown = secretary.get(f"/activities/{activity.pk}/").context["rows"].forms[0]

    enter(
        absent(shown["name"].value(), "住院", id=row.pk, version=row.version),
        address=f"/activities/{activity.pk}/",
        stored=1,
        version=activity.version,
        topic="参观红色教育基地",
    )

    activity.refresh_from_db()
    row.refresh_from_db()
    assert (activity.topic, activity.version, row.reason, row.version) == (
        "参观红色教育基地",
        2,
        "住院",
        2,
    )


def test_somebody_elses_changes_are_not_overwritten(enter, branch):
    activity = ActivityFactory(organization=branch, topic="原来的主题")

    answer = enter(address=f"/activities/{activity.pk}/", version=activity.version - 1)

    activity.refresh_from_db()
    assert (answer.status_code, activity.topic) == (409, "原来的主题")


def test_a_pairing_out_of_sight_stays_as_it_is(enter, branch, sibling_organization):
    pairing = PairingFactory(organization=sibling_organization)
    activity = ActivityFactory(organization=branch, pairing=pairing)

    enter(address=f"/activities/{activity.pk}/", version=activity.version)

    activity.refresh_from_db()
    assert (activity.topic, activity.pairing) == ("重温入党誓词", pairing)


# — what a secretary does not see —


@pytest.mark.parametrize("place", ["parent", "sibling"])
def test_a_secretary_enters_nothing_for_other_branches(enter, branch, place):
    parent = branch.parent
    other = parent if place == "parent" else OrganizationFactory(branch=True, parent=parent)

    answer = enter(organization=other.pk)

    assert list(errors(answer)) == ["organization"]
    assert not Activity.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_secretary_opens_no_activity_of_other_branches(secretary, branch, method):
    other = ActivityFactory(organization__parent=branch.parent)

    answer = getattr(secretary, method)(f"/activities/{other.pk}/")

    assert answer.status_code == 404


def test_a_secretary_is_shown_no_activity_of_other_branches(secretary, branch):
    other = OrganizationFactory(branch=True, parent=branch.parent, short_name="锦川机械党支部")
    ActivityFactory(organization=other, topic="别家的主题党日")

    page = secretary.get("/activities/").content.decode()

    assert ("锦川机械党支部" in page, "别家的主题党日" in page) == (False, False)


def test_a_secretary_finds_nobody_of_other_branches(enter, sibling_organization):
    PersonFactory(organization=sibling_organization, name="王大江")

    answer = enter(absent("王大江"))

    assert errors(answer) == {(0, "name"): "人员台账中没有找到“王大江”，请核对姓名，或先录入人员。"}


def test_a_secretary_is_offered_only_what_is_inside(secretary, branch, sibling_organization):
    PairingFactory(organization=sibling_organization)
    MembershipFactory(person__name="别家的人", organization=sibling_organization)

    shown = secretary.get(f"{NEW}?organization={sibling_organization.pk}")

    fields = shown.context["form"].fields
    assert list(fields["organization"].queryset) == [branch]
    assert not fields["pairing"].queryset.exists()
    assert "别家的人" not in shown.content.decode()
