"""Reads or marks a workbook in a process of its own, on standard input and output.

Run as a script, alone (python -I): it imports openpyxl and nothing of ours, so it starts fast and
holds no database. `read` gives the sheets as JSON; what JSON cannot say is a list: ["date", text],
["bad", text, message]. `mark` takes a line of JSON before the workbook, and gives the workbook.
"""

import gc
import io
import json
import math
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from xml.parsers.expat import ParserCreate

# openpyxl would load it, a third of its own time again, to write XML; reading is done by expat.
sys.modules["lxml"] = None  # type: ignore[assignment]

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, from_excel
from openpyxl.xml.constants import SHEET_MAIN_NS

MEMORY, PROCESSOR_SECONDS = 1 << 30, 40
MAX_ROWS, MAX_COLUMNS, MAX_MERGED = 99_999, 702, 10_000
PART = 1 << 16
LEAP_DAY = 60  # 29 February 1900, which only Excel knows: from here on days are only counted
DIGITS = "0123456789"
CELL, VALUE, FORMULA, TEXT, PRONUNCIATION, ROW, COLUMN, MERGE = (
    f"{SHEET_MAIN_NS}}}{tag}" for tag in ("c", "v", "f", "t", "rPh", "row", "col", "mergeCell")
)
TRUE, TEXTS = {"1", "true"}, {VALUE, TEXT}
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


class Enough(Exception):  # noqa: N818 - reads as what it is: "except Enough"
    """The sheet has more rows than are read."""


class Reader:
    """Reads one sheet: its rows, and the hidden rows, columns and merges that openpyxl leaves out.

    It listens to the parser: a tree of each row takes three times as long. What a cell says, and
    how: ECMA-376 part 1, 18.3.1.4 and 18.18.11.
    """

    def __init__(self, book: Any, shared: list[str]) -> None:
        self.book, self.shared = book, [unescaped(text) for text in shared]
        self.numbers: dict[tuple[str, str], Any] = {}
        self.rows: list[list[Any]] = []
        self.hidden: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        # Of the row and the cell the parser is in.
        self.row_number = self.column = 0
        self.row: list[Any] = []
        self.cell: dict[str, str] = {}
        self.text = ""
        self.has_formula = self.is_pronunciation = False
        self.pieces: list[str] = []

    def read(self, source: Any) -> None:
        parser = ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.pieces.append
        with suppress(Enough):
            while part := source.read(PART):
                parser.Parse(part)
            parser.Parse(b"", True)  # noqa: FBT003 - takes no names

    def start(self, name: str, said: dict[str, str]) -> None:
        if name in TEXTS:
            self.pieces.clear()
        elif name == CELL:
            self.cell, self.text, self.has_formula = said, "", False
        elif name == FORMULA:
            self.has_formula = True
        elif name == ROW:
            self.start_row(said)
        elif name == PRONUNCIATION:
            self.is_pronunciation = True
        elif name == COLUMN and said.get("hidden") in TRUE:
            self.hidden_columns.append((int(said["min"]), min(int(said["max"]), MAX_COLUMNS)))
        elif name == MERGE and len(self.merged) < MAX_MERGED:
            self.merged.append(said.get("ref", ""))

    def end(self, name: str) -> None:
        if name == VALUE:
            self.text = "".join(self.pieces)
        elif name == CELL:
            reference = self.cell.get("r")
            self.column = column_of(reference.rstrip(DIGITS)) if reference else self.column + 1
            value = self.value()
            if value is not None:
                self.row += [None] * (self.column - len(self.row))
                self.row[self.column - 1] = value
        elif name == TEXT and not self.is_pronunciation:
            self.text += "".join(self.pieces)
        elif name == PRONUNCIATION:
            self.is_pronunciation = False

    def start_row(self, said: dict[str, str]) -> None:
        self.row_number, self.column = int(said.get("r", self.row_number + 1)), 0
        if self.row_number > MAX_ROWS:
            raise Enough
        if said.get("hidden") in TRUE:
            self.hidden.append(self.row_number)
        self.row = []
        self.rows += [[] for _ in range(self.row_number - 1 - len(self.rows))]
        self.rows.append(self.row)

    def value(self) -> Any:
        kind, text = self.cell.get("t", "n"), self.text
        if kind == "s" and text:
            return self.shared[int(text)]
        if kind == "n" and text:
            return self.number(text, self.cell.get("s", "0"))
        if kind in {"str", "inlineStr"}:
            # A formula that gives an empty text is stored as t="str" with an empty value.
            return unescaped(text) or None
        if not text:
            return ["bad", "", UNCOMPUTED] if self.has_formula else None
        if kind == "e":
            return ["bad", text, ERRORS.get(text, "公式出错")]
        return text == "1" if kind == "b" else ["date", text] if kind == "d" else unescaped(text)

    def number(self, text: str, style: str) -> Any:
        found = self.numbers.get((text, style))
        if found is None:
            found = self.numbers[text, style] = self.read_number(text, int(style))
        return found

    def read_number(self, text: str, style: int) -> Any:
        number = int(text) if text.isdecimal() else float(text)
        if style in self.book._date_formats:
            return self.day(number, is_span=style in self.book._timedelta_formats)
        if not math.isfinite(number):
            return ["bad", text, "数字太大"]
        return int(number) if number == int(number) else number

    def day(self, number: float, *, is_span: bool) -> Any:
        try:
            if not is_span and isinstance(number, int) and number > LEAP_DAY:
                return ["date", (self.book.epoch + timedelta(number)).isoformat()]
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
        return {"title": sheet.title, "rows": [], "visible": False}
    reader = Reader(book, sheet._shared_strings)
    with book._archive.open(sheet._worksheet_path) as source:
        reader.read(source)
    rows = reader.rows
    merged = sum(fill_down(rows, ref) for ref in reader.merged)
    while rows and not rows[-1]:
        rows.pop()
    hidden = [number for number in reader.hidden if number <= len(rows) and rows[number - 1]]
    return {
        "title": sheet.title,
        "rows": rows,
        "hidden": hidden,
        "hidden_columns": reader.hidden_columns,
        "merged": merged,
        "across": [place for ref in reader.merged for place in across(rows, ref)],
        "since_1904": book.epoch == CALENDAR_MAC_1904,
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


def across(rows: list[list[Any]], ref: str) -> Iterator[tuple[int, int, int]]:
    """Each row of cells merged sideways: its number, the first column and the last."""
    place = RANGE.fullmatch(ref)
    if place and place[1] != place[3]:
        first, last = column_of(place[1]), column_of(place[3])
        for number in range(int(place[2]), min(int(place[4]), len(rows)) + 1):
            yield number, first, last


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
    gc.disable()  # the process ends before there is garbage worth looking for
    warnings.simplefilter("ignore")
    {"read": read, "mark": mark}[sys.argv[1]]()
