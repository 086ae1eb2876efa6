"""The stretch of time a figure speaks of."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1949, 2100


@dataclass(frozen=True)
class Period:
    """First and last day, and the day on which stocks, ages and lights are read."""

    first_day: date
    last_day: date
    as_of: date
    label: str


def year(number: int, *, today: date | None = None) -> Period:
    """The calendar year `number`; while it runs, `as_of` is today.

    A year not yet begun is read on its first day. Raises ValueError outside 1949–2100.
    """
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(f"{number} is not a year between {FIRST_YEAR} and {LAST_YEAR}")
    first_day, last_day = date(number, 1, 1), date(number, 12, 31)
    as_of = min(max(today or timezone.localdate(), first_day), last_day)
    return Period(first_day, last_day, as_of, f"{number}年")


def up_to(day: date) -> Period:
    """The calendar year a day lies in, read on that day. Raises ValueError outside 1949–2100."""
    label = f"{day.year}年（截至{day.month}月{day.day}日）"
    return replace(year(day.year), as_of=day, label=label)


def month_ends(number: int) -> list[date]:
    """The last day of each month of a year."""
    return [date(number, month, monthrange(number, month)[1]) for month in range(1, 13)]


def on(day: date, label: str = "") -> Period:
    """A single day as a period: what was true on it."""
    return Period(day, day, day, label or f"{day.year}年{day.month}月{day.day}日")


def last_year(period: Period) -> Period | None:
    """The whole calendar year before the one `period` begins in; None before 1949."""
    number = period.first_day.year - 1
    return year(number, today=date(number, 12, 31)) if number >= FIRST_YEAR else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
