"""Figures over non-public branches and enterprises."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import Exact, GreaterThanOrEqual

from dangjian.lib.figures import LAST_YEAR, FigureSet, words_in
from dangjian.lib.figures.dimensions import of_field
from orgs.models import Coverage, Enterprise, Membership, Organization, OrganizingPlan
from orgs.tables import enterprise_fact, enterprise_table, plan_table

from .dimensions import tag_dimension, village_dimension
from .organizations import member_register, organization_register

# — non-public branches —

nonpublic = FigureSet("orgs", "非公党建")
nonpublic_organizations = nonpublic.on(organization_register)
nonpublic_memberships = nonpublic.on(member_register)

# 党章第三十条.
FORMAL_MEMBERS_OF_A_BRANCH = 3
NONPUBLIC_BRANCH = Q(sector=Organization.Sector.NONPUBLIC, level=Organization.Level.BRANCH)


@nonpublic_organizations.count("非公企业党支部", unit="个")
def nonpublic_branches(period):
    """期末存续的非公企业党支部，不论组建方式。"""
    return NONPUBLIC_BRANCH


@nonpublic_organizations.count("单独组建的非公企业党支部", unit="个")
def standalone_branches(period):
    """期末存续、由一家企业单独组建的党支部。"""
    return NONPUBLIC_BRANCH & Q(formation=Organization.Formation.STANDALONE)


@nonpublic_organizations.count("联合组建的非公企业党支部", unit="个")
def joint_branches(period):
    """期末存续、由几家企业联合组建的党支部。"""
    return NONPUBLIC_BRANCH & Q(formation=Organization.Formation.JOINT)


@nonpublic_organizations.count("挂靠或区域组建的非公企业党支部", unit="个")
def other_branches(period):
    """期末存续、挂靠组建或区域组建的党支部。"""
    formations = [Organization.Formation.ATTACHED, Organization.Formation.REGIONAL]
    return NONPUBLIC_BRANCH & Q(formation__in=formations)


@nonpublic_organizations.count("当年新成立的单独党支部", unit="个")
def standalone_founded(period):
    """成立日期在本期内、期末存续的单独组建党支部。"""
    founded = Q(founded_on__range=(period.first_day, period.as_of))
    return NONPUBLIC_BRANCH & Q(formation=Organization.Formation.STANDALONE) & founded


@nonpublic_organizations.count("当年新成立的联合党支部", unit="个")
def joint_founded(period):
    """成立日期在本期内、期末存续的联合组建党支部。"""
    founded = Q(founded_on__range=(period.first_day, period.as_of))
    return NONPUBLIC_BRANCH & Q(formation=Organization.Formation.JOINT) & founded


@nonpublic_organizations.count("正式党员不足3名的非公企业党支部", unit="个")
def undersized_branches(period):
    """期末正式党员不足3名的非公企业党支部（党章规定正式党员3人以上成立支部）。"""
    formal = Membership.objects.current_on(period.as_of).filter(kind=Membership.Kind.FORMAL)
    third = formal.filter(organization=OuterRef("pk")).order_by().values("pk")[2:3]
    return NONPUBLIC_BRANCH & ~Exists(third)


@nonpublic_memberships.count("非公企业党员", unit="名")
def nonpublic_members(period):
    """期末组织关系在非公企业党支部的正式党员和预备党员。"""
    return Q(
        organization__sector=Organization.Sector.NONPUBLIC,
        organization__level=Organization.Level.BRANCH,
    )


# — enterprises —

enterprise_register = nonpublic.register(
    "enterprises",
    "非公企业台账",
    Enterprise,
    table=enterprise_table,
    village="village",
    rows=lambda scope, period: Enterprise.objects.within(scope).operating_on(period.as_of),
    dimensions={
        "q": words_in("名称或信用代码", "name", "credit_code"),
        "village": village_dimension("village"),
        "village_kind": of_field(Enterprise, "village__kind", "村类别"),
        "ownership": "所有制",
        "tag": tag_dimension("enterprise"),
    },
)


def is_in_scope(period):
    return Q(excluded_on__isnull=True) | Q(excluded_on__gt=period.as_of)


def is_uncovered(period):
    return is_in_scope(period) & ~Coverage.objects.exists_on(period.as_of)


@enterprise_register.count("在营非公企业", unit="家")
def enterprises(period):
    """期末在营的非公企业，含认定不纳入组建范围的。"""


@enterprise_register.count("纳入组建范围的非公企业", unit="家")
def in_scope(period):
    """期末在营、未经认定排除的非公企业。"""
    return is_in_scope(period)


@enterprise_register.count("已建立党组织的非公企业", unit="家")
def covered(period):
    """期末由党组织覆盖（单独、联合、挂靠或区域组建）的在营非公企业。"""
    return Coverage.objects.exists_on(period.as_of)


@enterprise_register.count("单独组建党组织的非公企业", unit="家")
def covered_standalone(period):
    """期末由本企业单独组建的党组织覆盖的在营非公企业。"""
    return Coverage.objects.exists_on(period.as_of, mode=Coverage.Mode.STANDALONE)


@enterprise_register.count("联合组建党组织的非公企业", unit="家")
def covered_joint(period):
    """期末由联合组建的党组织覆盖的在营非公企业。"""
    return Coverage.objects.exists_on(period.as_of, mode=Coverage.Mode.JOINT)


@enterprise_register.count("应建未建党组织的非公企业", unit="家")
def uncovered(period):
    """期末纳入组建范围、尚未由党组织覆盖的非公企业。"""
    return is_uncovered(period)


@enterprise_register.count("可单独组建的应建未建企业", unit="家")
def could_stand_alone(period):
    """期末应建未建、最近一次统计正式党员满3名的非公企业（党章规定正式党员3人以上成立支部）。"""
    members = enterprise_fact("formal_members", period.as_of)
    return is_uncovered(period) & Q(GreaterThanOrEqual(members, FORMAL_MEMBERS_OF_A_BRANCH))


@enterprise_register.count("认定不纳入组建范围的非公企业", unit="家")
def excluded(period):
    """期末在营、已认定不纳入组建范围的非公企业。"""
    return Q(excluded_on__lte=period.as_of)


@enterprise_register.count("当年新纳入党组织覆盖的非公企业", unit="家")
def newly_covered(period):
    """期末在营，本期内首次由党组织覆盖的非公企业。"""
    links = Coverage.objects.by_organization().of()
    before = links.filter(since__lt=period.first_day)
    during = links.filter(since__range=(period.first_day, period.as_of))
    return Q(Exists(during)) & ~Exists(before)


@enterprise_register.sum(
    "非公企业从业人员", unit="人", of=lambda p: enterprise_fact("staff", p.as_of)
)
def staff(period):
    """期末在营非公企业最近一次统计的从业人员之和。"""


@enterprise_register.count("规模以上非公企业", unit="家")
def above_scale(period):
    """期末在营、最近一次统计为规模以上的非公企业。"""
    return Q(Exact(enterprise_fact("above_scale", period.as_of), 1))


# — plans to organize —

plan_register = nonpublic.register(
    "organizing_plans",
    "组建计划台账",
    OrganizingPlan,
    table=plan_table,
    village="enterprise__village",
    rows=lambda scope, period: OrganizingPlan.objects.within(scope).held_in(period),
    dimensions={
        "q": words_in("企业或责任人", "enterprise__name", "owner__name"),
        "village": village_dimension("enterprise__village"),
    },
)


def is_pending(period):
    """The plan is in force on the period's day, and its enterprise not covered yet."""
    covered_by_then = Coverage.objects.by_organization().current_on(period.as_of)
    in_force = Q(until__isnull=True) | Q(until__gt=period.as_of)
    return in_force & ~Exists(covered_by_then.filter(enterprise=OuterRef("enterprise")))


