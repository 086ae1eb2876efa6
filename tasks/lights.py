"""The lights of key tasks: derived from dates and progress by one table; nobody sets a colour."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from dangjian.lib.figures import Days
from dangjian.lib.periods import Period
from dangjian.lib.statements import Statement, fetch, prepare, vendor

from .models import KeyTask, Progress, TaskVillage

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
LIGHTS = [DONE, DONE_LATE, ON_TRACK, DUE_SOON, BEHIND, OVERDUE, NOT_BEGUN]


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


def due_soon(period: Period) -> Q:
    return running(period) & Q(due_on__lte=last_day_soon(period)) & ~lags(period)


def on_track(period: Period) -> Q:
    return running(period) & Q(due_on__gt=last_day_soon(period)) & ~lags(period)


def not_begun(period: Period) -> Q:
    return unfinished(period) & Q(begins_on__gt=period.as_of)


def done(period: Period) -> Q:
    return Q(completed_on__lte=period.as_of) & Q(completed_on__lte=F("due_on"))


def done_late(period: Period) -> Q:
    return Q(completed_on__lte=period.as_of, completed_on__gt=F("due_on"))


def last_day_soon(period: Period) -> date:
    return period.as_of + timedelta(days=DUE_SOON_DAYS)


def light_code(period: Period) -> Case:
    """The code of a task's light as the database tells it."""
    return told(period, "code")


def label(period: Period) -> Case:
    """A task's light in words, as the database tells it."""
    return told(period, "label")


def told(period: Period, attribute: str) -> Case:
    """An attribute of a task's light: that of the first rule that holds."""
    rules = [
        (done(period), DONE),
        (done_late(period), DONE_LATE),
        (Q(due_on__lt=period.as_of), OVERDUE),
        (Q(begins_on__gt=period.as_of), NOT_BEGUN),
        (lags(period), BEHIND),
        (Q(due_on__lte=last_day_soon(period)), DUE_SOON),
    ]
    return Case(
        *(When(rule, then=Value(getattr(found, attribute))) for rule, found in rules),
        default=Value(getattr(ON_TRACK, attribute)),
        output_field=CharField(),
    )


# — tasks with their lights, for pages that list them —


@dataclass(frozen=True)
class Standing:
    """A key task as it stands on a day: what a line of a list says of it."""

    pk: int
    number: int
    title: str
    lead: str
    department: str
    due_on: date
    percent: int
    light: Light

    @property
    def name(self) -> str:
        return f"{self.number}. {self.title}"


def standings(scope: Any, period: Period, *, village: int | None = None) -> list[Standing]:
    """The key tasks of the year in order, of one village where it is given. One query."""
    return [
        Standing(
            *shown,
            percent=percent or 0,
            light=light(**dates, percent=percent, day=period.as_of),
        )
        for *shown, begins_on, completed_on, percent in fetch(
            _standings(scope, period, village, vendor())
        )
        for dates in [{"begins_on": begins_on, "due_on": shown[-1], "completed_on": completed_on}]
    ]


@lru_cache(maxsize=512)
def _standings(scope: Any, period: Period, village: int | None, database: str) -> Statement | None:
    tasks = KeyTask.objects.within(scope).of_year(period)
    if village is not None:
        links = TaskVillage.objects.filter(task=OuterRef("pk"), village=village)
        tasks = tasks.filter(Exists(links))
    return prepare(
        tasks.order_by("programme__order", "number").values_list(
            "pk",
            "number",
            "title",
            "lead__person__name",
            "department__name",
            "due_on",
            "begins_on",
            "completed_on",
            Progress.objects.latest_percent(period.as_of),
        )
    )
