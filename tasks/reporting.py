"""Who has to do something about a task's progress: derived, like its light, and set by nobody."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from .lights import Light, unfinished
from .models import Progress, Rhythm

SUBMITTED = Light("submitted", "待党建办审核", "warning")
RETURNED = Light("returned", "已退回，待科室修改", "danger")
UNREPORTED = Light("unreported", "逾期未报，待科室填报", "danger")
TO_REPORT = Light("to_report", "待科室填报", "secondary")
ACCEPTED = Light("accepted", "已采纳", "success")

OF_OPEN = {Progress.State.SUBMITTED: SUBMITTED, Progress.State.RETURNED: RETURNED}


def unreported(period):
    """That nobody reported of an unfinished task for the last month or quarter that was over."""
    found = Q()
    for rhythm in Rhythm:
        span = rhythm.last_over(period.as_of)
        found |= expected(rhythm, span.last) & ~Q(reported(span, period.as_of))
    return unfinished(period) & found


def expected(rhythm, day):
    """That a report of an unfinished task was due on the day: it had begun by then."""
    return Q(report_rhythm=rhythm, begins_on__lte=day)


def reported(span, day):
    """That somebody reported for the span by the day; what was sent back was reported, too."""
    found = Progress.objects.reported_by(day).answering(span)
    return Exists(found.filter(task=OuterRef("pk")))


def up_to_date(period):
    """That there is a report already for the month or quarter that runs."""
    day = period.as_of
    found = Q()
    for rhythm in Rhythm:
        found |= Q(report_rhythm=rhythm) & Q(reported(rhythm.span_of(day), day))
    return found


def said(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


def with_reporting(tasks, period):
    """The tasks with what `holder` asks of them."""
    return tasks.annotate(
        is_unreported=said(unreported(period)), is_up_to_date=said(up_to_date(period))
    )


def holder(task, report, period):
    """Who has it now, of a task `with_reporting` and its report not accepted yet, if any.

    None: nobody has to do anything, for it is completed or has not begun.
    """
    if report is not None:
        return OF_OPEN[report.state]
    if task.completed_by(period.as_of) or task.begins_on > period.as_of:
        return None
    if task.is_unreported:
        return UNREPORTED
    return ACCEPTED if task.is_up_to_date else TO_REPORT


# — who may —


def may_report_at_all(user):
    """The office, and whoever belongs to a department that reports."""
    of_department = user.department_id is not None
    return user.has_perm("tasks.add_progress") and (of_department or may_review(user))


def may_report(user, task):
    """The department responsible, and the office for it."""
    is_its_own = user.department_id == task.department_id
    return may_report_at_all(user) and (is_its_own or may_review(user))


def may_review(user):
    return user.has_perm("tasks.change_keytask")
