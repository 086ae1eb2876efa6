"""A real file of 500 rows with 37 planted faults: exactly those are told, at once, by row."""

import io

import openpyxl
import pytest
import xlsxwriter

from orgs.models import Membership, Person
from orgs.scope import EVERYTHING
from reports.imports.examine import examine
from reports.imports.reading import read_file
from reports.imports.returned import annotated
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db

BRANCH = "中共石桥村总支部委员会"
PEOPLE = ["姓名", "性别", "出生年月", "政治面貌", "入党时间", "学历", "归口党组织"]
MEMBERSHIPS = ["姓名", "出生年月", "所在党组织", "党员类型", "起始日期", "截止日期"]
PERSONS, LINKS = 300, 200


def planted(sheet, first, step, column, *values):
    """Values planted in every so many rows of a column."""
    return [(sheet, first + step * n, column, value) for n, value in enumerate(values)]


# Sheet, row as Excel counts, column and the value planted there.
BAD_BIRTHS = ["2025-13-40", "约1960", "1960年13月", "不详", "1960.1.32", "19601301", "0"]
PLANTED = [
    *planted("人员", 10, 7, "出生年月", *BAD_BIRTHS),
    *planted("人员", 70, 5, "性别", "公", "M", "男女", "1", "未知"),
    *planted("人员", 100, 4, "学历", "博士后", "无", "在读", "中央党校"),
    *planted("人员", 120, 3, "政治面貌", "", "民主人士", "信教"),
    *planted("人员", 140, 6, "归口党组织", "柳岸村", "中共石桥村党委", ""),
    *planted("人员", 170, 6, "入党时间", "1950-01", "2090年13月"),
    *planted("人员", 190, 1, "姓名", ""),
    *planted("党员组织关系", 10, 3, "起始日期", "", "2020-02-30", "去年", "2020-03"),
    *planted("党员组织关系", 40, 3, "党员类型", "党员", "正式", "其他"),
    *planted("党员组织关系", 60, 3, "截止日期", "1999-01-01", "2010-07-01"),
    *planted("党员组织关系", 80, 3, "姓名", "无此人", "某某", "佚名"),
]


@pytest.fixture
def branch():
    return OrganizationFactory(name=BRANCH)


def rows_of(sheet):
    if sheet == "人员":
        for n in range(PERSONS):
            birth = f"{1950 + n % 40}-{1 + n % 12:02}"
            yield [f"党员{n:03}", "男", birth, "党员", "1995-07", "大专", BRANCH]
    else:
        for n in range(LINKS):
            birth = f"{1950 + n % 40}-{1 + n % 12:02}"
            # The people at the end of the first sheet, whose rows are sound or not.
            yield [f"党员{n:03}", birth, BRANCH, "正式党员", "2010-07-01", None]


def planted_file():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for title, headers in (("人员", PEOPLE), ("党员组织关系", MEMBERSHIPS)):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, headers)
            for place, row in enumerate(rows_of(title), 1):
                sheet.write_row(place, 0, row)
            for where, row, column, value in PLANTED:
                if where == title:
                    sheet.write_string(row - 1, headers.index(column), value)
    return stream.getvalue()


def test_planted_faults_are_told_exactly(branch):
    found = examine(read_file("花名册.xlsx", planted_file()), scope=EVERYTHING)

    told = [(one.title, fault.row) for one in found.sheets for fault in one.faults]
    assert (len(PLANTED), PERSONS + LINKS) == (37, 500)
    assert told == [(sheet, row) for sheet, row, *_ in sorted(PLANTED, key=place_of)]


def test_planted_faults_name_column_and_value(branch):
    found = examine(read_file("花名册.xlsx", planted_file()), scope=EVERYTHING)

    # Rules over several columns name the row only.
    of_rows = {"截止日期", "入党时间"}
    expected = {one for one in PLANTED if one[2] not in of_rows}
    told = {
        (one.title, fault.row, fault.column, fault.value)
        for one in found.sheets
        for fault in one.faults
    }
    assert expected - told == set()
    assert (Person.objects.count(), Membership.objects.count()) == (0, 0)


def test_file_comes_back_with_each_fault_beside_its_row(branch):
    content = planted_file()
    found = examine(read_file("花名册.xlsx", content), scope=EVERYTHING)

    book = openpyxl.load_workbook(annotated(content, found))

    sheet = book["人员"]
    assert [cell.value for cell in sheet[1]] == [*PEOPLE, "错误"]
    assert sheet.cell(10, 8).value == (
        "“出生年月”列：“2025-13-40”不是日期，应如 2025-03-01 或 1975.3。"
    )
    assert sheet.cell(10, 3).fill.fgColor.rgb == "00FFC7CE"
    faulty = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 8).value]
    assert faulty == sorted(row for title, row, *_ in PLANTED if title == "人员")


def test_returned_file_can_be_sent_again(branch):
    content = planted_file()
    found = examine(read_file("花名册.xlsx", content), scope=EVERYTHING)

    again = examine(
        read_file("花名册.xlsx", annotated(content, found).getvalue()), scope=EVERYTHING
    )

    assert again == found


def test_csv_file_comes_back_as_a_workbook(branch):
    content = (
        f"姓名,性别,出生年月,政治面貌,学历,归口党组织\n=1+1,男,不详,群众,大专,{BRANCH}".encode()
    )
    found = examine(read_file("人员.csv", content), scope=EVERYTHING)

    sheet = openpyxl.load_workbook(annotated(content, found)).active

    assert [cell.value for cell in sheet[2]][-1].startswith("“出生年月”列：“不详”不是日期")
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def place_of(planted):
    sheet, row, *_ = planted
    return (["人员", "党员组织关系"].index(sheet), row)
