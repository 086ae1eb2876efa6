"""Numbers of the summary that moved so far since last year that somebody has to say why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dangjian.lib.figures import LAST_YEAR, Change, Figure, Share, Value
from dangjian.lib.figures.values import Number
from dangjian.lib.periods import Period

KINDS = {"count", "sum", "mean", "share"}
# Summaries are written in December; before that a year's counts are no match for a whole year's.
CLOSING_MONTH = 12


@dataclass(frozen=True)
class Moved:
    """A figure now and last year; `by` in percent, or of a share in percentage points.

    There is no `by` where last year had none of it.
    """

    now: Value
    before: Value
    by: Decimal | None

    @property
    def figure(self) -> Figure:
        return self.now.figure

    @property
    def text(self) -> str:
        """增加35.0%, 下降12.5个百分点, 上年没有."""
        if self.by is None:
            return "上年没有"
        rise, fall = self.figure.words_of_change
        unit = self.figure.unit_of_change if isinstance(self.figure, Share) else "%"
        return f"{rise if self.by > 0 else fall}{abs(self.by):.1f}{unit}"


def is_closing(period: Period) -> bool:
    """Whether the year is far enough to stand beside the whole one before it."""
    return period.as_of.month >= CLOSING_MONTH


def compared(figures: Iterable[Figure]) -> list[Change]:
    """Those figures that can be held against last year's, as changes since then."""
    return [since_last_year(figure) for figure in figures if figure.kind in KINDS]


# Equal ones are the same, so that what is compiled for a figure is found again.
@lru_cache(maxsize=512)
def since_last_year(figure: Figure) -> Change:
    return Change(
        slug=f"{figure.slug}~{LAST_YEAR.name}",
        name=f"{figure.name}较上年增减",
        unit=figure.unit_of_change,
        definition=figure.definition,
        register=figure.register,
        figure=figure,
        since=LAST_YEAR,
        words=figure.words_of_change,
    )


def moved_over(
    threshold: int, changes: Iterable[Change], values: Mapping[str, Value]
) -> list[Moved]:
    """Changes of more than `threshold` percent; of shares, percentage points.

    One without a value on either side, as where last year was not kept, is not compared.
    """
    found = []
    for change in changes:
        value = values[change.slug]
        if value.before is None or value.after is None or value.exact == 0:
            continue
        now, before = Value(change.figure, value.after), Value(change.figure, value.before)
        moved = Moved(now, before, moved_by(change.figure, value.after, value.before))
        if moved.by is None or abs(moved.by) > threshold:
            found.append(moved)
    return found


def moved_by(figure: Figure, now: Number, before: Number) -> Decimal | None:
    """How far it moved: a share in percentage points, anything else in percent of last year's."""
    difference = Decimal(now) - before
    if isinstance(figure, Share):
        return difference
    return difference * 100 / before if before else None
