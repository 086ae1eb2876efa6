"""Figures over programmes, key tasks and the plan of the next year."""

from django.db.models import Exists, F, OuterRef, Q

from dangjian.lib.figures import Dimension, FigureSet, words_in
from orgs.figures import village_names

from .lights import (
    LIGHTS,
    behind,
    done,
    done_late,
    due_soon,
    light_code,
    not_begun,
    on_track,
    overdue,
)
from .models import KeyTask, PlanItem, Programme, Progress, TaskVillage
from .reporting import unreported
from .tables import plan_table, programme_table, progress_table, task_table

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

LIGHT = Dimension("状态", light_code, choices=[(one.code, one.label) for one in LIGHTS])

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
        "light": LIGHT,
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
    return done(period)


@task_register.count("逾期完成的重点工作", unit="项")
def tasks_late(period):
    """期末已完成、完成日期晚于完成时限的本年度重点工作。"""
    return done_late(period)


@task_register.count("逾期未完成的重点工作", unit="项")
def tasks_overdue(period):
    """完成时限已过、期末仍未完成的本年度重点工作。"""
    return overdue(period)


@task_register.count("进度滞后的重点工作", unit="项")
def tasks_behind(period):
    """期末未完成、未逾期，但已采纳的填报进度落后于时间进度20个百分点以上的重点工作。"""
    return behind(period)


@task_register.count("14天内到期的重点工作", unit="项")
def tasks_due_soon(period):
    """期末未完成、进度不滞后、14天以内（含当天）到完成时限的重点工作。"""
    return due_soon(period)


@task_register.count("正常推进的重点工作", unit="项")
def tasks_on_track(period):
    """已经开始、期末未完成、进度不滞后、14天以后才到完成时限的重点工作。"""
    return on_track(period)


@task_register.count("尚未开始的重点工作", unit="项")
def tasks_not_begun(period):
    """开始日期在期末之后、未完成的本年度重点工作。"""
    return not_begun(period)


@task_register.mean(
    "重点工作平均进度", unit="%", of=lambda p: Progress.objects.latest_percent(p.as_of)
)
def tasks_mean_percent(period):
    """本年度重点工作最近一次填报并已采纳的进度的平均数；待审核和已退回的进展不算。"""


tasks_completed_rate = task_register.share(
    "tasks_completed_rate", "重点工作完成率", part=tasks_completed, whole=key_tasks
)


@task_register.count("逾期未报进展的重点工作", unit="项")
def tasks_unreported(period):
    """期末未完成，最近一个已过去的填报期（月或季度，按该项工作的填报频次）没有填报进展的重点工作。

    填报期最后一天之前已经开始的，应在这一天之前填报一次；补报了的不再算，待审核和已退回的算已填报。
    """
    return unreported(period)


progress_register = figures.register(
    "progress",
    "进展填报台账",
    Progress,
    table=progress_table,
    rows=lambda scope, period: (
        Progress.objects.within(scope)
        .reported_by(period.as_of)
        .filter(task__programme__year=period.first_day.year)
    ),
    dimensions={
        "q": words_in("任务、进展情况", "task__title", "note"),
        "state": "状态",
        "task__programme": "所属工程",
        "task__department": "责任科室",
        "reported_on": "填报日期",
    },
)

ACCEPTED = Q(state=Progress.State.ACCEPTED)


@progress_register.count("进展填报", unit="条")
def progress_reports(period):
    """期末前填报的本年度重点工作进展，不论是否已审核。"""


@progress_register.count("待审核的进展", unit="条")
def progress_waiting(period):
    """期末前填报的本年度重点工作进展中，现在由街道党建办审核的。"""
    return Q(state=Progress.State.SUBMITTED)


@progress_register.count("已退回的进展", unit="条")
def progress_returned(period):
    """期末前填报的本年度重点工作进展中，已退回、责任科室还没有重新提交的。"""
    return Q(state=Progress.State.RETURNED)


@progress_register.count("已采纳的进展", unit="条")
def progress_accepted(period):
    """期末前填报的本年度重点工作进展中，已审核采纳的和街道党建办直接录入的。"""
    return ACCEPTED


@progress_register.count("按时一次通过的进展", unit="条")
def progress_first_time(period):
    """已采纳的进展中，填报日期不晚于应报日期、没有退回过的；没有应报日期的不算。"""
    return ACCEPTED & Q(times_returned=0, reported_on__lte=F("due_on"))


@progress_register.count("逾期填报的进展", unit="条")
def progress_late(period):
    """已采纳的进展中，填报日期晚于应报日期、没有退回过的。"""
    return ACCEPTED & Q(times_returned=0, reported_on__gt=F("due_on"))


@progress_register.count("退回后通过的进展", unit="条")
def progress_after_return(period):
    """已采纳的进展中，退回过一次以上的，不论填报是否按时。"""
    return ACCEPTED & Q(times_returned__gt=0)


progress_first_time_rate = progress_register.share(
    "progress_first_time_rate",
    "进展按时一次通过率",
    part=progress_first_time,
    whole=progress_accepted,
)

plan_register = figures.register(
    "plan_items",
    "下年度计划台账",
    PlanItem,
    table=plan_table,
    rows=lambda scope, period: PlanItem.objects.within(scope).filter(
        year=period.first_day.year + 1
    ),
    dimensions={"kind": "类型", "rhythm": "频次", "department": "责任科室"},
)


@plan_register.count("下年度计划事项", unit="项")
def plan_items(period):
    """为下一年度制定的工作计划事项。"""


@plan_register.count("可考核的下年度计划事项", unit="项")
def plan_items_measurable(period):
    """下一年度计划中写明数量或频次的事项。"""
    return Q(at_least__isnull=False) | Q(at_most__isnull=False) | ~Q(rhythm="")


@plan_register.count("列为重点任务的下年度计划事项", unit="项")
def plan_items_key_tasks(period):
    """下一年度计划中，开启新年度时列为重点工作的事项。"""
    return Q(kind=PlanItem.Kind.KEY_TASK)
