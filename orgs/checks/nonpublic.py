"""Checks of non-public branches and enterprises."""

from django.db.models import Exists, F, OuterRef, Q

from dangjian.lib.checks import CheckSet, Severity
from orgs.figures import enterprise_register, organization_register
from orgs.figures.nonpublic import (
    NONPUBLIC_BRANCH,
    is_in_scope,
    is_overdue,
    is_uncovered,
    plan_register,
)
from orgs.models import Coverage, EnterpriseFact, Membership, Organization, OrganizingPlan

from .organizations import MEND_ORGANIZATION

checks = CheckSet("orgs")

MEND_ENTERPRISE = "由街道党建办在数据录入的“非公企业”中改正。"
MEND_COVERAGE = "由街道党建办在数据录入的“非公企业”的组织覆盖中改正。"
MEND_PLAN = "由街道党建办在数据录入的“非公企业”的组建计划中填写。"
MODES, FORMATIONS = Coverage.Mode, Organization.Formation

# — figures that must agree —


@checks.count(enterprise_register, "挂靠或区域组建党组织的非公企业", unit="家")
def covered_otherwise(period):
    """期末由挂靠组建或区域组建的党组织覆盖的在营非公企业。"""
    return Coverage.objects.exists_on(period.as_of, mode__in=[MODES.ATTACHED, MODES.REGIONAL])


checks.equal(
    "branches_by_formation",
    "非公企业党支部按组建方式合计",
    left=["orgs.nonpublic_branches"],
    right=["orgs.standalone_branches", "orgs.joint_branches", "orgs.other_branches"],
    remedy="补填非公企业党支部的组建方式，" + MEND_ORGANIZATION,
)
checks.equal(
    "enterprises_by_scope",
    "在营企业按是否纳入组建范围合计",
    left=["orgs.enterprises"],
    right=["orgs.in_scope", "orgs.excluded"],
    remedy="核对企业的排除认定日期，" + MEND_ENTERPRISE,
)
checks.equal(
    "in_scope_by_coverage",
    "纳入范围企业按是否覆盖合计",
    left=["orgs.in_scope"],
    right=["orgs.covered", "orgs.uncovered"],
    remedy="已覆盖的企业不能同时认定为不纳入组建范围，" + MEND_ENTERPRISE,
)
checks.at_most(
    "covered_of_in_scope",
    "已覆盖企业不多于纳入范围企业",
    left=["orgs.covered"],
    right=["orgs.in_scope"],
    remedy="已覆盖的企业不能同时认定为不纳入组建范围，" + MEND_ENTERPRISE,
)
checks.equal(
    "covered_by_mode",
    "已覆盖企业按组建方式合计",
    left=["orgs.covered"],
    right=["orgs.covered_standalone", "orgs.covered_joint", covered_otherwise],
    remedy="核对组织覆盖的覆盖方式，" + MEND_COVERAGE,
)
checks.equal(
    "standalone_one_to_one",
    "单独组建的企业与单独组建的党支部相等",
    left=["orgs.covered_standalone"],
    right=["orgs.standalone_branches"],
    remedy="单独组建的党支部只覆盖一家企业：核对覆盖方式和党支部的组建方式，" + MEND_COVERAGE,
    of_whole=True,
)
checks.at_most(
    "founded_of_standalone",
    "当年新成立的单独党支部不多于单独组建的党支部",
    left=["orgs.standalone_founded"],
    right=["orgs.standalone_branches"],
    remedy="核对党支部的成立日期，" + MEND_ORGANIZATION,
)
checks.at_most(
    "newly_covered_of_covered",
    "当年新覆盖企业不多于已覆盖企业",
    left=["orgs.newly_covered"],
    right=["orgs.covered"],
    remedy="当年新覆盖、期末又终止的，核对组织覆盖的截止日期，" + MEND_COVERAGE,
)
checks.at_most(
    "checklist_all_of_met",
    "全部达标党支部不多于基本达标党支部",
    left=["orgs.checklist_all_met"],
    right=["orgs.checklist_met"],
    remedy="基本达到所需项数不能多于项目总数，由街道党建办在“达标标准”中改正。",
)
checks.at_most(
    "checklist_met_of_branches",
    "基本达标党支部不多于非公企业党支部",
    left=["orgs.checklist_met"],
    right=["orgs.nonpublic_branches"],
    remedy="核对达标检查所填的党组织。",
)

# — enterprises that should not be so —


def links(period):
    """What covers the outer enterprise on the period's day."""
    return Coverage.objects.by_organization().current_on(period.as_of).of()


@checks.no_rows(
    enterprise_register,
    "由已撤销党组织覆盖的企业",
    unit="家",
    severity=Severity.BLOCKING,
    remedy="填写组织覆盖的截止日期，另有党组织覆盖的新增一条，" + MEND_COVERAGE,
)
def covered_by_dissolved(period):
    """期末的组织覆盖指向期末已撤销党组织的企业。"""
    return Exists(links(period).filter(organization__dissolved_on__lte=period.as_of))


@checks.no_rows(
    enterprise_register,
    "组织覆盖早于党组织成立的企业",
    unit="家",
    severity=Severity.BLOCKING,
    remedy="核对组织覆盖的起始日期和党组织的成立日期，" + MEND_COVERAGE,
)
def covered_before_founding(period):
    """期末组织覆盖的起始日期早于覆盖党组织成立日期的企业。"""
    return Exists(links(period).filter(since__lt=F("organization__founded_on")))


