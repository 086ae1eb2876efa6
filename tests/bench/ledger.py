"""A ledger of any length; as a program, how much more memory a long one takes than a short one."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import django
from django.db.models import QuerySet

from dangjian.lib import periods

SHORT = 1_000
DAY = date(1975, 6, 1)


def values(number: int) -> tuple[object, ...]:
    """One member, in the columns of 党员台账."""
    name, branch = f"党员{number}", f"第{number % 200}党支部"
    return (name, "女", "汉族", DAY, 50, "大学本科", DAY, "正式党员", branch, DAY)


def workbook(count: int) -> BytesIO:
    """So many members through the writer of the application's ledgers."""
    from dangjian.lib.figures import register_named  # noqa: PLC0415 - after django.setup()
    from dangjian.lib.tables import Row, Table  # noqa: PLC0415
    from orgs.scope import NOTHING  # noqa: PLC0415
    from reports.exporters.ledgers import register_workbook  # noqa: PLC0415
    from reports.listing import Section  # noqa: PLC0415

    class Invented(Table):
        def rows(
            self, queryset: QuerySet, period: periods.Period, also: Sequence[str] = ()
        ) -> Iterator[Row]:
            return (Row(number, values(number)) for number in range(count))

    register = register_named("orgs.members")
    invented = replace(register, table=Invented(register.model, register.table.columns))
    section = Section("党员台账", invented, NOTHING, periods.year(2025))
    return register_workbook([section], unit="大桥街道", sort="")


def raw_xml(count: int) -> BytesIO:
    """The same cells as the least XML a spreadsheet reads, zipped."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as book, book.open("sheet1.xml", "w") as sheet:
        for number in range(count):
            cells = "".join(
                cell(number, *placed) for placed in enumerate((*values(number), number))
            )
            sheet.write(f'<row r="{number + 1}">{cells}</row>'.encode())
    return stream


def cell(row: int, column: int, value: object) -> str:
    place = f"{chr(65 + column)}{row + 1}"
    if isinstance(value, int):
        return f'<c r="{place}" s="1"><v>{value}</v></c>'
    return f'<c r="{place}" s="1" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def peak() -> float:
    """The most memory this process has had, in megabytes. Linux: ru_maxrss counts the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    django.setup()
    workbook(SHORT)
    before = peak()
    workbook(int(sys.argv[1]))
    print(peak() - before)  # noqa: T201 - the answer of this program
