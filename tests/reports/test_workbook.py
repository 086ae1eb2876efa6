"""The year-end workbook: its sheets and their form, and that every number is the figure's own."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dangjian.lib.figures import all_figures, all_registers, compute, rounded
from orgs.middleware import scope_below
from orgs.models import Organization, User
from orgs.scope import EVERYTHING
from reports.documents.build import build_summary
from reports.exporters.indicators import figures_over, name_of
from reports.exporters.sheets import Book
from reports.exporters.workbook import RegisterSheets
from tests.reports.workbooks import (
    HEADER,
    PERIOD,
    REGISTER_SHEETS,
    SHEETS,
    data_rows,
    figure_rows,
    key_column,
    period_of,
    report,
)

pytestmark = pytest.mark.django_db

A4 = 9
FORMS = ["指标", *REGISTER_SHEETS]


def width_of(sheet):
    """How many columns of a sheet are printed: a register's own, without key and marks."""
    return key_column(sheet) if sheet.title in REGISTER_SHEETS else sheet.max_column


# — sheets and their form —


def test_sheets_are_cover_figures_and_every_register(book):
    assert book.sheetnames == SHEETS


def test_cover_says_whose_and_when(shown):
    cells = [cell.value for row in shown["封面"].iter_rows() for cell in row if cell.value]

    assert cells == [
        "2025年度党建工作报表",
        "填报单位（盖章）：",
        "大桥街道",
        "统计期间：",
        "2025年1月1日至2025年12月31日",
        "单位负责人（签名）：",
        "审核人（签名）：",
        "填表人（签名）：",
        "联系电话：",
        "报出日期：",
        "　　　年　　月　　日",
    ]


def date_filled(sheet):
    return [cell.value for cell in sheet[2][: width_of(sheet)] if cell.value][-1]


def day_of(name):
    """The day a sheet of the demo is read on."""
    return {"上年": "2024年12月31日", "上届": "2021年1月20日"}.get(name[-3:-1], "2025年12月31日")


@pytest.mark.parametrize("name", FORMS)
def test_sheet_has_the_form_of_a_ledger(book, name):
    sheet = book[name]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    last = openpyxl.utils.get_column_letter(width_of(sheet))

    assert f"A1:{last}1" in merged
    assert sheet["A1"].font.b is not None
    assert (sheet["A1"].font.name, sheet["A1"].alignment.horizontal) == ("黑体", "center")
    assert sheet["A2"].value == "填报单位（盖章）：大桥街道"
    assert date_filled(sheet) == f"填报日期：{day_of(name)}"
    assert sheet["A3"].value == "序号"
    assert [cell.value for cell in sheet[sheet.max_row] if cell.value] == [
        "单位负责人：　　　　　　审核人：　　　　　　填表人：　　　　　　联系电话："
    ]


@pytest.mark.parametrize("name", FORMS)
def test_sheet_prints_on_a4_landscape_one_page_wide(book, name):
    sheet = book[name]

    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (A4, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_of_a_table_is_boxed_and_wrapped(book, name):
    sheet = book[name]
    width = width_of(sheet)

    end = next((row[0].row for row in sheet.iter_rows() if row[0].value == "合计"), sheet.max_row)
    last = min(end, HEADER + 10)
    rows = sheet.iter_rows(min_row=HEADER, max_row=last, max_col=width)
    assert {
        (cell.border.left.style, cell.border.bottom.style, cell.alignment.wrap_text)
        for row in rows
        for cell in row
    } == {("thin", "thin", True)}


@pytest.mark.parametrize("name", REGISTER_SHEETS)
def test_header_is_that_of_the_register(book, name):
    labels = [column.label for column in REGISTER_SHEETS[name][0].table.columns]

    header = [cell.value for cell in book[name][HEADER]]
    assert header[: len(labels) + 2] == ["序号", *labels, "记录号"]


# — ledgers —


@pytest.mark.parametrize("name", REGISTER_SHEETS)
def test_register_has_a_name_in_the_book(book, name):
    rows, _ = data_rows(book[name])
    last = openpyxl.utils.get_column_letter(key_column(book[name]))

    area = book.defined_names[name_of(name)].attr_text
    assert area.replace("'", "") == f"{name}!$A$3:${last}${3 + len(rows)}"


@pytest.mark.parametrize("name", REGISTER_SHEETS)
def test_ledger_holds_every_row_numbered(shown, name):
    rows, total = data_rows(shown[name])
    register, baseline = REGISTER_SHEETS[name]
    count = register.rows(EVERYTHING, period_of(baseline, EVERYTHING)).count()

    assert [row[0].value for row in rows] == list(range(1, count + 1))
    assert total[1].value == f"共{count}行"


@pytest.mark.parametrize("name", REGISTER_SHEETS)
def test_totals_are_formulas_with_the_sum_stored(book, shown, name):
    columns = REGISTER_SHEETS[name][0].table.columns
    rows, total = data_rows(shown[name])
    formulas = data_rows(book[name])[1]

    for place, column in enumerate(columns, 1):
        if column.total:
            letter = openpyxl.utils.get_column_letter(place + 1)
            assert formulas[place].value == f"=SUM({letter}4:{letter}{3 + len(rows)})"
            assert total[place].value == sum(row[place].value or 0 for row in rows)


def test_dates_are_dates(shown):
    row = data_rows(shown["班子任职台账"])[0][0]
    header = [cell.value for cell in shown["班子任职台账"][HEADER]]
    born, since = (row[header.index(label)] for label in ("出生年月", "任职起始"))

    assert (born.data_type, born.number_format) == ("d", "yyyy-mm")
    assert (type(since.value), since.number_format) == (datetime, "yyyy-mm-dd")
    assert date(2025, 1, 1) < since.value.date() < date(2026, 1, 1)


# — charts —


def test_charts_draw_tables_of_the_workbook(book, stored):
    sheet = book["图表"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    drawn = [
        (chart.title.tx.rich.p[0].r[0].t, [series.val.numRef.f for series in chart.series])
        for chart in sheet._charts
    ]
    assert drawn == [
        ("党员年龄结构", ["图表!$B$6:$B$10"]),
        ("村（社区）党组织成员当选时学历（本届与上届）", ["图表!$B$21:$B$27", "图表!$C$21:$C$27"]),
        ("各村（社区）非公企业党组织覆盖情况（家）", ["图表!$B$36:$B$50", "图表!$C$36:$C$50"]),
    ]
    assert len(formulas) == 5 + 2 * 7 + 3 * 15
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight or 1) == (A4, 1)


def test_charts_count_everyone_once(shown, values):
    sheet = shown["图表"]
    ages, now, before, covered, uncovered = (
        sum(row[0].value for row in sheet[area])
        for area in ("B6:B10", "B21:B27", "C21:C27", "B36:B50", "C36:C50")
    )

    change = values["elections.party_members_change"]
    assert ages == values["orgs.members"].number
    assert (now, before) == (change.after, change.before)
    coverage = values["orgs.coverage_rate"]
    assert (covered, covered + uncovered) == (coverage.part, coverage.whole)


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_has_header_and_page_number(book, name):
    sheet = book[name]

    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text, sheet.oddFooter.center.text) == (
        "大桥街道", "2025年度党建工作报表", "— &P —",
    )  # fmt: skip


