"""How one column of a file is read. A value that cannot be read raises ValueError, in Chinese."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from import_export.widgets import Widget

# Punctuation and blanks that look like nothing, or like their ASCII kin.
UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
# Full-width ASCII is 0xFEE0 above itself.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("。"): ".",
    ord("—"): "-",
    ord("–"): "-",
}
DAY = re.compile(
    r"(\d{4})(?:[-./年])(\d{1,2})(?:[-./月](\d{1,2})日?|月)?(?:[T ]?0?0:00(?::00)?(?:\.0+)?)?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
FIRST_YEAR, LAST_YEAR = 1850, 2199
# Days since 1899-12-30, as Excel counts: 1927 to 2118.
EPOCH, FIRST_SERIAL, LAST_SERIAL = datetime.date(1899, 12, 30), 10_000, 80_000
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+\d+")
EXACT_DIGITS = 15  # Excel keeps no more of a number
BETWEEN_CHARACTERS = re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])")
YES_AND_NO = {
    **dict.fromkeys(["是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "1"], True),
    **dict.fromkeys(["否", "无", "错", "×", "✗", "✘", "☒", "x", "n", "no", "false", "0"], False),
}


@dataclass(frozen=True)
class BadCell:
    """A cell without a usable value: what it shows, and what is wrong."""

    text: str
    message: str

    def __str__(self):
        return self.text


def read_text(value):
    """What the cell shows, without blanks around it. Raises ValueError where digits are lost."""
    if isinstance(value, str):
        return (UNSEEN.sub("", value) if UNSEEN.search(value) else value).strip()
    if value is None:
        return ""
    if isinstance(value, BadCell):
        shown = f"“{value.text}”：" if value.text else ""
        raise ValueError(f"{shown}{value.message}。")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{Decimal(format(value, f'.{EXACT_DIGITS}g')):f}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()


def read_narrow(value):
    """The text with full-width digits, letters and marks as ASCII, and no blanks."""
    text = read_text(value)
    return text if text.isalnum() and text.isascii() else "".join(text.translate(NARROW).split())


def read_name(value):
    """A person's name: blanks between its characters only stretch it."""
    text = read_text(value)
    return text if text.isalnum() else BETWEEN_CHARACTERS.sub("", text)


def read_day(value, *, month_is_enough=False):
    """A date, as offices write it: 2025-03-01, 2025.3.1, 2025年3月1日, 20250301, Excel's number.

    Where a month is enough, also 1975.3, 1975年3月, 197503; it is the first day of the month.
    """
    if isinstance(value, datetime.datetime):
        value = value.date()
    if not isinstance(value, datetime.date):
        value = _written_day(value, month_is_enough=month_is_enough)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise _no_date(value.isoformat(), month_is_enough=month_is_enough)
    return value


def _written_day(value, *, month_is_enough):
    text = read_narrow(value)
    if isinstance(value, float) and re.fullmatch(r"\d{4}\.1", text):
        raise ValueError(f"“{text}”分不清是1月还是10月，请写成 {text[:4]}-01 或 {text[:4]}-10。")
    if text.isdecimal() and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return EPOCH + datetime.timedelta(days=int(text))
    written = DAY.fullmatch(text) or COMPACT.fullmatch(text)
    if written is None or not (written[3] or month_is_enough):
        raise _no_date(read_text(value), month_is_enough=month_is_enough)
    try:
        return datetime.date(int(written[1]), int(written[2]), int(written[3] or 1))
    except ValueError as error:
        raise _no_date(read_text(value), month_is_enough=month_is_enough) from error


def _no_date(text, *, month_is_enough):
    wanted = "2025-03-01 或 1975.3" if month_is_enough else "2025-03-01 或 2025年3月1日"
    return ValueError(f"“{text}”不是日期，应如 {wanted}。")


def read_month(value):
    """The month of a date, as the text 2025-03."""
    # Not strftime: it takes ten times as long.
    return read_day(value, month_is_enough=True).isoformat()[:7]


def read_date(value):
    """A date, as the text 2025-03-01."""
    return read_day(value).isoformat()


def names_a_day(value):
    """Whether a date names its day, not only its month.

    Excel turns a typed 1975-3 into the first of the month: from a date cell the first says nothing.
    """
    if isinstance(value, datetime.datetime):
        return value.day > 1
    if isinstance(value, datetime.date):
        return True
    text = read_narrow(value)
    if text.isdecimal() and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return read_day(value).day > 1
    written = DAY.fullmatch(text) or COMPACT.fullmatch(text)
    return bool(written and written[3])


class Text(Widget):
    def clean(self, value, row=None, **kwargs):
        text = read_text(value)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if (is_number and abs(value) >= 10**EXACT_DIGITS) or SCIENTIFIC.fullmatch(text):
            raise ValueError(
                f"“{text}”超过{EXACT_DIGITS}位，作为数字末尾已经丢失，"
                "请把单元格格式设为“文本”后重新填写。"
            )
        return text


class Name(Widget):
    """The name of a person."""

    def clean(self, value, row=None, **kwargs):
        return read_name(value)


class Day(Widget):
    def __init__(self, *, month_is_enough=False):
        super().__init__()
        self.month_is_enough = month_is_enough

    def clean(self, value, row=None, **kwargs):
        if not isinstance(value, datetime.date) and read_text(value) == "":
            return None
        return read_day(value, month_is_enough=self.month_is_enough)


class DayKnown(Widget):
    """Reads the column of a date: whether it names the day."""

    def clean(self, value, row=None, **kwargs):
        return names_a_day(value)


class YesNo(Widget):
    def clean(self, value, row=None, **kwargs):
        text = read_narrow(value).lower()
        if text and text not in YES_AND_NO:
            raise ValueError(f"“{read_text(value)}”应写成“是”或“否”。")
        return YES_AND_NO.get(text)


class Number(Widget):
    """A whole number, or with `kind=Decimal` one with a fraction."""

    def __init__(self, kind=int):
        super().__init__()
        self.kind = kind

    def clean(self, value, row=None, **kwargs):
        text = read_narrow(value)
        if text == "":
            return None
        if THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        try:
            number = Decimal(text)
            if not number.is_finite() or self.kind(number) != number:
                raise ValueError
        except (InvalidOperation, ValueError) as error:
            wanted = "整数" if self.kind is int else "数字"
            raise ValueError(f"“{read_text(value)}”不是{wanted}。") from error
        return self.kind(number)


class Choice(Widget):
    """One of a field's choices, written as the page shows it, or as offices also say it."""

    def __init__(self, choices, also=None):
        super().__init__()
        self.values = {label: value for value, label in choices if value not in {None, ""}}
        self.spelled = {read_narrow(label): value for label, value in self.values.items()}
        self.spelled.update({said: value.value for said, value in (also or {}).items()})
        is_text = all(isinstance(value, str) for value in self.values.values())
        self.nothing = "" if is_text else None

    def clean(self, value, row=None, **kwargs):
        label = read_text(value)
        if label in self.values:
            return self.values[label]
        spelled = read_narrow(value)
        if spelled and spelled not in self.spelled:
            raise ValueError(f"“{label}”不能识别，可以填：{'、'.join(self.values)}。")
        return self.spelled.get(spelled, self.nothing)
