"""The board of the year's key tasks, and one task on one page."""

from itertools import groupby

from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from dangjian.lib.figures import compute
from orgs.models import Village
from orgs.tables import person_link
from tasks.lights import light
from tasks.models import KeyTask, Progress
from tasks.reporting import holder, may_report, may_review, with_reporting

BOARD_FIGURES = {
    "tasks.key_tasks": "重点工作",
    "tasks.tasks_completed": "已完成",
    "tasks.tasks_completed_rate": "完成率",
    "tasks.tasks_overdue": "逾期未完成",
    "tasks.tasks_behind": "进度滞后",
    "tasks.tasks_mean_percent": "平均进度",
    "tasks.tasks_unreported": "逾期未报进展",
    "tasks.progress_waiting": "待审核进展",
}


def board(request):
    tasks = tasks_with_progress(request).of_year(request.period)
    cards = [card(task, request) for task in tasks.order_by("programme__order", "number")]
    grouped = groupby(cards, key=lambda card: card["task"].programme)
    values = compute(BOARD_FIGURES, request.scope, request.period)
    context = {
        "programmes": [(programme, list(group)) for programme, group in grouped],
        "values": [(label, values[slug]) for slug, label in BOARD_FIGURES.items()],
        "may_review": may_review(request.user),
    }
    return render(request, "tasks/board.html", context)


def task(request, pk):
    found = get_object_or_404(tasks_with_progress(request), pk=pk)
    reports = found.progress.select_related("created_by").annotate(files=Count("evidence"))
    reports = reports.order_by("-reported_on", "pk")
    reported = reports.reported_by(request.period.as_of)
    context = {
        **card(found, request),
        "within_reach": set(Village.objects.within(request.scope).values_list("pk", flat=True)),
        "progress": reported,
        "later": len(reports) - len(reported),
        "today": timezone.localdate(),
    }
    return render(request, "tasks/task.html", context)


def tasks_with_progress(request):
    """Tasks in scope with what a card shows: lead, department, villages, progress accepted last."""
    percent = Progress.objects.latest_percent(request.period.as_of)
    lead_page = person_link().reach("lead__person", request.scope)
    tasks = KeyTask.objects.within(request.scope).annotate(percent=percent, lead_page=lead_page)
    related = with_reporting(tasks, request.period).select_related(
        "programme", "lead__person", "department"
    )
    # Who has it now is asked of today, whatever day the page is read on.
    now = Prefetch("progress", Progress.objects.open(), to_attr="open_reports")
    return related.prefetch_related("task_villages__village", now)


def card(task, request):
    """A task with its light on the period's day, and who has its report now."""
    period = request.period
    report = next(iter(task.open_reports), None)
    return {
        "task": task,
        "light": light(
            begins_on=task.begins_on,
            due_on=task.due_on,
            completed_on=task.completed_on,
            percent=task.percent,
            day=period.as_of,
        ),
        "villages": [link.village for link in task.task_villages.all()],
        "report": report,
        "holder": holder(task, report, period),
        "may_report": may_report(request.user, task)
        and (report is not None or task.completed_on is None),
    }
