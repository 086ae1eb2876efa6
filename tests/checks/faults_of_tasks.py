"""Faults of programmes, key tasks, progress and plan items."""

from datetime import date

from tasks.models import KeyTask, PlanItem, Progress
from tests import factories as make

from .faults import YEAR_END, Added, Altered, before, fault, first
from .faults_of_organizations import root

OF_2025 = {"programme__year": 2025}


def completed():
    return first(KeyTask, **OF_2025, completed_on__lte=YEAR_END)


def running():
    return first(KeyTask, **OF_2025, completed_on=None, due_on__gt=YEAR_END)


@fault
def tasks__programme_without_task():
    return Added(lambda: make.ProgrammeFactory(organization=root()))


@fault
def tasks__done_without_date():
    return Altered(completed(), completed_on=None)


@fault
def tasks__completed_below_full():
    found = completed()
    return Altered(first(Progress, task=found, percent=100), [found], percent=99)


@fault
def tasks__lead_below_section():
    lead = completed().lead
    return Altered(lead, lead.led_tasks.filter(**OF_2025), rank=1)


@fault
def tasks__lead_gone():
    lead = running().lead
    unfinished = lead.led_tasks.filter(**OF_2025, completed_on=None)
    return Altered(lead, unfinished, until=YEAR_END)


@fault
def tasks__task_overdue():
    return Altered(running(), due_on=before(YEAR_END))


@fault
def tasks__task_silent():
    like = running()
    kept = {"programme": like.programme, "lead": like.lead, "department": like.department}
    return Added(lambda: make.KeyTaskFactory(**kept, number=99, due_on=date(2026, 6, 30)))


@fault
def tasks__progress_going_back():
    found = running()
    report = {"task": found, "reported_on": YEAR_END, "percent": 1}
    return Added(lambda: make.ProgressFactory(**report), listed=[found])


@fault
def tasks__report_missing():
    found = running()
    due = found.progress.filter(due_on__gte=date(2025, 9, 30))
    return Altered(due, [found], due_on=date(2025, 6, 30))


@fault
def tasks__progress_kept_waiting():
    return Altered(first(Progress, state="submitted"), reported_on=date(2025, 11, 20))


@fault
def tasks__plan_item_of_unknown_figure():
    return Altered(first(PlanItem, year=2026), figure="orgs.no_such_figure")


@fault
def tasks__plan_item_without_figure():
    promising = first(PlanItem, year=2026, at_least__isnull=False)
    return Altered(promising, figure="")


@fault
def reports__plan_item_of_deleted_figure():
    return Altered(first(PlanItem, year=2026), figure="custom.99999")
