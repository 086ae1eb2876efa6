"""The sheet 校核: its form, its formulas over the figures, and that they turn with them."""

from io import BytesIO

import openpyxl
import pytest

from dangjian.lib import periods
from dangjian.lib.checks import SIDES, Outcome, all_checks
from dangjian.lib.figures import all_figures, all_registers, compute
from orgs.scope import EVERYTHING
from reports.desk import look_over
from reports.exporters.checks import CHECK_COLUMNS, TITLE, write_checks
from reports.exporters.sheets import FIRST_DATA_ROW, Book, plain
from tests.reports.libreoffice import converted

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
HEADER = [label for label, _ in CHECK_COLUMNS]
ROW_CHECKS = [check for check in all_checks() if check.counted]


def desk_of(scope=EVERYTHING, period=PERIOD):
    return look_over(scope, period, unit="大桥街道", is_whole=True, registers=all_registers())


def written(desk, *, with_sides=True, changed=()):
    """A workbook of the checks and, behind them, a sheet of the values they refer to.

    `changed` figures stand there with one more than was counted.
    """
    book = Book("校核", "大桥街道")
    counted = [*all_figures(), *(SIDES.values() if with_sides else [])]
    values = compute(counted, EVERYTHING, desk.period)
    cells = {slug: f"'指标'!$B${row}" for row, slug in enumerate(values, 1)}
    write_checks(book, book.sheet(TITLE), desk, cells)
    sheet = book.sheet("指标")
    for row, (slug, value) in enumerate(values.items()):
        sheet.raw.write_string(row, 0, slug)
        if value.number is not None:
            sheet.raw.write_number(row, 1, plain(value.number) + (slug in changed))
    return book.finish().getvalue()


