"""Progress on its way: handed in, sent back, handed in again, accepted."""

from django.db import transaction

from .models import Evidence, Progress


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
