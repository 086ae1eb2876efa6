"""What tests over the demo share: its accounts signed in, and its year-end report."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from dangjian.lib.figures import all_figures, compute
from orgs.middleware import scope_below
from orgs.models import User
from orgs.scope import EVERYTHING
from reports.management.commands.load_demo import ACCOUNTS
from tests.reports.workbooks import PERIOD, report


@pytest.fixture(scope="module")
def clients(demo, django_db_blocker):
    """A client of each account of the demo, by its user's name."""
    found = {username: Client() for username, *_ in ACCOUNTS}
    with django_db_blocker.unblock():
        for username, client in found.items():
            client.force_login(User.objects.get(username=username))
    return found


@pytest.fixture(scope="module")
def stored(demo, django_db_blocker):
    """The bytes of the demo's report."""
    with django_db_blocker.unblock():
        return report(scope_below(demo))


@pytest.fixture(scope="module")
def book(stored):
    """The report as it is stored: formulas as formulas."""
    return openpyxl.load_workbook(BytesIO(stored))


@pytest.fixture(scope="module")
def shown(stored):
    """The report as a reader that calculates nothing sees it: the stored values."""
    return openpyxl.load_workbook(BytesIO(stored), data_only=True)


@pytest.fixture(scope="module")
def values(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return compute(all_figures(), EVERYTHING, PERIOD)
