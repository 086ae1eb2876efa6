"""校核: the consistency checks as formulas over the sheets of figures and registers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from dangjian.lib.checks import Found, Term, in_words
from dangjian.lib.figures.values import Number
from reports.changes import Moved
from reports.desk import Desk
from reports.models import Explanation

from .sheets import FIRST_DATA_ROW, SIGNATURES, Book, Sheet, plain

TITLE = "校核"
CHECK_COLUMNS = [
    ("序号", 6),
    ("级别", 8),
    ("校核项", 26),
    ("左式", 24),
    ("关系", 6),
    ("右式", 24),
    ("左值", 8),
    ("右值", 8),
    ("差额", 8),
    ("结论", 9),
    ("是否相符", 9),
    ("说明", 38),
    ("代码", 32),
]
PLACE = {label: place for place, (label, _) in enumerate(CHECK_COLUMNS)}
LAST_COLUMN = len(CHECK_COLUMNS) - 1
NO_ROWS = "0"
CHANGE, NOW, BEFORE = "变动", "本年", "上年"
WRONG = {"bg_color": "#FDECEB", "font_color": "#B3261E", "bold": True}


def write_checks(book: Book, sheet: Sheet, desk: Desk, cells: Mapping[str, str]) -> None:
    """The sheet 校核, made before: every check in the shell of an office ledger.

    `cells` maps a figure's slug to what its value is in a formula: a reference such as
    `'指标'!$C$5`, or for what a check counts on a register a sum of marks; `slug:before` is a
    baseline. What it does not map stands in the formulas as the number counted. A reader who
    changes a figure sees the checks turn; so everything has its value stored beside the formula.
    """
    title = f"{desk.period.label}度勾稽校核表"
    sheet.head(title=title, unit=desk.unit, day=desk.period.as_of, columns=CHECK_COLUMNS)
    for row, found in enumerate(desk.found, FIRST_DATA_ROW):
        write_check(sheet, row, found, cells, said_of(desk.said_of_check(found)))
    first_change = FIRST_DATA_ROW + len(desk.found)
    for row, moved in enumerate(desk.moved, first_change):
        write_change(sheet, row, moved, said_of(desk.said_of_change(moved)))
    end = first_change + len(desk.moved)
    write_totals(sheet, end, desk)
    mark_wrong(book, sheet, end)
    sheet.raw.set_row(end + 1, 30)
    sheet.line(end + 1, (0, LAST_COLUMN), SIGNATURES, "line")


def write_check(sheet: Sheet, row: int, found: Found, cells: Mapping[str, str], said: str) -> None:
    """One check: both sides in names, their values, the difference and the verdict as formulas."""
    check = found.check
    texts = {
        "级别": check.severity.label,
        "校核项": check.name,
        "左式": f"{check.counted.register.name}行数" if check.counted else in_words(check.left),
        "关系": check.relation.value,
        "右式": in_words(check.right) or NO_ROWS,
        "说明": explained(found, said),
        "代码": check.slug,
    }
    sheet.open_row(row, [texts.get(label, "") for label, _ in CHECK_COLUMNS])
    sheet.number(row, 0, row - FIRST_DATA_ROW + 1, 0)
    for label, shown in texts.items():
        is_short = label in {"级别", "关系"} or shown == NO_ROWS
        sheet.value(row, PLACE[label], shown, "centre" if is_short else "text")
    write_side(sheet, (row, PLACE["左值"]), formula(check.left, found, cells), found.left)
    write_side(sheet, (row, PLACE["右值"]), formula(check.right, found, cells), found.right)
    write_verdict(sheet, row, found)


def write_change(sheet: Sheet, row: int, moved: Moved, said: str) -> None:
    """A number that moved far since last year: both, the difference, and why."""
    texts = {
        "级别": CHANGE,
        "校核项": moved.figure.name,
        "左式": NOW,
        "右式": BEFORE,
        "结论": moved.text,
        "是否相符": "—",
        "说明": said,
        "代码": moved.figure.slug,
    }
    sheet.open_row(row, [texts.get(label, "") for label, _ in CHECK_COLUMNS])
    sheet.number(row, 0, row - FIRST_DATA_ROW + 1, 0)
    for label, _ in CHECK_COLUMNS[1:]:
        sheet.value(row, PLACE[label], texts.get(label, ""))
    decimals = moved.figure.decimals
    for label, value in (("左值", moved.now), ("右值", moved.before)):
        sheet.number(row, PLACE[label], value.number, decimals)
    left, right = (xl_rowcol_to_cell(row, PLACE[label]) for label in ("左值", "右值"))
    shown = plain(Decimal(moved.now.number or 0) - Decimal(moved.before.number or 0))
    style = sheet.formats[f"number{decimals}"]
    sheet.raw.write_formula(row, PLACE["差额"], f"={left}-{right}", style, shown)


def said_of(explanation: Explanation | None) -> str:
    return explanation.text if explanation else ""


def explained(found: Found, said: str) -> str:
    """Which rows were looked for; where something is wrong, why it stands, or else what to do."""
    check = found.check
    definition = check.definition if check.counted else ""
    if found.agrees:
        return definition
    return f"{definition}{said or check.remedy}"


def formula(side: tuple[Term, ...], found: Found, cells: Mapping[str, str]) -> str:
    """The sum of a side over the cells of its figures; empty where none of them has a cell."""
    parts, known = "", 0
    for term in side:
        key = f"{term.figure.slug}:before" if term.before else term.figure.slug
        number = term.number(found.values)
        known += key in cells
        parts += "-" if term.sign < 0 else "+"
        parts += cells.get(key, str(plain(number) if number is not None else ""))
    return f"={parts.removeprefix('+')}" if known else ""


def write_side(sheet: Sheet, cell: tuple[int, int], text: str, number: Number | None) -> None:
    if text and number is not None:
        sheet.raw.write_formula(*cell, text, sheet.formats["number"], plain(number))
    else:
        sheet.number(*cell, number, 0)


def write_verdict(sheet: Sheet, row: int, found: Found) -> None:
    """差额, 结论 and 是否相符 (TRUE or FALSE); a dash where there is nothing to compare."""
    if found.difference is None:
        for label, shown in (("差额", "—"), ("结论", found.outcome.label), ("是否相符", "—")):
            sheet.value(row, PLACE[label], shown, "centre")
        return
    left, right, agrees = (
        xl_rowcol_to_cell(row, PLACE[label]) for label in ("左值", "右值", "是否相符")
    )
    symbol = "<=" if found.check.relation.value == "≤" else "="
    verdict = "相符" if found.agrees else "不符"
    for label, text, value in (
        ("差额", f"={left}-{right}", plain(found.difference)),
        ("结论", f'=IF({agrees},"相符","不符")', verdict),
        ("是否相符", f"={left}{symbol}{right}", found.agrees),
    ):
        sheet.raw.write_formula(row, PLACE[label], text, sheet.formats["number"], value)


def write_totals(sheet: Sheet, end: int, desk: Desk) -> None:
    """合计: how many checks there are, and a count of those that do not agree."""
    for column in range(LAST_COLUMN + 1):
        sheet.raw.write_string(end, column, "", sheet.formats["total"])
    sheet.raw.write_string(end, 0, "合计", sheet.formats["total"])
    sheet.raw.write_string(end, PLACE["校核项"], f"共{len(desk.found)}项", sheet.formats["total"])
    wrong = len(desk.blocking) + len(desk.to_explain)
    text = f'=COUNTIF({verdicts(end)},FALSE)&"项不符"'
    style = sheet.formats["total_number"]
    sheet.raw.write_formula(end, PLACE["结论"], text, style, f"{wrong}项不符")


def verdicts(end: int) -> str:
    """The cells of 是否相符 above the row `end`, at least one."""
    first = xl_rowcol_to_cell(FIRST_DATA_ROW, PLACE["是否相符"])
    last = xl_rowcol_to_cell(max(end - 1, FIRST_DATA_ROW), PLACE["是否相符"])
    return f"{first}:{last}"


def mark_wrong(book: Book, sheet: Sheet, end: int) -> None:
    """The rows that do not agree stand out, in the file and after a reader's changes."""
    rule: dict[str, Any] = {
        "type": "formula",
        "criteria": f"=${xl_col_to_name(PLACE['是否相符'])}{FIRST_DATA_ROW + 1}=FALSE",
        "format": book.workbook.add_format(WRONG),
    }
    last = max(end - 1, FIRST_DATA_ROW)
    sheet.raw.conditional_format(FIRST_DATA_ROW, 0, last, LAST_COLUMN, rule)
