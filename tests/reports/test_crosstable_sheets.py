"""Cross-tables in Excel: the merged header, the totals' formulas, and how the sheet prints."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter

from dangjian.lib import periods
from dangjian.lib.crosstables import VillageTable, all_crosstables
from orgs.models import User
from orgs.scope import EVERYTHING, NOTHING
from reports.crosstables import lines_of
from reports.documents.build import build_summary
from reports.exporters.crosstables import crosstable_workbook, write_crosstables
from reports.exporters.sheets import SIGNATURES, Book, plain
from tests.reports.libreoffice import converted, numbers

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
A4 = 9
TABLES = {table.slug: table for table in all_crosstables()}
HEADER = 3  # the first header row, as Excel counts

each_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def exported(table, scope=EVERYTHING):
    return crosstable_workbook(table, unit="大桥街道", scope=scope, period=PERIOD).getvalue()


@pytest.fixture(scope="module")
def files(demo, django_db_blocker):
    """The bytes of each table's own workbook."""
    with django_db_blocker.unblock():
        return {slug: exported(table) for slug, table in TABLES.items()}


@pytest.fixture(scope="module")
def sheets(files):
    """Each table's sheet as it is stored: formulas as formulas."""
    return {slug: openpyxl.load_workbook(BytesIO(one)).active for slug, one in files.items()}


@pytest.fixture(scope="module")
def shown(files):
    """Each table's sheet as a reader that calculates nothing sees it: the stored values."""
    return {
        slug: openpyxl.load_workbook(BytesIO(one), data_only=True).active
        for slug, one in files.items()
    }


def total_row(sheet):
    return next(row for row in range(sheet.max_row, 0, -1) if sheet.cell(row, 1).value == "合计")


def header_merges(sheet, table):
    """The merged ranges within the header rows."""
    rows = range(HEADER, HEADER + table.depth)
    return {str(one) for one in sheet.merged_cells.ranges if one.min_row in rows}


# — the header —


@each_table
def test_header_merges_what_its_headings_cover(sheets, table):
    expected = {
        f"{get_column_letter(one.column + 1)}{HEADER + one.row}:"
        f"{get_column_letter(one.column + one.columns)}{HEADER + one.row + one.rows - 1}"
        for one in table.headings
        if (one.rows, one.columns) != (1, 1)
    }

    assert header_merges(sheets[table.slug], table) == expected


def test_header_of_elections_as_the_form_has_it(sheets):
    assert header_merges(sheets["elections"], TABLES["elections"]) == {
        "A3:A5", "B3:B5",
        "C3:E3", "C4:C5", "D4:D5", "E4:E5",
        "F3:S3", "F4:F5", "G4:G5", "H4:H5", "I4:I5", "J4:O4", "P4:S4",
        "T3:AG3", "T4:T5", "U4:U5", "V4:V5", "W4:W5", "X4:AC4", "AD4:AG4",
        "AH3:AJ3", "AH4:AH5", "AI4:AI5", "AJ4:AJ5",
        "AK3:AN3", "AK4:AK5", "AL4:AL5", "AM4:AM5", "AN4:AN5",
        "AO3:AR3", "AO4:AO5", "AP4:AP5", "AQ4:AQ5", "AR4:AR5",
    }  # fmt: skip


@each_table
def test_header_says_its_labels_where_they_begin(sheets, table):
    sheet = sheets[table.slug]

    labels = {
        (row - HEADER, column - 1): sheet.cell(row, column).value
        for row in range(HEADER, HEADER + table.depth)
        for column in range(1, len(table.widths) + 1)
        if sheet.cell(row, column).value
    }
    assert labels == {(one.row, one.column): one.label for one in table.headings}


@each_table
def test_every_cell_of_the_table_has_its_border(sheets, table):
    sheet = sheets[table.slug]

    without = [
        cell.coordinate
        for row in sheet.iter_rows(HEADER, total_row(sheet), 1, len(table.widths))
        for cell in row
        # Of a merged range openpyxl keeps the border of its first cell alone.
        if not isinstance(cell, MergedCell)
        and {cell.border.top.style, cell.border.left.style} != {"thin"}
    ]
    assert without == []


# — the rows —


@each_table
def test_rows_are_numbered_from_one(sheets, table):
    sheet = sheets[table.slug]

    first = HEADER + table.depth
    numbered = [sheet.cell(row, 1).value for row in range(first, total_row(sheet))]
    assert numbered == list(range(1, len(numbered) + 1)) != []


