"""重点工作情况表: the year's key tasks, who leads them, and how far they were each quarter."""

from datetime import date, timedelta

from django.db.models import CharField, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from dangjian.lib.crosstables import Group, Listed, RowTable
from dangjian.lib.figures.expressions import Gathered
from dangjian.lib.tables import Column

from .figures import task_register
from .lights import label
from .models import Progress, TaskVillage


def villages(period):
    """Key and name of every village of the outer task, in no order."""
    named = Concat(Cast("village", CharField()), Value(" "), "village__name")
    found = TaskVillage.objects.filter(task=OuterRef("pk")).order_by().values("task")
    return Subquery(found.annotate(names=Gathered(named)).values("names"))


def in_order(pairs):
    """The villages' names in the order of their keys; a task of no village is everybody's."""
    found = sorted((int(key), name) for key, name in (pair.split(" ", 1) for pair in pairs or []))
    return "、".join(name for _, name in found) or "全街道"


def percent_in(quarter):
    """The progress last reported by the end of a quarter; none of one not begun."""

    def of(period):
        year = period.first_day.year
        begins = date(year, 3 * quarter - 2, 1)
        ends = date(year + quarter // 4, 3 * quarter % 12 + 1, 1) - timedelta(days=1)
        if begins > period.as_of:
            return Value(None, output_field=IntegerField())
        return Progress.objects.latest_percent(min(ends, period.as_of))

    return of


RowTable(
    "tasks",
    "重点工作情况表",
    [
        Listed(Column("title", "任务名称", width=26), "tasks.key_tasks"),
        Listed(Column("lead__person__name", "领衔干部", width=9)),
        Listed(Column("department__name", "责任科室", width=14)),
        Listed(Column("villages", "涉及村（社区）", of=villages, width=30), shown=in_order),
        Listed(Column("target", "年度目标", width=34)),
        Listed(Column("due_on", "完成时限", "date", width=12)),
        Group(
            "季末进度（%）",
            [
                *(
                    Listed(Column(f"quarter{n}", f"{n}季度", "number", percent_in(n), width=8))
                    for n in (1, 2, 3)
                ),
                Listed(
                    Column("quarter4", "4季度", "number", percent_in(4), width=8),
                    "tasks.tasks_mean_percent",
                ),
            ],
        ),
        Listed(Column("state", "完成情况", of=label, width=11), "tasks.tasks_completed"),
    ],
    register=task_register,
    place=10,
    about="由科级干部领衔的重点工作：年度目标、各季度末的进度和完成情况。",
    note="合计：任务项数、期末平均进度、已完成项数。",
)
