"""Cross-tables as the office's sheets: a merged header of several rows, 合计 at the bottom."""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from dangjian.lib.crosstables import Crosstable, Listed, RowTable, VillageTable
from dangjian.lib.figures import Figure, Register, Value, all_registers
from dangjian.lib.periods import Period
from dangjian.lib.tables import Column
from reports import crosstables
from reports.documents.build import Document

from .sheets import LINE_HEIGHT, LONG, ROW_HEIGHT, SIGNATURES, Book, Sheet, lines_of, plain

HEADER_ROW = 2  # under title and unit line
FRONT = 2  # columns that stay in sight
PAPER_WIDTH = 125  # characters across A4 landscape, at the size they are written in


def write_crosstables(
    book: Book, summary: Document, scope: Any, registers: Iterable[Register] | None = None
) -> None:
    """Every cross-table in a summary's period, a sheet each.

    `registers` are those the reader may see (None: all); tables of other registers' rows are left
    out.
    """
    readable = all_registers() if registers is None else list(registers)
    for table in crosstables.tables_over(readable):
        write_crosstable(book, table, unit=summary.unit, scope=scope, period=summary.period)


def crosstable_workbook(table: Crosstable, *, unit: str, scope: Any, period: Period) -> BytesIO:
    """One table as a workbook of its own."""
    book = Book(table.title, unit)
    write_crosstable(book, table, unit=unit, scope=scope, period=period)
    return book.finish()


def write_crosstable(
    book: Book, table: Crosstable, *, unit: str, scope: Any, period: Period
) -> None:
    """One table: title, unit and day, header, rows with 序号, 合计, note, signatures."""
    sheet = book.sheet(table.title)
    write_head(sheet, table, unit, period)
    if isinstance(table, VillageTable):
        end = write_villages(sheet, table, scope, period)
    else:
        end = write_records(sheet, table, scope, period)
    last = len(table.widths) - 1
    if table.note:
        note = f"注：{table.note}"
        sheet.raw.set_row(end, ROW_HEIGHT + LINE_HEIGHT * (lines_of(note, sum(table.widths)) - 1))
        sheet.line(end, (0, last), note, "line")
        end += 1
    sheet.raw.set_row(end, 30)
    sheet.line(end, (0, last), SIGNATURES, "line")


# — the head —


def write_head(sheet: Sheet, table: Crosstable, unit: str, period: Period) -> None:
    """Title, unit line and header; the header stays in sight and is repeated on every page."""
    sheet.widths = table.widths
    for position, width in enumerate(sheet.widths):
        sheet.raw.set_column(position, position, width)
    sheet.raw.set_default_row(ROW_HEIGHT)
    last = len(sheet.widths) - 1
    sheet.raw.set_row(0, 36)
    sheet.line(0, (0, last), table.title, "title")
    write_unit_line(sheet, table, unit, period)
    write_header(sheet, table)
    below = HEADER_ROW + table.depth
    sheet.raw.freeze_panes(below, FRONT)
    sheet.raw.repeat_rows(HEADER_ROW, below - 1)


def write_unit_line(sheet: Sheet, table: Crosstable, unit: str, period: Period) -> None:
    """Who fills it in at the left, the day at the right, between them the units of its numbers."""
    last, day = len(sheet.widths) - 1, period.as_of
    left, right = last // 3, last - last // 3
    units = f"单位：{table.units}" if isinstance(table, VillageTable) else ""
    sheet.line(1, (0, left), f"填报单位（盖章）：{unit}", "line")
    sheet.line(1, (left + 1, right - 1), units, "line")
    filled_on = f"填报日期：{day.year}年{day.month}月{day.day}日"
    sheet.line(1, (right, last), filled_on, "line_right")


def write_header(sheet: Sheet, table: Crosstable) -> None:
    """The header's cells from the top down, and their merges.

    In constant memory XlsxWriter forgets a row once the next is begun. `merge_range` writes every
    cell of its range at once, so one over three rows would end the first row before its other cells
    are written, and it refuses ranges that begin in a row already ended. So the cells are written
    row by row, the empty ones of a range among them, and the ranges go where merge_range puts them:
    the sheet's list, written out after its last row.
    """
    style = sheet.formats["header"]
    labels = {(one.row, one.column): one.label for one in table.headings}
    for row, height in enumerate(header_heights(table)):
        sheet.raw.set_row(HEADER_ROW + row, height)
        for column in range(len(table.widths)):
            # Without a label, a blank cell with the borders of its range.
            sheet.raw.write(HEADER_ROW + row, column, labels.get((row, column), ""), style)
    for one in table.headings:
        if (one.rows, one.columns) != (1, 1):
            first, last = HEADER_ROW + one.row, HEADER_ROW + one.row + one.rows - 1
            sheet.raw.merge.append([first, one.column, last, one.column + one.columns - 1])


