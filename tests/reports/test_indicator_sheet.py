"""The sheet 指标 of the year-end workbook: every number is the figure's own, and a formula."""

from io import BytesIO

import openpyxl
import pytest

from dangjian.lib.figures import Quotient, all_figures, all_registers
from orgs.middleware import scope_below
from orgs.models import Organization
from reports.exporters.indicators import cells_of, figures_over, name_of
from tests.reports.workbooks import FIRST, HEADER, figure_rows, report

pytestmark = pytest.mark.django_db

FIGURE_HEADER = [
    "序号", "指标", "数值", "单位", "其中", "基数", "对比", "本期数", "基期数", "口径", "代码",
]  # fmt: skip


def test_figures_sheet_has_every_code_once(shown):
    header = [cell.value for cell in shown["指标"][HEADER]]
    codes = [row[header.index("代码")].value for row in shown["指标"].iter_rows(min_row=4)]

    assert header == FIGURE_HEADER
    assert sorted(filter(None, codes)) == sorted(figure.slug for figure in all_figures())


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.slug)
def test_figures_sheet_holds_the_figure(shown, values, figure):
    row, value = figure_rows(shown["指标"])[figure.slug], values[figure.slug]

    assert row["指标"] == figure.name
    assert row["口径"] == figure.definition
    assert row["单位"] == figure.unit
    assert row["数值"] == (float(value.number) if value.number is not None else "—")
    assert (row["其中"], row["基数"]) == divided(value, values)
    assert (row["本期数"], row["基期数"]) == (compared(value.after), compared(value.before))


def divided(value, values):
    """What a share or a quotient divides; of any other figure nothing."""
    figure = value.figure
    if isinstance(figure, Quotient):
        return values[figure.top.slug].number, values[figure.bottom.slug].number
    return (value.part, value.whole) if figure.kind == "share" else (None, None)


def compared(number):
    return None if number is None else pytest.approx(float(number), rel=1e-15)


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.slug)
def test_every_number_of_a_figure_is_a_formula(book, figure):
    row = figure_rows(book["指标"])[figure.slug]

    numbers = {"数值": True, "其中": False, "基数": False, "本期数": False, "基期数": False}
    if figure.is_change:
        numbers |= {"本期数": True, "基期数": True}
    elif figure.kind in {"share", "quotient"}:
        numbers |= {"其中": True, "基数": True}
    assert {name: str(row[name]).startswith("=") for name in numbers} == numbers


def test_share_is_a_formula_over_its_two_counts(book, shown):
    formula, value = (
        figure_rows(one["指标"])["elections.party_college_rate"] for one in (book, shown)
    )

    row = FIRST - 1 + formula["序号"]
    assert formula["数值"] == f'=IF(F{row}=0,"—",ROUND(E{row}*100/F{row},2))'
    assert (value["数值"], value["其中"], value["基数"]) == (70.31, 45, 64)


def test_change_of_a_share_is_in_points_beside_what_it_compares(shown):
    rows = figure_rows(shown["指标"])

    assert list(rows["elections.party_college_rate_change"].values())[2:9] == [
        16.98, "个百分点", None, None, "上届", 70.3125, pytest.approx(160 / 3),
    ]  # fmt: skip
    assert list(rows["elections.party_members_change"].values())[2:9] == [
        -11, "人", None, None, "上届", 64, 75,
    ]  # fmt: skip


def test_figures_without_a_value_have_a_dash(demo):
    scope = scope_below(Organization.objects.get(short_name="石桥片区联合党支部"))

    book = openpyxl.load_workbook(BytesIO(report(scope, "石桥片区联合党支部")), data_only=True)

    rows = figure_rows(book["指标"])
    assert rows["elections.party_women_rate"]["数值"] == "—"
    assert rows["elections.party_members_change"]["数值"] == "—"
    assert rows["elections.party_members_change"]["基期数"] == "—"
    assert rows["elections.party_members"]["数值"] == 0


def test_every_figure_has_a_name_in_the_book(book):
    names = book.defined_names
    rows = figure_rows(book["指标"])

    assert {slug: names[slug].attr_text for slug in rows} == {
        slug: f"指标!$C${FIRST - 1 + row['序号']}" for slug, row in rows.items()
    }


def test_places_of_figures_are_known_before_they_are_written(book):
    figures = figures_over(all_registers())

    assert cells_of(figures) == {
        slug: f"指标!$C${FIRST - 1 + row['序号']}"
        for slug, row in figure_rows(book["指标"]).items()
    }


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("orgs.covered", "orgs.covered"),
        ("office.first-year", "office.first_year"),
        ("35岁以下", "_35岁以下"),
        ("村（社区）台账", "村_社区_台账"),
        ("a1", "_a1"),
        ("r2c3", "_r2c3"),
    ],
)
def test_name_is_one_excel_takes(slug, name):
    assert name_of(slug) == name
