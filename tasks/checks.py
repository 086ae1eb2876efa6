"""Checks of programmes, key tasks and the plan of the next year."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, LessThan

from cadres.models import Cadre
from dangjian.lib.checks import CheckSet, Severity
from dangjian.lib.figures import DEFINED, all_figures

from .figures import plan_register, programme_register, progress_register, task_register
from .lights import overdue, running, unfinished
from .models import KeyTask, Progress
from .reporting import unreported

checks = CheckSet("tasks")
SILENT_DAYS = 90
WAITING_DAYS = 30
MEND = "由责任科室核实，街道党建办在数据录入的“{}”中改正。".format

# — figures that must agree —


@checks.count(task_register, "未完成的重点工作", unit="项")
def tasks_unfinished(period):
    """期末尚未完成的本年度重点工作。"""
    return unfinished(period)


checks.equal(
    "tasks_by_completion",
    "重点工作按是否完成合计",
    left=["tasks.key_tasks"],
    right=["tasks.tasks_completed", tasks_unfinished],
    remedy="核对完成日期，" + MEND("重点工作"),
)
checks.at_most(
    "tasks_on_time_of_completed",
    "按期完成的不多于已完成的重点工作",
    left=["tasks.tasks_on_time"],
    right=["tasks.tasks_completed"],
    remedy="核对完成日期和完成时限，" + MEND("重点工作"),
)
checks.at_most(
    "tasks_late_of_unfinished",
    "逾期和滞后的不多于未完成的重点工作",
    left=["tasks.tasks_overdue", "tasks.tasks_behind"],
    right=[tasks_unfinished],
    remedy="核对开始日期、完成时限和进展，" + MEND("重点工作"),
)
checks.at_most(
    "plan_measurable_of_all",
    "可考核的不多于全部计划事项",
    left=["tasks.plan_items_measurable"],
    right=["tasks.plan_items"],
    remedy="核对计划事项的数量和频次，" + MEND("计划事项"),
)

checks.equal(
    "progress_by_state",
    "进展填报按审核状态合计",
    left=["tasks.progress_reports"],
    right=["tasks.progress_waiting", "tasks.progress_returned", "tasks.progress_accepted"],
    remedy="核对进展的状态，" + MEND("重点工作"),
)
checks.at_most(
    "progress_accepted_by_way",
    "按时、逾期和退回后通过的不多于已采纳的进展",
    left=["tasks.progress_first_time", "tasks.progress_late", "tasks.progress_after_return"],
    right=["tasks.progress_accepted"],
    remedy="核对进展的应报日期和退回次数，" + MEND("重点工作"),
)

# — programmes —


@checks.no_rows(
    programme_register,
    "没有重点工作的工程",
    unit="项",
    severity=Severity.TO_EXPLAIN,
    remedy="补填该工程的重点工作，或说明为何没有分解任务，" + MEND("重点工作"),
)
def programme_without_task(period):
    """本年度部署、没有一项重点工作的党建工程。"""
    return ~Exists(KeyTask.objects.filter(programme=OuterRef("pk")))


# — key tasks —


@checks.no_rows(
    task_register,
    "进度已满没有完成日期的重点工作",
    unit="项",
    severity=Severity.BLOCKING,
    remedy="填写完成日期，" + MEND("重点工作"),
)
def done_without_date(period):
    """期末最近一次采纳的填报进度为100%，但没有期末前的完成日期的本年度重点工作。"""
    percent = Progress.objects.latest_percent(period.as_of)
    return unfinished(period) & Q(Exact(percent, 100))


@checks.no_rows(
    task_register,
    "已完成而进度未满的重点工作",
    unit="项",
    severity=Severity.BLOCKING,
    remedy="补填100%的进展；确未完成的删去完成日期，" + MEND("重点工作"),
)
def completed_below_full(period):
    """期末前已有完成日期，但最近一次采纳的填报进度不到100%（或从未填报）的本年度重点工作。"""
    percent = Coalesce(Progress.objects.latest_percent(period.as_of), 0)
    return Q(completed_on__lte=period.as_of) & Q(LessThan(percent, 100))


@checks.no_rows(
    task_register,
    "领衔干部不是科级的重点工作",
    unit="项",
    severity=Severity.BLOCKING,
    remedy="改由科级干部领衔，或核对该干部的职级，" + MEND("重点工作"),
)
def lead_below_section(period):
    """领衔干部的职级在副科级以下的本年度重点工作（实行科干领衔负责制）。"""
    return Q(lead__rank__lt=Cadre.Rank.DEPUTY_SECTION)


@checks.no_rows(
    task_register,
    "领衔干部已离任的重点工作",
    unit="项",
    severity=Severity.TO_EXPLAIN,
    remedy="改填接任的领衔干部，" + MEND("重点工作"),
)
def lead_gone(period):
    """期末未完成，而领衔干部期末前已离任的本年度重点工作。"""
    return unfinished(period) & Q(lead__until__lte=period.as_of)


@checks.no_rows(
    task_register,
    "逾期未完成的本年度重点工作",
    unit="项",
    severity=Severity.TO_EXPLAIN,
    remedy="已完成的补填完成日期；未完成的由领衔干部说明原因和时限。",
)
def task_overdue(period):
    """期末完成时限已过、仍未完成的本年度重点工作。"""
    return overdue(period)


@checks.no_rows(
    task_register,
    "90天没有填报进展的重点工作",
    unit="项",
    severity=Severity.TO_EXPLAIN,
    remedy="补填进展，" + MEND("重点工作"),
)
def task_silent(period):
    """期末正在推进、期末之前90天内没有填报过进展的本年度重点工作。"""
    first = period.as_of.fromordinal(period.as_of.toordinal() - SILENT_DAYS)
    recent = Progress.objects.filter(task=OuterRef("pk"), reported_on__range=(first, period.as_of))
    return running(period) & Q(begins_on__lte=first) & ~Exists(recent)


@checks.no_rows(
    task_register,
    "进度倒退的重点工作",
    unit="项",
    severity=Severity.TO_EXPLAIN,
    remedy="核对各次填报的进度；确有倒退的在进展情况中说明，" + MEND("重点工作"),
)
def progress_going_back(period):
    """期末前填报、已采纳的进度中，有一次低于更早一次的本年度重点工作。"""
    earlier = Progress.objects.accepted().filter(
        task=OuterRef("task"),
        reported_on__lt=OuterRef("reported_on"),
        percent__gt=OuterRef("percent"),
    )
    reported = Progress.objects.reported_by(period.as_of).accepted().filter(task=OuterRef("pk"))
    return Exists(reported.filter(Exists(earlier)))


@checks.no_rows(
    task_register,
    "应报未报进展的重点工作",
    unit="项",
    severity=Severity.TO_EXPLAIN,
    remedy="由责任科室在“重点工作”中补报进展；不再推进的说明原因。",
)
def report_missing(period):
    """期末未完成，最近一个已过去的填报期没有填报进展的本年度重点工作。"""
    return unreported(period)


# — progress —


@checks.no_rows(
    progress_register,
    "提交30天还没有审核的进展",
    unit="条",
    severity=Severity.TO_EXPLAIN,
    remedy="由街道党建办在“重点工作”的“待我审核”中采纳或退回。",
)
def progress_kept_waiting(period):
    """期末前30天以上填报、现在还待审核的本年度重点工作进展。"""
    return Q(
        state=Progress.State.SUBMITTED,
        reported_on__lt=period.as_of - timedelta(days=WAITING_DAYS),
    )


# — the plan —

PROMISED = Q(at_least__isnull=False) | Q(at_most__isnull=False)


@checks.no_rows(
    plan_register,
    "考核指标代码有误的计划事项",
    unit="项",
    severity=Severity.BLOCKING,
    remedy="到指标目录查出正确的代码，" + MEND("计划事项"),
)
def plan_item_of_unknown_figure(period):
    """下年度计划中，所填考核指标代码不在指标目录中的事项；自定义指标另行核对。"""
    known = Q(figure__in=[figure.slug for figure in all_figures()])
    return ~Q(figure="") & ~known & ~Q(figure__startswith=DEFINED)


@checks.no_rows(
    plan_register,
    "写明数量没有考核指标的计划事项",
    unit="项",
    severity=Severity.TO_EXPLAIN,
    remedy="填写考核指标代码，年底才能自动对照，" + MEND("计划事项"),
)
def plan_item_without_figure(period):
    """下年度计划中写明了至少或至多的数量、但没有填写考核指标代码的事项。"""
    return PROMISED & Q(figure="")
