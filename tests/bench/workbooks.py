"""Workbooks, against the bare writing of the same cells."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import xlsxwriter

from dangjian.lib import periods
from dangjian.lib.figures import all_registers
from orgs.models import Office
from orgs.scope import EVERYTHING
from reports.documents.build import build_summary
from reports.exporters.workbook import write_workbook

from . import ledger
from .timing import Result, ratio, seconds

ROWS = 100_000
# Name, row and column from 0, the value; a workbook's cells in the order they are written.
Cells = list[tuple[str, int, int, Any]]


def results() -> Iterator[Result]:
    cells = cells_of(year_end_workbook())
    yield ratio(
        "year-end workbook / bare XlsxWriter calls",
        lambda: bare_workbook(cells),
        year_end_workbook,
        gate=2,
        stretch=1.3,
        pairs=15,
    )
    raw, ours = seconds(lambda: ledger.raw_xml(ROWS)), seconds(lambda: ledger.workbook(ROWS))
    detail = f"{ours:.1f} s / {raw:.2f} s"
    yield Result("100,000 styled rows / raw XML", ours / raw, 13, 10, detail=detail)
    if sys.platform == "linux":
        yield Result("100,000 styled rows, more memory than 1,000", memory(), 20, unit="MB")


def year_end_workbook() -> BytesIO:
    """The demo's workbook, from the database to the bytes."""
    name = Office.objects.get().name
    summary = build_summary(EVERYTHING, periods.year(2025), unit=name, office=name)
    return write_workbook(summary, EVERYTHING, all_registers())


def cells_of(stream: BytesIO) -> Cells:
    book = openpyxl.load_workbook(stream)
    return [
        (sheet.title, cell.row - 1, cell.column - 1, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.has_style
    ]


def bare_workbook(cells: Cells) -> BytesIO:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    boxed, day = book.add_format({"border": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheets = {name: book.add_worksheet(name) for name in dict.fromkeys(cell[0] for cell in cells)}
    for name, row, column, value in cells:
        match value:
            case None:
                sheets[name].write_blank(row, column, None, boxed)
            case date():
                sheets[name].write_datetime(row, column, value, day)
            case int() | float():
                sheets[name].write_number(row, column, value, boxed)
            case str() if value.startswith("="):
                sheets[name].write_formula(row, column, value, boxed, 0)
            case _:
                sheets[name].write_string(row, column, str(value), boxed)
    book.close()
    return stream


def memory() -> float:
    """Megabytes, asked of a process of its own: what this one used before would hide it."""
    command = [sys.executable, "-m", "tests.bench.ledger", str(ROWS)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    return float(found.stdout)
