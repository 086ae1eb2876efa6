"""The year-end workbook in LibreOffice: it prints, and calculates what the file says."""

import subprocess
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from dangjian.lib import periods
from dangjian.lib.figures import all_registers
from orgs.scope import EVERYTHING
from reports.exporters.workbook import write_workbook
from reports.summary import build_summary
from tests import factories
from tests.requirements import LIBREOFFICE, first_on_path

pytestmark = [pytest.mark.django_db, pytest.mark.libreoffice]

SHEETS = 2 + len(all_registers())
# LibreOffice trusts the values stored in a file; here it is to calculate every formula again.
ALWAYS_CALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


@pytest.fixture
def report(root, tmp_path):
    """The report of three villages, which have a row or more in every register."""
    term = factories.TermFactory(organization=root)
    for _ in range(3):
        ballots = factories.BallotsFactory(election__term=term)
        factories.SeatFactory(election=ballots.election)
        factories.MembershipFactory(person__organization=ballots.election.body.organization)
        factories.CoverageFactory()
    summary = build_summary(EVERYTHING, periods.year(2025), unit="大桥街道", office="大桥街道")
    path = tmp_path / "report.xlsx"
    path.write_bytes(write_workbook(summary, EVERYTHING, all_registers()).getvalue())
    return path


def converted(kind, *paths):
    """The files as LibreOffice writes them, in a directory of their own."""
    directory = paths[0].parent
    settings = directory / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_CALCULATE)
    command = [
        first_on_path(LIBREOFFICE),
        f"-env:UserInstallation={(directory / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(directory / "converted"),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 - fixed words and the test's own files
    return [(directory / "converted" / path.name).with_suffix(f".{kind}") for path in paths]


def numbers(stream):
    """Every number of a workbook as a reader sees it, by sheet and cell."""
    book = openpyxl.load_workbook(stream, data_only=True)
    return {
        (sheet.title, cell.coordinate): round(cell.value, 6)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


def test_prints_no_sheet_wider_than_its_paper(report):
    (printed,) = converted("pdf", report)

    content = printed.read_bytes()
    assert content.startswith(b"%PDF")
    # A sheet two pages wide would double this; the figures take four pages.
    assert SHEETS <= content.count(b"/Type/Page/") <= 2 * SHEETS


def test_calculates_the_values_stored(report, tmp_path):
    planted = tmp_path / "planted.xlsx"
    with xlsxwriter.Workbook(planted) as book:
        book.add_worksheet("A").write_formula("A1", "=1+1", None, 3)

    again, corrected = converted("xlsx", report, planted)

    assert numbers(corrected) == {("A", "A1"): 2}
    assert numbers(again) == numbers(BytesIO(report.read_bytes()))
