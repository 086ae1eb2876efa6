"""Reads or marks a workbook in a process of its own, on standard input and output.

Run as a script, alone (python -I): it imports openpyxl and nothing of ours, so it starts fast and
holds no database. `read` gives the sheets as JSON; what JSON cannot say is a list: ["date", text],
["bad", text, message]. `mark` takes a line of JSON before the workbook, and gives the workbook.
"""

import io
import json
import math
import re
import sys
import warnings
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl import Workbook, load_workbook
from openpyxl.cell.text import Text
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import FORMULA_TAG, MERGE_TAG, ROW_TAG, VALUE_TAG
from openpyxl.worksheet._reader import INLINE_STRING as INLINE_TAG

MEMORY, PROCESSOR_SECONDS = 1 << 30, 40
MAX_ROWS, MAX_COLUMNS, MAX_MERGED = 99_999, 702, 10_000
DIGITS = "0123456789"
ERROR = "错误"
UNCOMPUTED = "公式没有算出值，请在 Excel 中打开、重新计算并保存"
ERRORS = {
    "#REF!": "公式引用的单元格已不存在",
    "#N/A": "公式没有找到要查的值",
    "#NAME?": "公式里有不认识的名称",
    "#DIV/0!": "公式除以零",
    "#VALUE!": "公式或日期的值不正确",
    "#NUM!": "公式的数字不正确",
    "#NULL!": "公式的区域不正确",
}
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
RANGE = re.compile(r"([A-Z]{1,2})([0-9]{1,5}):([A-Z]{1,2})([0-9]{1,5})")


def limit() -> None:
    """Let the system end this process when a file asks too much of it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for kind, wanted in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(kind, (allowed, allowed))


class Reader:
    """The rows of one sheet, with the hidden rows and merges that openpyxl's reading leaves out."""

    def __init__(self, book: Any, shared: list[str]) -> None:
        self.book, self.shared = book, [unescaped(text) for text in shared]
        self.numbers: dict[tuple[str, int], Any] = {}
        self.hidden: list[int] = []
        self.merged: list[str] = []

    def rows(self, source: Any) -> Iterator[tuple[int, list[Any]]]:
        """The number of each row there is, and its values by column, to the last filled one."""
        number = 0
        for _, element in iterparse(source):  # noqa: S314 - the guard refuses declarations
            if element.tag == ROW_TAG:
                number = int(element.get("r", number + 1))
                if number > MAX_ROWS:
                    return
                if element.get("hidden") in {"1", "true"}:
                    self.hidden.append(number)
                yield number, self.values(element)
                element.clear()
            elif element.tag == MERGE_TAG:
                self.merged = [cell.get("ref", "") for cell in element][:MAX_MERGED]

    def values(self, row: Element) -> list[Any]:
        values: list[Any] = []
        column = 0
        for cell in row:
            reference = cell.get("r")
            column = column_of(reference.rstrip(DIGITS)) if reference else column + 1
            value = self.value(cell)
            if value is not None:
                values += [None] * (column - len(values))
                values[column - 1] = value
        return values

    def value(self, cell: Element) -> Any:
        """ECMA-376 part 1, 18.18.11: what `t` says of the text in the cell."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            found = cell.find(INLINE_TAG)
            return None if found is None else unescaped(Text.from_tree(found).content)
        text = cell.findtext(VALUE_TAG)
        if text:
            return self.typed(kind, text, cell)
        # A formula that gives an empty text is stored as t="str" with an empty value.
        uncomputed = kind != "str" and cell.find(FORMULA_TAG) is not None
        return ["bad", "", UNCOMPUTED] if uncomputed else None

    def typed(self, kind: str, text: str, cell: Element) -> Any:
        if kind == "s":
            return self.shared[int(text)]
        if kind == "n":
            return self.number(text, int(cell.get("s", 0)))
        if kind == "b":
            return text == "1"
        if kind == "e":
            return ["bad", text, ERRORS.get(text, "公式出错")]
        return ["date", text] if kind == "d" else unescaped(text)

    def number(self, text: str, style: int) -> Any:
        if (text, style) not in self.numbers:
            self.numbers[text, style] = self.read_number(text, style)
        return self.numbers[text, style]

    def read_number(self, text: str, style: int) -> Any:
        number = int(text) if text.isdigit() else float(text)
        if style in self.book._date_formats:
            return self.day(number, is_span=style in self.book._timedelta_formats)
        if not math.isfinite(number):
            return ["bad", text, "数字太大"]
        return int(number) if number == int(number) else number

    def day(self, number: float, *, is_span: bool) -> Any:
        try:
            found = from_excel(number, self.book.epoch, timedelta=is_span)
        except (OverflowError, ValueError):
            return ["bad", str(number), "这个数字不是日期"]
        return ["date", found.isoformat()] if isinstance(found, datetime) else str(found)


def unescaped(text: str) -> str:
    """A text with the characters XML cannot hold: ECMA-376 part 1, 22.9.2.19 (ST_Xstring)."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


