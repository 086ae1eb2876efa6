"""The database refuses each bad state, whoever writes it."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from elections.models import Seat, Term
from tests import factories as make
from tests.access.rules import declared, refusal

DAY = date(2025, 3, 1)
RULES = declared("elections")


def twice(factory, **values):
    factory(**values)
    factory(**values)


def own_previous():
    term = make.TermFactory()
    Term.objects.filter(pk=term.pk).update(previous=term)


# What each constraint refuses.
BROKEN = {
    "elections_body_one_host": lambda: make.BodyFactory(enterprise=make.EnterpriseFactory()),
    "elections_body_kind_once_a_village": lambda: twice(
        make.BodyFactory, village=make.VillageFactory()
    ),
    "elections_body_name_once": lambda: twice(
        make.BodyFactory, organization=make.OrganizationFactory(), name="石桥村党总支"
    ),
    "elections_term_starts_once": lambda: twice(
        make.TermFactory, organization=make.OrganizationFactory()
    ),
    "elections_term_completed_after_start": lambda: make.TermFactory(
        starts_on=DAY, completed_on=date(2025, 2, 28)
    ),
    "elections_term_ends_after_start": lambda: make.TermFactory(
        starts_on=DAY, completed_on=None, ends_on=DAY
    ),
    "elections_term_not_own_previous": own_previous,
    "elections_election_general_once": lambda: twice(
        make.ElectionFactory, term=make.TermFactory(), body=make.BodyFactory()
    ),
    "elections_election_held_with_date": lambda: make.ElectionFactory(state="due", held_on=DAY),
    "elections_election_reason_given": lambda: make.ElectionFactory(
        state="postponed", held_on=None, reason=""
    ),
    "elections_election_seats_positive": lambda: make.ElectionFactory(seats_set=0),
    "elections_election_rounds_positive": lambda: make.ElectionFactory(rounds=0),
    "elections_ballots_channel_once": lambda: twice(
        make.BallotsFactory, election=make.ElectionFactory()
    ),
    "elections_ballots_attended_of_registered": lambda: make.BallotsFactory(
        registered=89, attended=90
    ),
    "elections_ballots_returned_of_issued": lambda: make.BallotsFactory(issued=88, returned=89),
    "elections_ballots_valid_of_returned": lambda: make.BallotsFactory(returned=87, valid=88),
    "elections_seat_until_after_since": lambda: make.SeatFactory(since=DAY, until=DAY),
    "elections_seat_person_once": lambda: twice(
        make.SeatFactory, election=make.ElectionFactory(), person=make.PersonFactory()
    ),
    "elections_seat_one_head": lambda: twice(
        make.SeatFactory, election=make.ElectionFactory(), post=Seat.Post.HEAD
    ),
}


def test_every_constraint_has_a_row_it_refuses():
    assert sorted(BROKEN) == sorted(RULES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_database_refuses(name):
    with pytest.raises(IntegrityError, match=refusal(*RULES[name])), transaction.atomic():
        BROKEN[name]()


@pytest.mark.parametrize("name", RULES)
def test_constraint_explains_itself_in_chinese(name):
    _model, rule = RULES[name]

    assert re.fullmatch(r"[一-鿿（）、，0-9]+。", rule.violation_error_message)


@pytest.mark.django_db
def test_head_who_left_makes_room_for_another():
    election = make.ElectionFactory(held_on=DAY)

    seats = [
        make.SeatFactory(election=election, post=Seat.Post.HEAD, until=date(2025, 9, 1)),
        make.SeatFactory(election=election, post=Seat.Post.HEAD, since=date(2025, 9, 1)),
    ]

    assert list(election.seats.all()) == seats


@pytest.mark.django_db
def test_by_election_may_follow_a_general_one():
    general = make.ElectionFactory()

    by_election = make.ElectionFactory(term=general.term, body=general.body, kind="by_election")

    assert list(general.body.elections.all()) == [general, by_election]
