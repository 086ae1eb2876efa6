"""Terms that end within half a year, and those that ended without an election."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dangjian.lib import periods
from dangjian.lib.figures import compute
from elections.models import Election
from orgs.models import Role
from orgs.scope import EVERYTHING
from tests import factories

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
TODAY = PERIOD.as_of
DAY = timedelta(days=1)
SOON = date(2026, 6, 30)  # six months after the 31st of December
LINES = [(TODAY - DAY, [1, 0]), (TODAY, [0, 1]), (SOON, [0, 1]), (SOON + DAY, [0, 0])]


def numbers(of):
    slugs = [f"elections.{of}_expired", f"elections.{of}_expiring"]
    values = compute(slugs, EVERYTHING, PERIOD)
    return [values[slug].number for slug in slugs]


@pytest.mark.parametrize(("ends_on", "expected"), LINES)
def test_term_of_an_organization_runs_to_its_last_day(root, ends_on, expected):
    factories.OrganizationFactory(parent=root, term_ends_on=ends_on)

    assert numbers("organizations") == expected


def test_organization_without_a_term_or_dissolved_is_not_counted(root):
    factories.OrganizationFactory(parent=root, term_ends_on=None)
    factories.OrganizationFactory(parent=root, term_ends_on=TODAY - DAY, dissolved_on=TODAY - DAY)

    assert numbers("organizations") == [0, 0]


@pytest.mark.parametrize(("ends_on", "expected"), LINES)
def test_term_of_a_body_elected_is_that_of_the_round(ends_on, expected):
    factories.ElectionFactory(term__ends_on=ends_on)

    assert numbers("bodies") == expected


@pytest.mark.parametrize(("ends_on", "expected"), LINES)
def test_term_of_a_body_not_elected_yet_is_that_of_the_round_before(root, ends_on, expected):
    before = factories.TermFactory(organization=root, starts_on="2020-01-10", ends_on=ends_on)
    term = factories.TermFactory(organization=root, previous=before)
    factories.ElectionFactory(term=term, state=Election.State.DUE, held_on=None)

    assert numbers("bodies") == expected


def test_body_never_elected_is_measured_by_its_day():
    factories.ElectionFactory(state=Election.State.DUE, held_on=None, due_on=TODAY - DAY)

    assert numbers("bodies") == [1, 0]


def ended(root):
    """The general branch of a village and its party body, both past the end of their terms."""
    keeper = factories.OrganizationFactory(
        parent=root, name="中共石桥村总支部委员会", term_ends_on=date(2025, 12, 1)
    )
    village = factories.VillageFactory(organization=root, party_organization=keeper, name="石桥村")
    return factories.ElectionFactory(
        term__organization=root,
        term__ends_on=date(2026, 1, 30),
        body=factories.BodyFactory(village=village, name="石桥村党总支班子"),
    )


def test_page_lists_what_is_over_before_what_is_about_to_be(root, as_role):
    ended(root)
    factories.OrganizationFactory(parent=root, name="中共柳岸村支部", term_ends_on=TODAY)

    html = as_role(Role.LEADER, root).get(reverse("expiry")).content.decode()

    places = [
        html.index(text)
        for text in ("中共石桥村总支部委员会", "中共柳岸村支部", "石桥村党总支班子")
    ]
    assert places == sorted(places)
    assert [text in html for text in ("已过30天", "还有0天", "还有30天")] == [True] * 3


@pytest.mark.parametrize(("role", "linked"), [(Role.CLERK, True), (Role.LEADER, False)])
def test_page_leads_clerks_to_where_a_new_term_is_entered(root, as_role, role, linked):
    election = ended(root)
    keeper = election.body.organization

    html = as_role(role, root).get(reverse("expiry")).content.decode()

    entry = reverse("admin:orgs_organization_change", args=[keeper.pk])
    roster = reverse("roster", args=[election.pk])
    assert [address in html for address in (entry, roster)] == [linked, linked]


def test_page_shows_nothing_of_other_organizations(root, as_role, sibling_organization):
    ended(root)

    html = as_role(Role.SECRETARY, sibling_organization).get(reverse("expiry")).content.decode()

    assert "石桥村" not in html


def test_dashboard_says_what_has_ended(root, as_role):
    ended(root)

    html = as_role(Role.LEADER, root).get("/").content.decode()

    assert [label in html for label in ("任届已满未换届的党组织", "6个月内任期届满的班子")] == [
        True
    ] * 2
