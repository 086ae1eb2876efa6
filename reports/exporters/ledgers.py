"""Registers as ledger sheets: what a register page shows, and the register sheets of a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from dangjian.lib.figures import Atom
from dangjian.lib.figures.values import exact
from dangjian.lib.tables import Column, Row, Table
from reports.listing import Section

from .marks import Marks
from .sheets import FIRST_DATA_ROW, LONG, SIGNATURES, Book, Sheet, plain

NUMBER_COLUMN = ("序号", 6)
HEADER_ROW = FIRST_DATA_ROW - 1


@dataclass(frozen=True)
class Ledger:
    """A register sheet as formulas refer to it.

    `end` is the row of 合计. `columns` are the table's by name, `marks` those at their right by
    atom; both count from 0.
    """

    sheet: str
    end: int
    columns: Mapping[str, int]
    marks: Mapping[Atom, int]

    def cells(self, column: int) -> str:
        """The cells of all rows in a column; without rows that of 合计, which holds no number."""
        return self._area(FIRST_DATA_ROW, column, max(self.end - 1, FIRST_DATA_ROW), column)

    def table(self) -> str:
        """The header and all rows, in the register's own columns."""
        return self._area(HEADER_ROW, 0, self.end - 1, len(self.columns))

    def _area(self, *corners: int) -> str:
        return f"{quote_sheetname(self.sheet)}!{xl_range_abs(*corners)}"


def register_workbook(sections: list[Section], *, unit: str, sort: str) -> BytesIO:
    """The sections of a register page, a sheet each, sorted as on the page."""
    book = Book(sections[0].title, unit)
    for section in sections:
        # The key of each row, so that the sheet can be imported again; lists of a figure cannot.
        marks = None if section.side else Marks(section.register, section.period, ())
        write_ledger(book.sheet(section.title), section, unit=unit, sort=sort, marks=marks)
    return book.finish()


def write_ledger(
    sheet: Sheet, section: Section, *, unit: str, sort: str = "", marks: Marks | None = None
) -> Ledger:
    """One register as an office ledger: 序号, the table's columns, 合计 at the bottom.

    With marks, the key of every row and which figures count it follow at the right. Rows are read
    in one query and written one at a time: memory does not grow with their number.
    """
    table, period = section.table, section.period
    sheet.head(
        title=section.title,
        unit=unit,
        day=period.as_of,
        columns=[NUMBER_COLUMN, *((column.label, column.width) for column in table.columns)],
        marks=None if marks is None else [(one.code, one.title) for one in marks.columns],
    )
    own = OwnColumns(sheet, table)
    right = None if marks is None else MarkColumns(sheet, marks, own.last + 1)
    end = FIRST_DATA_ROW
    for record in table.streamed(asked(section, sort, marks)):
        own.write(end, record)
        if right:
            right.write(end, record)
        end += 1
    own.write_totals(end)
    if right:
        right.write_totals(end)
    finish(sheet, end, width=own.last, last=right.last if right else own.last)
    return Ledger(sheet.name, end, own.places, right.places if right else {})


# To say what is asked takes a tenth of a report's time; the two reports last written are kept.
@lru_cache(maxsize=64)
def asked(section: Section, sort: str, marks: Marks | None) -> QuerySet[Any]:
    """The rows of a section, the values of their marks beside those of the table's columns."""
    table, period = section.table, section.period
    found = table.ordered(section.rows, period, sort)
    if marks is None:
        return table.selected(found, period)
    return table.selected(marks.annotated(found), period, marks.names)


def finish(sheet: Sheet, end: int, *, width: int, last: int) -> None:
    """Signatures under 合计; printed are the register's own columns, filtered all of them."""
    sheet.raw.set_row(end + 1, 30)
    sheet.line(end + 1, (0, width), SIGNATURES, "line")
    sheet.raw.print_area(0, 0, end + 1, width)
    sheet.raw.autofilter(HEADER_ROW, 0, end - 1, last)


class OwnColumns:
    """A register's own columns: 序号 and its table's, and what they add up to."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.sheet, self.columns = sheet, table.columns
        self.kinds = [kind_of_cell(column) for column in self.columns]
        self.sums: list[Any] = [0] * len(self.columns)
        self.places = {column.name: place for place, column in enumerate(self.columns, 1)}
        self.last = len(self.columns)

    def write(self, row: int, record: Row) -> None:
        sheet, values = self.sheet, record.values
        sheet.open_row(row, ("", *values))
        sheet.raw.write_number(row, 0, row - FIRST_DATA_ROW + 1, sheet.formats["number0"])
        for place, column in enumerate(self.columns):
            sheet.value(row, place + 1, values[place], self.kinds[place])
            if column.total:
                self.sums[place] += values[place] or 0

    def write_totals(self, row: int) -> None:
        """合计: how many rows, and the columns that are added up, as formulas with their values."""
        sheet, count = self.sheet, row - FIRST_DATA_ROW
        sheet.raw.write_string(row, 0, "合计", sheet.formats["total"])
        for place, column in enumerate(self.columns):
            if column.total and count:
                write_sum(sheet, row, place + 1, self.sums[place], "total_number")
            else:
                text = "" if place else f"共{count}行"
                sheet.raw.write_string(row, place + 1, text, sheet.formats["total"])


class MarkColumns:
    """The columns from `key` on: which record a row is, then the marks and values of figures."""

    def __init__(self, sheet: Sheet, marks: Marks, key: int) -> None:
        self.sheet, self.marks, self.key = sheet, marks, key
        self.places = {one.atom: place for place, one in enumerate(marks.columns, key + 1)}
        self.counts = [0] * len(marks.columns)
        self.last = key + len(marks.columns)

    def write(self, row: int, record: Row) -> None:
        write, style = self.sheet.raw.write_number, self.sheet.formats["mark"]
        write(row, self.key, record.pk, style)
        for place, value in enumerate(self.marks.of_row(record.also)):
            if value is not None:
                # Most are the 0 or 1 of a count.
                number = value if type(value) is int else plain(exact(value))
                write(row, self.key + 1 + place, number, style)
                self.counts[place] += 1 if value else 0

    def write_totals(self, row: int) -> None:
        """How many rows each mark counts; values are not added up."""
        if row > FIRST_DATA_ROW:
            for place, one in enumerate(self.marks.columns):
                if one.counts:
                    write_sum(self.sheet, row, self.key + 1 + place, self.counts[place], "mark")


def write_sum(sheet: Sheet, row: int, column: int, total: Any, style: str) -> None:
    first, last = (xl_rowcol_to_cell(at, column) for at in (FIRST_DATA_ROW, row - 1))
    sheet.formula(row, column, f"SUM({first}:{last})", total, style)


def kind_of_cell(column: Column) -> str:
    return "centre" if column.kind == "text" and column.width < LONG else column.kind
