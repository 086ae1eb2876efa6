"""One person on one page: what every register holds of them, and what of it each role is shown."""

import re
from datetime import date

import pytest
from django.urls import reverse

from cadres.models import Posting, ReserveListing, StudyReview, Talk, TalkReading
from orgs.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

READERS = (Role.CLERK, Role.LEADER)


@pytest.fixture
def person(root):
    return factories.PersonFactory(organization=root, name="贺正宏")


@pytest.fixture
def admonished(person):
    talk = factories.TalkFactory(
        organization=person.organization, kind=Talk.Kind.ADMONITION, held_on="2025-08-20",
        reason="项目推进不力", talker="组织委员",
    )  # fmt: skip
    return factories.TalkPersonFactory(talk=talk, person=person, effect_until=date(2026, 2, 20))


def html_of(client, person, **query):
    return client.get(reverse("person", args=[person.pk]), query).content.decode()


def text(html):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def life(client, person):
    """The rows of the timeline: from, until, kind, text; none where it says that there are none."""
    table = re.search(r"<tbody>.*?</tbody>", html_of(client, person), re.DOTALL)[0]
    rows = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in rows]
    return [tuple(text(cell) for cell in row) for row in cells if len(row) > 1]


def notices(html):
    return [
        text(one) for one in re.findall(r'<p class="alert alert-warning.*?</p>', html, re.DOTALL)
    ]


# — what registers hold —


def posted(person, kind, **values):
    since, until = date(2024, 3, 1), values.pop("until", None)
    return factories.PostingFactory(
        organization=person.organization,
        person=person,
        kind=kind,
        since=since,
        until=until,
        **values,
    )


def first_secretary(person):
    village = factories.VillageFactory(organization=person.organization, name="石桥村")
    posting = posted(person, Posting.Kind.FIRST_SECRETARY, duty="驻村指导")
    factories.PostingTargetFactory(posting=posting, village=village)


def reserve(person):
    village = factories.VillageFactory(organization=person.organization, name="石桥村")
    kept = {"organization": person.organization, "person": person, "village": village}
    factories.ReserveListingFactory(
        **kept, until=date(2025, 10, 16), outcome=ReserveListing.Outcome.APPOINTED
    )


def rotation(person):
    department = factories.DepartmentFactory(organization=person.organization, name="党建办")
    posted(person, Posting.Kind.ROTATION, department=department, until=date(2024, 9, 1))


def secondment(person):
    posted(person, Posting.Kind.SECONDMENT, project="高铁新城征迁", duty="联络")


def review(person):
    factories.StudyReviewFactory(
        organization=person.organization, person=person, score="88.5",
        grade=StudyReview.Grade.EXCELLENT,
    )  # fmt: skip


def pledge(person):
    factories.PledgeFactory(
        person=person, organization=person.organization, text="每月走访困难户",
        pledged_on=date(2025, 3, 5), fulfilled_on=date(2025, 9, 30),
    )  # fmt: skip


LIFE = [
    (first_secretary, ("2024-03-01", "至今", "第一书记", "石桥村，驻村指导")),
    (secondment, ("2024-03-01", "至今", "抽调一线", "高铁新城征迁，联络")),
    (rotation, ("2024-03-01", "2024-09-01", "轮岗", "党建办")),
    (reserve, ("2024-05-01", "2025-10-16", "后备干部", "石桥村党总支书记（已任用）")),
    (pledge, ("2025-03-05", "", "党员承诺", "每月走访困难户（2025年9月30日兑现）")),
    (review, ("2025-12-20", "", "述学评学考学", "2025年优秀，考学88.5分")),
]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("happens", "told"), LIFE, ids=[made.__name__ for made, _ in LIFE])
def test_timeline_tells_what_registers_hold_to_every_role(as_role, person, happens, told, role):
    happens(person)

    assert life(as_role(role, person.organization), person) == [told]


def test_timeline_tells_the_newest_first(as_role, person):
    for happens in (rotation, review, reserve):
        happens(person)

    kinds = [kind for _, _, kind, _ in life(as_role(Role.LEADER, person.organization), person)]

    assert kinds == ["述学评学考学", "后备干部", "轮岗"]


# — talks —


@pytest.mark.parametrize("role", Role)
def test_effect_of_an_admonition_is_told_to_readers_of_talks_only(as_role, admonished, role):
    person = admonished.person
    client = as_role(role, person.organization)

    told = life(client, person), notices(html_of(client, person))

    line = ("2025-08-20", "", "诫勉谈话", "项目推进不力（谈话人：组织委员），影响期至2026年2月20日")
    notice = "诫勉谈话影响期内，至2026年2月20日：影响期内不得提拔、评优。"
    assert told == (([line], [notice]) if role in READERS else ([], []))


@pytest.mark.parametrize("role", Role)
def test_looking_at_a_person_is_on_record_where_talks_are_shown(as_role, admonished, role):
    person = admonished.person

    html_of(as_role(role, person.organization), person)

    expected = [(role, reverse("person", args=[person.pk]))] if role in READERS else []
    assert list(TalkReading.objects.values_list("user__role", "address")) == expected


def test_looking_at_a_person_without_talks_is_not_on_record(as_role, person):
    html_of(as_role(Role.CLERK, person.organization), person)

    assert not TalkReading.objects.exists()


@pytest.mark.parametrize(
    ("day", "lasts"),
    [("2025-08-19", False), ("2025-08-20", True), ("2026-02-20", True), ("2026-02-21", False)],
)
def test_effect_lasts_from_the_talk_to_its_last_day(as_role, admonished, day, lasts):
    client = as_role(Role.LEADER, admonished.person.organization)

    assert bool(notices(html_of(client, admonished.person, on=day))) == lasts


def test_talk_kept_outside_the_readers_scope_is_not_told(as_role, root, admonished):
    below = factories.OrganizationFactory(parent=root)
    person = factories.PersonFactory(organization=below)
    factories.TalkPersonFactory(talk=admonished.talk, person=person)

    shown = [life(as_role(Role.LEADER, keeper), person) for keeper in (below, root)]

    assert ([len(one) for one in shown], TalkReading.objects.count()) == ([0, 1], 1)


def test_narrowing_the_page_to_a_unit_keeps_its_talks(as_role, root, admonished):
    below = factories.OrganizationFactory(parent=root)
    person = factories.PersonFactory(organization=below)
    factories.TalkPersonFactory(talk=admonished.talk, person=person)

    html = html_of(as_role(Role.LEADER, root), person, org=below.pk)

    assert "项目推进不力" in html
