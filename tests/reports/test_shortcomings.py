"""Figures offered to back shortcomings: with values now, linked, and nothing that is not so."""

from datetime import date

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import figure_named
from orgs.middleware import scope_below
from orgs.models import Organization, Role
from reports.shortcomings import BY_VILLAGE, GROUPS, evidence
from tests.factories import ActivityFactory, OrganizationFactory, VillageFactory
from tests.reports.pages import agrees, page

pytestmark = pytest.mark.django_db

YEAR = periods.year(2025)
PAGE = "/reports/2026/plan/"


def slugs(found):
    return [value.figure.slug for _, values in found.groups for value in values]


def test_figures_offered_exist():
    offered = [slug for _, few in GROUPS for slug in few] + BY_VILLAGE

    assert [figure_named(slug).slug for slug in offered] == offered


def test_demo_offers_what_there_is_and_not_what_is_not(demo):
    found = slugs(evidence(scope_below(demo), YEAR))

    assert ("orgs.silent_branches" in found, "orgs.uncovered" in found) == (True, False)
    assert "elections.secretaries_mean_age" in found


def test_weakest_villages_are_those_with_least(root):
    for number, name in enumerate(["甲村", "乙村", "丙村", "丁村"]):
        keeper = OrganizationFactory(parent=root)
        village = VillageFactory(organization=root, party_organization=keeper, name=name)
        keeper.village = village
        keeper.save()
        for _ in range(number):
            ActivityFactory(organization=keeper, held_on=date(2025, 5, 6))

    weak = evidence(scope_below(root), YEAR).weak

    assert [(one.village, one.value.number) for one in weak] == [
        ("甲村", 0),
        ("乙村", 1),
        ("丙村", 2),
    ]


def test_without_records_there_is_nothing_to_offer(root):
    found = evidence(scope_below(root), YEAR)

    assert (found.groups, found.weak) == ([], [])


def test_every_number_offered_leads_to_the_rows_of_the_year_before(clients):
    client = clients["clerk"]
    html = client.get(PAGE, {"evidence": 1}).content.decode()
    offered = [one for one in page(client, PAGE, evidence=1).figures if "year=2025" in one.href]

    assert len(offered) >= 15
    for one in offered:
        behind = page(client, one.href)
        assert agrees(figure_named(one.slug), one.value, behind.tables), one.slug
        assert f"{{{one.slug}}}" in html or "village=" in one.href


def test_unit_looked_at_is_carried_to_the_rows(clients):
    unit = Organization.objects.get(short_name="石桥村党总支")

    found = page(clients["clerk"], PAGE, evidence=1, org=unit.pk).figures

    assert found
    assert all(f"org={unit.pk}" in one.href for one in found)


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT, Role.SECRETARY])
def test_only_those_who_write_are_offered_it(as_role, root, role):
    assert "可引用的依据" not in as_role(role, root).get(PAGE, {"evidence": 1}).content.decode()


def test_plan_of_a_year_that_is_over_offers_none(as_role, root):
    address = "/reports/2024/plan/"

    shown = as_role(Role.CLERK, root).get(address, {"evidence": 1}).content.decode()

    assert "可引用的依据" not in shown