@checks.no_rows(
    enterprise_register,
    "由没有党员的党组织覆盖的企业",
    unit="家",
    severity=Severity.BLOCKING,
    remedy="补填该党组织的党员组织关系；确无党员的，不能算党组织覆盖，" + MEND_COVERAGE,
)
def covered_without_member(period):
    """期末的覆盖党组织没有一名党员的企业。"""
    members = Membership.objects.current_on(period.as_of)
    without = ~Exists(members.filter(organization=OuterRef("organization")))
    return Exists(links(period).filter(without))


@checks.no_rows(
    enterprise_register,
    "已覆盖又被排除的企业",
    unit="家",
    severity=Severity.BLOCKING,
    remedy="已建立党组织的取消排除认定；确应排除的填写组织覆盖的截止日期，" + MEND_ENTERPRISE,
)
def covered_but_excluded(period):
    """期末由党组织覆盖、同时已认定不纳入组建范围的企业，覆盖率会因此超出范围。"""
    return ~is_in_scope(period) & Q(Exists(links(period)))


@checks.no_rows(
    enterprise_register,
    "同时由两个党组织覆盖的企业",
    unit="家",
    severity=Severity.BLOCKING,
    remedy="一家企业同一时间只有一条组织覆盖：填写前一条的截止日期，" + MEND_COVERAGE,
)
def covered_twice(period):
    """期末有两条以上组织覆盖的企业（工作覆盖除外）。"""
    return Exists(links(period).order_by().values("pk")[1:2])


@checks.no_rows(
    enterprise_register,
    "覆盖方式与党支部组建方式不一致的企业",
    unit="家",
    severity=Severity.BLOCKING,
    remedy="核对覆盖方式和党支部的组建方式，" + MEND_COVERAGE,
)
def coverage_mode_differs(period):
    """期末的覆盖方式与覆盖党组织的组建方式不同的企业，如联合党支部记为单独组建。"""
    known = links(period).exclude(organization__formation="")
    return Exists(known.exclude(mode=F("organization__formation")))


@checks.no_rows(
    enterprise_register,
    "没有填写所在村（社区）的企业",
    unit="家",
    severity=Severity.TO_EXPLAIN,
    remedy="填写所在村（社区），否则企业不进入按村汇总，" + MEND_ENTERPRISE,
)
def enterprise_without_village(period):
    """期末纳入组建范围、没有填写所在村（社区）的企业。"""
    return is_in_scope(period) & Q(village__isnull=True)


@checks.no_rows(
    enterprise_register,
    "没有从业人员数的企业",
    unit="家",
    severity=Severity.TO_EXPLAIN,
    remedy="在“企业情况”中补填从业人员及其统计日期和来源，" + MEND_ENTERPRISE,
)
def enterprise_without_staff(period):
    """期末纳入组建范围、期末前没有任何从业人员统计数的企业，从业人员合计因此偏少。"""
    facts = EnterpriseFact.objects.filter(enterprise=OuterRef("pk"), counted_on__lte=period.as_of)
    return is_in_scope(period) & ~Exists(facts.filter(kind__code="staff"))


@checks.no_rows(
    enterprise_register,
    "没有组建计划的应建未建企业",
    unit="家",
    severity=Severity.TO_EXPLAIN,
    remedy="写明未建原因、责任人和计划组建日期，" + MEND_PLAN,
)
def uncovered_without_plan(period):
    """期末应建未建、没有在期组建计划的企业。"""
    plans = OrganizingPlan.objects.current_on(period.as_of).filter(enterprise=OuterRef("pk"))
    return is_uncovered(period) & ~Exists(plans)


@checks.no_rows(
    plan_register,
    "已过日期的组建计划",
    unit="项",
    severity=Severity.TO_EXPLAIN,
    remedy="说明未按期组建的原因；计划改期的，终止原计划、另起一行，" + MEND_PLAN,
)
def plan_missed(period):
    """期末在期、已过计划组建日期、企业尚未由党组织覆盖的组建计划。"""
    return is_overdue(period)


# — branches that should not be so —


def covers_from(period, number):
    """The outer organization covers at least so many enterprises."""
    covered = Coverage.objects.by_organization().current_on(period.as_of)
    own = covered.filter(organization=OuterRef("pk")).order_by().values("pk")
    return Exists(own[number - 1 : number])


@checks.no_rows(
    organization_register,
    "覆盖企业不是一家的单独党支部",
    unit="个",
    severity=Severity.BLOCKING,
    remedy="覆盖几家企业的改为联合组建；没有企业的补填组织覆盖，" + MEND_COVERAGE,
)
def standalone_branch_not_of_one(period):
    """期末存续、单独组建，但覆盖的企业不是恰好一家的非公企业党支部。"""
    is_of_one = Q(covers_from(period, 1)) & ~covers_from(period, 2)
    return NONPUBLIC_BRANCH & Q(formation=FORMATIONS.STANDALONE) & ~is_of_one


@checks.no_rows(
    organization_register,
    "覆盖企业不足两家的联合党支部",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="补填组织覆盖；只剩一家企业的，说明是否改为单独组建，" + MEND_COVERAGE,
)
def joint_branch_of_few(period):
    """期末存续、联合组建，但覆盖企业不足两家的非公企业党支部。"""
    return NONPUBLIC_BRANCH & Q(formation=FORMATIONS.JOINT) & ~covers_from(period, 2)
