"""The year-end workbook as tests read it: which sheets it has, and what stands in them."""

import re

from openpyxl.utils import column_index_from_string, get_column_letter

from dangjian.lib import periods
from dangjian.lib.figures import all_figures, all_registers
from reports.crosstables import tables_over
from reports.documents.build import build_summary
from reports.exporters.sheets import FIRST_DATA_ROW
from reports.exporters.workbook import write_workbook

PERIOD = periods.year(2025)
# Header, and first row of data, as Excel counts.
HEADER, FIRST = FIRST_DATA_ROW, FIRST_DATA_ROW + 1
AREA = re.compile(r"([^\s(,'!]+|'[^']+')!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")


def report(scope, unit="大桥街道"):
    summary = build_summary(scope, PERIOD, unit=unit, office="大桥街道")
    return write_workbook(summary, scope, all_registers()).getvalue()


def register_sheets():
    """Register and baseline (None: now) of every register sheet, by its name, in their order."""
    found = {}
    for register in all_registers():
        found[register.name] = register, None
        for figure in all_figures():
            if figure.is_change and any(side.register == register for side in figure.sides()):
                found[f"{register.name}（{figure.baseline.name}）"] = register, figure.baseline
    return found


REGISTER_SHEETS = register_sheets()
CROSSTABLES = [table.title for table in tables_over(all_registers())]
FULFILMENT = "2025年工作计划兑现情况"
SHEETS = ["封面", "校核", "指标", "图表", FULFILMENT, *CROSSTABLES, *REGISTER_SHEETS]


def period_of(baseline, scope):
    return baseline.find(scope, PERIOD) if baseline else PERIOD


def figure_rows(sheet):
    """The rows of 指标 by slug, each a dict by column head."""
    header = [cell.value for cell in sheet[HEADER]]
    rows = [
        dict(zip(header, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=FIRST)
    ]
    return {row["代码"]: row for row in rows if row["代码"]}


def data_rows(sheet):
    """The rows between header and 合计, and the row of 合计."""
    rows = list(sheet.iter_rows(min_row=FIRST))
    end = next(place for place, row in enumerate(rows) if row[0].value == "合计")
    return rows[:end], rows[end]


def areas(formula):
    """The areas of other sheets that a formula reads, each once: sheet, column, first, last row."""
    found = [
        (sheet.strip("'"), column, int(first), int(last))
        for sheet, column, first, _, last in AREA.findall(formula)
    ]
    return list(dict.fromkeys(found))


def keyed(sheet, column):
    """What stands in a column of the rows, by the record's key."""
    key, place = key_column(sheet), column_index_from_string(column) - 1
    return {row[key].value: row[place].value for row in data_rows(sheet)[0]}


def key_column(sheet):
    """The place of 记录号, from 0: how many columns the register itself has."""
    return [cell.value for cell in sheet[HEADER]].index("记录号")


def mark_columns(sheet):
    """Code, title and letter of the columns right of 记录号."""
    first = key_column(sheet) + 1
    return [
        (sheet.cell(HEADER - 1, place).value, sheet.cell(HEADER, place).value,
         get_column_letter(place))
        for place in range(first + 1, sheet.max_column + 1)
    ]  # fmt: skip
