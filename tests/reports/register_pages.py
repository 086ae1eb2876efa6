"""The tables of register pages and of the workbooks they export, for tests to read."""

from datetime import date, datetime
from io import BytesIO

import openpyxl

from reports.exporters.sheets import FIRST_DATA_ROW, KEY
from reports.views.registers import PAGE_SIZE
from tests.reports.pages import page


def table(client, slug, **query):
    return page(client, f"/registers/{slug}/", **query).tables[0]


def every_page(client, slug, **query):
    """The cells of all rows, page after page."""
    first = table(client, slug, **query)
    pages = range(2, -(-first.row_count // PAGE_SIZE) + 1)
    return first.rows + [
        row for number in pages for row in table(client, slug, page=number, **query).rows
    ]


def workbook(client, slug, **query):
    answer = client.get(f"/registers/{slug}/xlsx", query)
    return openpyxl.load_workbook(BytesIO(answer.getvalue()))


def ledger(client, slug, **query):
    """The cells of an exported sheet's rows as the page prints them, without 序号 and key."""
    return cells_of(workbook(client, slug, **query).worksheets[0])


def cells_of(sheet):
    rows = list(sheet.iter_rows(min_row=FIRST_DATA_ROW + 1))
    end = next(place for place, row in enumerate(rows) if row[0].value == "合计")
    assert [row[0].value for row in rows[:end]] == list(range(1, end + 1))
    header = [cell.value for cell in sheet[FIRST_DATA_ROW]]
    width = header.index(KEY) if KEY in header else len(header)
    return [[as_printed(cell) for cell in row[1:width]] for row in rows[:end]]


def as_printed(cell):
    if isinstance(cell.value, datetime | date):
        return (
            f"{cell.value:%Y-%m}" if cell.number_format == "yyyy-mm" else f"{cell.value:%Y-%m-%d}"
        )
    return "" if cell.value is None else str(cell.value)
