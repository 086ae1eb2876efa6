"""Cross-tables (统计表): figures by village, or a register's rows, under a header of several rows.

An app declares them in its crosstables.py::

    VillageTable(
        "elections",
        "换届情况统计表",
        [Group("党组织成员", [Counted("职数", "elections.party_seats"), Group("年龄", …)])],
    )

Nothing is counted here: a cell is a figure, asked of the engine for all villages at once, and 合计
is the same figure of the whole scope, so a mean under villages is never a mean of their means.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ImproperlyConfigured

from dangjian.lib.figures import (
    Baseline,
    Change,
    Figure,
    Measured,
    Register,
    Value,
    compute,
    compute_by_village,
    figure_named,
)
from dangjian.lib.figures.conditions import Both
from dangjian.lib.figures.dimensions import NO_VALUE
from dangjian.lib.periods import Period
from dangjian.lib.tables import Column, Row, Table

CROSSTABLES: dict[str, "Crosstable"] = {}
VILLAGE = "village"  # the dimension by which every register with villages is filtered
YES_NO = {True: "是", False: "否"}


def all_crosstables() -> list["Crosstable"]:
    """Every declared table, in the order of the year-end report."""
    return sorted(CROSSTABLES.values(), key=lambda table: table.place)


# — the header: a tree of groups over columns —


@dataclass(frozen=True)
class Counted:
    """A column of a village table: a figure under a heading.

    `filters` narrow it by dimensions of its register (`{"age__lte": 35}`), `before` reads it at a
    baseline. Raises UnknownFigure, BadFilter or ImproperlyConfigured when declared.
    """

    label: str
    slug: str
    filters: Mapping[str, Any] = field(default_factory=dict)
    before: Baseline | None = None

    def __post_init__(self) -> None:
        for side in self.figure.sides():
            if VILLAGE not in side.register.dimensions or side.register.village is None:
                raise ImproperlyConfigured(f"{side.register.slug} has no villages to count by")
        refuse_sensitive(self.asked)

    @cached_property
    def figure(self) -> Figure:
        """The declared figure: what its cells open onto."""
        return figure_named(self.slug)

    @cached_property
    def asked(self) -> Figure:
        """What the engine is asked for: the figure inside the filters, or beside its baseline."""
        figure = self.figure
        key = f"{self.slug}?{self.query}@{self.before.name if self.before else ''}"
        if self.filters:
            if not isinstance(figure, Measured):
                raise ImproperlyConfigured(f"{self.slug}: only measures of rows take filters")
            inside = figure.register.inside(self.filters)
            figure = replace(figure, slug=key, condition=Both(figure.condition, inside))
        if self.before is None:
            return figure
        named = figure.name, figure.unit_of_change, figure.definition, figure.register
        return Change(key, *named, figure, self.before, figure.words_of_change)

    @property
    def query(self) -> str:
        """The filters as an address carries them."""
        return urlencode(self.filters)

    @property
    def additive(self) -> bool:
        """Whether villages and the rest sum to the whole."""
        return self.figure.additive

    def shown(self, found: Value) -> Value:
        """What the engine answered, as a value of the declared figure."""
        if self.before is not None:
            return Value(self.figure, found.before)
        return replace(found, figure=self.figure)


@dataclass(frozen=True)
class Listed:
    """A column of a row table: a column of its register, and the figure that stands under it.

    A table's first column counts its rows. Another's values sum to the figure where `column.total`
    is set; where they are 是 and 否 it counts the 是; elsewhere the figure stands for itself.
    `shown` makes text of a value.
    """

    column: Column
    slug: str = ""
    shown: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        if self.figure is not None:
            refuse_sensitive(self.figure)

    @property
    def label(self) -> str:
        return self.column.label

    @cached_property
    def figure(self) -> Figure | None:
        return figure_named(self.slug) if self.slug else None

    @property
    def counts_yes(self) -> bool:
        """Whether its figure counts the rows that say 是."""
        return self.figure is not None and self.column.labels is YES_NO


@dataclass(frozen=True)
class Group:
    """A heading over several others."""

    label: str
    parts: Sequence["Part"]


Part = Group | Counted | Listed


def refuse_sensitive(figure: Figure) -> None:
    """Raises ImproperlyConfigured: tables are handed round, rows of such registers are not."""
    if any(side.register.sensitive for side in figure.sides()):
        raise ImproperlyConfigured(f"{figure.slug} counts a sensitive register")


@dataclass(frozen=True)
class Heading:
    """A cell of the header; row and column count from 0, `rows` and `columns` say how far it goes.

    `path` is its label after those above it.
    """

    label: str
    row: int
    column: int
    rows: int
    columns: int
    path: tuple[str, ...]


def leaves(parts: Iterable[Part]) -> Iterator[Any]:
    """The columns under the parts, from left to right."""
    for part in parts:
        if isinstance(part, Group):
            yield from leaves(part.parts)
        else:
            yield part


def depth(parts: Iterable[Part]) -> int:
    """How many header rows the parts take."""
    return max(1 + (depth(part.parts) if isinstance(part, Group) else 0) for part in parts)


def headings(
    parts: Iterable[Part], rows: int, row: int, column: int, above: tuple[str, ...] = ()
) -> Iterator[Heading]:
    """The header cells of the parts in `rows` rows; a column's reaches down to the last of them."""
    for part in parts:
        path = (*above, part.label)
        if isinstance(part, Group):
            wide = len(list(leaves(part.parts)))
            yield Heading(part.label, row, column, 1, wide, path)
            yield from headings(part.parts, rows - 1, row + 1, column, path)
        else:
            wide = 1
            yield Heading(part.label, row, column, rows, wide, path)
        column += wide


