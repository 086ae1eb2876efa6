"""Where the figures over stayed, left, came and moved draw their lines."""

from datetime import date

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import compute
from elections.models import BodyKind, Seat
from orgs.scope import EVERYTHING
from tests import factories
from tests.elections.rounds import Rounds

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
ORIGINS = ["stayed", "transferred", "moved", "new", "incomparable"]


def numbers(*names):
    slugs = [f"elections.{name}" for name in names]
    values = compute(slugs, EVERYTHING, PERIOD)
    return [values[slug].number for slug in slugs]


def origins():
    """How many current seats are of each origin, those that are of none left out."""
    counts = numbers(*(f"seats_{origin}" for origin in ORIGINS))
    return {origin: count for origin, count in zip(ORIGINS, counts, strict=True) if count}


@pytest.fixture
def rounds(root):
    return Rounds(root)


# — seats of this round —


def test_another_post_in_the_same_body_is_staying(rounds):
    rounds.sits(rounds.party, rounds.person, post=Seat.Post.HEAD)

    assert origins() == {"stayed": 1}


def test_seat_in_the_other_body_of_the_village_is_a_transfer(rounds):
    committee = rounds.body(BodyKind.COMMITTEE)
    rounds.sat(committee)
    rounds.sits(committee, rounds.person)

    assert origins() == {"transferred": 1}


def test_seat_in_another_village_is_a_move(rounds):
    elsewhere = rounds.body(village=factories.VillageFactory())
    rounds.sat(elsewhere)
    rounds.sits(elsewhere, rounds.person)

    assert origins() == {"moved": 1}


def test_who_stayed_came_from_nowhere_else(rounds):
    committee, elsewhere = rounds.body(BodyKind.COMMITTEE), factories.VillageFactory()
    rounds.sat(committee, person=rounds.person)
    rounds.sat(rounds.body(village=elsewhere), person=rounds.person)
    rounds.sits(rounds.party, rounds.person)

    assert origins() == {"stayed": 1}


def test_who_sat_in_no_committee_last_term_is_new(rounds):
    women = rounds.body("women")
    rounds.sits(rounds.party, rounds.sat(women).person)

    assert origins() == {"new": 1}


def test_who_was_elected_between_the_rounds_stays(rounds):
    late = rounds.sat(rounds.party, since=date(2023, 6, 1))
    rounds.sits(rounds.party, late.person)

    assert origins() == {"stayed": 1}


def test_body_without_a_team_last_term_is_not_compared(rounds):
    rounds.sits(rounds.body(BodyKind.COMMITTEE))

    assert (origins(), numbers("seats_comparable", "newcomers")) == ({"incomparable": 1}, [0, 0])


def test_round_before_that_was_never_completed_is_not_compared(rounds):
    type(rounds.last).objects.update(completed_on=None)
    rounds.sits(rounds.party, rounds.person)

    assert (origins(), numbers("former_seats")) == ({"incomparable": 1}, [0])


def test_other_bodies_are_not_counted(rounds):
    women = rounds.body("women")
    rounds.sits(women, rounds.sat(women).person)

    assert (origins(), numbers("former_seats")) == ({}, [0])


def test_moves_are_shared_among_seats_that_compare(rounds):
    elsewhere = rounds.body(village=factories.VillageFactory())
    rounds.sat(elsewhere)
    rounds.sits(elsewhere, rounds.person)
    rounds.sits(elsewhere)
    rounds.sits(rounds.body(BodyKind.COMMITTEE))

    assert numbers("seats_moved", "seats_comparable", "seats_moved_rate") == [1, 2, 50]


def test_nothing_that_compares_has_no_share(rounds):
    rounds.sits(rounds.body(BodyKind.COMMITTEE))

    assert numbers("seats_moved_rate", "seats_left_rate") == [None, None]


# — seats of the round before —


def test_who_has_no_seat_in_the_body_has_left(rounds):
    rounds.sat(rounds.party)
    rounds.sits(rounds.party, rounds.person)

    assert numbers("former_seats", "seats_left") == [2, 1]


def test_who_moved_has_left_where_they_were(rounds):
    rounds.sits(rounds.party)
    rounds.sits(rounds.body(village=factories.VillageFactory()), rounds.person)

    assert numbers("former_seats", "seats_left") == [1, 1]


def test_who_resigned_after_the_election_has_left(rounds):
    rounds.sits(rounds.party, rounds.person, until=date(2025, 12, 31))

    assert numbers("former_seats", "seats_left") == [1, 1]


def test_team_still_to_be_elected_anew_has_neither_stayed_nor_left(rounds):
    Seat.objects.update(until=None)

    assert (origins(), numbers("former_seats", "seats_left")) == ({}, [0, 0])


def test_who_resigned_before_the_round_was_complete_was_not_of_its_team(rounds):
    rounds.sat(rounds.party, until=date(2020, 4, 30))
    rounds.sits(rounds.party, rounds.person)

    assert numbers("former_seats", "seats_left") == [1, 0]


# — villages —


@pytest.mark.parametrize(("chair_is_secretary", "expected"), [(True, [1, 50]), (False, [0, 0])])
def test_villages_led_by_one_person_are_shared_among_villages(rounds, chair_is_secretary, expected):
    factories.VillageFactory()
    rounds.sits(rounds.party, rounds.person, post=Seat.Post.HEAD)
    chair = rounds.person if chair_is_secretary else None
    rounds.sits(rounds.body(BodyKind.COMMITTEE), chair, post=Seat.Post.HEAD)

    assert numbers("villages_dual_headed", "dual_heads_rate") == expected
