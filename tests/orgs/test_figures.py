"""Where the definitions of floor 1's figures draw their lines: first and last days, exceptions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import compute
from orgs.models import (
    Coverage,
    Enterprise,
    EnterpriseFact,
    EnterpriseFactKind,
    Membership,
    Organization,
    VillageFact,
    VillageFactKind,
)
from orgs.scope import EVERYTHING
from tests import factories

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
DAY = timedelta(days=1)
PERIOD = periods.year(2025)


def number(slug, period=PERIOD):
    return compute([slug], EVERYTHING, period)[slug].number


def numbers(*slugs):
    return [number(slug) for slug in slugs]


@pytest.mark.parametrize(
    ("since", "until", "covered"),
    [
        (LAST, None, 1),
        (LAST + DAY, None, 0),
        (FIRST, LAST, 0),
        (FIRST, LAST + DAY, 1),
    ],
)
def test_enterprise_is_covered_from_the_first_day_of_a_link_until_before_its_last(
    since, until, covered
):
    factories.CoverageFactory(since=since, until=until)

    assert number("orgs.covered") == covered


def test_work_coverage_is_no_organization():
    factories.CoverageFactory(mode=Coverage.Mode.WORK)

    assert numbers("orgs.covered", "orgs.uncovered", "orgs.newly_covered") == [0, 1, 0]


def test_closed_enterprise_counts_nowhere():
    factories.CoverageFactory(enterprise__closed_on=LAST, since=FIRST)

    assert numbers("orgs.in_scope", "orgs.covered", "orgs.newly_covered") == [0, 0, 0]


@pytest.mark.parametrize(("excluded_on", "in_scope"), [(LAST, 0), (LAST + DAY, 1)])
def test_enterprise_is_in_scope_until_the_day_it_is_excluded(excluded_on, in_scope):
    factories.EnterpriseFactory(excluded_on=excluded_on, excluded_because="无实际经营")

    assert numbers("orgs.in_scope", "orgs.uncovered", "orgs.excluded") == [
        in_scope,
        in_scope,
        1 - in_scope,
    ]


def test_rate_counts_the_covered_within_the_scope_only():
    factories.CoverageFactory()
    factories.EnterpriseFactory()
    factories.CoverageFactory(
        enterprise__excluded_on=FIRST, enterprise__excluded_because="无实际经营"
    )

    assert numbers("orgs.covered", "orgs.in_scope", "orgs.coverage_rate") == [2, 2, 50]


def test_enterprise_that_changed_its_branch_is_not_newly_covered():
    link = factories.CoverageFactory(until=date(2025, 6, 1))
    factories.CoverageFactory(enterprise=link.enterprise, since=date(2025, 6, 1))
    factories.CoverageFactory(since=FIRST)

    assert numbers("orgs.covered", "orgs.newly_covered") == [2, 1]


def test_staff_is_the_newest_count_by_the_day_and_nothing_where_there_is_none():
    kind = EnterpriseFactKind.objects.get(code="staff")
    counted = factories.EnterpriseFactory()
    for day, value in [(FIRST, 20), (LAST, 35), (LAST + DAY, 90)]:
        EnterpriseFact.objects.create(
            enterprise=counted, kind=kind, value=value, counted_on=day, source="企业年报"
        )
    factories.EnterpriseFactory()

    assert number("orgs.staff") == Decimal(35)


def test_staff_of_enterprises_nobody_counted_is_zero():
    factories.EnterpriseFactory()

    assert (Enterprise.objects.count(), number("orgs.staff")) == (1, 0)


def test_households_are_those_of_established_villages():
    kind = VillageFactKind.objects.get(code="households")
    established, planned = factories.VillageFactory(), factories.VillageFactory(established_on=None)
    for village in (established, planned):
        VillageFact.objects.create(
            village=village, kind=kind, value=100, counted_on=LAST, source="年报"
        )

    assert number("orgs.households") == 100


@pytest.mark.parametrize(
    ("formal", "probationary", "undersized"), [(0, 0, 1), (2, 5, 1), (3, 0, 0), (4, 0, 0)]
)
def test_branch_wants_three_formal_members(formal, probationary, undersized):
    branch = factories.OrganizationFactory(branch=True)
    for kind, count in [("formal", formal), ("probationary", probationary)]:
        factories.MembershipFactory.create_batch(
            count, person__organization=branch, kind=Membership.Kind(kind)
        )

    assert number("orgs.undersized_branches") == undersized


def test_formal_member_who_left_does_not_hold_a_branch_up():
    branch = factories.OrganizationFactory(branch=True)
    factories.MembershipFactory.create_batch(2, person__organization=branch)
    factories.MembershipFactory(person__organization=branch, until=LAST)

    assert number("orgs.undersized_branches") == 1


@pytest.mark.parametrize(
    ("founded_on", "dissolved_on", "founded"),
    [(FIRST - DAY, None, 0), (FIRST, None, 1), (LAST, None, 1), (FIRST, LAST, 0)],
)
def test_branch_is_new_in_the_year_it_was_founded_if_it_lasts(founded_on, dissolved_on, founded):
    factories.OrganizationFactory(branch=True, founded_on=founded_on, dissolved_on=dissolved_on)

    assert number("orgs.standalone_founded") == founded


def test_joint_branch_is_no_standalone_one():
    factories.OrganizationFactory(
        branch=True, formation=Organization.Formation.JOINT, founded_on=FIRST
    )

    assert numbers("orgs.nonpublic_branches", "orgs.joint_branches", "orgs.standalone_founded") == [
        1,
        1,
        0,
    ]


def test_committee_of_the_subdistrict_is_no_grassroots_organization(root):
    factories.OrganizationFactory(parent=root)

    assert number("orgs.grassroots_organizations") == 1


@pytest.mark.parametrize(
    ("ends_on", "expired"), [(FIRST - DAY, 0), (FIRST, 1), (LAST, 1), (LAST + DAY, 0)]
)
def test_term_expires_in_the_year_its_last_day_lies_in(ends_on, expired):
    factories.OrganizationFactory(term_ends_on=ends_on)

    assert number("orgs.terms_expired") == expired


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"established_on": LAST}, [1, 0]),
        ({"established_on": LAST + DAY}, [0, 1]),
        ({"established_on": None}, [0, 1]),
        ({"established_on": None, "planned_on": LAST + DAY}, [0, 0]),
        ({"established_on": FIRST, "abolished_on": LAST}, [0, 0]),
        ({"established_on": FIRST, "abolished_on": LAST + DAY}, [1, 0]),
    ],
    ids=["on the day", "after it", "never", "not planned yet", "abolished", "abolished later"],
)
def test_village_is_one_from_its_establishment_and_planned_before(dates, found):
    factories.VillageFactory(**dates)

    assert numbers("orgs.villages", "orgs.villages_planned") == found


@pytest.mark.parametrize(
    ("birth_on", "young"), [(date(1989, 12, 31), 0), (date(1990, 1, 1), 1), (date(1990, 12, 31), 1)]
)
def test_member_is_young_until_the_thirty_sixth_birthday(birth_on, young):
    factories.MembershipFactory(person__birth_on=birth_on)

    assert number("orgs.young_members") == young


def test_person_with_several_tags_is_counted_once():
    person = factories.PersonFactory()
    factories.TagLinkFactory.create_batch(2, person=person)
    factories.TagLinkFactory(until=LAST)

    assert number("orgs.tagged_people") == 1


def test_nothing_to_divide_by_is_no_value():
    factories.CoverageFactory(mode=Coverage.Mode.JOINT)

    assert numbers("orgs.enterprises_per_joint_branch", "orgs.members_mean_age") == [None, None]


def test_year_without_a_member_before_it_has_no_change():
    factories.MembershipFactory(since=FIRST)

    assert (number("orgs.members"), number("orgs.members_change")) == (1, None)
