"""Opening 2026 in the demo: not one figure of 2025 moves."""

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import all_figures, compute
from orgs.models import ChecklistItem
from orgs.scope import EVERYTHING
from reports.actions import Opened, open_year

pytestmark = pytest.mark.django_db

OLD, NEW = periods.year(2025), periods.year(2026)


def numbers(period):
    return {slug: v.number for slug, v in compute(all_figures(), EVERYTHING, period).items()}


def test_figures_of_the_old_year_stay(demo):
    before = numbers(OLD)

    open_year(office=demo.office, year=2026)

    assert numbers(OLD) == before


def test_demo_opens_with_its_programmes_and_checklist(demo):
    done = open_year(office=demo.office, year=2026)

    assert done == Opened(programmes=4, schemes=1, tasks=5)
    # The fifth is that of the one key task of the plan that names none: its section.
    found = numbers(NEW)
    assert (found["tasks.programmes"], found["tasks.key_tasks"]) == (5, 5)
    assert ChecklistItem.objects.filter(scheme__year=2026).count() == 6
