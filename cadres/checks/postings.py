"""Checks of postings and visits."""

from django.db.models import Exists, F, OuterRef, Q

from cadres.figures import posting_register, still_running, visit_register
from cadres.models import Posting, PostingTarget, Visit
from dangjian.lib.checks import CheckSet, Severity

checks = CheckSet("cadres")
KINDS = Posting.Kind
MEND = "由街道党建办在数据录入的“{}”中改正。".format

# — figures that must agree —

checks.at_most(
    "leading_of_first_secretaries",
    "街道领导担任的第一书记不多于第一书记",
    left=["cadres.leading_first_secretaries"],
    right=["cadres.first_secretaries"],
    remedy="核对第一书记的派驻记录，" + MEND("派驻"),
)
checks.at_most(
    "first_secretaries_of_villages",
    "第一书记不多于村（社区）",
    left=["cadres.first_secretaries"],
    right=["orgs.villages"],
    remedy="一个村（社区）只有一名第一书记：填写前任的截止日期，" + MEND("派驻"),
    of_whole=True,
)
checks.at_most(
    "visit_problems_of_visits",
    "走访反映的问题不多于走访次数",
    left=["cadres.visit_problems"],
    right=["cadres.visits"],
    remedy="核对走访记录，" + MEND("派驻"),
)
checks.at_most(
    "visit_problems_solved_of_all",
    "解决的问题不多于反映的问题",
    left=["cadres.visit_problems_solved"],
    right=["cadres.visit_problems"],
    remedy="核对走访记录中的反映问题和已解决，" + MEND("派驻"),
)
checks.at_most(
    "covered_of_work_covered",
    "党组织覆盖的企业不多于党的工作覆盖的企业",
    left=["orgs.covered"],
    right=["cadres.work_covered"],
    remedy="核对企业的组织覆盖和派驻单位。",
)
checks.at_most(
    "instructed_of_work_covered",
    "派有指导员、联络员的企业不多于党的工作覆盖的企业",
    left=["cadres.enterprises_instructed"],
    right=["cadres.work_covered"],
    remedy="核对企业的组织覆盖和派驻单位。",
)

# — postings —


def targets_from(number, **conditions):
    """The outer posting leads to at least so many places."""
    own = PostingTarget.objects.filter(posting=OuterRef("pk"), **conditions)
    return Exists(own.order_by().values("pk")[number - 1 : number])


@checks.no_rows(
    posting_register,
    "没有填写村（社区）的第一书记和到村任职人员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="在派驻单位中填写村（社区），" + MEND("派驻"),
)
def posting_without_village(period):
    """本期的第一书记和到村任职派驻中，派驻单位没有村（社区）的。"""
    to_villages = Q(kind__in=[KINDS.FIRST_SECRETARY, KINDS.VILLAGE_POST])
    return to_villages & ~targets_from(1, village__isnull=False)


@checks.no_rows(
    posting_register,
    "没有联系企业的党建指导员和联络员",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="在派驻单位中填写所联系的企业，" + MEND("派驻"),
)
def instructor_without_enterprise(period):
    """期末在任、派驻单位没有企业的党建指导员和联络员。"""
    sent = Q(kind__in=[KINDS.INSTRUCTOR, KINDS.LIAISON]) & still_running(period)
    return sent & ~targets_from(1, enterprise__isnull=False)


@checks.no_rows(
    posting_register,
    "联系企业超过五家的党建指导员",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="核对派驻单位；确实超过的说明原因（一名指导员一般联系一至五家）。",
)
def instructor_of_too_many(period):
    """期末在任、联系企业超过五家的党建指导员。"""
    sent = Q(kind=KINDS.INSTRUCTOR) & still_running(period)
    return sent & Q(targets_from(6, enterprise__isnull=False))


@checks.no_rows(
    posting_register,
    "本期没有走访的党建指导员",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="补填走访记录；确未走访的说明原因，" + MEND("派驻"),
)
def instructor_without_visit(period):
    """期末在任、本期没有登记过一次走访的党建指导员。"""
    visits = Visit.objects.made_in(period).filter(posting=OuterRef("pk"))
    return Q(kind=KINDS.INSTRUCTOR) & still_running(period) & ~Exists(visits)


@checks.no_rows(
    posting_register,
    "同类派驻重复的人员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="填写前一项派驻的截止日期；联系几家单位的合并为一项派驻，" + MEND("派驻"),
)
def posted_twice(period):
    """期末在任，而同一人另有更早一项同类派驻期末也未结束的派驻（按项计人数时会重复）。"""
    earlier = Posting.objects.current_on(period.as_of).filter(
        person=OuterRef("person"), kind=OuterRef("kind"), since__lt=OuterRef("since")
    )
    return still_running(period) & Q(Exists(earlier))


# — visits —


@checks.no_rows(
    visit_register,
    "派驻期以外的走访",
    unit="次",
    severity=Severity.BLOCKING,
    remedy="核对走访日期和派驻的起止日期，" + MEND("派驻"),
)
def visit_outside_posting(period):
    """走访日期早于派驻开始、或不早于派驻截止的走访。"""
    after = Q(posting__until__lte=F("visited_on"))
    return Q(posting__since__gt=F("visited_on")) | after


@checks.no_rows(
    visit_register,
    "走访未联系企业的记录",
    unit="次",
    severity=Severity.TO_EXPLAIN,
    remedy="补填派驻单位，或核对走访企业，" + MEND("派驻"),
)
def visit_elsewhere(period):
    """走访的企业不在该派驻的派驻单位之中的走访。"""
    own = PostingTarget.objects.filter(
        posting=OuterRef("posting"), enterprise=OuterRef("enterprise")
    )
    return Q(enterprise__isnull=False) & ~Exists(own)


@checks.no_rows(
    visit_register,
    "没有问题却已解决的走访",
    unit="次",
    severity=Severity.BLOCKING,
    remedy="补填反映的问题，或取消“已解决”，" + MEND("派驻"),
)
def solved_without_problem(period):
    """勾选了已解决、但没有填写反映问题的走访。"""
    return Q(is_solved=True, problem="")
