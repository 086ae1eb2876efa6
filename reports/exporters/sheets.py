"""The paper form of an office ledger in Excel: formats, title, header, totals, print set-up."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from dangjian.lib.figures.values import NOTHING

KEY = "记录号"  # heads the column that says which record a row is
SIGNATURES = "单位负责人：　　　　　　审核人：　　　　　　填表人：　　　　　　联系电话："
A4 = 9
FIRST_DATA_ROW = 3  # under title, unit line and header
MARK_WIDTH = 16
ROW_HEIGHT, LINE_HEIGHT = 21, 15  # in points: a row of one line, and each line more
LONG = 20  # text of a column this wide starts at the left; shorter is centred, as numbers are
# A fixed date of creation: the same records give the same bytes.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes it as it stands

BODY = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
BOXED = {**BODY, "border": 1, "text_wrap": True}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"},
    # A narrow table is narrower than what stands above and below it.
    "line": {**BODY, "align": "left", "shrink": True},
    "line_right": {**BODY, "align": "right", "shrink": True},
    "block": {**BODY, "bold": True, "align": "left"},
    "header": {**BOXED, "bold": True, "align": "center", "bg_color": "#F2F2F2"},
    # quote_prefix keeps text that begins with = + - @ a text in Excel too.
    "text": {**BOXED, "align": "left", "quote_prefix": True},
    "centre": {**BOXED, "align": "center", "quote_prefix": True},
    "code": {**BOXED, "align": "center", "num_format": "@", "quote_prefix": True},
    # As many decimals as the number has, as on the page.
    "number": {**BOXED, "align": "center", "num_format": "General"},
    "number0": {**BOXED, "align": "center", "num_format": "0"},
    "number1": {**BOXED, "align": "center", "num_format": "0.0"},
    "number2": {**BOXED, "align": "center", "num_format": "0.00"},
    "date": {**BOXED, "align": "center", "num_format": "yyyy-mm-dd"},
    "month": {**BOXED, "align": "center", "num_format": "yyyy-mm"},
    # Right of a register's own columns: which rows a figure counts (see marks).
    "code_of_mark": {"font_name": "宋体", "font_size": 8, "text_wrap": True, "valign": "bottom"},
    "header_of_mark": {**BOXED, "font_size": 9, "align": "center", "bg_color": "#DDEBF7"},
    "mark": {**BOXED, "font_size": 9, "align": "center", "num_format": "General"},
    "total": {**BOXED, "bold": True, "align": "center"},
    "total_number": {**BOXED, "bold": True, "align": "center", "num_format": "General"},
    "cover": {"font_name": "黑体", "font_size": 30, "align": "center", "valign": "vcenter"},
    "cover_label": {"font_name": "宋体", "font_size": 16, "align": "right", "valign": "bottom"},
    "cover_line": {
        "font_name": "宋体",
        "font_size": 16,
        "align": "center",
        "valign": "bottom",
        "bottom": 1,
    },
}


class Book:
    """A workbook in bounded memory: each sheet is written from the top down, then left."""

    def __init__(self, title: str, author: str) -> None:
        self.title, self.author = title, author
        self.stream = BytesIO()
        self.workbook = xlsxwriter.Workbook(self.stream, {"constant_memory": True})
        self.workbook.set_properties({"title": title, "author": author, "created": CREATED})
        self.formats = {name: self.workbook.add_format(style) for name, style in STYLES.items()}

    def sheet(self, title: str, *, landscape: bool = True) -> "Sheet":
        """A new sheet set up for A4 paper, one page wide, with page numbers."""
        return Sheet(self, self._free_name(title), landscape=landscape)

    def finish(self) -> BytesIO:
        """The bytes of the file, ready to be read from the start."""
        self.workbook.close()
        self.stream.seek(0)
        return self.stream

    def _free_name(self, title: str) -> str:
        """A name Excel takes, not used yet in whichever case.

        At most 31 characters, none of []:*?/\\, and no apostrophe at either end.
        """
        taken = {sheet.get_name().lower() for sheet in self.workbook.worksheets()}
        plain = "".join(char for char in title if char not in "[]:*?/\\")[:28].strip("'")
        names = [plain, *(f"{plain}{number}" for number in range(2, len(taken) + 2))]
        return next(name for name in names if name.lower() not in taken)


class Sheet:
    """One sheet of a book; rows and columns count from 0."""

    def __init__(self, book: Book, name: str, *, landscape: bool) -> None:
        self.name = name
        self.raw = book.workbook.add_worksheet(name)
        self.formats = book.formats
        if landscape:
            self.raw.set_landscape()
        self.raw.set_paper(A4)
        self.raw.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        self.raw.fit_to_pages(1, 0)
        self.raw.center_horizontally()
        self.raw.set_header(f"&L{in_header(book.author)}&R{in_header(book.title)}")
        self.raw.set_footer("&C— &P —")
        self.widths: list[int] = []

    def head(
        self,
        *,
        title: str,
        unit: str,
        day: date,
        columns: Sequence[tuple[str, int]],
        marks: Sequence[tuple[str, str]] | None = None,
    ) -> None:
        """Rows 0 to 2: merged title, unit and date, header (label and width of each column).

        The header stays in sight and is repeated on every printed page. With marks (code and title
        each), columns for the key and for them follow: keys are hidden, and marks are a group
        folded away until the reader opens it.
        """
        last = len(columns) - 1
        self.widths = [width for _, width in columns]
        for position, width in enumerate(self.widths):
            self.raw.set_column(position, position, width)
        self.raw.set_default_row(ROW_HEIGHT)
        self.raw.set_row(0, 36)
        self.line(0, (0, last), title, "title")
        self.line(1, (0, last // 2), f"填报单位（盖章）：{unit}", "line")
        filled_on = f"填报日期：{day.year}年{day.month}月{day.day}日"
        self.line(1, (last // 2 + 1, last), filled_on, "line_right")
        if marks:
            self.raw.set_row(1, 24)
        for position, (code, _) in enumerate(marks or [], last + 2):
            self.raw.write_string(1, position, code, self.formats["code_of_mark"])
        self.raw.set_row(2, 30)
        for position, (label, _) in enumerate(columns):
            self.raw.write_string(2, position, label, self.formats["header"])
        if marks is not None:
            self._head_of_marks(last + 1, [label for _, label in marks])
        self.raw.freeze_panes(FIRST_DATA_ROW, 2)
        self.raw.repeat_rows(2)

    def _head_of_marks(self, key: int, labels: Sequence[str]) -> None:
        self.raw.set_row(2, 40)
        last = key + len(labels)
        self.raw.set_column(key, key, 8, None, {"hidden": True})
        if labels:
            self.raw.set_column(key + 1, last, MARK_WIDTH, None, {"level": 1, "hidden": True})
            self.raw.set_column(last + 1, last + 1, None, None, {"collapsed": True})
        self.raw.write_string(2, key, KEY, self.formats["header_of_mark"])
        for position, label in enumerate(labels, key + 1):
            self.raw.write_string(2, position, label, self.formats["header_of_mark"])

    def open_row(self, row: int, values: Sequence[Any]) -> None:
        """Before a row is written: as high as its longest text wraps. Values count from column 0.

        Neither Excel nor LibreOffice does this by itself for a file it did not write.
        """
        lines = max(
            (lines_of(value, self.widths[at]) for at, value in enumerate(values) if value),
            default=1,
        )
        if lines > 1:
            self.raw.set_row(row, ROW_HEIGHT + (lines - 1) * LINE_HEIGHT)

    def line(self, row: int, columns: tuple[int, int], text: str, style: str) -> None:
        """Text over the columns from first to last; nothing where there is none."""
        first, last = columns
        if first < last:
            # Empty first: XlsxWriter would make a formula of a text that looks like one.
            self.raw.merge_range(row, first, row, last, "", self.formats[style])
        if first <= last:
            self.raw.write_string(row, first, text, self.formats[style])

    def value(self, row: int, column: int, value: Any, kind: str = "text") -> None:
        """One value of a table: dates as dates, numbers as numbers, all else as text."""
        if value is None or value == "":
            self.blank(row, column)
        elif isinstance(value, date):
            style = "month" if kind == "month" else "date"
            self.raw.write_datetime(row, column, value, self.formats[style])
        elif isinstance(value, int | Decimal) and kind == "number":
            self.raw.write_number(row, column, plain(value), self.formats["number"])
        else:
            style = kind if kind in {"code", "centre"} else "text"
            # Excel shows CR as _x000D_: it is dropped.
            self.raw.write_string(row, column, str(value).replace("\r", ""), self.formats[style])

    def formula(self, row: int, column: int, formula: str, stored: Any, style: str) -> None:
        """A formula with the value a reader that calculates nothing shows; of no value, a dash."""
        value = NOTHING if stored is None else plain(stored)
        self.raw.write_formula(row, column, f"={formula}", self.formats[style], value)

    def blank(self, row: int, column: int) -> None:
        self.raw.write_blank(row, column, None, self.formats["text"])

    def number_or_blank(
        self, row: int, column: int, number: int | Decimal | None, decimals: int
    ) -> None:
        """A number where there is one; else an empty cell of the table."""
        if number is None:
            self.blank(row, column)
        else:
            self.number(row, column, number, decimals)

    def number(self, row: int, column: int, number: int | Decimal | None, decimals: int) -> None:
        """A number shown with so many decimals; a dash where there is none."""
        if number is None:
            self.raw.write_string(row, column, NOTHING, self.formats["centre"])
        else:
            self.raw.write_number(row, column, plain(number), self.formats[f"number{decimals}"])


def plain(number: int | Decimal) -> int | float:
    """The number without trailing zeros: databases differ in how many they give."""
    return int(number) if number == int(number) else float(number)


def in_header(text: str) -> str:
    """A text as it stands in a page's header, where & begins a command; 255 characters at most."""
    return '&9&"宋体"' + text.replace("&", "&&")[:100]


def lines_of(value: Any, width: int) -> int:
    """How many lines a text takes in a column of that width; a Chinese character is two wide."""
    if not isinstance(value, str) or 2 * len(value) < width:
        return 1
    room = max(width - 1, 1)
    return sum(max(-(-wide(part) // room), 1) for part in value.split("\n"))


def wide(text: str) -> int:
    return len(text) if text.isascii() else sum(1 if char.isascii() else 2 for char in text)
