"""指标: every figure of a workbook with its code and definition, its number a live formula."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from dangjian.lib.figures import (
    Baseline,
    Figure,
    Measured,
    Quotient,
    Register,
    Share,
    Value,
    all_sets,
    defined_figures,
)
from dangjian.lib.figures.values import NOTHING, Number
from dangjian.lib.periods import Period
from reports.documents.build import Document

from .formulas import Expression, Formulas
from .sheets import FIRST_DATA_ROW, SIGNATURES, Book, Sheet

TITLE = "指标"
# A share shows the two counts it divides, a quotient its two numbers, a change what it compares.
COLUMNS = [
    ("序号", 6),
    ("指标", 30),
    ("数值", 10),
    ("单位", 10),
    ("其中", 8),
    ("基数", 8),
    ("对比", 8),
    ("本期数", 9),
    ("基期数", 9),
    ("口径", 46),
    ("代码", 36),
]
NUMBER, UNIT, PART, WHOLE, COMPARED, NOW, BEFORE, DEFINITION, CODE = range(2, 11)
ROUNDING = "注：部分合计数或相对数由于单位取舍不同而产生的计算误差均未作机械调整。"
# Binary fractions leave noise behind this place, which would hide that a half is to be rounded up.
CLEAN = 9


def figures_over(registers: Iterable[Register]) -> list[Figure]:
    """Every figure all of whose rows are in these registers, those of the office's own last."""
    seen = set(registers)
    declared = [figure for figure_set in all_sets() for figure in figure_set.figures]
    return [
        figure
        for figure in [*declared, *defined_figures().values()]
        if all(side.register in seen for side in figure.sides())
    ]


def cells_before(figures: Iterable[Figure]) -> dict[str, str]:
    """The cell of each change's baseline, by slug."""
    return {
        figure.slug: absolute(row, BEFORE)
        for row, figure in enumerate(figures, FIRST_DATA_ROW)
        if figure.is_change
    }


def absolute(row: int, column: int) -> str:
    """A cell of 指标 as formulas of other sheets name it, such as '指标'!$C$4."""
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return f"{quote_sheetname(TITLE)}!{cell}"


def cells_of(figures: Iterable[Figure]) -> dict[str, str]:
    """The cell of each figure's number by slug, known before it is written."""
    return {
        figure.slug: absolute(row, NUMBER) for row, figure in enumerate(figures, FIRST_DATA_ROW)
    }


# What Excel takes for a cell: A1, R1C1.
LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|[RC]\d*|R\d+C\d+", re.IGNORECASE)


def name_of(text: str) -> str:
    """A slug or title as a name that Excel takes in formulas: letters, digits, _ and dots."""
    plain = re.sub(r"[^\w.]+", "_", text)
    is_free = plain[0].isalpha() and not LIKE_A_CELL.fullmatch(plain)
    return plain if is_free else f"_{plain}"


