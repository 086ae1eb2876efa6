"""Figures over talks, and how cadres study."""

from django.db.models import Q

from cadres.models import StudyReview, Talk, TalkPerson
from cadres.tables import review_table, talk_table
from dangjian.lib.figures.dimensions import of_field

from .base import figures

# — talks —

talk_register = figures.register(
    "talks",
    "谈话台账",
    TalkPerson,
    table=talk_table,
    rows=lambda scope, period: TalkPerson.objects.within(scope).filter(
        talk__held_on__range=(period.first_day, period.as_of)
    ),
    dimensions={"kind": of_field(TalkPerson, "talk__kind", "谈话类别")},
    sensitive=True,
)


@talk_register.count("谈话", unit="人次")
def talks(period):
    """本期集体约谈、提醒谈话和诫勉谈话的人次。"""


@talk_register.count("集体约谈", unit="人次")
def collective_talks(period):
    """本期集体约谈的人次。"""
    return Q(talk__kind=Talk.Kind.COLLECTIVE)


@talk_register.count("提醒谈话", unit="人次")
def reminders(period):
    """本期提醒谈话的人次。"""
    return Q(talk__kind=Talk.Kind.REMINDER)


@talk_register.count("诫勉谈话", unit="人次")
def admonitions(period):
    """本期诫勉谈话的人次；诫勉谈话不是处分。"""
    return Q(talk__kind=Talk.Kind.ADMONITION)


# — study reviews —

review_register = figures.register(
    "study_reviews",
    "述学评学考学台账",
    StudyReview,
    table=review_table,
    rows=lambda scope, period: StudyReview.objects.within(scope).filter(
        year=period.first_day.year, reviewed_on__lte=period.as_of
    ),
    dimensions={"grade": "等次"},
)


@review_register.count("参加述学评学考学的干部", unit="人")
def reviewed(period):
    """本年度完成述学、评学、考学的干部。"""


@review_register.count("述学评学考学优秀的干部", unit="人")
def reviewed_excellent(period):
    """本年度述学评学考学评为优秀的干部。"""
    return Q(grade=StudyReview.Grade.EXCELLENT)


@review_register.mean("考学平均成绩", unit="分", of="score")
def review_mean_score(period):
    """本年度考学成绩的平均数。"""
