"""The equal parts of a year: months, quarters, halves, and the year itself."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .periods import Period, month_ends

OF_QUARTERS, OF_HALVES = "一二三四", "上下"


class Span(NamedTuple):
    """A month, a quarter, half a year or a year: its first and last day."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """What it is called within its year: 3月, 一季度, 上半年, 全年."""
        months = self.last.month - self.first.month + 1
        place = (self.first.month - 1) // months
        names = {1: f"{place + 1}月", 12: "全年"}
        if months == 3:
            return f"{OF_QUARTERS[place]}季度"
        return names.get(months) or f"{OF_HALVES[place]}半年"


@lru_cache(maxsize=256)
def spans_of(year: int, months: int) -> tuple[Span, ...]:
    """The year's spans of so many months (a divisor of 12), in order."""
    ends = month_ends(year)
    return tuple(
        Span(date(year, first, 1), ends[first + months - 2]) for first in range(1, 13, months)
    )


def span_of(day: date, months: int) -> Span:
    """The span of so many months that a day lies in."""
    return spans_of(day.year, months)[(day.month - 1) // months]


def spans_over(period: Period, months: int) -> list[Span]:
    """Those of the period's year that are over by its day."""
    return [span for span in spans_of(period.first_day.year, months) if span.last <= period.as_of]
