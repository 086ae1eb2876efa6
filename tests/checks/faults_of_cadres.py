"""Faults of cadres, postings, visits, recruits, reserves, talks and study reviews."""

from datetime import date

from cadres.models import (
    Cadre,
    Posting,
    PostingTarget,
    Recruit,
    ReserveListing,
    StudyReview,
    TalkPerson,
    Visit,
)
from orgs.models import Enterprise
from tests import factories as make

from .faults import YEAR_END, Added, Altered, after, before, fault, first
from .faults_of_organizations import root


@fault
def cadres__cadre_of_retiring_age():
    found = first(Cadre, until=None, person__birth_on__year__gt=1970)
    return Altered(found.person, [found], birth_on=date(1965, 12, 31))


@fault
def cadres__leader_without_rank():
    return Altered(first(Cadre, until=None, is_leader=True), rank=Cadre.Rank.STAFF)


@fault
def cadres__posting_without_village():
    target = first(PostingTarget, posting__kind="first_secretary", posting__until=None)
    return Altered(target, [target.posting], village=None, party_organization=root())


def instructor(**fields):
    return make.PostingFactory(organization=root(), kind=Posting.Kind.INSTRUCTOR, **fields)


@fault
def cadres__instructor_without_enterprise():
    return Added(instructor)


@fault
def cadres__instructor_of_too_many():
    return Added(instructor_of_six)


def instructor_of_six():
    posting = instructor()
    for enterprise in Enterprise.objects.order_by("pk")[:6]:
        make.PostingTargetFactory(posting=posting, enterprise=enterprise)
    return posting


@fault
def cadres__instructor_without_visit():
    return Added(instructor)


@fault
def cadres__posted_twice():
    one = first(Posting, kind=Posting.Kind.FIRST_SECRETARY, until=None)
    same = {"organization": one.organization, "person": one.person, "kind": one.kind}
    return Added(lambda: make.PostingFactory(**same, since=after(one.since)))


@fault
def cadres__visit_outside_posting():
    posting = instructor(since=date(2025, 6, 10))
    return Added(lambda: make.VisitFactory(posting=posting, visited_on=date(2025, 6, 9)))


@fault
def cadres__visit_elsewhere():
    visited = {"posting": instructor(), "enterprise": first(Enterprise)}
    return Added(lambda: make.VisitFactory(**visited))


@fault
def cadres__solved_without_problem():
    return Altered(first(Visit, visited_on__year=2025, problem=""), is_solved=True)


def hired():
    return first(Recruit, hired_on__year=2025)


@fault
def cadres__probation_without_result():
    return Altered(hired(), result=Recruit.Result.PENDING)


@fault
def cadres__probation_of_wrong_length():
    found = hired()
    return Altered(found, probation_ends_on=after(found.hired_on, 180))


@fault
def cadres__hired_without_scores():
    return Altered(hired(), interview_score=None)


@fault
def cadres__hired_before_announced():
    found = hired()
    return Altered(found, hired_on=before(found.recruitment.announced_on))


@fault
def cadres__hired_beyond_posts():
    recruitment = hired().recruitment
    everyone = recruitment.recruits.filter(hired_on__year=2025)
    return Altered(recruitment, everyone, posts=everyone.count() - 1)


def reserve():
    return first(ReserveListing, until=None, person__birth_on__year__gt=1992)


@fault
def cadres__reserve_over_age():
    found = reserve()
    return Altered(found.person, [found], birth_on=date(1989, 12, 31))


@fault
def cadres__reserve_below_education():
    found = reserve()
    return Altered(found.person, [found], education=1)


def talked(**conditions):
    return first(TalkPerson, talk__held_on__year=2025, **conditions)


@fault
def cadres__admonition_without_effect():
    return Altered(talked(talk__kind="admonition"), effect_until=None)


@fault
def cadres__admonition_of_wrong_length():
    found = talked(talk__kind="admonition")
    return Altered(found, effect_until=after(found.talk.held_on, 185))


@fault
def cadres__effect_of_other_talk():
    return Altered(talked(talk__kind="reminder"), effect_until=YEAR_END)


@fault
def cadres__review_without_score():
    return Altered(first(StudyReview, year=2025, score__isnull=False), score=None)


@fault
def cadres__grade_above_score():
    excellent = StudyReview.Grade.EXCELLENT
    return Altered(first(StudyReview, year=2025, grade=excellent), score=84)
