"""The rows a register page shows, and its export writes: the same sections for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from dangjian.lib.figures import (
    Atom,
    Condition,
    Figure,
    Measured,
    Register,
    Value,
    aggregate,
    measure,
)
from dangjian.lib.figures.conditions import Both, every_row, filtered_by
from dangjian.lib.periods import Period
from dangjian.lib.statements import Statement, fetch, prepare, vendor
from dangjian.lib.tables import Row, Table


@dataclass(frozen=True)
class Section:
    """One table of a register page: all its rows, or those that one side of a figure counted.

    `side` is None on a page without a figure; `inside` is what the reader filtered by.
    """

    title: str
    register: Register
    scope: Any
    period: Period
    inside: Condition = every_row
    side: Measured | None = None

    @property
    def table(self) -> Table:
        return self.register.table

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows; those of a figure have `measured`, the value that enters the measure."""
        if self.side is None:
            found = self.register.all_rows(self.scope, self.period)
        else:
            found = self.register.listed(self.side, self.scope, self.period).rows
        return filtered_by(found, self.inside, self.period)

    def counted(self) -> tuple[int, int | float | None, list[Any]]:
        """How many rows; their measure taken in Python, rounded as the figure is; column sums.

        Without a figure the measure is the number of rows.
        """
        if self.side is None:
            count, sums = self.sums()
            return count, count, sums
        measured = list(self.rows.order_by().values_list("measured", flat=True))
        taken = Value(self.side, measure(self.side.measure, measured)).plain
        return len(measured), taken, self.sums()[1] if self.table.has_totals else []

    def sums(self) -> tuple[int, list[Any]]:
        """How many rows there are, and per column its sum, or None where it is not added up.

        Counted and summed by the figures' engine: one query, compiled once.
        """
        condition = Both(self.side.condition, self.inside) if self.side else self.inside
        summed = [column for column in self.table.columns if column.total]
        atoms = [Atom(self.register, "rows", condition)] + [
            Atom(self.register, "sum", condition, column.of or column.name) for column in summed
        ]
        count, *totals = aggregate(atoms, self.scope, self.period)
        by_column = dict(zip((column.name for column in summed), totals, strict=True))
        return count, [by_column.get(column.name) for column in self.table.columns]

    def page(self, sort: str, first: int, size: int) -> list[Row]:
        """So many rows from `first` on, sorted as Table.ordered does; compiled once."""
        return list(self.table.shown(fetch(_page(self, sort, (first, size), vendor()))))


@lru_cache(maxsize=512)
def _page(section: Section, sort: str, place: tuple[int, int], database: str) -> Statement | None:
    first, size = place
    ordered = section.table.ordered(section.rows, section.period, sort)
    linked = section.table.linked(ordered, section.period, section.scope)
    return prepare(linked[first : first + size])


def sections_of_register(
    register: Register, scope: Any, period: Period, filters: Mapping[str, Any]
) -> list[Section]:
    """The register's rows inside the filters. Raises BadFilter."""
    return [Section(register.name, register, scope, period, register.inside(filters))]


def sections_of_figure(
    figure: Figure, scope: Any, period: Period, filters: Mapping[str, Any]
) -> list[Section]:
    """The rows behind each side of a figure, then behind its baseline. Raises BadFilter.

    Filters are the dimensions of the figure's own register; a side over another register takes
    those it has too.
    """
    sections = sections_of_sides(figure, scope, period, filters)
    before = figure.baseline.find(scope, period) if figure.baseline else None
    if figure.baseline is None or before is None:
        return sections
    title = f"{figure.baseline.name}（{before.label}）"
    return sections + sections_of_sides(figure, scope, before, filters, title)


def sections_of_sides(
    figure: Figure, scope: Any, period: Period, filters: Mapping[str, Any], title: str = ""
) -> list[Section]:
    return [
        Section(
            f"{title}{name}",
            side.register,
            scope,
            period,
            side.register.inside(known_to(side.register, filters)),
            side,
        )
        for side, name in zip(figure.sides(), side_titles(figure), strict=True)
    ]


def known_to(register: Register, filters: Mapping[str, Any]) -> dict[str, Any]:
    """The filters, ranges included, over dimensions that the register has."""
    return {
        key: value
        for key, value in filters.items()
        if {key, key.rpartition("__")[0]} & register.dimensions.keys()
    }


def side_titles(figure: Figure) -> list[str]:
    sides = figure.sides()
    if len(sides) == 1:
        return [sides[0].name]
    marks = ["被除数", "除数"] if figure.measured.kind == "quotient" else ["其中", "基数"]
    return [f"{mark}：{side.name}" for mark, side in zip(marks, sides, strict=True)]
