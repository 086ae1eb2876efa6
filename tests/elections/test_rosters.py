"""Entering an election as its paper roster has it."""

from datetime import date

import pytest

from elections.models import Election, Seat
from orgs.models import Person, Role
from tests.factories import (
    BodyFactory,
    ElectionFactory,
    OrganizationFactory,
    PersonFactory,
    SeatFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db
NEW = {"birth_on": "1990.5", "sex": "female", "political_status": "member", "education": "4"}


@pytest.fixture
def keeper(root):
    return OrganizationFactory(parent=root)


@pytest.fixture
def election(root, keeper):
    village = VillageFactory(organization=root, party_organization=keeper)
    body = BodyFactory(village=village, organization=keeper, name="石桥村党总支")
    return ElectionFactory(body=body, seats_set=3, state=Election.State.DUE, held_on=None)


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture
def enter(clerk, election):
    """`enter(row, row)` posts a new roster: the head as an office fills it, and the rows."""

    def posted(*rows, client=clerk, **head):
        data = {
            "version": election.version,
            "held_on": "2025年3月10日",
            "seats_set": 3,
            "method": "two_nominations",
            "rounds": 1,
            "seats-TOTAL_FORMS": len(rows),
            "seats-INITIAL_FORMS": 0,
            **head,
        }
        for place, row in enumerate(rows):
            data |= {f"seats-{place}-{name}": value for name, value in row.items()}
        return client.post(f"/elections/rosters/{election.pk}/", data)

    return posted


def row(name, post="member", **rest):
    return {"post": post, "name": name, **rest}


def errors(answer):
    """{(row, field): message} of the roster's rows."""
    return {
        (place, field): messages[0]
        for place, form in enumerate(answer.context["rows"].forms)
        for field, messages in form.errors.items()
    }


def test_people_on_record_are_found_by_name(enter, election, keeper):
    person = PersonFactory(organization=keeper, name="王大江", education=4)

    answer = enter(row("王 大江", "head", votes="60"))

    seat = Seat.objects.get()
    assert answer.status_code == 302
    assert (seat.person, seat.post, seat.votes, seat.education) == (person, "head", 60, 4)


def test_the_day_of_the_election_is_that_of_the_seats_and_says_it_was_held(enter, election, keeper):
    PersonFactory(organization=keeper, name="王大江")

    enter(row("王大江"))

    election.refresh_from_db()
    assert (election.state, election.held_on) == (Election.State.HELD, date(2025, 3, 10))
    assert Seat.objects.get().since == date(2025, 3, 10)


def test_who_is_not_on_record_is_entered_from_the_row(enter, keeper):
    enter(row("李新", **NEW))

    person = Seat.objects.get().person
    assert (person.name, person.birth_on, person.organization) == ("李新", date(1990, 5, 1), keeper)


def test_a_new_person_needs_all_that_the_register_asks(enter):
    answer = enter(row("李新"))

    needed = {(0, name) for name in ("birth_on", "sex", "political_status", "education")}
    assert errors(answer).keys() == needed
    assert not Person.objects.exists()


def test_namesakes_are_told_apart_by_month_of_birth(enter, keeper):
    _older, younger = (
        PersonFactory(organization=keeper, name="王大江", birth_on=day)
        for day in (date(1970, 2, 1), date(1980, 2, 1))
    )

    answer = enter(row("王大江"))
    enter(row("王大江", birth_on="1980年2月"))

    assert list(errors(answer)) == [(0, "birth_on")]
    assert Seat.objects.get().person == younger


def test_another_birth_asks_whether_it_is_another_person(enter, keeper):
    PersonFactory(organization=keeper, name="李新", birth_on=date(1970, 2, 1))

    answer = enter(row("李新", **NEW))
    enter(row("李新", **NEW, is_another="on"))

    assert "1970-02" in errors(answer)[0, "birth_on"]
    assert "确为另一人" in answer.content.decode()
    assert Seat.objects.get().person.birth_on == date(1990, 5, 1)


def test_a_roster_does_not_correct_the_register_of_people(enter, keeper):
    PersonFactory(organization=keeper, name="王大江", sex="male")

    answer = enter(row("王大江", sex="female"))

    assert errors(answer) == {(0, "sex"): "人员台账中是“男”，请先到人员台账更正。"}


@pytest.mark.parametrize(
    "rows",
    [
        [row("李新", **NEW), row("李新", **NEW)],
        [row("王大江"), row("王大江", "deputy")],
    ],
    ids=["new", "on record"],
)
def test_nobody_sits_twice(enter, keeper, rows):
    PersonFactory(organization=keeper, name="王大江")

    answer = enter(*rows)

    assert "已有一行" in errors(answer)[1, "name"]
    assert not Seat.objects.exists()


def test_two_heads_are_refused_at_the_cell(enter, keeper):
    answer = enter(row("李新", "head", **NEW), row("张新", "head", **NEW))

    assert [field for _, field in errors(answer)] == ["post"]


def test_nothing_typed_is_lost(enter):
    answer = enter(row("李新", "deputy", duty="组织", birth_on="不知道"), held_on="上周")

    page = answer.content.decode()
    assert [typed in page for typed in ("李新", "组织", "不知道", "上周")] == [True] * 4
    assert [field for _, field in errors(answer)] == ["birth_on"]
    assert "held_on" in answer.context["form"].errors


def test_rows_left_as_they_were_offered_stay_empty(enter):
    answer = enter(row("李新", "head", **NEW), row(""), row(""))

    assert answer.status_code == 302
    assert Seat.objects.count() == 1


def test_a_stored_roster_is_shown_and_changed(clerk, election, keeper):
    seat = SeatFactory(
        election=election,
        person__organization=keeper,
        person__name="王大江",
        post="head",
        since=date(2025, 3, 10),
    )
    shown = clerk.get(f"/elections/rosters/{election.pk}/").context["rows"]
    data = {"version": election.version, "held_on": "2025-03-10", "seats_set": 3, "rounds": 1}
    data |= {"seats-TOTAL_FORMS": 1, "seats-INITIAL_FORMS": 1}
    for name in shown.forms[0].fields:
        value = shown.forms[0][name].value()
        data[f"seats-0-{name}"] = "" if value is None else value
    data["seats-0-is_another"] = data["seats-0-DELETE"] = ""

    clerk.post(f"/elections/rosters/{election.pk}/", {**data, "seats-0-votes": 77})

    seat.refresh_from_db()
    assert (len(shown.forms), seat.votes, seat.version) == (3, 77, 2)


def test_somebody_elses_changes_are_not_overwritten(enter, election):
    answer = enter(row("李新", **NEW), version=election.version - 1)

    assert answer.status_code == 409
    assert not Seat.objects.exists()


def test_people_of_others_are_not_found(enter, as_role, keeper, sibling_organization):
    PersonFactory(organization=sibling_organization, name="王大江")
    secretly = as_role(Role.CLERK, keeper)

    answer = enter(row("王大江"), client=secretly)

    assert (0, "birth_on") in errors(answer)


def test_saving_can_lead_to_the_next_empty_roster(enter, election, root):
    other = ElectionFactory(term=election.term, body__village__organization=root)

    answer = enter(row("李新", **NEW), next="1")

    assert answer.url.split("?")[0] == f"/elections/rosters/{other.pk}/"
