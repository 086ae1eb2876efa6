"""Checks of what is kept here together with records of other apps."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from dangjian.lib.checks import CheckSet, Severity
from dangjian.lib.figures import DEFINED
from dangjian.lib.periods import Period
from reports.models import CustomFigure
from tasks.figures import plan_register

checks = CheckSet("reports")


@checks.no_rows(
    plan_register,
    "考核用自定义指标已不存在的计划事项",
    unit="项",
    severity=Severity.BLOCKING,
    remedy="到指标目录查出正确的代码，由责任科室核实，街道党建办在数据录入的“计划事项”中改正。",
)
def plan_item_of_deleted_figure(period: Period) -> Any:
    """下年度计划中，考核指标代码写成自定义指标、而目录中没有这个自定义指标的事项。"""
    code = Concat(Value(DEFINED), Cast("pk", CharField()))
    kept = CustomFigure.objects.annotate(code=code).filter(code=OuterRef("figure"))
    return Q(figure__startswith=DEFINED) & ~Exists(kept)
