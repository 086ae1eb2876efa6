"""图表: native charts of the workbook, drawn from tables of formulas over the register sheets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from dangjian.lib.figures import (
    Atom,
    Baseline,
    Condition,
    Register,
    aggregate,
    compute_by_village,
)
from dangjian.lib.figures.conditions import Both
from dangjian.lib.periods import Period
from elections.figures import LAST_TERM, party_members, seat_register
from orgs.figures import enterprise_register, village_names
from orgs.figures.nonpublic import coverage_rate
from orgs.figures.organizations import member_register
from reports.documents.build import Document

from .formulas import Formulas
from .sheets import ROW_HEIGHT, Book, Sheet

TITLE = "图表"
LABEL_WIDTH, NUMBER_WIDTH = 18, 13
CHART_COLUMN, LAST_COLUMN = 5, 14  # a chart stands right of its table
CHART_WIDTH, CHART_ROWS = 640, 13  # in pixels; as high as so many rows, or as its table
PIXELS_OF_ROW = ROW_HEIGHT * 4 // 3
COLOURS = ["#C00000", "#BFBFBF"]
# The bands of the national statistics.
AGES: list[tuple[str, int | None, int | None]] = [
    ("35岁及以下", None, 35),
    ("36—45岁", 36, 45),
    ("46—54岁", 46, 54),
    ("55—59岁", 55, 59),
    ("60岁及以上", 60, None),
]
MOST_VILLAGES = 30  # more would not be legible


@dataclass(frozen=True)
class Line:
    """A line of a chart's table: its label, and for each column a formula and its value.

    A formula says {0} for the cell of its own label, and {1}, {2}, … for its numbers.
    """

    label: str
    cells: list[tuple[str, Any]]


@dataclass(frozen=True)
class Block:
    """A table and the chart beside it, which draws the first `drawn` columns of numbers."""

    title: str
    header: list[str]
    lines: list[Line]
    drawn: int
    stacked: bool = False


@dataclass(frozen=True)
class Source:
    """Whose numbers are drawn, and the register sheets that formulas count them on."""

    summary: Document
    scope: Any
    formulas: Formulas
    before: Mapping[Baseline, Period | None]

    def has(self, register: Register, period: Period | None) -> bool:
        return (register, period) in self.formulas.ledgers

    def blocks(self) -> Iterator[Block]:
        """Every chart whose rows are in the workbook."""
        now = self.summary.period
        if self.has(member_register, now):
            yield self.ages(now)
        if self.has(seat_register, now):
            yield self.education(now)
        if self.has(enterprise_register, now):
            yield self.coverage(now)

    def ages(self, now: Period) -> Block:
        """Party members by the bands of age that the national statistics ask for."""
        axis, cells = member_register.dimensions["age"], self.column(member_register, now, "age")
        limits = [
            [(end, age) for end, age in (("gte", low), ("lte", high)) if age is not None]
            for _, low, high in AGES
        ]
        conditions = [all_of([axis.condition([age], end) for end, age in ends]) for ends in limits]
        signs = {"gte": ">=", "lte": "<="}
        formulas = [
            "COUNTIFS(" + ",".join(f'{cells},"{signs[end]}{age}"' for end, age in ends) + ")"
            for ends in limits
        ]
        numbers = self.count(member_register, now, conditions)
        lines = [
            Line(band[0], [(formula, number)])
            for band, formula, number in zip(AGES, formulas, numbers, strict=True)
        ]
        return Block("党员年龄结构", ["年龄", "党员（名）"], lines, drawn=1)

    def education(self, now: Period) -> Block:
        """Members of the villages' party teams by education: this term, and the last if kept."""
        periods = {"本届（人）": now}
        last = self.before.get(LAST_TERM)
        if last and self.has(seat_register, last):
            periods["上届（人）"] = last
        axis = seat_register.dimensions["education"]
        levels = axis.options(self.scope)
        conditions = [Both(party_members.condition, axis.condition([key])) for key, _ in levels]
        numbers = [self.count(seat_register, period, conditions) for period in periods.values()]
        lines = [
            Line(
                label,
                [
                    (self.educated(period), counted[place])
                    for period, counted in zip(periods.values(), numbers, strict=True)
                ],
            )
            for place, (_, label) in enumerate(levels)
        ]
        title = "村（社区）党组织成员当选时学历" + ("（本届与上届）" if len(periods) > 1 else "")
        return Block(title, ["学历", *periods], lines, drawn=len(periods))

    def educated(self, period: Period) -> str:
        cells = self.column(seat_register, period, "education")
        return f"COUNTIFS({cells},{{0}},{self.formulas.marked(party_members, period)},1)"

    def coverage(self, now: Period) -> Block:
        """Enterprises in each village that a party organization covers, and those still without."""
        cells = self.column(enterprise_register, now, "village__name")
        part, whole = (self.formulas.cells(atom, now) for atom in coverage_rate.atoms)
        lines = []
        for name, covered, enterprises in self.villages(now):
            lines.append(
                Line(
                    name,
                    [
                        (f"COUNTIFS({cells},{{0}},{part},1)", covered),
                        ("{3}-{1}", enterprises - covered),
                        (f"COUNTIFS({cells},{{0}},{whole},1)", enterprises),
                    ],
                )
            )
        header = ["村（社区）", "已建立党组织", "尚未建立", "纳入组建范围"]
        return Block(
            "各村（社区）非公企业党组织覆盖情况（家）", header, lines, drawn=2, stacked=True
        )

    def villages(self, now: Period) -> list[tuple[str, int, int]]:
        """Name, enterprises covered and in scope; those with most enterprises, in their order."""
        found = compute_by_village([coverage_rate], self.scope, now)
        counted = [
            (name, value.part or 0, value.whole)
            for pk, name in village_names(self.scope)
            for value in [found.get(pk, {}).get(coverage_rate.slug)]
            if value and value.whole
        ]
        most = sorted(counted, key=lambda one: -one[2])[:MOST_VILLAGES]
        return [one for one in counted if one in most]

    def column(self, register: Register, period: Period, name: str) -> str:
        ledger = self.formulas.ledgers[register, period]
        return ledger.cells(ledger.columns[name])

    def count(
        self, register: Register, period: Period, conditions: Sequence[Condition]
    ) -> list[Any]:
        """How many rows meet each condition; one query."""
        atoms = [Atom(register, "rows", condition) for condition in conditions]
        return aggregate(atoms, self.scope, period)


