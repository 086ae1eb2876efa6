"""Registers as ledger sheets: what a register page shows, and the register sheets of a report."""

from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from dangjian.lib.tables import Column, Table
from reports.listing import Section

from .sheets import FIRST_DATA_ROW, LONG, SIGNATURES, Book, Sheet, plain

NUMBER_COLUMN = ("序号", 6)


def register_workbook(sections: list[Section], *, unit: str, sort: str) -> BytesIO:
    """The sections of a register page, a sheet each, sorted as on the page."""
    book = Book(sections[0].title, unit)
    for section in sections:
        write_ledger(book, section, unit=unit, sort=sort)
    return book.finish()


def write_ledger(book: Book, section: Section, *, unit: str, sort: str = "") -> None:
    """One register as an office ledger: 序号, the table's columns, 合计 at the bottom."""
    table, period = section.table, section.period
    sheet = book.sheet(section.title)
    columns = [NUMBER_COLUMN, *((column.label, column.width) for column in table.columns)]
    sheet.head(title=section.title, unit=unit, day=period.as_of, columns=columns)
    kinds = [kind_of_cell(column) for column in table.columns]
    sums: list[Any] = [0] * len(table.columns)
    end = FIRST_DATA_ROW
    for record in table.rows(table.ordered(section.rows, period, sort), period):
        sheet.open_row(end, ("", *record.values))
        sheet.raw.write_number(end, 0, end - FIRST_DATA_ROW + 1, sheet.formats["number0"])
        for position, column in enumerate(table.columns):
            value = record.values[position]
            sheet.value(end, position + 1, value, kinds[position])
            if column.total:
                sums[position] += value or 0
        end += 1
    write_totals(sheet, end, table, sums)
    sheet.raw.set_row(end + 1, 30)
    sheet.line(end + 1, (0, len(table.columns)), SIGNATURES, "line")


def kind_of_cell(column: Column) -> str:
    return "centre" if column.kind == "text" and column.width < LONG else column.kind


def write_totals(sheet: Sheet, row: int, table: Table, sums: list[Any]) -> None:
    """合计: how many rows, and the columns that are added up, as formulas with their values."""
    count = row - FIRST_DATA_ROW
    sheet.raw.write_string(row, 0, "合计", sheet.formats["total"])
    for position, column in enumerate(table.columns, 1):
        if column.total and count:
            first = xl_rowcol_to_cell(FIRST_DATA_ROW, position)
            last = xl_rowcol_to_cell(row - 1, position)
            style = sheet.formats["total_number"]
            total = sums[position - 1]
            sheet.raw.write_formula(row, position, f"=SUM({first}:{last})", style, plain(total))
        else:
            text = f"共{count}行" if position == 1 else ""
            sheet.raw.write_string(row, position, text, sheet.formats["total"])
