"""Figures over programmes, key tasks and the plan of the next year."""

from django.db.models import Exists, F, OuterRef, Q

from dangjian.lib.figures import Dimension, FigureSet, words_in
from orgs.figures import village_names

from .lights import behind, overdue
from .models import KeyTask, PlanItem, Programme, Progress, TaskVillage
from .tables import plan_table, programme_table, task_table

figures = FigureSet("tasks", "重点工作")


def in_village(pk):
    return Exists(TaskVillage.objects.filter(task=OuterRef("pk"), village=pk))


VILLAGES = Dimension(
    "涉及村（社区）",
    "pk",
    choices=village_names,
    holds=in_village,
    parse=int,
)

programme_register = figures.register(
    "programmes",
    "工程台账",
    Programme,
    table=programme_table,
    rows=lambda scope, period: Programme.objects.within(scope).filter(year=period.first_day.year),
)


@programme_register.count("党建工程", unit="项")
def programmes(period):
    """本年度部署的党建工程。"""


task_register = figures.register(
    "key_tasks",
    "重点工作台账",
    KeyTask,
    table=task_table,
    rows=lambda scope, period: KeyTask.objects.within(scope).of_year(period),
    dimensions={
        "q": words_in("任务", "title"),
        "programme": "所属工程",
        "department": "责任科室",
        "in_village": VILLAGES,
    },
)


@task_register.count("重点工作", unit="项")
def key_tasks(period):
    """本年度由科级干部领衔的重点工作。"""


@task_register.count("已完成的重点工作", unit="项")
def tasks_completed(period):
    """期末已完成的本年度重点工作。"""
    return Q(completed_on__lte=period.as_of)


@task_register.count("按期完成的重点工作", unit="项")
def tasks_on_time(period):
    """期末已完成、完成日期不晚于完成时限的本年度重点工作。"""
    return Q(completed_on__lte=period.as_of) & Q(completed_on__lte=F("due_on"))


@task_register.count("逾期未完成的重点工作", unit="项")
def tasks_overdue(period):
    """完成时限已过、期末仍未完成的本年度重点工作。"""
    return overdue(period)


@task_register.count("进度滞后的重点工作", unit="项")
def tasks_behind(period):
    """期末未完成、未逾期，但填报进度落后于时间进度20个百分点以上的重点工作。"""
    return behind(period)


@task_register.mean(
    "重点工作平均进度", unit="%", of=lambda p: Progress.objects.latest_percent(p.as_of)
)
def tasks_mean_percent(period):
    """本年度重点工作最近一次填报进度的平均数。"""


tasks_completed_rate = task_register.share(
    "tasks_completed_rate", "重点工作完成率", part=tasks_completed, whole=key_tasks
)

plan_register = figures.register(
    "plan_items",
    "下年度计划台账",
    PlanItem,
    table=plan_table,
    rows=lambda scope, period: PlanItem.objects.within(scope).filter(
        year=period.first_day.year + 1
    ),
    dimensions={"rhythm": "频次", "department": "责任科室"},
)


@plan_register.count("下年度计划事项", unit="项")
def plan_items(period):
    """为下一年度制定的工作计划事项。"""


@plan_register.count("可考核的下年度计划事项", unit="项")
def plan_items_measurable(period):
    """下一年度计划中写明数量或频次的事项。"""
    return Q(at_least__isnull=False) | Q(at_most__isnull=False) | ~Q(rhythm="")
