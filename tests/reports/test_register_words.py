"""Looking for words on the pages of registers."""

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import all_registers
from orgs.models import Role
from orgs.scope import EVERYTHING
from tests.reports.pages import page

PERIOD = periods.year(2025)
WORDED = [register for register in all_registers() if "q" in register.dimensions]


@pytest.fixture
def client(demo, as_role):
    return as_role(Role.CLERK, demo)


def listed(client, register, words):
    return page(client, f"/registers/{register.slug}/", year=2025, q=words).tables[0].row_count


@pytest.mark.parametrize("register", WORDED, ids=lambda register: register.slug)
def test_words_narrow_the_register(client, register):
    path = register.dimensions["q"].of
    values = list(register.rows(EVERYTHING, PERIOD).values_list(path, flat=True))
    part = values[0][-2:]
    expected = sum(part in value for value in values)

    assert (listed(client, register, part), listed(client, register, "没有的字样")) == (expected, 0)


def test_words_are_kept_in_the_filter_bar(client):
    answer = client.get("/registers/orgs.members/", {"year": 2025, "q": "<王>"})

    assert 'value="&lt;王&gt;"' in answer.content.decode()