# — how it is read —


def test_rows_are_read_in_one_query_a_register_and_baseline(demo):
    summary = build_summary(EVERYTHING, PERIOD, unit="大桥街道", office="大桥街道")
    registers, book = all_registers(), Book("报表", "大桥街道")
    figures, to_find_the_last_term = figures_over(registers), 1

    with CaptureQueriesContext(connection) as queries:
        RegisterSheets(summary, EVERYTHING, figures).write(book, registers)
    book.finish()

    assert len(queries) == len(REGISTER_SHEETS) + to_find_the_last_term


# — the file —


def test_same_records_give_the_same_bytes(demo, stored):
    assert report(scope_below(demo)) == stored


def test_file_says_nothing_of_this_machine(stored):
    with zipfile.ZipFile(BytesIO(stored)) as parts:
        core = parts.read("docProps/core.xml").decode()
        assert {info.date_time[0] for info in parts.infolist()} == {1980}
    assert "<dc:creator>大桥街道</dc:creator>" in core
    assert core.count("2000-01-01T00:00:00Z") == 2


# — who gets it, and how —


@pytest.mark.parametrize(
    ("account", "name"),
    [("clerk", "大桥街道"), ("leader", "大桥街道"), ("secretary", "石桥村党总支")],
)
def test_page_sends_the_report_under_a_chinese_name(demo, account, name):
    client = Client()
    client.force_login(User.objects.get(username=account))

    answer = client.get("/reports/2025/summary.xlsx")

    assert answer.filename == f"{name}2025年度党建工作报表.xlsx"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E")
    assert answer.headers["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue()))["指标"]
    assert sheet["A2"].value == f"填报单位（盖章）：{name}"


def test_report_of_a_village_counts_the_village_only(demo):
    client = Client()
    client.force_login(User.objects.get(username="secretary"))
    scope = scope_below(Organization.objects.get(short_name="石桥村党总支"))

    answer = client.get("/reports/2025/summary.xlsx").getvalue()

    rows = figure_rows(openpyxl.load_workbook(BytesIO(answer), data_only=True)["指标"])
    open_to_secretaries = [one for one in all_figures() if one.register.slug != "cadres.talks"]
    values = compute(open_to_secretaries, scope, PERIOD)
    assert {slug: row["数值"] for slug, row in rows.items()} == {
        slug: "—" if value.number is None else float(rounded(value.exact, value.figure.decimals))
        for slug, value in values.items()
    }


def test_command_writes_the_same_report(demo, stored, tmp_path):
    path = tmp_path / "report.xlsx"

    call_command("export_report", "--year", "2025", "--output", str(path), verbosity=0)

    assert path.read_bytes() == stored


def test_command_names_the_unit_by_its_short_name(demo, tmp_path):
    path = tmp_path / "report.xlsx"
    name = "中共大桥街道石桥村总支部委员会"

    call_command("export_report", "--year", "2025", "--organization", name, "--output", str(path))

    sheet = openpyxl.load_workbook(path)["指标"]
    assert sheet["A2"].value == "填报单位（盖章）：石桥村党总支"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--year", "1900"], "1900 is not a year"),
        (["--year", "2025", "--organization", "没有村"], "0 organizations are called 没有村"),
        (["--year", "2025"], "missing/report.xlsx: No such file or directory"),
    ],
)
def test_command_refuses_what_it_cannot_do(demo, tmp_path, options, said):
    path = tmp_path / "missing" / "report.xlsx"

    with pytest.raises(CommandError, match=said):
        call_command("export_report", *options, "--output", str(path))
