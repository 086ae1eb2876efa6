"""Every check of rows finds its fault, planted in the demo, and no more once it is mended."""

import pytest

from dangjian.lib import periods
from dangjian.lib.checks import all_checks
from orgs.scope import EVERYTHING

from .faults import FAULTS

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
ROW_CHECKS = [check for check in all_checks() if check.counted]


def found_by(check):
    counted = check.counted
    rows = counted.register.listed(counted, EVERYTHING, PERIOD).rows
    return set(rows.values_list("pk", flat=True))


def test_every_check_of_rows_has_a_fault():
    assert sorted(FAULTS) == sorted(check.slug for check in ROW_CHECKS)


@pytest.mark.parametrize("check", ROW_CHECKS, ids=lambda check: check.slug)
def test_check_finds_its_fault_until_it_is_mended(demo, check):
    before, fault = found_by(check), FAULTS[check.slug]()

    wrong = fault.plant()
    planted = found_by(check)
    fault.mend()

    assert (planted - before, found_by(check)) == (wrong, before)
    assert wrong
