"""An imported workbook (guard, read, check, write, history), against openpyxl's reading of it."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from statistics import median

import openpyxl
import xlsxwriter
from django.db import transaction

from orgs.models import Organization
from orgs.scope import EVERYTHING
from reports.imports.examine import write
from reports.imports.reading import read_file

from .timing import Result

ROWS = 10_000
PAIRS = 7
HEADERS = [
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "政治面貌",
    "入党时间",
    "学历",
    "已毕业",
    "归口党组织",
]
FIRST_BIRTH = datetime(1945, 1, 15)  # noqa: DTZ001 - a date cell has no zone


def results() -> Iterator[Result]:
    content = roster()
    pairs = [
        (seconds(lambda: read_by_openpyxl(content)), seconds(lambda: imported(content)))
        for _ in range(PAIRS)
    ]
    low, high = (median(side) for side in zip(*pairs, strict=True))
    detail = f"{high:.2f} s / {low:.2f} s"
    yield Result(f"{ROWS:,} rows imported / read by openpyxl", high / low, 2.5, 1.8, detail=detail)


def seconds(call: Callable[[], object]) -> float:
    """Processor time, that of the reading process included."""
    start = os.times()
    call()
    end = os.times()
    return sum(end[:4]) - sum(start[:4])


def roster() -> bytes:
    """A workbook of people nobody has met."""
    stream = BytesIO()
    keeper = Organization.objects.roots().get().name
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("人员")
        month = book.add_format({"num_format": "yyyy-mm"})
        sheet.write_row(0, 0, HEADERS)
        for row in range(1, ROWS + 1):
            born = FIRST_BIRTH + timedelta(days=row)
            texts = [f"新党员{row:05}", "男", "汉族", "", "中共党员", "", "大专", "是", keeper]
            sheet.write_row(row, 0, texts)
            sheet.write_datetime(row, 3, born, month)
            sheet.write_datetime(row, 5, born + timedelta(days=8000), month)
    return stream.getvalue()


def read_by_openpyxl(content: bytes) -> int:
    sheet = openpyxl.load_workbook(BytesIO(content), read_only=True).active
    return sum(1 for row in sheet.iter_rows(values_only=True))


def imported(content: bytes) -> int:
    """Import it, and take it back."""
    with transaction.atomic():
        written = write(read_file("人员.xlsx", content), scope=EVERYTHING)
        transaction.set_rollback(True)
    return len(written)
