"""What an exported register sheet shows of its records, to tell the cells somebody changed.

A sheet shows short names, months and titles that do not say exactly what is stored. So a cell is
read only where it is not what the sheet would show; the rest of the record stays as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from dangjian.lib import periods
from dangjian.lib.figures import Register, register_named
from dangjian.lib.periods import Period
from orgs.resources import ABSENT, RecordResource, Reference
from orgs.resources.columns import read_narrow
from orgs.resources.spellings import spelled

from .findings import Fault
from .headers import Layout, text_of
from .reading import Sheet

FILLED_ON = re.compile(r"填报日期[:：]\s*(\d{4})年(\d{1,2})月(\d{1,2})日")
TOGETHER = 500  # keys asked for at once
IN_VAIN = "该列由系统计算，或记在别的台账里，修改无效，不导入；系统中是“{}”。"


@dataclass(frozen=True)
class Displayed:
    """The values the sheet's columns show, by record number and place."""

    values: Mapping[str, Mapping[int, Any]]

    def untouched(self, number: str, place: int, value: Any) -> bool:
        shown = self.values.get(number, {})
        return place in shown and same(shown[place], value)


def displayed(sheet: Sheet, layout: Layout, scope: Any) -> Displayed:
    """Read, before anything is written, what the sheet's records look like now."""
    if layout.number_at is None or layout.target.register is None:
        return Displayed({})
    register = register_named(layout.target.register)
    by_title = {spelled(column.label): at for at, column in enumerate(register.table.columns)}
    places = {
        place: by_title[spelled(layout.titles[place])]
        for place in (*layout.columns, *layout.computed)
        if spelled(layout.titles[place]) in by_title
    }
    numbers = [number_in(row, layout) for _, row in layout.rows(sheet)]
    keys = [int(number) for number in numbers if number.isascii() and number.isdigit()]
    values = {}
    for first in range(0, len(keys), TOGETHER):
        some = register.model.objects.within(scope).filter(pk__in=keys[first : first + TOGETHER])
        for row in register.table.rows(some, period_of(sheet)):
            values[str(row.pk)] = {place: row.values[at] for place, at in places.items()}
    return Displayed(values)


def number_in(row: Sequence[Any], layout: Layout) -> str:
    """The record number of a row, or nothing."""
    at = layout.number_at
    return read_narrow(text_of(row[at])) if at is not None and at < len(row) else ""


def period_of(sheet: Sheet) -> Period:
    """The year the sheet was filled for, up to the day under its title; else this one."""
    for row in sheet.rows[:5]:
        for value in row:
            if isinstance(value, str) and (found := FILLED_ON.search(value)):
                with suppress(ValueError):
                    day = date(*map(int, found.groups()))
                    return periods.year(day.year, today=day)
    return periods.year(timezone.localdate().year)


def edited_in_vain(sheet: Sheet, layout: Layout, shown: Displayed) -> Iterator[Fault]:
    """Cells of columns nothing is read from that say something else than is displayed."""
    for number, row in layout.rows(sheet):
        stored = shown.values.get(number_in(row, layout), {})
        for place, title in layout.computed.items():
            value = row[place] if place < len(row) else None
            if place in stored and not same(stored[place], value):
                now = text_of(comparable(stored[place])) or "空"
                yield Fault(number, title, text_of(value), IN_VAIN.format(now))


def same(shown: Any, value: Any) -> bool:
    """Whether a cell holds what the exporter wrote for the value."""
    return comparable(shown) == comparable(value)


def comparable(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | date):
        return value
    if isinstance(value, int | float | Decimal):
        return str(value) if isinstance(value, int) else format(float(value), ".15g")
    return str(value).replace("\r", "")


def left_alone(
    resource: RecordResource, changed: set[str], columns: Sequence[str]
) -> dict[str, Any]:
    """The columns of a numbered row that are not to be read: no part of their value is changed."""
    read: set[str] = set()
    for field in resource.get_import_fields():
        others = field.widget.others if isinstance(field.widget, Reference) else ()
        unit = {field.column_name, *others}
        if unit & changed:
            read |= unit
    return {column: ABSENT for column in columns if column not in read}


def rows_of_period(register: Register, scope: Any, sheet: Sheet) -> set[str]:
    """The record numbers the sheet should have: the register's rows in the sheet's year."""
    rows = register.all_rows(scope, period_of(sheet))
    return {str(pk) for pk in rows.order_by().values_list("pk", flat=True)}
