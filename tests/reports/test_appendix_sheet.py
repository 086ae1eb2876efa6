"""A table behind a paper as a sheet: its numbers are formulas with the words stored beside them."""

from datetime import date

import openpyxl
import pytest

from dangjian.lib import periods
from orgs.middleware import scope_below
from reports.documents.build import build_summary
from reports.exporters.appendices import write_appendix
from reports.exporters.sheets import Book
from tests.factories import ActivityFactory, ActivityKindFactory, PlanItemFactory

pytestmark = pytest.mark.django_db

YEAR = periods.year(2025, today=date(2026, 1, 5))


@pytest.fixture
def sheet(root):
    """The fulfilment of a plan of three items, the figures of the first two in 指标."""
    kind = ActivityKindFactory(code="note_check")
    ActivityFactory(organization=root, kind=kind, held_on=date(2025, 3, 1))
    promise = {"organization": root, "year": 2025, "at_least": 2}
    PlanItemFactory(**promise, text="=抽查笔记", figure="orgs.note_checks", outcome_reason="人少")
    PlanItemFactory(**promise, text="覆盖", figure="orgs.coverage_rate")
    PlanItemFactory(**promise, text="学习", figure="orgs.study_sessions")
    summary = build_summary(scope_below(root), YEAR, unit="大桥街道", office="大桥街道")
    book = Book("报表", "大桥街道")
    cells = {"orgs.note_checks": "'指标'!$C$4", "orgs.coverage_rate": "'指标'!$C$5"}
    write_appendix(book.sheet("兑现表"), summary.appendices[0], summary, cells)
    return book.finish()


def rows(stream, *, stored):
    shown = openpyxl.load_workbook(stream, data_only=stored)["兑现表"]
    return [[cell.value for cell in row] for row in shown.iter_rows()]


def test_sheet_holds_every_item_in_the_shell_of_a_ledger(sheet):
    title, unit, header, *items, signatures = rows(sheet, stored=True)

    assert (title[0], unit[0]) == ("大桥街道2025年工作计划兑现情况", "填报单位（盖章）：大桥街道")
    assert header == ["序号", "计划事项", "承诺", "完成", "结果", "说明"]
    assert items == [
        ["1", "=抽查笔记", "不少于2次", "1次", "部分兑现", "人少"],
        ["2", "覆盖", "不少于2%", "—", "待评", None],
        ["3", "学习", "不少于2次", "0次", "未兑现", None],
    ]
    assert signatures[0].startswith("单位负责人：")


def test_number_with_a_cell_is_a_formula_of_it(sheet):
    achieved = [row[3] for row in rows(sheet, stored=False)[3:6]]

    assert achieved == ['=TEXT(\'指标\'!$C$4,"0")&"次"', "—", "0次"]
