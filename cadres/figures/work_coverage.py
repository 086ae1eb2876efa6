"""Figures over enterprises, seen from the instructors sent to them."""

from django.db.models import Exists, OuterRef, Q

from cadres.models import Posting, PostingTarget
from cadres.tables import visits_received
from orgs.figures import enterprise_register, in_scope
from orgs.figures.nonpublic import is_in_scope
from orgs.models import Coverage

from .base import figures

instructed_enterprises = figures.on(enterprise_register)


def instructed(period):
    """The outer enterprise has an instructor or liaison in office."""
    sent = Posting.objects.of_kind(Posting.Kind.INSTRUCTOR, Posting.Kind.LIAISON)
    current = sent.current_on(period.as_of).filter(pk=OuterRef("posting"))
    targets = PostingTarget.objects.filter(enterprise=OuterRef("pk"))
    return Exists(targets.filter(Exists(current)))


@instructed_enterprises.count("派有党建指导员或联络员的非公企业", unit="家")
def enterprises_instructed(period):
    """期末在营、有在任党建指导员或联络员联系的非公企业。"""
    return instructed(period)


@instructed_enterprises.count("没有党建指导员和联络员的非公企业", unit="家")
def enterprises_uninstructed(period):
    """期末纳入组建范围、没有在任党建指导员或联络员联系的非公企业。"""
    return is_in_scope(period) & ~instructed(period)


@instructed_enterprises.count("实现党的工作覆盖的非公企业", unit="家")
def work_covered(period):
    """期末在营、由党组织覆盖或有党建指导员、联络员联系的非公企业。"""
    return Q(Coverage.objects.exists_on(period.as_of)) | Q(instructed(period))


@instructed_enterprises.sum("在营非公企业接受走访", unit="次", of=visits_received)
def enterprise_visits(period):
    """期末在营的非公企业本期接受党建指导员、联络员走访的次数之和。"""


work_coverage_rate = instructed_enterprises.share(
    "work_coverage_rate", "非公企业党的工作覆盖率", part=work_covered, whole=in_scope
)
