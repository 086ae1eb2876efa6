"""Faults of elections, ballots, seats and the people who hold them."""

from datetime import date

from cadres.models import Posting
from elections.models import Ballots, Election, Seat
from tests import factories as make

from .faults import YEAR_END, Added, Altered, after, before, fault, first
from .faults_of_organizations import root

PARTY = {"election__body__kind__code": "party"}


def seat(**conditions):
    """A current seat of a party organization, elected in 2025."""
    return first(Seat, **PARTY, election__held_on__year=2025, until=None, **conditions)


def seats_of(person):
    return Seat.objects.current_on(YEAR_END).filter(person=person)


def held(kind="party"):
    return first(Election, body__kind__code=kind, held_on__year=2025, kind="general")


@fault
def elections__seat_under_age():
    person = seat().person
    return Altered(person, seats_of(person), birth_on=date(2009, 1, 1), joined_on=None)


@fault
def elections__party_seat_of_nonmember():
    found = seat()
    current = found.person.memberships.current_on(YEAR_END)
    return Altered(current, [found], until=before(YEAR_END))


@fault
def elections__secretary_new_to_party():
    found = seat(post="head")
    return Altered(found.person, [found], joined_on=before(found.election.held_on, 300))


@fault
def elections__seated_twice():
    one = seat(post="member")
    vacancy = make.ElectionFactory(
        term=one.election.term, body=one.election.body, kind="by_election", held_on=YEAR_END
    )
    return Added(lambda: make.SeatFactory(election=vacancy, person=one.person))


@fault
def elections__seat_of_former_team():
    former = first(Seat, **PARTY, election__held_on__year=2020, post="member")
    return Altered(former, until=None)


@fault
def elections__seat_before_election():
    found = seat()
    return Altered(found, since=before(found.election.held_on))


@fault
def elections__education_fell():
    earlier = Seat.objects.filter(election__held_on__year=2020, education__gte=1)
    found = seat(person__in=earlier.values("person"))
    return Altered(found, education=0)


@fault
def elections__education_above_own():
    person = seat(education__gte=1).person
    return Altered(person, seats_of(person), education=0)


@fault
def elections__votes_above_valid():
    return Altered(seat(votes__isnull=False), votes=100_000)


@fault
def elections__seat_of_first_secretary():
    found = seat()
    sent = {"organization": root(), "person": found.person}
    kind = Posting.Kind.FIRST_SECRETARY
    return Added(lambda: make.PostingFactory(**sent, kind=kind), listed=[found])


@fault
def elections__seated_in_two_villages():
    person = seat().person
    elsewhere = Election.objects.filter(body__kind__code="committee", held_on__year=2025)
    other = elsewhere.exclude(body__village__bodies__elections__seats__person=person)
    again = {"election": other.order_by("pk")[0], "person": person}
    return Added(lambda: make.SeatFactory(**again), listed=[person])


@fault
def elections__seats_beyond_set():
    return Altered(held(), seats_set=1)


@fault
def elections__body_without_head():
    found = held()
    return Altered(found.seats.filter(post="head", until=None), [found], post="member")


@fault
def elections__body_of_two_heads():
    found = held()
    former = first(Seat, election__body=found.body, election__held_on__year=2020, post="head")
    return Altered(former, [found], until=after(YEAR_END))


@fault
def elections__election_before_round():
    found = held()
    return Altered(found, held_on=before(found.term.starts_on))


@fault
def elections__election_after_round():
    found = held()
    return Altered(found, held_on=after(found.term.completed_on))


@fault
def elections__election_late():
    found = held()
    return Altered(found, due_on=before(found.held_on))


@fault
def elections__election_without_ballots():
    found, other = held(), held("committee")
    return Altered(found.ballots.all(), [found], election=other, group="误填")


@fault
def elections__party_election_of_few():
    found = held()
    return Altered(found.ballots.all(), [found], attended=1)


@fault
def elections__committee_election_of_few():
    found = held("committee")
    return Altered(found.ballots.all(), [found], attended=1)


@fault
def elections__ballots_beyond_voters():
    found = first(Ballots, election=held())
    return Altered(found, issued=found.attended + 1)
