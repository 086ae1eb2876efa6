"""Figures over checklists, pairings, pledges, sites, ratings and members in the making."""

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery

from dangjian.lib.figures import words_in
from orgs.models import (
    ChecklistItem,
    ChecklistResult,
    ChecklistScheme,
    Development,
    Pairing,
    Pledge,
    Rating,
    Site,
    Village,
)
from orgs.tables import (
    checklist_table,
    development_table,
    pairing_table,
    pledge_table,
    rating_table,
    site_table,
)

from .activities import figures
from .dimensions import village_dimension
from .nonpublic import NONPUBLIC_BRANCH, nonpublic_branches, nonpublic_organizations

SIX_ONES = "six-ones"

# — checklists —


def items_met(period):
    """How many items of the outer-outer scheme the outer organization stands at."""
    standing = ChecklistResult.objects.standing_on(period.as_of).filter(
        item__scheme=OuterRef("pk"), organization=OuterRef(OuterRef("pk")), is_met=True
    )
    total = standing.order_by().values("organization").annotate(n=Count("pk"))
    return Subquery(total.values("n"), output_field=IntegerField())


def items_of_scheme():
    """How many items the outer scheme has."""
    items = ChecklistItem.objects.filter(scheme=OuterRef("pk"))
    total = items.order_by().values("scheme").annotate(n=Count("pk"))
    return Subquery(total.values("n"), output_field=IntegerField())


def reaching(period, needed):
    """The outer organization has met so many items of the year's scheme."""
    schemes = ChecklistScheme.objects.filter(code=SIX_ONES, year=period.first_day.year)
    return Exists(schemes.annotate(met=items_met(period)).filter(met__gte=needed))


@nonpublic_organizations.count("基本达到六个一标准的非公企业党支部", unit="个")
def checklist_met(period):
    """期末最近一次检查达标项数不少于标准所定项数（六项中五项）的非公企业党支部。"""
    return NONPUBLIC_BRANCH & Q(reaching(period, F("threshold")))


@nonpublic_organizations.count("全部达到六个一标准的非公企业党支部", unit="个")
def checklist_all_met(period):
    """期末最近一次检查中，标准所定各项全部达标的非公企业党支部。"""
    return NONPUBLIC_BRANCH & Q(reaching(period, items_of_scheme()))


checklist_met_rate = nonpublic_organizations.share(
    "checklist_met_rate", "六个一基本达标率", part=checklist_met, whole=nonpublic_branches
)

checklist_register = figures.register(
    "checklist_results",
    "六个一达标台账",
    ChecklistResult,
    table=checklist_table,
    village="organization__village",
    rows=lambda scope, period: (
        ChecklistResult.objects.within(scope)
        .standing_on(period.as_of)
        .filter(item__scheme__year=period.first_day.year)
    ),
    dimensions={
        "village": village_dimension("organization__village"),
        "organization": "党组织",
        "is_met": "达标",
        "item": "项目",
    },
)


@checklist_register.count("未达标的检查项", unit="项")
def checklist_missing(period):
    """按本年度标准，期末最近一次检查未达标的项目。"""
    return Q(is_met=False)


# — pairings —

pairing_register = figures.register(
    "pairings",
    "结对共建台账",
    Pairing,
    table=pairing_table,
    rows=lambda scope, period: Pairing.objects.within(scope).current_on(period.as_of),
    dimensions={"q": words_in("名称", "name"), "mode": "共建方式"},
)


@pairing_register.count("结对共建", unit="对")
def pairings(period):
    """期末仍在进行的结对共建。"""


@pairing_register.count("一对一结对共建", unit="对")
def pairings_one_to_one(period):
    """期末仍在进行的一对一结对共建。"""
    return Q(mode=Pairing.Mode.ONE_TO_ONE)


@pairing_register.count("一对多结对共建", unit="对")
def pairings_one_to_many(period):
    """期末仍在进行的一对多结对共建。"""
    return Q(mode=Pairing.Mode.ONE_TO_MANY)


