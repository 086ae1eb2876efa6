"""What a workbook does not show at first sight: told in words, and read as it is meant."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from orgs.scope import EVERYTHING
from reports.imports.examine import Fault, RowChange, examine
from reports.imports.reading import read_file
from tests.factories import OrganizationFactory

from .files import PEOPLE

pytestmark = pytest.mark.django_db
BRANCH = "中共石桥村总支部委员会"
SINCE_1904 = (
    "工作簿采用1904日期系统：日期格式的单元格已按它换算；"
    "没有设成日期格式的数字无法换算，请核对日期各列。"
)
NAMES = ["张建国", "李秀英", "王志强"]


@pytest.fixture(autouse=True)
def branch():
    return OrganizationFactory(name=BRANCH)


@pytest.fixture
def book():
    """A roster of three people in rows 2 to 4."""
    book = openpyxl.Workbook()
    book.active.title = "人员"
    book.active.append(PEOPLE)
    for name in NAMES:
        book.active.append([name, "男", "1965-03", "群众", "大专", BRANCH])
    return book


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def found_in(book):
    """What is found in the only sheet."""
    (sheet,) = examine(read_file("人员.xlsx", saved(book)), scope=EVERYTHING).sheets
    return sheet


def all_created(sheet):
    names = [f"{name}，1965-03-01" for name in NAMES]
    return sheet.created == tuple(RowChange(row, name) for row, name in enumerate(names, 2))


def test_dates_counted_from_1904_are_the_same_dates(book):
    book.epoch = CALENDAR_MAC_1904
    book.active["C2"] = date(1965, 3, 1)

    (sheet,) = read_file("人员.xlsx", saved(book)).sheets

    assert sheet.rows[1][2] == datetime(1965, 3, 1)  # noqa: DTZ001 - a date cell has no zone


def test_workbook_that_counts_from_1904_is_noted(book):
    book.epoch = CALENDAR_MAC_1904

    found = found_in(book)

    assert found.notes == (SINCE_1904,)
    assert all_created(found)


def test_hidden_rows_are_read_and_noted(book):
    book.active.row_dimensions[3].hidden = True

    found = found_in(book)

    assert found.notes == ("第3行是隐藏的，也已读取。",)
    assert all_created(found)


def test_hidden_columns_are_read_and_noted(book):
    book.active.column_dimensions["B"].hidden = True
    book.active.column_dimensions["E"].hidden = True

    found = found_in(book)

    assert found.notes == ("“性别”、“学历”列是隐藏的，也已读取。",)
    assert all_created(found)


def test_cells_merged_downwards_hold_for_each_row(book):
    book.active.merge_cells("F2:F4")

    found = found_in(book)

    assert found.notes == ("上下合并的单元格，按其中每一行都有该值读取。",)
    assert all_created(found)


def test_cells_of_a_record_merged_sideways_are_a_fault(book):
    book.active.merge_cells("D3:E3")

    found = found_in(book)

    message = "“政治面貌”、“学历”的单元格左右合并，不知道各填什么，请取消合并后分别填写。"
    assert Fault(3, "政治面貌", "群众", message) in found.faults
    assert {fault.row for fault in found.faults} == {3}


def test_title_merged_sideways_is_no_fault(book):
    book.active.insert_rows(1)
    book.active["A1"] = "人员花名册"
    book.active.merge_cells("A1:F1")

    assert found_in(book).faults == ()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("#N/A", "“#N/A”：公式没有找到要查的值。"),
        ("#REF!", "“#REF!”：公式引用的单元格已不存在。"),
        ("#NAME?", "“#NAME?”：公式里有不认识的名称。"),
        ("#DIV/0!", "“#DIV/0!”：公式除以零。"),
        ("#VALUE!", "“#VALUE!”：公式或日期的值不正确。"),
    ],
)
@pytest.mark.parametrize(("cell", "column"), [("C3", "出生年月"), ("E3", "学历")])
def test_error_in_a_cell_says_what_it_is(book, error, message, cell, column):
    book.active[cell] = error

    assert found_in(book).faults == (Fault(3, column, error, message),)


def test_formula_nobody_calculated_says_so(book):
    book.active["E3"] = '="大"&"专"'

    message = "公式没有算出值，请在 Excel 中打开、重新计算并保存。"
    assert found_in(book).faults == (Fault(3, "学历", "", message),)
