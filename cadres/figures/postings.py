"""Figures over postings, and the visits of those posted to enterprises."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import LessThan

from cadres.models import Cadre, Posting, PostingTarget, Visit
from cadres.tables import posting_table, village_of_posting, visit_table
from dangjian.lib.figures import Dimension, words_in
from dangjian.lib.figures.conditions import any_of
from dangjian.lib.figures.dimensions import of_field
from dangjian.lib.spans import spans_over
from orgs.figures import village_dimension, village_names
from orgs.tables import counted

from .base import figures

# — postings —


def in_village(pk):
    """The outer posting leads to the village, or to an enterprise there."""
    targets = PostingTarget.objects.filter(posting=OuterRef("pk"))
    return Exists(targets.filter(Q(village=pk) | Q(enterprise__village=pk)))


IN_VILLAGE = Dimension("派往村（社区）", "pk", choices=village_names, holds=in_village, parse=int)

posting_register = figures.register(
    "postings",
    "派驻台账",
    Posting,
    table=posting_table,
    rows=lambda scope, period: Posting.objects.within(scope).held_in(period),
    village=village_of_posting,
    dimensions={
        "q": words_in("姓名", "person__name"),
        "village": village_dimension(village_of_posting),
        "kind": "类别",
        "is_full_time": "脱产",
        "department": "轮岗科室",
        "in_village": IN_VILLAGE,
    },
)


def still_running(period):
    return Q(until__isnull=True) | Q(until__gt=period.as_of)


@posting_register.count("村（社区）第一书记", unit="人")
def first_secretaries(period):
    """期末在任的村（社区）第一书记，每项派驻计一人；不是选举产生的班子成员。"""
    return Q(kind=Posting.Kind.FIRST_SECRETARY) & still_running(period)


@posting_register.count("由街道领导担任的第一书记", unit="人")
def leading_first_secretaries(period):
    """期末在任的第一书记中，本人是街道领导的，每项派驻计一人。"""
    leaders = Cadre.objects.current_on(period.as_of).filter(is_leader=True)
    is_leader = Exists(leaders.filter(person=OuterRef("person")))
    return Q(kind=Posting.Kind.FIRST_SECRETARY) & still_running(period) & Q(is_leader)


@posting_register.count("抽调一线的干部", unit="人次")
def secondments(period):
    """本期抽调到重点项目一线的干部，期内结束的也计。"""
    return Q(kind=Posting.Kind.SECONDMENT)


@posting_register.count("轮岗", unit="人次")
def rotations(period):
    """本期在科室轮岗的人次，期内结束的也计。"""
    return Q(kind=Posting.Kind.ROTATION)


@posting_register.count("党建指导员", unit="人")
def instructors(period):
    """期末在任的党建指导员，每项派驻计一人；一项派驻可联系几家企业。"""
    return Q(kind=Posting.Kind.INSTRUCTOR) & still_running(period)


@posting_register.count("党建联络员", unit="人")
def liaisons(period):
    """期末在任的党建联络员，每项派驻计一人；一项派驻可联系几家企业。"""
    return Q(kind=Posting.Kind.LIAISON) & still_running(period)


@posting_register.count("走访不足的党建指导员、联络员", unit="人")
def visiting_too_little(period):
    """期末在任的党建指导员、联络员中，本期某个已满的月份走访少于每月应走访次数的，每项派驻计一人。

    到任当月不满整月，不计。
    """
    return still_running(period) & any_of(map(visited_too_little, spans_over(period, 1)))


def visited_too_little(span):
    made = counted(Visit.objects.filter(visited_on__range=tuple(span)), "posting")
    return Q(Q(since__lte=span.first), Q(LessThan(made, F("visits_per_month"))))


@posting_register.count("到村任职人员", unit="人")
def village_posts(period):
    """期末在村（社区）任职的派驻人员，每项派驻计一人，不含第一书记。"""
    return Q(kind=Posting.Kind.VILLAGE_POST) & still_running(period)


# — visits —

visit_register = figures.register(
    "visits",
    "走访台账",
    Visit,
    table=visit_table,
    village="enterprise__village",
    rows=lambda scope, period: Visit.objects.within(scope).made_in(period),
    dimensions={
        "village": village_dimension("enterprise__village"),
        "kind": of_field(Visit, "posting__kind", "身份"),
        "is_solved": "已解决",
    },
)


@visit_register.count("走访非公企业", unit="次")
def visits(period):
    """本期党建指导员和联络员走访企业的次数。"""


@visit_register.count("走访中反映的问题", unit="个")
def visit_problems(period):
    """本期走访中企业反映的问题。"""
    return ~Q(problem="")


@visit_register.count("走访中解决的问题", unit="个")
def visit_problems_solved(period):
    """本期走访中反映、已经解决的问题。"""
    return ~Q(problem="") & Q(is_solved=True)


visit_problems_solved_rate = visit_register.share(
    "visit_problems_solved_rate",
    "走访问题解决率",
    part=visit_problems_solved,
    whole=visit_problems,
)
