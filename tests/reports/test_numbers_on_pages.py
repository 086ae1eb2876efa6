"""Every number on the pages over several apps, as every role, is what the page it opens lists."""

import re
from functools import partial

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import (
    all_figures,
    compute,
    compute_both,
    compute_by_village,
    figure_named,
)
from elections.models import Term
from orgs.middleware import scope_below
from orgs.models import Person, User, Village
from orgs.scope import EVERYTHING
from reports.charts import TASKS
from tasks.models import KeyTask
from tests.reports.pages import agrees, page

pytestmark = pytest.mark.django_db

ACCOUNTS = ["clerk", "leader", "department", "secretary", "branch"]
PERIOD = periods.year(2025)
# Of the dashboard's addresses those of one chart, told by what its bars are narrowed to.
CHARTS = {
    "tasks by light": re.compile(r"figure=tasks\.tasks_(on_time|late|on_track|due_soon|behind)"),
    "coverage by village": re.compile(r"figure=orgs\.coverage_rate&.*village="),
    "ages": re.compile(r"figure=elections\.party_members&age__"),
    "education": re.compile(r"figure=elections\.party_members&education="),
    "activities by month": re.compile(r"figure=orgs\.activities&held_on__"),
}


@pytest.fixture(scope="module")
def users(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return {name: User.objects.get(username=name) for name in ACCOUNTS}


def scope_of(user):
    return scope_below(user.organization)


def addresses(scope):
    """A village and a task of each kind, a person, a round, and the pages that list everything."""
    villages = Village.objects.within(scope).order_by("pk")
    tasks = KeyTask.objects.within(scope).order_by("pk")
    people = Person.objects.within(scope).order_by("pk")
    terms = Term.objects.within(scope).order_by("-starts_on")
    found = [villages.first(), villages.last(), tasks.first(), tasks.last(), terms.first()]
    shown = [*dict.fromkeys(one.get_absolute_url() for one in found if one)]
    everything = ["/", "/tasks/", "/coverage/", "/activities/", "/elections/expiry/"]
    return [*everything, *shown, f"/people/{people.first().pk}/"]


@pytest.mark.parametrize(
    ("account", "year"), [*((account, 2025) for account in ACCOUNTS), ("secretary", 2024)]
)
def test_every_number_is_what_its_page_lists(clients, users, account, year):
    client, opened = clients[account], {}
    wrong = []

    for address in addresses(scope_of(users[account])):
        for one in page(client, address, year=year).figures:
            if one.href not in opened:
                opened[one.href] = page(client, one.href).tables
            if not agrees(figure_named(one.slug), one.value, opened[one.href]):
                wrong.append((address, one.href, one.value))

    assert wrong == []
    assert len(opened) > {"branch": 10}.get(account, 30)


@pytest.mark.parametrize("chart", CHARTS)
def test_dashboard_draws_the_chart(clients, chart):
    shown = page(clients["clerk"], "/").figures

    assert [one.href for one in shown if CHARTS[chart].search(one.href)] != []


def test_bars_of_now_and_of_the_last_term_add_up(clients):
    shown = page(clients["clerk"], "/").figures

    def total(chart, when):
        drawn = [one for one in shown if CHARTS[chart].search(one.href)]
        return sum(int(one.value) for one in drawn if f"&{when}" in one.href)

    found = {
        chart: (total(chart, "year=2025"), total(chart, "on=")) for chart in ("ages", "education")
    }
    assert found == {"ages": (64, 75), "education": (64, 75)}


def test_months_add_up_to_the_year(clients):
    shown = page(clients["clerk"], "/").figures

    drawn = [one for one in shown if CHARTS["activities by month"].search(one.href)]

    assert len(drawn) == 12
    year = compute(["orgs.activities"], EVERYTHING, PERIOD)["orgs.activities"]
    assert sum(int(one.value) for one in drawn) == year.number


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_task_has_one_light(demo, year):
    period = periods.year(year)

    values = compute(["tasks.key_tasks", *TASKS.values()], EVERYTHING, period)

    total = values.pop("tasks.key_tasks").number
    assert sum(value.number for value in values.values()) == total


# — asked together —


@pytest.mark.parametrize("account", ["clerk", "secretary", "branch"])
def test_asked_together_is_what_is_asked_apart(users, account):
    scope, figures = scope_of(users[account]), all_figures()
    ask = partial(compute_both, figures, figures, scope, PERIOD)

    assert ask() == (
        compute(figures, scope, PERIOD),
        compute_by_village(figures, scope, PERIOD),
    )
