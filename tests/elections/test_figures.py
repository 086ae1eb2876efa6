"""Where the definitions of the elections' figures draw their lines."""

from datetime import date, timedelta

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import compute
from elections.models import BodyKind, Election, Seat
from orgs.models import Person
from orgs.scope import EVERYTHING, Scope
from tests import factories

pytestmark = pytest.mark.django_db

LAST = date(2025, 12, 31)
DAY = timedelta(days=1)
PERIOD = periods.year(2025)
CHANGE = "elections.party_members_change"


def number(slug, scope=EVERYTHING, period=PERIOD):
    return compute([slug], scope, period)[slug].number


def numbers(*slugs):
    return [number(slug) for slug in slugs]


@pytest.fixture
def committee():
    return factories.BodyKindFactory(code=BodyKind.COMMITTEE, name="村（居）民委员会")


def two_rounds(root, **last):
    """Last term's party team of a village, two of them, and this term's, one."""
    before = factories.TermFactory(
        organization=root,
        **{
            "name": "2020年换届",
            "starts_on": date(2020, 1, 10),
            "completed_on": date(2020, 4, 30),
            "ends_on": date(2025, 1, 10),
            **last,
        },
    )
    now = factories.TermFactory(organization=root, previous=before)
    body = factories.BodyFactory(village__organization=root)
    old = factories.ElectionFactory(term=before, body=body, held_on=date(2020, 3, 10))
    factories.SeatFactory.create_batch(2, election=old, until=date(2025, 3, 10))
    factories.SeatFactory(election=factories.ElectionFactory(term=now, body=body))
    return body


def test_last_term_is_read_on_the_day_it_was_completed(root):
    two_rounds(root)

    assert number(CHANGE) == -1


def test_round_that_was_never_completed_is_no_baseline(root):
    two_rounds(root, completed_on=None)

    assert number(CHANGE) is None


def test_first_round_has_nothing_to_compare_with(root):
    factories.SeatFactory(election__term__organization=root)

    assert numbers("elections.party_members", CHANGE) == [1, None]


def test_village_without_a_team_last_term_has_nothing_to_compare_with(root):
    two_rounds(root)
    village = factories.VillageFactory(organization=root)
    election = factories.ElectionFactory(
        term=Election.objects.latest("pk").term, body=factories.BodyFactory(village=village)
    )
    factories.SeatFactory(election=election)

    scope = Scope(village.party_organization_id)
    assert (number("elections.party_members", scope), number(CHANGE, scope)) == (1, None)


@pytest.mark.parametrize(
    ("since", "until", "serving"),
    [
        (LAST, None, 1),
        (LAST + DAY, None, 0),
        (date(2025, 5, 1), LAST, 0),
        (date(2025, 5, 1), LAST + DAY, 1),
    ],
)
def test_seat_is_held_from_its_first_day_until_before_its_last(since, until, serving):
    factories.SeatFactory(since=since, until=until)

    assert number("elections.party_members") == serving


def test_age_is_that_on_the_day_of_the_election():
    factories.SeatFactory(person__birth_on=date(1990, 3, 10), election__held_on=date(2025, 3, 9))

    assert numbers("elections.party_mean_age", "elections.party_young") == [34, 1]


def test_education_is_that_at_the_election():
    factories.SeatFactory(education=2, person__education=5)

    assert number("elections.party_college") == 0


@pytest.mark.parametrize(("deputies_are_main", "main"), [(True, 2), (False, 1)])
def test_whether_a_deputy_holds_a_main_post_is_said_by_the_kind_of_body(deputies_are_main, main):
    election = factories.ElectionFactory()
    BodyKind.objects.filter(code=BodyKind.PARTY).update(deputies_are_main=deputies_are_main)
    for post in Seat.Post:
        factories.SeatFactory(election=election, post=post, person__sex=Person.Sex.FEMALE)

    assert numbers(
        "elections.women_main_posts", "elections.women_secretaries", "elections.women_deputies"
    ) == [main, 1, 1]


def test_other_bodies_count_neither_as_party_nor_as_two_committees():
    factories.BodyKindFactory(code="women", name="妇联", of_two_committees=False)
    factories.SeatFactory(election__body__kind__code="women")

    assert numbers(
        "elections.party_members",
        "elections.committee_members",
        "elections.two_committee_persons",
    ) == [0, 0, 0]


@pytest.mark.parametrize(("same_village", "heads"), [(True, 1), (False, 0)])
def test_secretary_and_chair_are_one_person_only_in_the_same_village(
    committee, same_village, heads
):
    party = factories.SeatFactory(post=Seat.Post.HEAD)
    village = party.election.body.village if same_village else factories.VillageFactory()
    factories.SeatFactory(
        election__term=party.election.term,
        election__body=factories.BodyFactory(village=village, kind=committee),
        person=party.person,
        post=Seat.Post.HEAD,
    )

    assert numbers(
        "elections.two_committee_persons", "elections.cross_posts", "elections.dual_heads"
    ) == [1, 1, heads]


@pytest.mark.parametrize(
    ("due_on", "held_on", "overdue", "held", "on_time"),
    [
        (LAST, None, 0, 0, 0),
        (LAST - DAY, None, 1, 0, 0),
        (LAST - DAY, LAST, 0, 1, 0),
        (LAST, LAST, 0, 1, 1),
        (LAST - DAY, LAST + DAY, 1, 0, 0),
    ],
)
def test_election_is_overdue_after_its_day(due_on, held_on, overdue, held, on_time):
    state = Election.State.HELD if held_on else Election.State.DUE
    factories.ElectionFactory(due_on=due_on, held_on=held_on, state=state)

    assert numbers(
        "elections.elections_overdue", "elections.elections_held", "elections.elections_on_time"
    ) == [overdue, held, on_time]


def test_by_election_fills_seats_and_sets_none():
    general = factories.ElectionFactory(seats_set=5)
    by_election = factories.ElectionFactory(
        term=general.term, body=general.body, kind=Election.Kind.BY_ELECTION, seats_set=1
    )
    factories.SeatFactory(election=by_election)

    assert numbers(
        "elections.party_members", "elections.party_seats", "elections.elections_due"
    ) == [1, 5, 1]


def test_village_is_elected_when_all_its_bodies_are(committee):
    party = factories.ElectionFactory()
    late = factories.ElectionFactory(
        term=party.term,
        body=factories.BodyFactory(village=party.body.village, kind=committee),
        state=Election.State.DUE,
        held_on=None,
    )
    before = number("elections.villages_elected")
    Election.objects.filter(pk=late.pk).update(state=Election.State.HELD, held_on=LAST)

    assert (before, number("elections.villages_elected")) == (0, 1)


def test_ballots_of_an_election_not_held_yet_are_not_counted():
    factories.BallotsFactory()
    factories.BallotsFactory(election__held_on=LAST + DAY)

    assert numbers("elections.voters_registered", "elections.votes_valid") == [100, 88]
