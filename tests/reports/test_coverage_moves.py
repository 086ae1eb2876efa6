"""Having another organization cover an enterprise: only what follows the day changes."""

from datetime import date, timedelta

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import compute
from orgs.models import Coverage, Role
from orgs.scope import EVERYTHING
from tests.factories import (
    CoverageFactory,
    EnterpriseFactory,
    OrganizationFactory,
    OrganizingPlanFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 12)
BEFORE = DAY - timedelta(days=1)
SLUGS = ["orgs.covered", "orgs.covered_standalone", "orgs.covered_joint", "orgs.uncovered"]


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture
def branch(root):
    return OrganizationFactory(branch=True, parent=root)


@pytest.fixture
def link(root):
    """An enterprise covered by a joint branch."""
    joint = OrganizationFactory(branch=True, formation="joint", parent=root)
    return CoverageFactory(enterprise__organization=root, organization=joint, mode="joint")


def address(enterprise):
    return f"/enterprises/{enterprise.pk}/"


def sent(client, enterprise, branch, since=DAY, **values):
    """The form as it was opened, filled in and sent."""
    seen = client.get(address(enterprise)).context["form"].initial["seen"]
    typed = {"organization": branch.pk, "since": since.isoformat(), "seen": seen, **values}
    return client.post(address(enterprise), typed)


def links(enterprise):
    rows = enterprise.coverages.order_by("since")
    return list(rows.values_list("organization", "mode", "since", "until"))


def numbers(day):
    values = compute(SLUGS, EVERYTHING, periods.up_to(day))
    return [values[slug].number for slug in SLUGS]


def errors(answer):
    return answer.context["form"].errors


def test_move_ends_the_link_and_begins_another(clerk, link, branch):
    answer = sent(clerk, link.enterprise, branch)

    assert (answer.status_code, answer["Location"]) == (302, "/coverage/?on=2025-06-12")
    assert links(link.enterprise) == [
        (link.organization_id, "joint", link.since, DAY),
        (branch.pk, "standalone", DAY, None),
    ]


def test_move_changes_figures_from_its_day_only(clerk, link, branch):
    days = [date(2024, 12, 31), date(2025, 5, 31), BEFORE, DAY, date(2025, 12, 31)]
    before = [numbers(day) for day in days]

    sent(clerk, link.enterprise, branch)

    after = [numbers(day) for day in days]
    assert after[:3] == before[:3] == [[1, 0, 1, 0]] * 3
    assert after[3:] == [[1, 1, 0, 0]] * 2


def test_covering_an_uncovered_enterprise_ends_its_plan(clerk, root, branch):
    plan = OrganizingPlanFactory(enterprise__organization=root)

    sent(clerk, plan.enterprise, branch)

    plan.refresh_from_db()
    assert (plan.until, links(plan.enterprise)) == (DAY, [(branch.pk, "standalone", DAY, None)])


def test_organization_without_formation_covers_by_attachment(clerk, root, village_organization):
    enterprise = EnterpriseFactory(organization=root)

    sent(clerk, enterprise, village_organization)

    assert links(enterprise) == [(village_organization.pk, "attached", DAY, None)]


def test_day_before_the_link_began_is_refused_and_kept(clerk, link, branch):
    answer = sent(clerk, link.enterprise, branch, since=link.since)

    assert errors(answer) == {"since": ["现有的组织覆盖从2020-01-01开始，新的起始日期必须更晚。"]}
    assert answer.context["form"]["organization"].value() == str(branch.pk)
    assert len(links(link.enterprise)) == 1


def test_day_before_the_branch_was_founded_is_refused(clerk, link, root):
    founded = OrganizationFactory(branch=True, parent=root, founded_on=date(2025, 7, 1))

    answer = sent(clerk, link.enterprise, founded)

    assert errors(answer) == {"since": ["起始日期不能早于该党组织的成立日期。"]}
    assert links(link.enterprise) == [(link.organization_id, "joint", link.since, None)]


def test_organization_that_covers_it_now_is_refused(clerk, link):
    answer = sent(clerk, link.enterprise, link.organization)

    assert errors(answer) == {"organization": ["这家企业现在就由这个党组织覆盖。"]}


def test_standalone_branch_of_another_enterprise_is_refused(clerk, link, branch):
    CoverageFactory(enterprise__organization=branch, organization=branch)

    answer = sent(clerk, link.enterprise, branch)

    assert errors(answer) == {"organization": ["这个单独组建的党支部已覆盖另一家企业。"]}


def test_organization_out_of_scope_is_refused(as_role, village_organization, sibling_organization):
    clerk = as_role(Role.CLERK, village_organization)
    enterprise = EnterpriseFactory(organization=village_organization)

    answer = sent(clerk, enterprise, sibling_organization)

    assert errors(answer) == {"organization": ["没有这个党组织，或者它已撤销。"]}


def test_somebody_elses_move_is_a_conflict_and_keeps_what_was_typed(clerk, link, branch, root):
    another = OrganizationFactory(branch=True, parent=root)
    seen = clerk.get(address(link.enterprise)).context["form"].initial["seen"]
    sent(clerk, link.enterprise, another, since=BEFORE)

    answer = sent(clerk, link.enterprise, branch, seen=seen)

    form = answer.context["form"]
    assert (answer.status_code, form["organization"].value()) == (409, str(branch.pk))
    assert errors(answer) == {
        "__all__": ["您填写期间，他人修改了这家企业的组织覆盖。请核对下面列出的再保存。"]
    }
    again = clerk.post(address(link.enterprise), form.data.dict())
    assert (again.status_code, links(link.enterprise)[-1]) == (
        302,
        (branch.pk, "standalone", DAY, None),
    )


def test_second_click_moves_once(clerk, link, branch):
    seen = clerk.get(address(link.enterprise)).context["form"].initial["seen"]
    sent(clerk, link.enterprise, branch, seen=seen)

    answer = sent(clerk, link.enterprise, branch, seen=seen)

    assert (answer.status_code, len(links(link.enterprise))) == (409, 2)


def test_leader_reads_and_does_not_move(as_role, root, link, branch):
    leader = as_role(Role.LEADER, root)
    typed = {"organization": branch.pk, "since": "2025-06-12", "seen": f"{link.pk}-1"}

    answer = leader.get(address(link.enterprise))

    assert (answer.context["form"], link.organization.short_name in answer.content.decode()) == (
        None,
        True,
    )
    assert leader.post(address(link.enterprise), typed).status_code == 403


def test_link_of_an_organization_out_of_scope_is_not_ended(
    as_role, village_organization, sibling_organization
):
    clerk = as_role(Role.CLERK, village_organization)
    enterprise = EnterpriseFactory(organization=village_organization)
    link = CoverageFactory(enterprise=enterprise, organization=sibling_organization)
    typed = {"organization": village_organization.pk, "since": "2025-06-12"}

    answer = clerk.post(address(enterprise), {**typed, "seen": f"{link.pk}-1"})

    assert (answer.status_code, Coverage.objects.get().until) == (403, None)


def test_proposal_is_filled_in(clerk, root, branch):
    enterprise = EnterpriseFactory(organization=root)

    form = clerk.get(f"{address(enterprise)}?branch={branch.pk}&on=2025-06-12").context["form"]

    assert (form["organization"].value(), form["since"].value()) == (str(branch.pk), DAY)
