"""Enterprises no party organization covers yet: why, who sees to it, and what could be done."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from dangjian.lib.figures import figure_named
from dangjian.lib.periods import Period
from orgs.figures.nonpublic import FORMAL_MEMBERS_OF_A_BRANCH
from orgs.models import Coverage, Enterprise, Organization, OrganizingPlan
from orgs.tables import enterprise_fact

UNCOVERED: Any = figure_named("orgs.uncovered")


@dataclass(frozen=True)
class JointBranch:
    """A joint branch, and how many enterprises it covers by village and by trade."""

    organization: Organization
    villages: Counter[int | None]
    trades: Counter[str]

    def nearness(self, enterprise: Enterprise) -> tuple[bool, int, int]:
        """How near it is to an enterprise: its own village, then its enterprises'."""
        here = enterprise.village_id is not None
        return (
            here and self.organization.village_id == enterprise.village_id,
            self.villages[enterprise.village_id] if here else 0,
            self.trades[enterprise.trade] if enterprise.trade else 0,
        )


@dataclass(frozen=True)
class Proposal:
    """What could be done for an enterprise, and why; `branch` is the one it could join."""

    text: str
    because: str
    branch: Organization | None = None


@dataclass(frozen=True)
class Uncovered:
    """An enterprise without an organization, with its plan and how many formal members it has."""

    enterprise: Enterprise
    members: int | None
    plan: OrganizingPlan | None
    proposal: Proposal
    day: date

    @property
    def is_overdue(self) -> bool:
        return self.plan is not None and self.plan.due_on < self.day


def uncovered(scope: Any, own_scope: Any, period: Period) -> list[Uncovered]:
    """The enterprises behind orgs.uncovered, those due first on top, those without a plan before.

    Proposals name branches of all the user may see, `own_scope`. As many queries however many rows.
    """
    day = period.as_of
    branches = joint_branches(own_scope, day)
    found = [row_of(enterprise, branches, day) for enterprise in enterprises(scope, period)]
    return sorted(found, key=lambda row: row.plan.due_on if row.plan else date.min)


def enterprises(scope: Any, period: Period) -> Iterable[Enterprise]:
    rows = UNCOVERED.register.listed(UNCOVERED, scope, period).rows
    plans = OrganizingPlan.objects.current_on(period.as_of).select_related("owner")
    return (
        rows.annotate(formal_members=enterprise_fact("formal_members", period.as_of))
        .select_related("village")
        .prefetch_related(Prefetch("plans", plans, to_attr="current_plans"))
        .order_by("pk")
    )


def row_of(enterprise: Any, branches: list[JointBranch], day: date) -> Uncovered:
    known = enterprise.formal_members
    members = None if known is None else int(known)
    plan = next(iter(enterprise.current_plans), None)
    return Uncovered(enterprise, members, plan, propose(enterprise, members, branches), day)


def propose(enterprise: Enterprise, members: int | None, branches: list[JointBranch]) -> Proposal:
    """Three formal members can form a branch of their own; fewer join the nearest joint branch."""
    if members is not None and members >= FORMAL_MEMBERS_OF_A_BRANCH:
        return Proposal("可单独组建", f"正式党员已满{FORMAL_MEMBERS_OF_A_BRANCH}名")
    nearest = max(branches, key=lambda branch: branch.nearness(enterprise), default=None)
    in_village, neighbours, of_trade = nearest.nearness(enterprise) if nearest else (False, 0, 0)
    if nearest and (in_village or neighbours):
        return Proposal("并入联合党支部", f"同在{enterprise.village}", nearest.organization)
    if nearest and of_trade:
        because = f"同行业（{enterprise.trade}）企业{of_trade}家"
        return Proposal("并入联合党支部", because, nearest.organization)
    return Proposal("暂无可并入的支部", "本单位范围内没有同村（社区）或同行业的联合党支部")


def joint_branches(scope: Any, day: date) -> list[JointBranch]:
    """The joint branches standing on a day, with whom they cover. Two queries."""
    found = Organization.objects.within(scope).existing_on(day).nonpublic()
    links = Coverage.objects.by_organization().current_on(day).select_related("enterprise")
    joint = found.filter(formation=Organization.Formation.JOINT)
    covered = defaultdict(list)
    for link in links.filter(organization__in=joint.order_by().values("pk")):
        covered[link.organization_id].append(link.enterprise)
    return [
        JointBranch(
            branch,
            Counter(one.village_id for one in covered[branch.pk]),
            Counter(one.trade for one in covered[branch.pk]),
        )
        for branch in joint
    ]
