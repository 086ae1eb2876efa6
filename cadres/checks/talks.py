"""Checks of talks."""

from django.db.models import Q
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from cadres.figures import talk_register
from cadres.models import Talk
from dangjian.lib.checks import CheckSet, Severity
from dangjian.lib.figures import Days

checks = CheckSet("cadres")
HALF_A_YEAR = 181, 184  # days, whichever months they are
MEND = "由街道党建办在数据录入的“{}”中改正。".format

# — figures that must agree —

checks.equal(
    "talks_by_kind",
    "谈话按类别合计",
    left=["cadres.talks"],
    right=["cadres.collective_talks", "cadres.reminders", "cadres.admonitions"],
    remedy="核对谈话类别，" + MEND("谈话"),
)

# — talks —


@checks.no_rows(
    talk_register,
    "没有影响期的诫勉谈话",
    unit="人次",
    severity=Severity.BLOCKING,
    remedy="填写影响期截止日期，" + MEND("谈话"),
)
def admonition_without_effect(period):
    """本期没有填写影响期的诫勉谈话。"""
    return Q(talk__kind=Talk.Kind.ADMONITION, effect_until__isnull=True)


@checks.no_rows(
    talk_register,
    "影响期不是六个月的诫勉谈话",
    unit="人次",
    severity=Severity.TO_EXPLAIN,
    remedy="核对谈话日期和影响期，" + MEND("谈话"),
)
def admonition_of_wrong_length(period):
    """本期影响期不是从谈话日期起六个月的诫勉谈话。"""
    length = Days("talk__held_on", "effect_until")
    shortest, longest = HALF_A_YEAR
    is_right = Q(GreaterThanOrEqual(length, shortest)) & ~Q(GreaterThan(length, longest))
    return Q(talk__kind=Talk.Kind.ADMONITION, effect_until__isnull=False) & ~is_right


@checks.no_rows(
    talk_register,
    "填写了影响期的约谈和提醒谈话",
    unit="人次",
    severity=Severity.BLOCKING,
    remedy="只有诫勉谈话有影响期：删去影响期，或改正谈话类别，" + MEND("谈话"),
)
def effect_of_other_talk(period):
    """本期填写了影响期的集体约谈和提醒谈话。"""
    return ~Q(talk__kind=Talk.Kind.ADMONITION) & Q(effect_until__isnull=False)