# — pledges —

pledge_register = figures.register(
    "pledges",
    "党员承诺台账",
    Pledge,
    table=pledge_table,
    village="organization__village",
    rows=lambda scope, period: Pledge.objects.within(scope).filter(
        pledged_on__range=(period.first_day, period.as_of)
    ),
    dimensions={"village": village_dimension("organization__village")},
)


@pledge_register.count("党员亮身份公开承诺", unit="条")
def pledges(period):
    """本期党员亮身份、公开作出的承诺。"""


@pledge_register.count("已兑现的党员承诺", unit="条")
def pledges_fulfilled(period):
    """本期作出、期末已兑现的党员承诺。"""
    return Q(fulfilled_on__lte=period.as_of)


pledges_fulfilled_rate = pledge_register.share(
    "pledges_fulfilled_rate", "党员承诺兑现率", part=pledges_fulfilled, whole=pledges
)

# — sites —

site_register = figures.register(
    "sites",
    "活动阵地台账",
    Site,
    table=site_table,
    village="village",
    rows=lambda scope, period: Site.objects.within(scope).open_on(period.as_of),
    dimensions={"village": village_dimension("village"), "is_shared": "共用"},
)


@site_register.count("活动阵地", unit="处")
def sites(period):
    """期末在用的党组织活动阵地。"""


@site_register.sum("活动阵地面积", unit="平方米", of="area", places=1)
def site_area(period):
    """期末在用的党组织活动阵地面积之和。"""


@site_register.count("示范阵地", unit="处")
def demonstration_sites(period):
    """期末在用、已评为示范的活动阵地。"""
    return Q(demonstration_since__lte=period.as_of)


@site_register.count("当年新启用的活动阵地", unit="处")
def sites_opened(period):
    """本期启用、期末在用的活动阵地。"""
    return Q(opened_on__range=(period.first_day, period.as_of))


@site_register.count("当年新评定的示范阵地", unit="处")
def demonstration_sites_named(period):
    """期末在用、在本期内评为示范的活动阵地。"""
    return Q(demonstration_since__range=(period.first_day, period.as_of))


# — ratings —

rating_register = figures.register(
    "ratings",
    "评星定级台账",
    Rating,
    table=rating_table,
    village="organization__village",
    rows=lambda scope, period: Rating.objects.within(scope).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=period.as_of), given_on__lte=period.as_of
    ),
    dimensions={"village": village_dimension("organization__village"), "grade": "等级"},
)


@rating_register.count("有效的评星定级", unit="个")
def ratings(period):
    """期末仍在有效期内的评星定级。"""


@rating_register.count("当年评定的村（社区）党组织星级", unit="个")
def villages_rated(period):
    """本期评定、期末仍在有效期内的村（社区）党组织评星定级。"""
    led = Village.objects.established_by(period.as_of)
    given = Q(given_on__range=(period.first_day, period.as_of))
    return given & Exists(led.filter(party_organization=OuterRef("organization")))


# — members in the making —

development_register = figures.register(
    "developments",
    "发展党员台账",
    Development,
    table=development_table,
    village="organization__village",
    rows=lambda scope, period: Development.objects.within(scope).filter(
        reached_on__range=(period.first_day, period.as_of)
    ),
    dimensions={"village": village_dimension("organization__village"), "stage": "阶段"},
)


@development_register.count("入党积极分子（新确定）", unit="名")
def activists_named(period):
    """本期确定的入党积极分子。"""
    return Q(stage=Development.Stage.ACTIVIST)


@development_register.count("发展党员", unit="名")
def members_admitted(period):
    """本期接收的预备党员。"""
    return Q(stage=Development.Stage.PROBATIONARY)


@development_register.count("预备党员转正", unit="名")
def members_confirmed(period):
    """本期转为正式党员的预备党员。"""
    return Q(stage=Development.Stage.FORMAL)
