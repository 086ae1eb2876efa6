"""The coverage of non-public enterprises as of any day: rates, month-ends, who is uncovered."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangjian.lib import periods
from orgs.models import EnterpriseFactKind, Role
from orgs.scope import EVERYTHING
from reports.coverage import uncovered
from tests.factories import (
    CoverageFactory,
    EnterpriseFactFactory,
    EnterpriseFactory,
    OrganizationFactory,
    OrganizingPlanFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 31)


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


def proposals(scope_day=DAY):
    found = uncovered(EVERYTHING, EVERYTHING, periods.up_to(scope_day))
    return {
        row.enterprise.name: (row.proposal.text, str(row.proposal.branch or "")) for row in found
    }


# — the rates —


def test_month_that_has_not_ended_is_left_out(clerk, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 3, 30))

    months = clerk.get("/coverage/?year=2025").context["months"]

    assert [one["period"].as_of for one in months] == [date(2025, 1, 31), date(2025, 2, 28)]


# — the day —


def test_day_chosen_leads_to_that_day(clerk):
    answer = clerk.get("/coverage/?day=2025-06-30")

    assert (answer.status_code, answer["Location"]) == (302, "/coverage/?on=2025-06-30")


def test_day_to_come_is_refused_and_kept(clerk, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 3, 30))

    html = clerk.get("/coverage/?day=2025-03-31").content.decode()

    assert "这一天还没有到，最晚可以看到今天（2025-03-30）。" in html
    assert 'value="2025-03-31"' in html


def test_day_that_is_none_is_refused(clerk):
    assert (
        "没有这一天，请写成2025-06-30的样子。"
        in clerk.get("/coverage/?day=2月30日").content.decode()
    )


def test_every_page_says_which_day_it_is_read_on(clerk):
    html = clerk.get(
        "/registers/orgs.enterprises/?on=2025-06-30&figure=orgs.covered"
    ).content.decode()

    assert "本页的数字截至2025年6月30日。" in html
    assert '<a href="?figure=orgs.covered&amp;year=2025">看2025年全年</a>' in html


def test_day_is_carried_to_other_pages(clerk):
    html = clerk.get("/?on=2025-06-30").content.decode()

    assert 'href="/coverage/?on=2025-06-30"' in html


def test_day_gives_way_to_another_year(clerk):
    same = clerk.get("/?year=2025&on=2025-06-30").wsgi_request
    other = clerk.get("/?year=2024&on=2025-06-30").wsgi_request

    assert (same.period.as_of, other.period) == (date(2025, 6, 30), periods.year(2024))


def test_day_given_up_for_another_year_does_not_come_back(clerk):
    kept = '<input type="hidden" name="on" value="2025-06-30">'

    pages = [clerk.get(f"/?year={year}&on=2025-06-30").content.decode() for year in (2025, 2024)]

    # Of the search and of the switch of year and unit.
    assert [html.count(kept) for html in pages] == [2, 0]


# — who is uncovered —


def test_uncovered_enterprise_has_reason_owner_and_day(clerk, root):
    plan = OrganizingPlanFactory(enterprise__organization=root, due_on=date(2025, 3, 30))

    html = clerk.get("/coverage/?on=2025-03-31").content.decode()

    for text in (plan.enterprise.name, plan.reason, plan.owner.name, "2025-03-30", "逾期"):
        assert text in html


def test_uncovered_enterprise_without_a_plan_says_so(clerk, root):
    ended = OrganizingPlanFactory(enterprise__organization=root, until=DAY)

    html = clerk.get("/coverage/?on=2025-03-31").content.decode()

    assert (ended.reason in html, "没有组建计划" in html) == (False, True)


def test_covered_closed_and_excluded_enterprises_are_not_listed(clerk, root):
    CoverageFactory(enterprise__organization=root)
    EnterpriseFactory(organization=root, closed_on=DAY)
    EnterpriseFactory(organization=root, excluded_on=DAY, excluded_because="空壳企业")
    one = EnterpriseFactory(organization=root)

    rows = clerk.get("/coverage/?on=2025-03-31").context["uncovered"]

    assert [row.enterprise for row in rows] == [one]


def test_queries_do_not_grow_with_uncovered_enterprises(clerk, root):
    def queries():
        with CaptureQueriesContext(connection) as found:
            clerk.get("/coverage/?on=2025-03-31")
        return len(found)

    OrganizingPlanFactory(enterprise__organization=root)
    queries()
    before = queries()
    for _ in range(4):
        OrganizingPlanFactory(enterprise__organization=root)

    assert queries() == before


# — what is proposed —


def with_members(number, **values):
    kind = EnterpriseFactKind.objects.get(code="formal_members")
    found = EnterpriseFactory(**values)
    EnterpriseFactFactory(enterprise=found, kind=kind, value=number, counted_on=DAY)
    return found


@pytest.fixture
def village(root):
    return VillageFactory(organization=root)


def joint_branch(root, **values):
    return OrganizationFactory(branch=True, formation="joint", parent=root, **values)


def test_three_formal_members_can_stand_alone(root, village):
    joint_branch(root, village=village)
    found = with_members(3, organization=root, village=village)

    assert proposals() == {found.name: ("可单独组建", "")}


def test_fewer_members_join_the_branch_of_their_village(root, village):
    joint_branch(root, village=VillageFactory(organization=root))
    near = joint_branch(root, village=village)
    found = with_members(2, organization=root, village=village)

    assert proposals() == {found.name: ("并入联合党支部", near.short_name)}


def test_branch_of_the_village_goes_before_one_of_the_trade(root, village):
    of_trade, near = joint_branch(root), joint_branch(root, village=village)
    CoverageFactory(enterprise__trade="纺织业", organization=of_trade, mode="joint")
    found = with_members(0, organization=root, village=village, trade="纺织业")

    assert proposals()[found.name] == ("并入联合党支部", near.short_name)


def test_without_one_in_the_village_the_trade_decides(root, village):
    of_trade, _ = joint_branch(root), joint_branch(root)
    CoverageFactory(enterprise__trade="纺织业", organization=of_trade, mode="joint")
    found = with_members(1, organization=root, village=village, trade="纺织业")

    assert proposals()[found.name] == ("并入联合党支部", of_trade.short_name)


def test_branch_dissolved_or_standalone_is_not_proposed(root, village):
    joint_branch(root, village=village, dissolved_on=DAY)
    OrganizationFactory(branch=True, parent=root, village=village)
    found = with_members(1, organization=root, village=village)

    assert proposals() == {found.name: ("暂无可并入的支部", "")}


def test_members_counted_later_do_not_count_yet(root, village):
    found = with_members(3, organization=root, village=village)

    assert proposals(DAY - timedelta(days=1)) == {found.name: ("暂无可并入的支部", "")}
