"""Where the bars of a chart stand: geometry only. The templates of `charts/` draw it as SVG.

Lengths across are in percent of the chart's width, lengths down in pixels: bars stretch with the
page while text stays as large as it is. Why no chart package:
docs/adr/0006-charts-are-drawn-here.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

Number = int | float

# In pixels: a row of a bar list and its bar, the room above and below columns.
ROW, BAR = 28, 16
HEAD, PLOT, FOOT = 20, 140, 24
# In percent: where the bars of a list begin and how far the longest goes, beside their labels; how
# much of a group's share of the width its columns fill.
BAR_LEFT, BAR_ROOM = 24.0, 42.0
FILLED = 0.68


@dataclass(frozen=True)
class Datum:
    """One number to draw: what it is of, how it is printed, and where it leads.

    `value` None: there is no number, and no bar. `text` is printed beside the bar, `title` says the
    whole in words. `slug` and `url` are the figure's and its rows'; without a url there is no link.
    `tone` names its colour.
    """

    label: str
    value: Number | None
    text: str
    title: str = ""
    slug: str = ""
    url: str = ""
    tone: str = "first"

    @property
    def plain(self) -> str:
        """The number for a data attribute; "" for none."""
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Bar:
    """A datum as a rectangle: x and width in percent, y and height in pixels."""

    datum: Datum
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return round(self.x + self.width, 2)

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Group:
    """The bars of one category, which share a label: under their middle, or beside it in a list."""

    label: str
    middle: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn by the template of its kind: bars, columns or stack.

    Equal charts look the same. `legend` pairs tones with what they stand for; `note` is what a
    reader should know beside the title.
    """

    kind: str
    title: str
    groups: tuple[Group, ...]
    height: int = 0
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def bars(self) -> list[Bar]:
        return [bar for group in self.groups for bar in group.bars]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see: no number, or every number 0."""
        return not any(bar.datum.value for bar in self.bars)


def bar_list(title: str, data: Sequence[Datum], *, top: Number = 0, note: str = "") -> Chart:
    """Horizontal bars under each other. The longest stands for `top`, or a larger value."""
    most = largest(data, top)
    groups = tuple(
        Group(datum.label, (place + 0.5) * ROW, (bar_of(datum, place * ROW, most),))
        for place, datum in enumerate(data)
    )
    return Chart("bars", title, groups, len(data) * ROW, note=note)


def bar_of(datum: Datum, top: float, most: Number) -> Bar:
    """The bar in the middle of its row, which begins at `top`."""
    return Bar(datum, BAR_LEFT, top + (ROW - BAR) / 2, part(datum, most, BAR_ROOM), BAR)


def columns(
    title: str,
    groups: Sequence[tuple[str, Sequence[Datum]]],
    *,
    legend: Iterable[tuple[str, str]] = (),
    note: str = "",
) -> Chart:
    """Columns on one base line, in groups of as many each: by month, or now beside before."""
    most = largest([datum for _, data in groups for datum in data])
    share = 100 / max(len(groups), 1)
    found = tuple(
        Group(label, round((place + 0.5) * share, 2), group_of(data, place * share, share, most))
        for place, (label, data) in enumerate(groups)
    )
    return Chart("columns", title, found, HEAD + PLOT + FOOT, tuple(legend), note)


def group_of(data: Sequence[Datum], left: float, share: float, most: Number) -> tuple[Bar, ...]:
    """The columns of one group, side by side in the middle of its share of the width."""
    width = share * FILLED / max(len(data), 1)
    start = left + share * (1 - FILLED) / 2
    heights = [part(datum, most, PLOT) for datum in data]
    return tuple(
        Bar(
            datum,
            round(start + place * width, 2),
            round(HEAD + PLOT - height, 2),
            round(width, 2),
            height,
        )
        for place, (datum, height) in enumerate(zip(data, heights, strict=True))
    )


def stack(title: str, data: Sequence[Datum], *, note: str = "") -> Chart:
    """One bar of the whole width, parted by the values; what is nothing has no width."""
    reached = list(accumulate((checked(datum) for datum in data), initial=0))
    total = reached[-1]
    edges = [round(100 * sum_so_far / total, 2) if total else 0.0 for sum_so_far in reached]
    groups = tuple(
        Group(
            datum.label,
            round((left + right) / 2, 2),
            (Bar(datum, left, 0, round(right - left, 2), ROW),),
        )
        for datum, (left, right) in zip(data, pairwise(edges), strict=True)
    )
    return Chart("stack", title, groups, ROW, note=note)


def checked(datum: Datum) -> Number:
    """Its value, nothing counting as 0. Raises ValueError for what no bar can show."""
    value = datum.value or 0
    if value < 0:
        raise ValueError(f"{datum.label}: {value} is below zero")
    return value


def largest(data: Iterable[Datum], least: Number = 0) -> Number:
    return max([least, *(checked(datum) for datum in data)])


def part(datum: Datum, most: Number, room: float) -> float:
    """How much of `room` the datum fills, where `most` fills all of it."""
    return round(room * checked(datum) / most, 2) if most else 0.0
