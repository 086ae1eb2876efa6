"""Who keeps the rows a check found, whatever register they are of."""

import pytest

from dangjian.lib import periods
from dangjian.lib.checks import Found, all_checks, run
from orgs.middleware import scope_below
from orgs.models import Organization
from reports.mending import ELSEWHERE, Keeper, counts_of, keeper, keepers_of, roles_that_mend
from tests.factories import KeyTaskFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
ROW_CHECKS = [check for check in all_checks() if check.counted]
TERM = "orgs.organization_term_run_out"


def found(scope, slug):
    return run(scope, PERIOD, [check for check in all_checks() if check.slug == slug])


@pytest.mark.parametrize("check", ROW_CHECKS, ids=lambda check: check.slug)
def test_keepers_of_every_register_can_be_counted(check, root):
    assert counts_of(Found(check, 0, 0, {}), scope_below(root), PERIOD) in ({}, {root.pk: 1})


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.slug)
def test_somebody_can_mend_what_every_check_finds(check):
    assert "街道党建办工作人员" in roles_that_mend(Found(check, 0, 0, {}))


def test_organization_with_most_rows_comes_first(root):
    one, two = (OrganizationFactory(parent=root) for _ in range(2))
    OrganizationFactory(parent=one)
    Organization.objects.filter(pk__in=[one.pk, two.pk]).update(term_ends_on="2025-01-31")

    keepers = keepers_of(found(scope_below(root), TERM), scope_below(root), PERIOD)

    assert keepers == {TERM: [Keeper(one.short_name, 1, one.pk), Keeper(two.short_name, 1, two.pk)]}


def test_department_answers_for_its_tasks(root):
    task = KeyTaskFactory(
        programme__organization=root, organization=root, department__organization=root,
        due_on="2025-06-30",
    )  # fmt: skip
    slug = "tasks.task_overdue"

    keepers = keepers_of(found(scope_below(root), slug), scope_below(root), PERIOD)

    assert keepers == {slug: [Keeper(task.department.name, 1)]}


def test_organization_out_of_sight_is_not_named(root):
    near, far = (OrganizationFactory(parent=root) for _ in range(2))
    Organization.objects.filter(pk=far.pk).update(term_ends_on="2025-01-31")
    of_everybody = found(scope_below(root), TERM)

    keepers = keepers_of(of_everybody, scope_below(near), PERIOD)

    assert keepers == {TERM: []}


def test_rows_kept_elsewhere_are_counted_without_a_name():
    assert keeper(7, 2, {}) == Keeper(ELSEWHERE, 2)
