"""Figures over activities: what was held, who came, which branches fell silent."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from dangjian.lib.figures import LAST_YEAR, FigureSet, words_in
from dangjian.lib.figures.conditions import any_of
from dangjian.lib.figures.dimensions import of_field
from dangjian.lib.spans import spans_of
from orgs.models import (
    Activity,
    Organization,
)
from orgs.models.party_life import SILENT_DAYS
from orgs.tables import (
    activity_table,
)

from .dimensions import village_dimension
from .nonpublic import NONPUBLIC_BRANCH, nonpublic_branches, nonpublic_organizations

figures = FigureSet("orgs", "组织生活")

activity_register = figures.register(
    "activities",
    "活动台账",
    Activity,
    table=activity_table,
    village="organization__village",
    rows=lambda scope, period: Activity.objects.within(scope).held_in(period),
    dimensions={
        "q": words_in("主题或主办党组织", "topic", "organization__name"),
        "village": village_dimension("organization__village"),
        "kind": "类别",
        "organization": "举办党组织",
        "sector": of_field(Activity, "organization__sector", "所属领域"),
        "held_on": "举办日期",
    },
)


@activity_register.count("组织生活和活动", unit="次")
def activities(period):
    """本期各级党组织举办的活动，含会议、党课、主题党日和培训。"""


@activity_register.sum("参加活动", unit="人次", of="present")
def activity_attendance(period):
    """本期各项活动实到人数之和；一人参加几次计几人次。"""


@activity_register.sum("活动应到", unit="人次", of="due")
def activity_due(period):
    """本期各项活动应到人数之和。"""


@activity_register.count("三会一课", unit="次")
def three_meetings_one_class(period):
    """本期召开的党员大会、支部委员会、党小组会和党课。"""
    codes = ["branch_assembly", "branch_committee", "group_meeting", "party_class"]
    return Q(kind__code__in=codes)


@activity_register.count("主题党日", unit="次")
def theme_days(period):
    """本期开展的主题党日。"""
    return Q(kind__code="theme_day")


@activity_register.count("非公党建工作会议", unit="次")
def nonpublic_meetings(period):
    """本期召开的非公党建工作例会。"""
    return Q(kind__code="nonpublic_meeting")


@activity_register.count("以会代训和专题培训", unit="期")
def trainings(period):
    """本期举办的以会代训和专题培训。"""
    return Q(kind__code__in=["meeting_training", "training"])


@activity_register.sum("培训", unit="人次", of="present")
def training_attendance(period):
    """本期以会代训和专题培训的实到人数之和。"""
    return Q(kind__code__in=["meeting_training", "training"])


@activity_register.count("党委中心组学习", unit="次")
def study_sessions(period):
    """本期举行的党委理论学习中心组学习，含扩大学习。"""
    return Q(kind__code="study_session")


@activity_register.count("开展中心组学习的月份", unit="个月")
def study_months(period):
    """本期举行过党委理论学习中心组学习的月份；一个党组织一个月举行几次计一个月。"""
    session = Q(kind__code="study_session")
    months = spans_of(period.first_day.year, 1)
    return session & any_of(Q(held_on__range=tuple(span)) & first_of(span) for span in months)


def first_of(span):
    """No activity of the same kind, held by the same organization, came before it in the span."""
    alike = Activity.objects.filter(
        organization=OuterRef("organization"), kind=OuterRef("kind"), held_on__gte=span.first
    )
    sooner = Q(held_on__lt=OuterRef("held_on"))
    entered_first = Q(held_on=OuterRef("held_on"), pk__lt=OuterRef("pk"))
    return ~Exists(alike.filter(sooner | entered_first))


@activity_register.count("学习笔记抽查", unit="次")
def note_checks(period):
    """本期开展的学习笔记抽查。"""
    return Q(kind__code="note_check")


@activity_register.count("座谈会和心得交流", unit="次")
def symposiums(period):
    """本期举行的座谈会和学习心得交流会。"""
    return Q(kind__code__in=["symposium", "exchange"])


@activity_register.count("非公企业党支部活动", unit="次")
def nonpublic_activities(period):
    """本期由非公企业党支部举办的活动。"""
    return Q(
        organization__sector=Organization.Sector.NONPUBLIC,
        organization__level=Organization.Level.BRANCH,
    )


activities_change = activity_register.change(
    "activities_change", "活动次数较上年增减", of=activities, since=LAST_YEAR
)


@nonpublic_organizations.count("60天没有活动的非公企业党支部", unit="个")
def silent_branches(period):
    """期末之前60天内没有举办过活动的非公企业党支部。"""
    return NONPUBLIC_BRANCH & is_silent(period)


def silent_since(period):
    """The first of the days without activities that make a branch silent."""
    return period.as_of - timedelta(days=SILENT_DAYS)


def is_silent(period):
    """The outer organization held nothing for so long."""
    span = silent_since(period), period.as_of
    return ~Exists(Activity.objects.filter(organization=OuterRef("pk"), held_on__range=span))


activities_per_branch = nonpublic_organizations.quotient(
    "activities_per_branch",
    "每个非公企业党支部的活动",
    unit="次",
    top=nonpublic_activities,
    bottom=nonpublic_branches,
)