def all_of(conditions: list[Condition]) -> Condition:
    first, *others = conditions
    for other in others:
        first = Both(first, other)
    return first


def write_charts(book: Book, sheet: Sheet, source: Source) -> None:
    """One chart below the other, each with its table at the left."""
    summary, raw = source.summary, sheet.raw
    raw.fit_to_pages(1, 1)
    raw.set_default_row(ROW_HEIGHT)
    raw.set_column(0, 0, LABEL_WIDTH)
    raw.set_column(1, 4, NUMBER_WIDTH)
    raw.set_row(0, 36)
    sheet.line(0, (0, LAST_COLUMN), f"{summary.period.label}度党建工作图表", "title")
    sheet.line(1, (0, LAST_COLUMN), f"填报单位（盖章）：{summary.unit}", "line")
    row = 3
    for block in source.blocks():
        write_block(book, sheet, row, block)
        row += height_of(block) + 2


def height_of(block: Block) -> int:
    """How many rows a block takes: title, header and lines, or its chart where that is higher."""
    return max(len(block.lines) + 2, CHART_ROWS)


def write_block(book: Book, sheet: Sheet, row: int, block: Block) -> None:
    sheet.line(row, (0, 4), block.title, "block")
    for column, label in enumerate(block.header):
        sheet.raw.write_string(row + 1, column, label, sheet.formats["header"])
    first = row + 2
    for place, line in enumerate(block.lines, first):
        own = [xl_rowcol_to_cell(place, column) for column in range(len(line.cells) + 1)]
        sheet.value(place, 0, line.label, "centre")
        for column, (formula, number) in enumerate(line.cells, 1):
            sheet.formula(place, column, formula.format(*own), number, "number")
    if block.lines:
        chart = drawn(book, sheet, first, block)
        sheet.raw.insert_chart(row, CHART_COLUMN, chart, {"description": block.title})


def drawn(book: Book, sheet: Sheet, first: int, block: Block) -> Any:
    """The block's columns as a chart; with the values, for readers that calculate nothing."""
    kind = {"type": "column", **({"subtype": "stacked"} if block.stacked else {})}
    chart = book.workbook.add_chart(kind)
    last = first + len(block.lines) - 1
    for place in range(block.drawn):
        chart.add_series(
            {
                "name": [sheet.name, first - 1, place + 1],
                "categories": [sheet.name, first, 0, last, 0],
                "categories_data": [line.label for line in block.lines],
                "values": [sheet.name, first, place + 1, last, place + 1],
                "values_data": [line.cells[place][1] for line in block.lines],
                "fill": {"color": COLOURS[place]},
                "data_labels": {"value": not block.stacked, "font": {"size": 8}},
                "gap": 60,
            }
        )
    font = {"name": "宋体", "size": 9}
    chart.set_title({"name": block.title, "name_font": {"name": "黑体", "size": 12, "bold": False}})
    chart.set_x_axis({"num_font": font})
    chart.set_y_axis(
        {"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    chart.set_legend({"position": "bottom", "font": font, "none": block.drawn == 1})
    chart.set_size({"width": CHART_WIDTH, "height": height_of(block) * PIXELS_OF_ROW})
    return chart