@pytest.mark.parametrize("slug", ["elections", "cadres"])
def test_sheet_of_villages_prints_the_values_of_the_page(shown, slug):
    sheet, table = shown[slug], TABLES[slug]
    lines, total = lines_of(table, EVERYTHING, PERIOD)

    first = HEADER + table.depth
    printed = [
        [sheet.cell(row, column).value for column in range(3, len(table.widths) + 1)]
        for row in range(first, total_row(sheet) + 1)
    ]
    assert printed == [
        ["—" if v.number is None else plain(v.number) for v in line.values]
        for line in [*lines, total]
    ]


@each_table
def test_totals_are_formulas_over_the_column_above(sheets, table):
    sheet = sheets[table.slug]
    end, front = total_row(sheet), len(table.fronts)

    formulas = [
        sheet.cell(end, place).value
        for place in range(front + 1, len(table.widths) + 1)
        if sheet.cell(end, place).data_type == "f"
    ]
    first = HEADER + table.depth
    columns = enumerate(table.columns, front + 1)
    assert formulas == [
        written.format(f"{get_column_letter(place)}{first}:{get_column_letter(place)}{end - 1}")
        for place, column in columns
        if (written := formula(table, column))
    ]


def formula(table, column):
    if isinstance(table, VillageTable):
        return "=SUM({})" if column.additive else ""
    if column is table.columns[0]:
        return "=COUNTA({})"
    if column.column.total:
        return "=SUM({})"
    return '=COUNTIF({},"是")' if column.counts_yes else ""


def test_mean_of_the_whole_is_no_sum(shown, sheets):
    place = 3 + TABLES["elections"].paths.index(("党组织成员", "年龄", "平均年龄"))
    end = total_row(sheets["elections"])

    assert sheets["elections"].cell(end, place).value == 45


@pytest.mark.libreoffice
def test_libreoffice_calculates_the_values_stored(files, tmp_path):
    paths = [tmp_path / f"{slug}.xlsx" for slug in TABLES]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)

    again = converted("xlsx", *paths)

    for path, content in zip(again, files.values(), strict=True):
        assert numbers(path) == numbers(BytesIO(content)) != {}


# — the paper —


@each_table
def test_sheet_is_a_page_wide_and_repeats_its_header(sheets, table):
    sheet, below = sheets[table.slug], HEADER + table.depth

    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", A4)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (setup.fitToHeight, sheet.print_title_rows) == (0, f"${HEADER}:${below - 1}")
    assert sheet.freeze_panes == f"C{below}"


@each_table
def test_sheet_has_title_unit_day_note_signatures(sheets, table):
    sheet = sheets[table.slug]

    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert texts[:2] == [table.title, "填报单位（盖章）：大桥街道"]
    assert "填报日期：2025年12月31日" in texts
    assert texts[-2:] == [f"注：{table.note}", SIGNATURES]


@each_table
def test_table_without_rows_is_a_whole_sheet(db, table):
    book = openpyxl.load_workbook(BytesIO(exported(table, NOTHING)))

    sheet = book.active
    end = total_row(sheet)
    assert end == HEADER + table.depth
    assert [cell.value for cell in sheet[end] if cell.data_type == "f"] == []


# — in the report, and on its own —


def test_report_has_a_sheet_a_table(demo):
    summary = build_summary(EVERYTHING, PERIOD, unit="大桥街道", office="大桥街道")
    book = Book("测试", "大桥街道")

    write_crosstables(book, summary, EVERYTHING)

    names = openpyxl.load_workbook(book.finish()).sheetnames
    assert names == [table.title for table in TABLES.values()]


def test_reader_of_no_register_gets_no_rows(demo):
    summary = build_summary(EVERYTHING, PERIOD, unit="大桥街道", office="大桥街道")
    book = Book("测试", "大桥街道")

    write_crosstables(book, summary, EVERYTHING, registers=[])

    names = openpyxl.load_workbook(book.finish()).sheetnames
    assert names == ["换届情况统计表", "干部队伍情况统计表"]


@each_table
def test_page_exports_its_table(demo, files, table):
    client = Client()
    client.force_login(User.objects.get(username="clerk"))

    response = client.get(f"/reports/2025/tables/{table.slug}.xlsx")

    assert response.getvalue() == files[table.slug]
    assert response.filename == f"大桥街道2025年{table.title}.xlsx"
