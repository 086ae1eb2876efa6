"""The board of the year's key tasks, and one task on one page."""

from itertools import groupby

from django.shortcuts import get_object_or_404, render

from dangjian.lib.figures import compute
from orgs.models import Village
from orgs.tables import person_link

from .lights import light
from .models import KeyTask, Progress

BOARD_FIGURES = {
    "tasks.key_tasks": "重点工作",
    "tasks.tasks_completed": "已完成",
    "tasks.tasks_completed_rate": "完成率",
    "tasks.tasks_overdue": "逾期未完成",
    "tasks.tasks_behind": "进度滞后",
    "tasks.tasks_mean_percent": "平均进度",
}


def board(request):
    tasks = tasks_with_progress(request).of_year(request.period)
    cards = [card(task, request.period) for task in tasks.order_by("programme__order", "number")]
    grouped = groupby(cards, key=lambda card: card["task"].programme)
    values = compute(BOARD_FIGURES, request.scope, request.period)
    context = {
        "programmes": [(programme, list(group)) for programme, group in grouped],
        "values": [(label, values[slug]) for slug, label in BOARD_FIGURES.items()],
    }
    return render(request, "tasks/board.html", context)


def task(request, pk):
    found = get_object_or_404(tasks_with_progress(request), pk=pk)
    context = {
        **card(found, request.period),
        "within_reach": set(Village.objects.within(request.scope).values_list("pk", flat=True)),
        "progress": found.progress.reported_by(request.period.as_of).select_related("updated_by"),
    }
    return render(request, "tasks/task.html", context)


def tasks_with_progress(request):
    """Tasks in scope with what a card shows: lead, department, villages, progress last reported."""
    percent = Progress.objects.latest_percent(request.period.as_of)
    lead_page = person_link().reach("lead__person", request.scope)
    tasks = KeyTask.objects.within(request.scope).annotate(percent=percent, lead_page=lead_page)
    related = tasks.select_related("programme", "lead__person", "department")
    return related.prefetch_related("task_villages__village")


def card(task, period):
    """A task with its light on the period's day."""
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
    }
