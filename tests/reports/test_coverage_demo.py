"""The coverage page on the demo: its rates are those of the links' dates, on any day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from dangjian.lib.figures import figure_named
from orgs.models import Coverage, Enterprise, User
from tests.reports.pages import agrees, page

pytestmark = pytest.mark.django_db

MONTH_ENDS = [date(2025, month, 1) - timedelta(days=1) for month in range(2, 13)]
MONTH_ENDS.append(date(2025, 12, 31))


@pytest.fixture
def leader(demo):
    client = Client()
    client.force_login(User.objects.get(username="leader"))
    return client


def rate_by_hand(day):
    """The coverage rate from the dates of enterprises and links, in Python."""

    def is_on(since, until):
        return (since is None or since <= day) and (until is None or until > day)

    based = {
        one.pk
        for one in Enterprise.objects.all()
        if is_on(one.opened_on, one.closed_on) and (not one.excluded_on or one.excluded_on > day)
    }
    links = Coverage.objects.exclude(mode="work")
    covered = {one.enterprise_id for one in links if is_on(one.since, one.until)} & based
    return round(Decimal(100 * len(covered)) / len(based), 2)


def printed(client, **query):
    """The coverage rates of a page's month-ends, by day."""
    months = client.get("/coverage/", query).context["months"]
    return {one["period"].as_of: one["values"]["orgs.coverage_rate"].number for one in months}


def test_twelve_month_ends_are_recomputed_from_link_dates(leader):
    by_hand = {day: rate_by_hand(day) for day in MONTH_ENDS}

    assert printed(leader, year=2025) == by_hand
    assert len(set(by_hand.values())) == 6


@pytest.mark.parametrize("day", MONTH_ENDS)
def test_page_of_a_month_end_has_its_rate(leader, day):
    rate = leader.get("/coverage/", {"on": day.isoformat()}).context["rates"][0]["value"]

    assert (rate.number, rate.figure.slug) == (rate_by_hand(day), "orgs.coverage_rate")


def test_rate_is_printed_with_part_and_base(leader):
    html = leader.get("/coverage/?on=2025-03-31").content.decode()

    assert 'data-figure="orgs.coverage_rate" data-value="89.58"' in html
    assert '?figure=orgs.coverage_rate&amp;on=2025-03-31">43</a>' in html
    assert 'data-figure="orgs.in_scope" data-value="48"' in html


def test_uncovered_are_those_the_figure_lists(leader):
    answer = leader.get("/coverage/?on=2025-03-31")

    listed = leader.get("/registers/orgs.enterprises/?figure=orgs.uncovered&on=2025-03-31")
    counts = [table["row_count"] for table in listed.context["tables"]]
    assert (counts, len(answer.context["uncovered"])) == ([5], 5)


@pytest.mark.parametrize(
    ("account", "day"),
    [("leader", "2025-03-31"), ("department", "2025-07-05"), ("secretary", "2024-12-31")],
)
def test_every_number_is_what_its_page_lists(demo, account, day):
    client = Client()
    client.force_login(User.objects.get(username=account))
    numbers = page(client, "/coverage/", on=day).figures

    wrong = [
        (one.href, one.value)
        for one in numbers
        if not agrees(figure_named(one.slug), one.value, page(client, one.href).tables)
    ]

    assert (wrong, len(numbers) > 90) == ([], True)