def header_heights(table: Crosstable) -> list[int]:
    """How high each header row must be for its labels, which wrap in narrow columns."""
    heights = [ROW_HEIGHT] * table.depth
    for one in sorted(table.headings, key=lambda one: one.rows):
        room = sum(table.widths[one.column : one.column + one.columns])
        needed = ROW_HEIGHT + LINE_HEIGHT * (lines_of(one.label, room) - 1)
        covered = slice(one.row, one.row + one.rows)
        heights[one.row + one.rows - 1] += max(needed - sum(heights[covered]), 0)
    return heights


# — the rows —


def write_villages(sheet: Sheet, table: VillageTable, scope: Any, period: Period) -> int:
    """A row for each village, and 合计; the number of the row below."""
    lines, total = crosstables.lines_of(table, scope, period)
    first = HEADER_ROW + table.depth
    for row, line in enumerate(lines, first):
        sheet.raw.set_row(row, height_of_rows(table))
        sheet.number(row, 0, row - first + 1, 0)
        sheet.value(row, 1, line.name, "centre")
        for column, value in enumerate(line.values, FRONT):
            sheet.number(row, column, value.number, places(value.figure, value.number))
    end = first + len(lines)
    sheet.raw.set_row(end, height_of_rows(table))
    sheet.line(end, (0, FRONT - 1), total.name, "total")
    for position, (column, value) in enumerate(
        zip(table.columns, total.values, strict=True), FRONT
    ):
        formula = f"SUM({cells(position, first, end)})" if column.additive and lines else ""
        write_total(sheet, (end, position), value, formula)
    return end + 1


def height_of_rows(table: VillageTable) -> int:
    """Higher in a table that must shrink to fit its paper, so that it is not a strip across it."""
    return ROW_HEIGHT * min(max(sum(table.widths), PAPER_WIDTH), 2 * PAPER_WIDTH) // PAPER_WIDTH


def write_records(sheet: Sheet, table: RowTable, scope: Any, period: Period) -> int:
    """A row for each record, and 合计; the number of the row below."""
    first = end = HEADER_ROW + table.depth
    kinds = [kind_of_cell(column.column) for column in table.columns]
    for record in table.listed(table.rows(scope, period), period):
        sheet.open_row(end, ("", *record.values))
        sheet.number(end, 0, end - first + 1, 0)
        for column, (value, kind) in enumerate(zip(record.values, kinds, strict=True), 1):
            sheet.value(end, column, value, kind)
        end += 1
    sheet.raw.write_string(end, 0, "合计", sheet.formats["total"])
    for position, total in enumerate(table.totals(scope, period), 1):
        if total is None:
            sheet.raw.write_blank(end, position, None, sheet.formats["total"])
            continue
        formula = formula_of(table, position - 1, cells(position, first, end))
        write_total(sheet, (end, position), total, formula if end > first else "")
    return end + 1


def formula_of(table: RowTable, place: int, above: str) -> str:
    """How a reader checks a total: rows counted, numbers added up, 是 counted; else nothing."""
    column: Listed = table.columns[place]
    if place == 0:
        return f"COUNTA({above})"
    if column.column.total:
        return f"SUM({above})"
    return f'COUNTIF({above},"是")' if column.counts_yes else ""


def write_total(sheet: Sheet, cell: tuple[int, int], value: Value, formula: str) -> None:
    """A figure of the whole; as a formula with its value where the column above adds up to it."""
    number, style = value.number, sheet.formats["total_number"]
    if number is None:
        sheet.raw.write_string(*cell, "—", sheet.formats["total"])
    elif formula:
        sheet.raw.write_formula(*cell, f"={formula}", style, plain(number))
    else:
        sheet.raw.write_number(*cell, plain(number), style)


def cells(column: int, first: int, end: int) -> str:
    """The cells of a column from row `first` to the one before `end`, as formulas name them."""
    return f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(end - 1, column)}"


def kind_of_cell(column: Column) -> str:
    return "centre" if column.kind == "text" and column.width < LONG else column.kind


def places(figure: Figure, number: int | Decimal | None) -> int:
    """With how many decimals a number is shown: 45, not 45.0."""
    is_whole = number is not None and number == int(number)
    return 0 if figure.trims and is_whole else figure.decimals