def is_overdue(period):
    """The plan is pending, and its day is over."""
    return is_pending(period) & Q(due_on__lt=period.as_of)


@plan_register.count("在期组建计划", unit="项")
def plans_pending(period):
    """期末在期、企业尚未由党组织覆盖的组建计划。"""
    return is_pending(period)


@plan_register.count("逾期未组建的计划", unit="项")
def plans_overdue(period):
    """期末在期、已过计划组建日期、企业尚未由党组织覆盖的组建计划。"""
    return is_overdue(period)


coverage_rate = enterprise_register.share(
    "coverage_rate", "非公企业党组织覆盖率", part=covered, whole=in_scope
)
standalone_rate = enterprise_register.share(
    "standalone_rate", "非公企业单独组建率", part=covered_standalone, whole=in_scope
)
enterprises_per_joint_branch = enterprise_register.quotient(
    "enterprises_per_joint_branch",
    "每个联合党支部覆盖的企业",
    unit="家",
    top=covered_joint,
    bottom=joint_branches,
)
covered_change = enterprise_register.change(
    "covered_change", "党组织覆盖企业数较上年增减", of=covered, since=LAST_YEAR
)
coverage_rate_change = enterprise_register.change(
    "coverage_rate_change", "党组织覆盖率较上年增减", of=coverage_rate, since=LAST_YEAR
)
nonpublic_members_change = nonpublic_memberships.change(
    "nonpublic_members_change", "非公企业党员数较上年增减", of=nonpublic_members, since=LAST_YEAR
)
