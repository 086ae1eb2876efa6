"""Plans to organize: which counts on a day, and what may not stand beside another."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from dangjian.lib import periods
from dangjian.lib.figures import compute, register_named
from orgs.models import EnterpriseFactKind, OrganizingPlan
from orgs.scope import EVERYTHING
from tests.factories import (
    CoverageFactory,
    EnterpriseFactFactory,
    EnterpriseFactory,
    OrganizingPlanFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SINCE, DUE, UNTIL = date(2025, 1, 6), date(2025, 9, 30), date(2025, 10, 20)


def number(slug, day):
    return compute([slug], EVERYTHING, periods.up_to(day))[slug].number


@pytest.mark.parametrize(
    ("day", "pending", "overdue"),
    [
        (SINCE - DAY, 0, 0),
        (SINCE, 1, 0),
        (DUE, 1, 0),
        (DUE + DAY, 1, 1),
        (UNTIL - DAY, 1, 1),
        (UNTIL, 0, 0),
    ],
)
def test_plan_is_pending_while_it_is_in_force_and_overdue_after_its_day(day, pending, overdue):
    OrganizingPlanFactory(since=SINCE, due_on=DUE, until=UNTIL)

    assert (number("orgs.plans_pending", day), number("orgs.plans_overdue", day)) == (
        pending,
        overdue,
    )


def test_plan_of_a_covered_enterprise_is_not_pending():
    plan = OrganizingPlanFactory(since=SINCE, due_on=DUE)
    CoverageFactory(enterprise=plan.enterprise, since=date(2025, 6, 1))

    assert [number("orgs.plans_pending", date(2025, month, 1)) for month in (5, 6)] == [1, 0]


@pytest.mark.parametrize(
    ("members", "counted_on", "covered", "counts"),
    [
        (3, DUE, False, 1),
        (2, DUE, False, 0),
        (3, DUE + DAY, False, 0),
        (3, DUE, True, 0),
        (None, DUE, False, 0),
    ],
)
def test_enterprise_could_stand_alone_with_three_formal_members(
    members, counted_on, covered, counts
):
    enterprise = EnterpriseFactory()
    if members is not None:
        kind = EnterpriseFactKind.objects.get(code="formal_members")
        EnterpriseFactFactory(
            enterprise=enterprise, kind=kind, value=members, counted_on=counted_on
        )
    if covered:
        CoverageFactory(enterprise=enterprise)

    assert number("orgs.could_stand_alone", DUE) == counts


def test_register_of_a_year_lists_plans_in_force_on_some_day_of_it():
    ended_before = OrganizingPlanFactory(since=date(2024, 1, 8), until=date(2025, 1, 1), due_on=DUE)
    begun_after = OrganizingPlanFactory(since=date(2026, 1, 1), due_on=date(2026, 6, 30))
    found = [
        OrganizingPlanFactory(since=date(2024, 1, 8), until=date(2025, 1, 2), due_on=DUE),
        OrganizingPlanFactory(since=SINCE, until=UNTIL, due_on=DUE),
        OrganizingPlanFactory(since=SINCE, due_on=DUE),
    ]

    rows = register_named("orgs.organizing_plans").rows(EVERYTHING, periods.year(2025))

    assert set(rows) == set(found)
    assert {ended_before, begun_after} == set(OrganizingPlan.objects.all()) - set(found)


def test_plans_of_an_enterprise_do_not_overlap():
    first = OrganizingPlanFactory(since=SINCE, due_on=DUE, until=UNTIL)
    second = OrganizingPlanFactory.build(
        enterprise=first.enterprise, owner=first.owner, since=UNTIL - DAY, due_on=UNTIL
    )

    with pytest.raises(ValidationError) as refused:
        second.full_clean()

    assert refused.value.message_dict == {"since": ["与起始于2025-01-06的组建计划时间重叠。"]}


def test_plan_may_begin_the_day_another_ends():
    first = OrganizingPlanFactory(since=SINCE, due_on=DUE, until=UNTIL)
    second = OrganizingPlanFactory.build(
        enterprise=first.enterprise, owner=first.owner, since=UNTIL, due_on=UNTIL
    )

    second.full_clean()
    second.save()

    assert first.enterprise.plans.count() == 2