@cache
def column_of(letters: str) -> int:
    """A is 1."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    if not 0 < column <= MAX_COLUMNS:
        raise ValueError(letters)
    return column


def read_sheet(sheet: Any) -> dict[str, Any]:
    book = sheet.parent
    if sheet.sheet_state != "visible":
        return {"title": sheet.title, "rows": [], "hidden": [], "merged": 0, "visible": False}
    rows: list[list[Any]] = []
    reader = Reader(book, sheet._shared_strings)
    with book._archive.open(sheet._worksheet_path) as source:
        for number, row in reader.rows(source):
            rows += [[] for _ in range(number - 1 - len(rows))]
            rows.append(row)
    merged = sum(fill_down(rows, ref) for ref in reader.merged)
    while rows and not rows[-1]:
        rows.pop()
    hidden = [number for number in reader.hidden if number <= len(rows) and rows[number - 1]]
    return {
        "title": sheet.title,
        "rows": rows,
        "hidden": hidden,
        "merged": merged,
        "visible": True,
    }


def fill_down(rows: list[list[Any]], ref: str) -> bool:
    """Give each row of cells merged downwards the value that only the first has."""
    place = RANGE.fullmatch(ref)
    if place is None or place[2] == place[4]:
        return False
    column = column_of(place[1])
    first, last = int(place[2]), min(int(place[4]), len(rows))
    if not 0 < first <= last or len(rows[first - 1]) < column:
        return False
    value = rows[first - 1][column - 1]
    for row in rows[first:last]:
        row.extend([None] * (column - len(row)))
        row[column - 1] = value
    return value is not None


def read() -> None:
    stream = io.BytesIO(sys.stdin.buffer.read())
    book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    sheets = [read_sheet(sheet) for sheet in book.worksheets]
    # Not dump(), which encodes in Python.
    sys.stdout.write(json.dumps(sheets))


def mark() -> None:
    """Write what is wrong into a column of each sheet, and mark the cells that are."""
    marks = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    book = load_workbook(io.BytesIO(content)) if content else Workbook()
    for found in marks:
        if not content:
            book.active.title = found["title"]
            for row in found["rows"]:
                book.active.append(row)
            for cell in (cell for row in book.active.iter_rows() for cell in row):
                if cell.data_type == "f":
                    cell.data_type = "s"
        mark_sheet(book[found["title"]], found)
    book.save(sys.stdout.buffer)


def mark_sheet(sheet: Any, found: dict[str, Any]) -> None:
    last = sheet.max_column
    header = [sheet.cell(found["header"], column).value for column in range(1, last + 1)]
    column = header.index(ERROR) + 1 if ERROR in header else last + 1
    for row in range(found["header"], sheet.max_row + 1):
        sheet.cell(row, column).value = None
    sheet.column_dimensions[get_column_letter(column)].width = 60
    for row, text in [(found["header"], ERROR), *found["texts"]]:
        cell = sheet.cell(row, column)
        cell.value, cell.data_type = text, "s"  # never a formula
        cell.font = Font(color="C00000", bold=row == found["header"])
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row, place in found["cells"]:
        sheet.cell(row, place).fill = PatternFill("solid", fgColor="FFC7CE")


if __name__ == "__main__":
    limit()
    warnings.simplefilter("ignore")
    {"read": read, "mark": mark}[sys.argv[1]]()
