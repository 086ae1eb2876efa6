"""Progress on its way: handed in, sent back, handed in again, accepted. Plans put into work."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from dangjian.lib.figures import UnknownFigure, figure_named

from .models import Evidence, KeyTask, PlanItem, Programme, Progress
from .promises import promised


@transaction.atomic
def submit(*, report, day, by, files=(), dropped=()):
    """Hand a report in, the first time or after it was sent back, with its evidence.

    `files` are Evidence not stored yet; `dropped` are stored ones to be taken away again.
    """
    if report.pk is None:
        report.reported_on = day
        report.due_on = report.task.due_for(day)
    report.state = Progress.State.SUBMITTED
    report.save()
    Evidence.objects.filter(progress=report, pk__in=[one.pk for one in dropped]).delete()
    for file in files:
        file.progress, file.uploaded_by = report, by
        file.save()


@transaction.atomic
def accept(*, report, day, by, completed_on=None):
    """Take the report as it is; where it was the last one, the task is completed with it."""
    report.state = Progress.State.ACCEPTED
    report.reviewed_on, report.reviewed_by = day, by
    report.save()
    if completed_on is not None:
        report.task.completed_on = completed_on
        report.task.save()


@transaction.atomic
def send_back(*, report, reason, day, by):
    """Return the report to the department, which hands it in again."""
    report.state = Progress.State.RETURNED
    report.times_returned += 1
    report.returned_because = reason
    report.reviewed_on, report.reviewed_by = day, by
    report.save()


@transaction.atomic
def list_as_key_task(*, item):
    """Make a key task of an item of a plan, last of its year, in the programme the item names.

    A programme of that name is made where the year has none; an item that names none goes under
    that of its section.
    """
    kept = {"organization": item.organization, "year": item.year}
    programmes = Programme.objects.filter(**kept)
    programme, _ = programmes.get_or_create(
        name=item.programme or item.section,
        defaults={**kept, "order": (programmes.aggregate(last=Max("order"))["last"] or 0) + 1},
    )
    tasks = KeyTask.objects.filter(organization=item.organization, programme__year=item.year)
    is_monthly = item.rhythm == PlanItem.Rhythm.MONTHLY
    item.key_task = KeyTask.objects.create(
        organization=item.organization,
        programme=programme,
        lead=item.lead,
        department=item.department,
        number=(tasks.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=item.text,
        target=target_of(item),
        begins_on=min(date(item.year, 1, 1), item.due_on),
        due_on=item.due_on,
        report_rhythm=KeyTask.Rhythm.MONTHLY if is_monthly else KeyTask.Rhythm.QUARTERLY,
    )
    item.save()
    return item.key_task


def target_of(item):
    """What the item promises in figures; without any, its own words."""
    try:
        figure = figure_named(item.figure)
    except UnknownFigure:
        return item.text
    words = promised(item)
    return f"{figure.name}{words}{figure.unit}" if words else item.text