@dataclass(frozen=True)
class Indicators:
    """What 指标 is written from: the values, and the sheets that formulas read them from again.

    `before` has the period of each baseline, None where there is none.
    """

    summary: Document
    values: Mapping[str, Value]
    formulas: Formulas
    before: Mapping[Baseline, Period | None]

    @property
    def period(self) -> Period:
        return self.summary.period

    def write(self, book: Book, sheet: Sheet, figures: Sequence[Figure]) -> None:
        """One row a figure, and a name in the book for its number."""
        summary, last = self.summary, len(COLUMNS) - 1
        title = f"{self.period.label}度党建工作指标"
        sheet.head(title=title, unit=summary.unit, day=self.period.as_of, columns=COLUMNS)
        for row, figure in enumerate(figures, FIRST_DATA_ROW):
            self.write_figure(sheet, row, self.values[figure.slug])
        for slug, cell in cells_of(figures).items():
            book.workbook.define_name(name_of(slug), f"={cell}")
        end = FIRST_DATA_ROW + len(figures)
        sheet.line(end, (0, last), ROUNDING, "line")
        sheet.raw.set_row(end + 1, 30)
        sheet.line(end + 1, (0, last), SIGNATURES, "line")
        sheet.raw.autofilter(FIRST_DATA_ROW - 1, 0, end - 1, last)

    def write_figure(self, sheet: Sheet, row: int, value: Value) -> None:
        """A figure: its number, what it is made of, its definition and code."""
        figure = value.figure
        sheet.open_row(row, ["", figure.name, *[""] * (DEFINITION - 2), figure.definition])
        sheet.number(row, 0, row - FIRST_DATA_ROW + 1, 0)
        sheet.value(row, 1, figure.name)
        sheet.formula(row, NUMBER, self.formula(row, figure), value.number, style_of(figure))
        sheet.value(row, UNIT, figure.unit, "centre")
        self.write_sides(sheet, row, value)
        self.write_compared(sheet, row, value)
        sheet.value(row, DEFINITION, figure.definition)
        sheet.value(row, CODE, figure.slug)

    def formula(self, row: int, figure: Figure) -> str:
        """The number: of a change or a division from the cells beside it, else from the rows."""
        places = figure.decimals
        if figure.is_change:
            now, before = cell(row, NOW), cell(row, BEFORE)
            moved = f"{now}-{before}"
            rounded = f"ROUND(ROUND({moved},{CLEAN}),{places})" if places else moved
            return f'IF(COUNT({now}:{before})<2,"{NOTHING}",{rounded})'
        if isinstance(figure, Measured):
            found = self.formulas.number(figure, self.period)
            return (found.rounded(places) if figure.measure != "count" else found).or_dash()
        part, whole = cell(row, PART), cell(row, WHOLE)
        if isinstance(figure, Share):
            return Expression(f"{part}*100/{whole}", (whole,)).rounded(places).or_dash()
        # Either may be a dash itself, which is neither counted nor a number.
        divided = Expression(f"{part}/{whole}", (f"COUNT({part})", f"N({whole})"))
        return divided.rounded(places).or_dash()

    def write_sides(self, sheet: Sheet, row: int, value: Value) -> None:
        """其中 and 基数: what a share or a quotient divides."""
        figure, numbers = value.figure, self.divided(value)
        if numbers is None:
            sheet.blank(row, PART)
            sheet.blank(row, WHOLE)
            return
        found = self.formulas.sides(figure, self.period)
        for column, side, number in zip((PART, WHOLE), found, numbers, strict=True):
            sheet.formula(row, column, side.or_dash(), number, "number")

    def divided(self, value: Value) -> tuple[Number | None, Number | None] | None:
        figure = value.figure
        if isinstance(figure, Share):
            return value.part, value.whole
        if isinstance(figure, Quotient):
            return self.values[figure.top.slug].exact, self.values[figure.bottom.slug].exact
        return None

    def write_compared(self, sheet: Sheet, row: int, value: Value) -> None:
        """本期数 and 基期数: the two numbers of a change, not rounded but shown so."""
        figure, style = value.figure, f"number{value.figure.decimals}"
        if figure.baseline is None:
            for column in (COMPARED, NOW, BEFORE):
                sheet.blank(row, column)
            return
        sheet.value(row, COMPARED, figure.baseline.name, "centre")
        now = self.formulas.number(figure.measured, self.period)
        sheet.formula(row, NOW, now.or_dash(), value.after, style)
        period = self.before[figure.baseline]
        if period is None:
            sheet.number(row, BEFORE, None, 0)
            return
        registers = dict.fromkeys(side.register for side in figure.sides())
        kept = [self.formulas.rows(register, period) for register in registers]
        then = self.formulas.number(figure.measured, period).needing(*kept)
        sheet.formula(row, BEFORE, then.or_dash(), value.before, style)


def cell(row: int, column: int) -> str:
    return xl_rowcol_to_cell(row, column)


def style_of(figure: Figure) -> str:
    """How a rounded number is shown: 45 and not 45.0, but 70.30 of a share."""
    return "number" if figure.trims else f"number{figure.decimals}"
