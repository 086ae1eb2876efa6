"""The year-end workbook: cover, figures, one sheet per register."""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from dangjian.lib.figures import Figure, Register, Value, all_sets, compute, rounded
from dangjian.lib.printing import day_in_chinese
from reports.listing import Section
from reports.summary import Summary

from .ledgers import write_ledger
from .sheets import FIRST_DATA_ROW, SIGNATURES, Book, Sheet, plain

# A share shows the two counts it divides, a change the two numbers it compares.
FIGURE_COLUMNS = [
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
LAST_COLUMN = len(FIGURE_COLUMNS) - 1
PART, COMPARED = 4, 6  # where the columns of shares and of changes begin
ROUNDING = "注：部分合计数或相对数由于单位取舍不同而产生的计算误差均未作机械调整。"


def write_workbook(summary: Summary, scope: Any, registers: Iterable[Register]) -> BytesIO:
    """The workbook of a summary: the same scope, period and values, and the rows behind them.

    `registers` are those the reader may see; the others' figures are left out with them.
    """
    shown = list(registers)
    book = Book(summary.title, summary.unit)
    write_cover(book, summary)
    write_figures(book, summary, scope, shown)
    for register in shown:
        section = Section(register.name, register, scope, summary.period)
        write_ledger(book, section, unit=summary.unit)
    return book.finish()


def write_cover(book: Book, summary: Summary) -> None:
    """Unit, period, prepared by, checked by, date: the cover of the national form."""
    sheet = book.sheet("封面", landscape=False)
    sheet.raw.hide_gridlines(2)
    sheet.raw.set_column(0, 6, 10)
    title = f"{summary.period.label}度党建工作报表"
    sheet.raw.set_row(6, 60)
    sheet.line(6, (0, 6), title, "cover")
    year, day = summary.period.first_day.year, day_in_chinese(summary.period)
    lines = [
        ("填报单位（盖章）：", summary.unit),
        ("统计期间：", f"{year}年1月1日至{day}"),
        ("单位负责人（签名）：", ""),
        ("审核人（签名）：", ""),
        ("填表人（签名）：", ""),
        ("联系电话：", ""),
        ("报出日期：", "　　　年　　月　　日"),
    ]
    for row, (label, text) in enumerate(lines, 16):
        sheet.raw.set_row(row, 40)
        sheet.line(row, (0, 2), label, "cover_label")
        sheet.line(row, (3, 6), text, "cover_line")


def write_figures(book: Book, summary: Summary, scope: Any, registers: list[Register]) -> None:
    """指标: every figure with its code, value, baseline, change and definition."""
    sheet = book.sheet("指标")
    title = f"{summary.period.label}度党建工作指标"
    sheet.head(title=title, unit=summary.unit, day=summary.period.as_of, columns=FIGURE_COLUMNS)
    figures = [
        figure
        for figure_set in all_sets()
        for figure in figure_set.figures
        if all(side.register in registers for side in figure.sides())
    ]
    values = {**compute(figures, scope, summary.period), **summary.values}
    for row, figure in enumerate(figures, FIRST_DATA_ROW):
        write_figure(sheet, row, values[figure.slug])
    end = FIRST_DATA_ROW + len(figures)
    sheet.line(end, (0, LAST_COLUMN), ROUNDING, "line")
    sheet.raw.set_row(end + 1, 30)
    sheet.line(end + 1, (0, LAST_COLUMN), SIGNATURES, "line")


def write_figure(sheet: Sheet, row: int, value: Value) -> None:
    """One figure: its number, what a share or a change is made of, its definition and code."""
    figure, decimals = value.figure, value.figure.decimals
    is_share = value.whole is not None and not figure.is_change
    sheet.open_row(row, ["", figure.name, *[""] * (COMPARED + 1), figure.definition])
    sheet.number(row, 0, row - FIRST_DATA_ROW + 1, 0)
    sheet.value(row, 1, figure.name)
    if is_share and value.number is not None:
        parts = f"{xl_rowcol_to_cell(row, PART)}/{xl_rowcol_to_cell(row, PART + 1)}"
        style = sheet.formats[f"number{decimals}"]
        sheet.raw.write_formula(
            row, 2, f"=ROUND({parts}*100,{decimals})", style, plain(value.number)
        )
    else:
        sheet.number(row, 2, value.number, places(figure, value.number))
    sheet.value(row, 3, figure.unit, "centre")
    for column, count in ((PART, value.part), (PART + 1, value.whole)):
        sheet.number_or_blank(row, column, count if is_share else None, 0)
    sheet.value(row, COMPARED, figure.baseline.name if figure.baseline else "", "centre")
    for column, number in ((COMPARED + 1, value.after), (COMPARED + 2, value.before)):
        shown = rounded(number, decimals)
        sheet.number_or_blank(row, column, shown, places(figure, shown))
    sheet.value(row, COMPARED + 3, figure.definition)
    sheet.value(row, COMPARED + 4, figure.slug)


def places(figure: Figure, number: int | Decimal | None) -> int:
    """With how many decimals a number of the figure is printed: 45, not 45.0."""
    is_whole = number is not None and number == int(number)
    return 0 if figure.trims and is_whole else figure.decimals
