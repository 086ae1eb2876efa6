"""Faults of activities, pledges, members in the making, pairings, sites and checklists."""

from datetime import date

from django.db.models import F

from orgs.models import (
    Activity,
    ChecklistResult,
    Development,
    Organization,
    Pairing,
    PairingSide,
    Person,
    Pledge,
    Rating,
    Site,
)
from tests import factories as make

from .faults import YEAR_END, Added, Altered, after, before, fault, first
from .faults_of_organizations import branch, dissolved

IN_2025 = {"reached_on__year": 2025}


@fault
def orgs__activity_outside_organization():
    new = first(Organization, founded_on__year=2025)
    return Altered(first(Activity, held_on=first_day(new)), organization=new)


def first_day(organization):
    """A day of the year on which something was held, before the organization was founded."""
    held = Activity.objects.filter(held_on__year=2025, held_on__lt=organization.founded_on)
    return held.order_by("held_on").values_list("held_on", flat=True)[0]


@fault
def orgs__meeting_below_half():
    found = first(Activity, kind__code="branch_assembly", held_on__year=2025, due__gte=4)
    return Altered(found, present=found.due // 2)


@fault
def orgs__absent_over_due():
    full = first(Activity, held_on__year=2025, due=F("present"))
    return Added(lambda: make.AttendanceFactory(activity=full), [full])


@fault
def orgs__pledge_of_nonmember():
    stranger = first(Person, memberships__isnull=True)
    return Altered(first(Pledge, pledged_on__year=2025), person=stranger)


def admitted():
    """Somebody admitted in 2025, who was named a candidate before it and is not confirmed yet."""
    named = Development.objects.filter(stage=3, reached_on__lt=date(2025, 1, 1)).values("person")
    confirmed = Development.objects.filter(stage=5).values("person")
    found = Development.objects.filter(stage=4, **IN_2025, person__in=named)
    return found.exclude(person__in=confirmed).order_by("pk")[0]


@fault
def orgs__stage_out_of_order():
    found = admitted()
    candidate = first(Development, person=found.person, stage=3)
    return Altered(candidate, [found], reached_on=after(found.reached_on))


@fault
def orgs__stage_skipped():
    found = admitted()
    stranger = make.PersonFactory(organization=found.organization)
    return Altered(first(Development, person=found.person, stage=3), [found], person=stranger)


@fault
def orgs__developed_under_age():
    found = first(Development, stage=2, **IN_2025)
    this_year = found.person.developments.filter(**IN_2025)
    return Altered(found.person, this_year, birth_on=date(2009, 1, 1))


@fault
def orgs__confirmed_too_early():
    found = first(Development, stage=5, **IN_2025)
    begun = first(Development, person=found.person, stage=4)
    return Altered(begun, [found], reached_on=before(found.reached_on, 300))


@fault
def orgs__admitted_without_membership():
    found = admitted()
    return Altered(found.person.memberships.all(), [found], since=date(2026, 1, 1))


@fault
def orgs__pairing_one_sided():
    found = first(Pairing, mode="one_to_one", until=None)
    return Altered(found.sides.filter(side=PairingSide.Side.SECOND), [found], side="first")


@fault
def orgs__pairing_not_one_to_one():
    return Altered(first(Pairing, mode="one_to_many", until=None), mode="one_to_one")


@fault
def orgs__pairing_silent():
    found = first(Pairing, until=None, activities__held_on__year=2025)
    return Altered(found.activities.all(), [found], pairing=None)


@fault
def orgs__site_of_dissolved():
    return Altered(first(Site, closed_on=None), organization=dissolved())


@fault
def orgs__rated_twice():
    valid = first(Rating, given_on__year=2025)
    same = {"organization": valid.organization, "scheme": valid.scheme}
    return Added(lambda: make.RatingFactory(**same, given_on=before(valid.given_on)))


@fault
def orgs__checklist_incomplete():
    one = branch("joint")
    result = first(ChecklistResult, organization=one, checked_on__lte=YEAR_END)
    results = ChecklistResult.objects.filter(organization=one, item=result.item)
    return Altered(results.order_by("pk"), [one], organization=dissolved())
