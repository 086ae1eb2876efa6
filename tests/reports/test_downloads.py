"""A file that takes a while: the page that asked is told when it is there."""

import pytest
from django.test import Client

from dangjian.lib.figures import all_registers
from orgs.models import User

pytestmark = pytest.mark.django_db
ADDRESSES = ["/reports/2025/summary.xlsx", "/registers/orgs.villages/xlsx"]


@pytest.fixture
def clerk(demo):
    client = Client()
    client.force_login(User.objects.get(username="clerk"))
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_answer_brings_back_the_token_of_the_page(clerk, address):
    answer = clerk.get(address, {"download": "m3x0abc"})

    cookie = answer.cookies["download"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"], cookie["path"]) == (
        "m3x0abc", 60, "Strict", "/",
    )  # fmt: skip


@pytest.mark.parametrize("token", ["", "a b", "x;path=/", "甲", "A", "a" * 17])
def test_other_tokens_are_not_brought_back(clerk, token):
    answer = clerk.get(ADDRESSES[1], {"download": token})

    assert (answer.status_code, "download" in answer.cookies) == (200, False)


def test_summary_says_how_many_registers_are_written(clerk):
    page = clerk.get("/reports/2025/summary/").content.decode()

    assert 'href="/reports/2025/summary.xlsx?year=2025"' in page
    assert f'data-download="正在生成{len(all_registers())}张台账…"' in page


def test_register_says_how_many_rows_are_written(clerk):
    page = clerk.get("/registers/orgs.villages/?sort=-name&year=2025").content.decode()

    assert 'href="/registers/orgs.villages/xlsx?sort=-name&amp;year=2025"' in page
    assert 'data-download="正在生成18行…"' in page
