"""The columns of 0 and 1: filtering one shows exactly the rows its figure counted."""

import openpyxl
import pytest

from dangjian.lib.checks import SIDES
from dangjian.lib.figures import Measured, all_figures
from dangjian.lib.figures.values import exact
from orgs.scope import EVERYTHING
from tests.reports.workbooks import (
    HEADER,
    PERIOD,
    REGISTER_SHEETS,
    areas,
    data_rows,
    figure_rows,
    key_column,
    keyed,
    mark_columns,
    period_of,
)

pytestmark = pytest.mark.django_db

each_figure = pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.slug)
each_register_sheet = pytest.mark.parametrize("name", REGISTER_SHEETS)


@pytest.fixture(scope="module")
def rows(book):
    return figure_rows(book["指标"])


def listed(side, period):
    """The value of each row a side of a figure lists, by key: 1 for a count."""
    found = side.register.listed(side, EVERYTHING, period).rows.values_list("pk", "measured")
    return {key: None if value is None else exact(value) for key, value in found}


def formulas_of(row, figure):
    """The formulas that read the rows of a figure now, and those that read its baseline's."""
    if figure.is_change:
        return [row["本期数"]], [row["基期数"]]
    if isinstance(figure, Measured):
        return [row["数值"]], []
    return [row["其中"], row["基数"]], []


def areas_of(formulas, figure):
    """The columns of rows a figure reads, one for each side; not those it counts all rows by."""
    found = [area for formula in formulas for area in areas(formula)]
    found = list(dict.fromkeys(area for area in found if area[1] != "A"))
    if figure.measured.kind == "share" and len(found) == 2 and figure.is_change:
        return found[::-1]  # the base is asked for first: whether it is 0
    return found


@each_figure
def test_formula_reads_exactly_the_rows_of_its_figure(shown, rows, figure):
    before = period_of(figure.baseline, EVERYTHING)
    now, then = formulas_of(rows[figure.slug], figure)

    for formulas, period in ((now, PERIOD), (then, before)):
        for area, side in zip(areas_of(formulas, figure), figure.sides(), strict=False):
            sheet, column, first, last = area
            cells = keyed(shown[sheet], column)
            expected = listed(side, period)

            assert (first, last) == (4, 3 + len(cells))
            if side.measure == "count":
                assert {key for key, value in cells.items() if value == 1} == set(expected)
                assert set(cells.values()) <= {0, 1}
            else:
                assert {k: v for k, v in cells.items() if v is not None} == {
                    k: float(v) for k, v in expected.items() if v is not None
                }
    sides = len(figure.sides())
    assert [len(areas_of(one, figure)) for one in (now, then)] == [sides, sides * bool(then)]


@each_register_sheet
def test_filtering_a_mark_shows_the_rows_of_its_figure(shown, name):
    _, baseline = REGISTER_SHEETS[name]
    period = period_of(baseline, EVERYTHING)
    sheet, figures = shown[name], {figure.slug: figure for figure in all_figures()} | SIDES

    for code, title, letter in mark_columns(sheet):
        if title.endswith("（取值）"):
            continue
        side = figures[code].sides()[0]
        marked = {key for key, value in keyed(sheet, letter).items() if value == 1}
        assert marked == set(listed(side, period)), title


@each_register_sheet
def test_every_figure_of_a_register_has_its_column(shown, name):
    register, baseline = REGISTER_SHEETS[name]
    columns = [(code, title) for code, title, _ in mark_columns(shown[name])]

    assert len(columns) == len(set(columns))
    if baseline is None:
        own = [one for one in register.figures if isinstance(one, Measured)]
        assert {(one.slug, one.name) for one in own} <= set(columns)
        assert {(one.slug, f"{one.name}（取值）") for one in own if one.measure != "count"} == {
            column for column in columns if column[1].endswith("（取值）")
        }


@each_register_sheet
def test_key_of_every_row_is_hidden_before_the_marks(book, name):
    register, baseline = REGISTER_SHEETS[name]
    sheet, found = book[name], register.rows(EVERYTHING, period_of(baseline, EVERYTHING))
    place = key_column(sheet)

    assert place == 1 + len(register.table.columns)
    keys = [row[place].value for row in data_rows(sheet)[0]]
    assert sorted(keys) == sorted(found.values_list("pk", flat=True))
    assert sheet.column_dimensions[sheet.cell(HEADER, place + 1).column_letter].hidden


@each_register_sheet
def test_marks_are_folded_away_and_not_printed(book, name):
    sheet = book[name]
    own, last = key_column(sheet), sheet.max_column
    letters = [sheet.cell(HEADER, place).column_letter for place in (own, own + 2, last)]
    group = sheet.column_dimensions[letters[1]]

    assert (group.min, group.max) == (own + 2, last)
    assert (group.outlineLevel, group.hidden) == (1, True)
    assert sheet.print_area == f"'{name}'!$A$1:${letters[0]}${sheet.max_row}"
    assert sheet.auto_filter.ref == f"A3:{letters[2]}{sheet.max_row - 2}"


@each_register_sheet
def test_marks_are_added_up_under_the_rows(book, shown, name):
    rows, total = data_rows(shown[name])
    formulas = data_rows(book[name])[1]

    for _, title, letter in mark_columns(shown[name]):
        place = openpyxl.utils.column_index_from_string(letter) - 1
        counted = not title.endswith("（取值）") and rows
        assert total[place].value == (sum(r[place].value for r in rows) if counted else None)
        assert formulas[place].value == (
            f"=SUM({letter}4:{letter}{3 + len(rows)})" if counted else None
        )
