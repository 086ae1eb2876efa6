"""How one column of a file is read. A value that cannot be read raises ValueError, in Chinese."""

import datetime
import re
from decimal import Decimal, InvalidOperation

from import_export.widgets import Widget

DAY = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?")
YES_AND_NO = {"是": True, "否": False}


def read_text(value):
    return "" if value is None else str(value).strip()


def read_day(value, *, month_is_enough=False):
    """A date such as 2025-03-01, 2025/3/1, 2025.3.1 or 2025年3月1日; a month is its first day."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    written = DAY.fullmatch(read_text(value))
    if written is None or not (written[3] or month_is_enough):
        wanted = "2025-03 或 2025-03-01" if month_is_enough else "2025-03-01"
        raise ValueError(f"“{value}”不是日期，应写成 {wanted}。")
    try:
        return datetime.date(int(written[1]), int(written[2]), int(written[3] or 1))
    except ValueError as error:
        raise ValueError(f"没有“{value}”这一天。") from error


def read_month(value):
    """The month of a date, as the text 2025-03."""
    return f"{read_day(value, month_is_enough=True):%Y-%m}"


def read_date(value):
    """A date, as the text 2025-03-01."""
    return f"{read_day(value):%Y-%m-%d}"


def names_a_day(value):
    """Whether a date names its day, not only its month."""
    if isinstance(value, datetime.date):
        return True
    written = DAY.fullmatch(read_text(value))
    return bool(written and written[3])


class Text(Widget):
    def clean(self, value, row=None, **kwargs):
        return read_text(value)


class Day(Widget):
    def __init__(self, *, month_is_enough=False):
        super().__init__()
        self.month_is_enough = month_is_enough

    def clean(self, value, row=None, **kwargs):
        if read_text(value) == "":
            return None
        return read_day(value, month_is_enough=self.month_is_enough)


class DayKnown(Widget):
    """Reads the column of a date: whether it names the day."""

    def clean(self, value, row=None, **kwargs):
        return names_a_day(value)


class YesNo(Widget):
    def clean(self, value, row=None, **kwargs):
        text = read_text(value)
        if text and text not in YES_AND_NO:
            raise ValueError(f"“{text}”应写成“是”或“否”。")
        return YES_AND_NO.get(text)


class Number(Widget):
    """A whole number, or with `kind=Decimal` one with a fraction."""

    def __init__(self, kind=int):
        super().__init__()
        self.kind = kind

    def clean(self, value, row=None, **kwargs):
        text = read_text(value)
        if text == "":
            return None
        try:
            number = Decimal(text)
            if not number.is_finite() or self.kind(number) != number:
                raise ValueError
        except (InvalidOperation, ValueError) as error:
            wanted = "整数" if self.kind is int else "数字"
            raise ValueError(f"“{text}”不是{wanted}。") from error
        return self.kind(number)


class Choice(Widget):
    """One of a field's choices, written as the page shows it."""

    def __init__(self, choices):
        super().__init__()
        self.values = {label: value for value, label in choices if value not in {None, ""}}
        is_text = all(isinstance(value, str) for value in self.values.values())
        self.nothing = "" if is_text else None

    def clean(self, value, row=None, **kwargs):
        label = read_text(value)
        if label and label not in self.values:
            raise ValueError(f"“{label}”不能识别，可以填：{'、'.join(self.values)}。")
        return self.values.get(label, self.nothing)