def rows_of(content, **options):
    """The rows of the sheet by code, each a dict by column head."""
    sheet = openpyxl.load_workbook(BytesIO(content), **options)["校核"]
    rows = [
        dict(zip(HEADER, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=FIRST_DATA_ROW + 1)
    ]
    return {row["代码"]: row for row in rows if row["代码"]}


@pytest.fixture(scope="module")
def desk(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return desk_of()


@pytest.fixture(scope="module")
def content(desk, django_db_blocker):
    with django_db_blocker.unblock():
        return written(desk)


def test_sheet_has_the_form_of_a_ledger(content):
    sheet = openpyxl.load_workbook(BytesIO(content))["校核"]

    assert sheet["A1"].value == "2025年度勾稽校核表"
    assert sheet["A2"].value == "填报单位（盖章）：大桥街道"
    assert [cell.value for cell in sheet[FIRST_DATA_ROW]] == HEADER
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C4", "$3:$3")
    assert [cell.value for cell in sheet[sheet.max_row] if cell.value] == [
        "单位负责人：　　　　　　审核人：　　　　　　填表人：　　　　　　联系电话："
    ]


def test_every_check_is_there_with_its_verdict(content, desk):
    rows = rows_of(content, data_only=True)

    assert {slug: (row["结论"], row["是否相符"]) for slug, row in rows.items()} == {
        found.check.slug: ("相符" if found.agrees else "不符", found.agrees) for found in desk.found
    }


def test_sides_and_difference_are_stored(content, desk):
    rows = rows_of(content, data_only=True)

    assert {slug: (row["左值"], row["右值"], row["差额"]) for slug, row in rows.items()} == {
        found.check.slug: (found.left, found.right, found.difference) for found in desk.found
    }


def test_identity_is_a_formula_over_its_figures(content):
    row = rows_of(content)["elections.persons_over_two_bodies"]

    cells = {}
    sheet = openpyxl.load_workbook(BytesIO(content))["指标"]
    for slug, _ in sheet.iter_rows():
        cells[slug.value] = f"'指标'!$B${slug.row}"
    party, committee, both = (
        cells[f"elections.{name}"] for name in ("party_members", "committee_members", "cross_posts")
    )
    place = int(row["序号"]) + FIRST_DATA_ROW
    assert row["右值"] == f"={party}+{committee}-{both}"
    assert row["左值"] == f"={cells['elections.two_committee_persons']}"
    assert row["是否相符"] == f"=G{place}=H{place}"
    assert row["差额"] == f"=G{place}-H{place}"
    assert row["结论"] == f'=IF(K{place},"相符","不符")'


def test_at_most_is_compared_as_such(content):
    row = rows_of(content)["orgs.covered_of_in_scope"]

    place = int(row["序号"]) + FIRST_DATA_ROW
    assert (row["关系"], row["是否相符"]) == ("≤", f"=G{place}<=H{place}")


@pytest.mark.parametrize("check", ROW_CHECKS, ids=lambda check: check.slug)
def test_rows_are_required_to_be_none(content, check):
    row = rows_of(content)[check.slug]

    assert row["左值"].startswith("='指标'!$B$")
    assert row["左式"] == f"{check.counted.register.name}行数"
    assert (row["关系"], row["右式"], row["右值"]) == ("=", "0", 0)


def test_what_has_no_cell_stands_as_it_was_counted(desk):
    rows = rows_of(written(desk, with_sides=False))

    found = {one.check.slug: one for one in desk.found}
    by_sex, rowless = found["orgs.members_by_sex"], found["cadres.reserve_over_age"]
    men = by_sex.values["orgs.men_members"].number
    assert rows["orgs.members_by_sex"]["右值"].startswith(f"={men}+'指标'!$B$")
    assert rows["cadres.reserve_over_age"]["左值"] == rowless.left == 6


def test_explanation_says_which_rows_and_what_to_do(content):
    rows, checks = rows_of(content), {check.slug: check for check in all_checks()}

    failed, passed = checks["cadres.reserve_over_age"], checks["cadres.cadre_of_retiring_age"]
    assert rows[failed.slug]["说明"] == f"{failed.definition}{failed.remedy}"
    assert rows[passed.slug]["说明"] == passed.definition
    assert rows["orgs.members_by_sex"]["说明"] is None


def test_nothing_to_compare_is_a_dash(demo):
    desk = desk_of(period=periods.year(2024))

    row = rows_of(written(desk))["elections.last_term_members_of_seats"]

    verdict = [row[label] for label in ("左值", "右值", "差额", "结论", "是否相符")]
    assert verdict == ["—", "—", "—", "未比较", "—"]


def test_last_row_counts_what_does_not_agree(content, desk):
    formula, shown = (
        openpyxl.load_workbook(BytesIO(content), data_only=data_only)["校核"]
        for data_only in (False, True)
    )

    end = FIRST_DATA_ROW + len(desk.found) + 1
    assert (shown.cell(end, 1).value, shown.cell(end, 3).value) == ("合计", f"共{end - 4}项")
    assert shown.cell(end, 10).value == "4项不符"
    assert formula.cell(end, 10).value == f'=COUNTIF(K4:K{end - 1},FALSE)&"项不符"'


def test_rows_that_do_not_agree_are_marked(content, desk):
    sheet = openpyxl.load_workbook(BytesIO(content))["校核"]

    ((area, (rule,)),) = sheet.conditional_formatting._cf_rules.items()
    end = FIRST_DATA_ROW + len(desk.found)
    assert (str(area.sqref), rule.formula) == (f"A4:M{end}", ["$K4=FALSE"])


def test_desk_without_checks_has_a_whole_sheet(demo):
    desk = look_over(EVERYTHING, PERIOD, unit="大桥街道", is_whole=True, registers=[])

    sheet = openpyxl.load_workbook(BytesIO(written(desk)))["校核"]
    assert (desk.found, sheet["A4"].value, sheet["C4"].value) == ([], "合计", "共0项")


@pytest.mark.libreoffice
def test_formulas_turn_when_a_figure_is_changed(desk, tmp_path):
    """LibreOffice calculates what is stored, and otherwise where a figure is typed over."""
    right, wrong = tmp_path / "right.xlsx", tmp_path / "wrong.xlsx"
    right.write_bytes(written(desk))
    changed = ["orgs.members", "elections.cross_posts"]
    wrong.write_bytes(written(desk, changed=changed))

    again, turned = converted("xlsx", right, wrong)

    stored = {one.check.slug: one.outcome == Outcome.PASSED for one in desk.found}
    assert verdicts(again) == stored
    failing = {one.check.slug for one in desk.found for f in one.check.figures if f.slug in changed}
    failing -= {"elections.dual_heads_of_cross_posts"}  # still not more
    assert verdicts(turned) == stored | dict.fromkeys(failing, False)


def verdicts(path):
    rows = rows_of(path.read_bytes(), data_only=True)
    return {slug: row["是否相符"] for slug, row in rows.items()}
