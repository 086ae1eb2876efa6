"""The report opened by another program, which calculates what the file says."""

import re
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from dangjian.lib.figures import all_figures, compute
from orgs.middleware import scope_below
from orgs.models import Organization
from tests.reports.libreoffice import converted
from tests.reports.workbooks import PERIOD, figure_rows, report

pytestmark = [pytest.mark.django_db, pytest.mark.libreoffice]

ERRORS = ("#", "Err:")
# Whose report: the whole subdistrict's, a village's, and one that has nothing to divide by.
UNITS = ["大桥街道", "石桥村党总支", "石桥片区联合党支部"]


@dataclass(frozen=True)
class Recalculated:
    """A workbook as it was written, and after every formula was calculated again."""

    formulas: dict
    stored: dict
    again: dict

    def wrong(self):
        """The cells whose stored value is not what their formula gives."""
        return {
            place: (self.stored[place], self.again[place])
            for place in self.formulas
            if not same(self.stored[place], self.again[place])
        }

    def errors(self):
        return [place for place, value in self.again.items() if str(value).startswith(ERRORS)]


def recalculated(path):
    (again,) = converted("xlsx", path)
    everything = cells(path, data_only=False)
    return Recalculated(
        {place: value for place, value in everything.items() if str(value).startswith("=")},
        cells(path, data_only=True),
        cells(again, data_only=True),
    )


def cells(path, *, data_only):
    """What stands in every cell, by sheet and place."""
    book = openpyxl.load_workbook(path, data_only=data_only, read_only=True)
    found = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    book.close()
    return found


def same(stored, again):
    """Two results, but for what a number of sixteen digits loses on its way through a file."""
    if isinstance(stored, int | float) and isinstance(again, int | float):
        return stored == pytest.approx(again, rel=1e-12, abs=0)
    return stored == again


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("recalculated")


@pytest.fixture(scope="module")
def reports(demo, directory, django_db_blocker):
    """The demo's report of each unit: the scope, the file, and what its formulas give."""
    found = {}
    with django_db_blocker.unblock():
        for name in UNITS:
            unit = Organization.objects.filter(short_name=name).first() or demo
            scope = scope_below(unit)
            path = directory / f"{name}.xlsx"
            path.write_bytes(report(scope, name))
            found[name] = scope, path, recalculated(path)
    return found


@pytest.mark.parametrize("name", UNITS)
def test_every_formula_gives_the_value_stored(reports, name):
    _, _, book = reports[name]

    assert book.wrong() == {}
    assert book.errors() == []


@pytest.mark.parametrize("name", UNITS)
def test_every_formula_gives_the_figure(reports, name):
    scope, path, _ = reports[name]
    again = openpyxl.load_workbook(path.parent / "converted" / path.name, data_only=True)
    values = compute(all_figures(), scope, PERIOD)

    assert {slug: row["数值"] for slug, row in figure_rows(again["指标"]).items()} == {
        slug: "—" if value.number is None else float(value.number) for slug, value in values.items()
    }


def test_one_wrong_value_is_found(reports, directory):
    """A copy whose stored value of one figure is off by one."""
    _, path, _ = reports[UNITS[0]]
    wrong = directory / "wrong.xlsx"
    place = next(
        row[2].coordinate
        for row in openpyxl.load_workbook(path)["指标"].iter_rows()
        if row[-1].value == "orgs.covered"
    )
    plant(path, wrong, place, 47, 48)

    assert recalculated(wrong).wrong() == {("指标", place): (48, 47)}


def plant(path, copy, place, value, other):
    """A copy of the file with another stored value at a place of 指标, its third sheet."""
    with ZipFile(path) as book, ZipFile(copy, "w", ZIP_DEFLATED) as planted:
        for part in book.namelist():
            content = book.read(part)
            if part == "xl/worksheets/sheet3.xml":
                cell = re.compile(rf'(<c r="{place}"[^>]*><f>[^<]*</f><v>){value}(</v>)'.encode())
                content, count = cell.subn(rf"\g<1>{other}\2".encode(), content)
                assert count == 1
            planted.writestr(part, content)