# — tables —


@dataclass(frozen=True, eq=False)
class Headed:
    """A titled table under a header; `place` orders the tables, `note` is printed below."""

    slug: str
    title: str
    parts: Sequence[Part]
    place: int = 0
    about: str = ""
    note: str = ""

    @property
    def fronts(self) -> list[tuple[str, int]]:
        """Label and width of the columns before the declared ones."""
        raise NotImplementedError

    @cached_property
    def columns(self) -> list[Any]:
        return list(leaves(self.parts))

    @cached_property
    def depth(self) -> int:
        return depth(self.parts)

    @cached_property
    def headings(self) -> list[Heading]:
        """Every cell of the header, row by row, each from left to right."""
        fronts = [
            Heading(label, 0, column, self.depth, 1, (label,))
            for column, (label, _) in enumerate(self.fronts)
        ]
        found = headings(self.parts, self.depth, 0, len(fronts))
        return sorted([*fronts, *found], key=lambda one: (one.row, one.column))

    @cached_property
    def paths(self) -> list[tuple[str, ...]]:
        """Of each declared column its label after those of the groups it is in."""
        ends = [
            one for one in self.headings if one.columns == 1 and one.row + one.rows == self.depth
        ]
        return [one.path for one in sorted(ends, key=lambda one: one.column)][len(self.fronts) :]

    @property
    def widths(self) -> list[int]:
        """How wide each column is, those in front included, in characters."""
        return [width for _, width in self.fronts] + self.own_widths

    @property
    def own_widths(self) -> list[int]:
        raise NotImplementedError

    @property
    def figures(self) -> list[Figure]:
        """The figures it prints, each once."""
        found = [column.figure for column in self.columns if column.figure is not None]
        return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Line:
    """A row of a village table: what it is called, and a value for each column.

    `village` is what filters its figures by village: "" for the whole, None where no filter can.
    """

    name: str
    village: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True, eq=False)
