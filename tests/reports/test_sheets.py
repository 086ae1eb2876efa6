"""One sheet of an export: what becomes of each value, and of names and long texts."""

import openpyxl
import pytest

from dangjian.lib import periods
from orgs.figures import enterprise_register
from orgs.scope import EVERYTHING, NOTHING
from reports.exporters.ledgers import register_workbook
from reports.exporters.sheets import FIRST_DATA_ROW, Book, lines_of
from reports.listing import Section
from tests.factories import EnterpriseFactory

pytestmark = pytest.mark.django_db


def exported(scope=EVERYTHING):
    """The sheet of the enterprises in a scope."""
    section = Section("非公企业台账", enterprise_register, scope, periods.year(2025))
    stream = register_workbook([section], unit="大桥街道", sort="")
    return openpyxl.load_workbook(stream).worksheets[0]


def test_long_text_makes_its_row_higher(db):
    long = "以工业互联网平台为依托的" * 6
    EnterpriseFactory(name="短名")
    EnterpriseFactory(name=long)

    sheet = exported()

    assert sheet.row_dimensions[4].height in (None, sheet.sheet_format.defaultRowHeight)
    assert sheet.row_dimensions[5].height == 21 + 4 * 15


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("党支部", 12, 1),
        ("港澳台商投资", 12, 2),
        ("a" * 11, 12, 1),
        ("a" * 30, 12, 3),
        ("一\n二\n\n四", 5, 4),
        ("", 5, 1),
        (None, 5, 1),
    ],
)
def test_lines_of_a_text(text, width, lines):
    assert lines_of(text, width) == lines


def test_identifier_stays_text(db):
    EnterpriseFactory(credit_code="911000000000000001")

    cell = exported()["C4"]

    assert (cell.value, cell.data_type, cell.number_format) == ("911000000000000001", "s", "@")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        '=HYPERLINK("http://x")',
        "'甲",
        "1e5",
        "007",
        "㐂𠮷",
    ],
)
def test_text_stays_text(db, text):
    EnterpriseFactory(name=text)

    cell = exported()["B4"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_carriage_return_is_dropped(db):
    EnterpriseFactory(name="甲\r\n乙")

    sheet = exported()

    assert sheet["B4"].value == "甲\n乙"


def test_text_stays_text_where_cells_are_merged(db):
    section = Section("=1+1", enterprise_register, NOTHING, periods.year(2025))

    sheet = openpyxl.load_workbook(register_workbook([section], unit="=A1", sort="")).worksheets[0]

    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")


def test_header_of_a_page_takes_any_name(db):
    section = Section("甲&乙", enterprise_register, NOTHING, periods.year(2025))

    stream = register_workbook([section], unit="&L丙" + "长" * 300, sort="")

    header = openpyxl.load_workbook(stream).worksheets[0].oddHeader
    assert (header.left.text[:7], header.right.text) == ("&&L丙长长长", "甲&&乙")
    assert len(str(header)) <= 255


def test_register_without_rows_has_a_whole_sheet(db):
    sheet = exported(NOTHING)

    *row, key = [cell.value for cell in sheet[FIRST_DATA_ROW + 1]]
    assert (row[:2], set(row[2:]), key) == (["合计", "共0行"], {""}, None)


@pytest.mark.parametrize(
    "titles",
    [
        ["台账", "台账", "台账"],
        ["村（社区）[甲]:*?/\\台账"],
        ["长" * 40, "长" * 40],
        ["'甲'"],
        ["A", "a"],
    ],
    ids=["same", "forbidden characters", "too long", "apostrophes", "case"],
)
def test_sheet_names_are_ones_excel_takes(titles):
    book = Book("测试", "大桥街道")
    for title in titles:
        book.sheet(title)

    names = openpyxl.load_workbook(book.finish()).sheetnames
    assert len({name.lower() for name in names}) == len(titles)
    assert all(1 <= len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert all(name.strip("'") == name for name in names)
