"""Checks of activities, pledges, members in the making, pairings, sites and checklists."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import LessThan, LessThanOrEqual

from dangjian.lib.checks import CheckSet, Severity
from dangjian.lib.figures import Years
from orgs.figures import organization_register
from orgs.figures.activities import activity_register
from orgs.figures.nonpublic import NONPUBLIC_BRANCH
from orgs.figures.party_life import (
    SIX_ONES,
    development_register,
    pairing_register,
    pledge_register,
    rating_register,
    site_register,
)
from orgs.models import (
    Activity,
    Attendance,
    ChecklistItem,
    ChecklistResult,
    Development,
    Membership,
    Pairing,
    PairingSide,
    Rating,
)
from orgs.tables import counted

checks = CheckSet("orgs")
STAGES = Development.Stage
MEND = "由街道党建办在数据录入的“{}”中改正。".format

# — figures that must agree —

checks.at_most(
    "present_of_due",
    "参加活动人次不多于应到人次",
    left=["orgs.activity_attendance"],
    right=["orgs.activity_due"],
    remedy="核对签到表上的应到、实到人数，" + MEND("活动"),
)
checks.at_most(
    "training_of_attendance",
    "培训人次不多于参加活动人次",
    left=["orgs.training_attendance"],
    right=["orgs.activity_attendance"],
    remedy="核对培训的类别和实到人数，" + MEND("活动"),
)
checks.at_most(
    "pledges_fulfilled_of_all",
    "兑现的承诺不多于作出的承诺",
    left=["orgs.pledges_fulfilled"],
    right=["orgs.pledges"],
    remedy="核对承诺的兑现日期，" + MEND("党员承诺"),
)
checks.equal(
    "pairings_by_mode",
    "结对共建按方式合计",
    left=["orgs.pairings"],
    right=["orgs.pairings_one_to_one", "orgs.pairings_one_to_many"],
    remedy="核对共建方式，" + MEND("结对共建"),
)
checks.at_most(
    "demonstration_of_sites",
    "示范阵地不多于活动阵地",
    left=["orgs.demonstration_sites"],
    right=["orgs.sites"],
    remedy="核对评为示范阵地的日期，" + MEND("活动阵地"),
)

# — activities —


@checks.no_rows(
    activity_register,
    "举办时党组织不存续的活动",
    unit="次",
    severity=Severity.BLOCKING,
    remedy="核对举办日期和举办党组织，" + MEND("活动"),
)
def activity_outside_organization(period):
    """举办日期早于举办党组织成立、或在其撤销之后的活动。"""
    too_late = Q(organization__dissolved_on__lte=F("held_on"))
    return Q(organization__founded_on__gt=F("held_on")) | too_late


@checks.no_rows(
    activity_register,
    "到会未过半数的党员大会和支部委员会",
    unit="次",
    severity=Severity.TO_EXPLAIN,
    remedy="核对应到、实到人数；确未过半数的，说明会议是否补开。",
)
def meeting_below_half(period):
    """本期召开、实到人数没有超过应到人数一半的党员大会和支部委员会（过半数到会方为有效）。"""
    meetings = Q(kind__code__in=["branch_assembly", "branch_committee"])
    return meetings & Q(LessThanOrEqual(F("present") * 2, F("due")))


@checks.no_rows(
    activity_register,
    "缺席名单多于缺席人数的活动",
    unit="次",
    severity=Severity.BLOCKING,
    remedy="核对应到、实到人数和缺席名单，在“组织生活”中打开这次活动改正。",
)
def absent_over_due(period):
    """本期举办、登记的缺席人员多于应到减去实到人数的活动。"""
    absent = Attendance.objects.filter(presence=Attendance.Presence.ABSENT)
    return Q(LessThan(F("due") - F("present"), counted(absent, "activity")))


# — pledges —


@checks.no_rows(
    pledge_register,
    "承诺人当时不是党员的承诺",
    unit="条",
    severity=Severity.TO_EXPLAIN,
    remedy="核对承诺人和承诺日期，补填当时的组织关系，" + MEND("党员承诺"),
)
def pledge_of_nonmember(period):
    """承诺日期当天，承诺人没有任何党员组织关系的承诺。"""
    day = OuterRef("pledged_on")
    then = Q(until__isnull=True) | Q(until__gt=day)
    return ~Exists(Membership.objects.filter(then, person=OuterRef("person"), since__lte=day))


# — members in the making —


@checks.no_rows(
    development_register,
    "阶段先后颠倒的发展记录",
    unit="条",
    severity=Severity.BLOCKING,
    remedy="核对各阶段的确定日期，" + MEND("发展党员"),
)
def stage_out_of_order(period):
    """本期确定，但同一人更低阶段的确定日期反而更晚的发展党员记录。"""
    lower = Development.objects.filter(person=OuterRef("person"), stage__lt=OuterRef("stage"))
    return Exists(lower.filter(reached_on__gt=OuterRef("reached_on")))


@checks.no_rows(
    development_register,
    "缺少前一阶段的发展记录",
    unit="条",
    severity=Severity.TO_EXPLAIN,
    remedy="查阅发展党员档案补填前一阶段；在外地完成的予以说明，" + MEND("发展党员"),
)
def stage_skipped(period):
    """本期确定，但同一人没有前一阶段记录的发展党员记录（入党申请人除外）。"""
    previous = Development.objects.filter(person=OuterRef("person"), stage=OuterRef("stage") - 1)
    return Q(stage__gt=STAGES.APPLICANT) & ~Exists(previous)


@checks.no_rows(
    development_register,
    "不满18周岁的发展对象",
    unit="条",
    severity=Severity.BLOCKING,
    remedy="核对出生年月和确定日期，" + MEND("发展党员"),
)
def developed_under_age(period):
    """本期确定、确定日期本人不满18周岁的发展党员记录（年满18岁方可申请入党）。"""
    return Q(LessThan(Years("person__birth_on", "reached_on"), 18))


@checks.no_rows(
    development_register,
    "预备期不满一年即转正的记录",
    unit="条",
    severity=Severity.BLOCKING,
    remedy="核对接收为预备党员和转正的日期，" + MEND("发展党员"),
)
def confirmed_too_early(period):
    """本期转正，距同一人接收为预备党员不满一年的记录（党章规定预备期为一年）。"""
    admitted = Development.objects.filter(person=OuterRef("person"), stage=STAGES.PROBATIONARY)
    early = LessThan(Years("reached_on", OuterRef("reached_on")), 1)
    return Q(stage=STAGES.FORMAL) & Q(Exists(admitted.filter(early)))


@checks.no_rows(
    development_register,
    "接收或转正后没有组织关系的记录",
    unit="条",
    severity=Severity.BLOCKING,
    remedy="补填预备党员或正式党员的组织关系，由街道党建办在数据录入的“人员”中改正。",
)
def admitted_without_membership(period):
    """本期接收为预备党员或转正，期末前没有相应类型的党员组织关系的发展党员记录。"""
    begun = Membership.objects.filter(person=OuterRef("person"), since__lte=period.as_of)
    on_probation = Q(stage=STAGES.PROBATIONARY) & ~Exists(begun)
    formal = begun.filter(kind=Membership.Kind.FORMAL)
    return on_probation | (Q(stage=STAGES.FORMAL) & ~Exists(formal))


# — pairings —


def partners(side):
    """The partners on one side of the outer pairing."""
    return PairingSide.objects.filter(pairing=OuterRef("pk"), side=side).order_by().values("pk")


@checks.no_rows(
    pairing_register,
    "缺少一方单位的结对共建",
    unit="对",
    severity=Severity.BLOCKING,
    remedy="补填甲方或乙方单位，" + MEND("结对共建"),
)
def pairing_one_sided(period):
    """期末仍在进行、没有填写甲方或没有填写乙方单位的结对共建。"""
    first, second = (Exists(partners(side)) for side in PairingSide.Side.values)
    return ~first | ~second


@checks.no_rows(
    pairing_register,
    "一方有几个单位的一对一共建",
    unit="对",
    severity=Severity.BLOCKING,
    remedy="改为一对多，或删去多填的单位，" + MEND("结对共建"),
)
def pairing_not_one_to_one(period):
    """期末仍在进行、共建方式为一对一，但某一方有两个以上单位的结对共建。"""
    first, second = (Exists(partners(side)[1:2]) for side in PairingSide.Side.values)
    return Q(mode=Pairing.Mode.ONE_TO_ONE) & (Q(first) | Q(second))


@checks.no_rows(
    pairing_register,
    "本期没有活动的结对共建",
    unit="对",
    severity=Severity.TO_EXPLAIN,
    remedy="补填共建活动；确未开展的说明原因和安排，" + MEND("活动"),
)
def pairing_silent(period):
    """期末仍在进行，本期没有登记过一次共建活动的结对共建。"""
    return ~Exists(Activity.objects.held_in(period).filter(pairing=OuterRef("pk")))


# — sites, ratings, checklists —


@checks.no_rows(
    site_register,
    "所属党组织已撤销的活动阵地",
    unit="处",
    severity=Severity.BLOCKING,
    remedy="改填现在的所属党组织，或填写停用日期，" + MEND("活动阵地"),
)
def site_of_dissolved(period):
    """期末在用，但所属党组织期末已撤销的活动阵地。"""
    return Q(organization__dissolved_on__lte=period.as_of)


@checks.no_rows(
    rating_register,
    "同一办法下重复有效的评星定级",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="为前一次评定填写有效期，" + MEND("评星定级"),
)
def rated_twice(period):
    """期末有效，而同一党组织在同一办法下另有更晚一次评定也在有效期内的评星定级。"""
    valid = Q(valid_until__isnull=True) | Q(valid_until__gt=period.as_of)
    same = {name: OuterRef(name) for name in ("organization", "scheme")}
    later = Rating.objects.filter(
        valid, **same, given_on__gt=OuterRef("given_on"), given_on__lte=period.as_of
    )
    return Exists(later)


@checks.no_rows(
    organization_register,
    "六个一没有逐项检查的非公企业党支部",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="补填未检查项目的结果，由街道党建办在数据录入的“达标检查”中填写。",
)
def checklist_incomplete(period):
    """期末存续，本年度六个一标准中有项目没有检查结果的非公企业党支部，达标数可能偏少。"""
    results = ChecklistResult.objects.filter(
        item=OuterRef("pk"), organization=OuterRef(OuterRef("pk")), checked_on__lte=period.as_of
    )
    items = ChecklistItem.objects.filter(scheme__code=SIX_ONES, scheme__year=period.first_day.year)
    return NONPUBLIC_BRANCH & Q(Exists(items.filter(~Exists(results))))