class VillageTable(Headed):
    """Villages down, figures across, in columns `width` characters wide.

    Raises ImproperlyConfigured when the slug is taken.
    """

    width: int = 7

    def __post_init__(self) -> None:
        keep(self)

    @property
    def fronts(self) -> list[tuple[str, int]]:
        return [("序号", 5), ("村（社区）", 12)]

    @property
    def own_widths(self) -> list[int]:
        return [self.width] * len(self.columns)

    @cached_property
    def units(self) -> str:
        """The units of its numbers, as the line under the title names them."""
        return "、".join(dict.fromkeys(column.figure.unit for column in self.columns))

    def counted(
        self, scope: Any, period: Period, names: Mapping[Any, str], always: Iterable[Any]
    ) -> tuple[list[Line], Line]:
        """A line for each village, one for what belongs to none of them, and the line 合计.

        `names` are the villages the reader may see, in order; those in `always` get a line even
        where nothing is counted. Additive columns sum to 合计.
        """
        asked = [column.asked for column in self.columns]
        found = compute_by_village(asked, scope, period)
        values = {village: self._values(by_slug) for village, by_slug in found.items()}
        counting = {village for village, one in values.items() if any(v.exact for v in one)}
        listed = [village for village in names if village in {*always, *counting}]
        lines = [
            Line(names[village], str(village), values.get(village) or self._of_nothing())
            for village in listed
        ]
        rest = {village: values[village] for village in counting - set(listed)}
        if rest:
            village = NO_VALUE if set(rest) == {None} else None
            lines.append(Line("其他", village, self._together(list(rest.values()))))
        return lines, Line("合计", "", self._values(compute(asked, scope, period)))

    def _values(self, found: Mapping[str, Value]) -> tuple[Value, ...]:
        return tuple(column.shown(found[column.asked.slug]) for column in self.columns)

    def _of_nothing(self) -> tuple[Value, ...]:
        """The values of a village without rows in any register."""
        asked = [column.asked for column in self.columns]
        return self._values({one.slug: one.value(lambda atom, _: atom.of_no_rows) for one in asked})

    def _together(self, several: list[tuple[Value, ...]]) -> tuple[Value, ...]:
        """The values of several villages as one: sums, and no value where sums say nothing."""
        if len(several) == 1:
            return several[0]
        return tuple(
            Value(column.figure, sum(v.exact or 0 for v in values) if column.additive else None)
            for column, values in zip(self.columns, zip(*several, strict=True), strict=True)
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class RowTable(Headed):
    """A register's rows down, or those one figure counts; its columns across, figures below.

    Raises ImproperlyConfigured when the slug is taken or the register is sensitive.
    """

    register: Register
    counted_by: str = ""

    def __post_init__(self) -> None:
        if self.register.sensitive:
            raise ImproperlyConfigured(f"{self.slug} lists a sensitive register")
        keep(self)

    @property
    def fronts(self) -> list[tuple[str, int]]:
        return [("序号", 5)]

    @property
    def own_widths(self) -> list[int]:
        return [column.column.width for column in self.columns]

    @cached_property
    def side(self) -> Measured | None:
        """The figure whose rows it lists; None: all rows of the register."""
        return figure_named(self.counted_by).sides()[0] if self.counted_by else None

    @cached_property
    def table(self) -> Table:
        return Table(self.register.model, [column.column for column in self.columns])

    def rows(self, scope: Any, period: Period) -> Any:
        """The records it lists, as a queryset in the register's order."""
        if self.side is None:
            return self.register.all_rows(scope, period)
        return self.register.listed(self.side, scope, period).rows

    def listed(self, rows: Any, period: Period) -> Iterator[Row]:
        """Those rows, or some of them, as they are shown. One query."""
        for row in self.table.rows(rows, period):
            shown = (
                value if column.shown is None else column.shown(value)
                for column, value in zip(self.columns, row.values, strict=True)
            )
            yield Row(row.pk, tuple(shown))

    def totals(self, scope: Any, period: Period) -> list[Value | None]:
        """For each column the value of its figure; None where nothing stands under it."""
        found = compute(self.figures, scope, period)
        return [found[column.slug] if column.slug else None for column in self.columns]


Crosstable = VillageTable | RowTable


def keep(table: Crosstable) -> None:
    if table.slug in CROSSTABLES:
        raise ImproperlyConfigured(f"cross-table {table.slug} is declared twice")
    CROSSTABLES[table.slug] = table
