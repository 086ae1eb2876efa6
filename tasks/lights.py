"""The lights of key tasks: derived from dates and progress by one table; nobody sets a colour."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from dangjian.lib.figures import Days
from dangjian.lib.periods import Period

from .models import Progress

DUE_SOON_DAYS = 14
BEHIND_BY = 20  # percentage points behind the share of time gone


@dataclass(frozen=True)
class Light:
    """A state as a badge shows it: a code, a label and Bootstrap's tone."""

    code: str
    label: str
    tone: str


DONE = Light("done", "已完成", "success")
DONE_LATE = Light("done_late", "逾期完成", "warning")
OVERDUE = Light("overdue", "已逾期", "danger")
DUE_SOON = Light("due_soon", "即将到期", "warning")
BEHIND = Light("behind", "进度滞后", "warning")
ON_TRACK = Light("on_track", "正常推进", "secondary")
NOT_BEGUN = Light("not_begun", "未开始", "secondary")


def light(
    *, begins_on: date, due_on: date, completed_on: date | None, percent: int | None, day: date
) -> Light:
    """The light of a task on `day`, the first rule that holds.

    `percent` is the progress last reported by the day (None: never). A completion after the day has
    not happened yet.
    """
    is_done = completed_on is not None and completed_on <= day
    rules = [
        (is_done and completed_on <= due_on, DONE),
        (is_done, DONE_LATE),
        (day > due_on, OVERDUE),
        (day < begins_on, NOT_BEGUN),
        (is_behind(begins_on, due_on, percent, day), BEHIND),
        ((due_on - day).days <= DUE_SOON_DAYS, DUE_SOON),
    ]
    return next((found for holds, found in rules if holds), ON_TRACK)


def is_behind(begins_on: date, due_on: date, percent: int | None, day: date) -> bool:
    """Whether progress lags more than BEHIND_BY percentage points behind the share of time gone."""
    gone, planned = (day - begins_on).days, (due_on - begins_on).days
    return (percent or 0) * planned < 100 * gone - BEHIND_BY * planned


# The same rules as conditions, for figures; tests hold the two against each other.


def unfinished(period: Period) -> Q:
    return Q(completed_on__isnull=True) | Q(completed_on__gt=period.as_of)


def overdue(period: Period) -> Q:
    return unfinished(period) & Q(due_on__lt=period.as_of)


def running(period: Period) -> Q:
    return unfinished(period) & Q(begins_on__lte=period.as_of, due_on__gte=period.as_of)


def lags(period: Period) -> Q:
    gone, planned = Days("begins_on", period.as_of), Days("begins_on", "due_on")
    percent = Coalesce(Progress.objects.latest_percent(period.as_of), 0)
    return Q(LessThan(percent * planned, gone * 100 - planned * BEHIND_BY))


def behind(period: Period) -> Q:
    return running(period) & lags(period)


def label(period: Period) -> Case:
    """The light of the outer task in words."""
    done = Q(completed_on__lte=period.as_of)
    rules = [
        (done & Q(completed_on__lte=F("due_on")), DONE),
        (done, DONE_LATE),
        (overdue(period), OVERDUE),
        (Q(begins_on__gt=period.as_of), NOT_BEGUN),
        (lags(period), BEHIND),
        (due_soon(period), DUE_SOON),
    ]
    found = [When(holds, then=Value(light.label)) for holds, light in rules]
    return Case(*found, default=Value(ON_TRACK.label))


def due_soon(period: Period) -> Q:
    last = period.as_of + timedelta(days=DUE_SOON_DAYS)
    return running(period) & Q(due_on__lte=last) & ~lags(period)
