"""The report on paper."""

import openpyxl
import pytest

from orgs.scope import EVERYTHING
from tests import factories
from tests.reports.libreoffice import converted
from tests.reports.workbooks import report

pytestmark = [pytest.mark.django_db, pytest.mark.libreoffice]


@pytest.fixture
def small(root, tmp_path):
    """The report of three villages, which have a row or more in every register."""
    term = factories.TermFactory(organization=root)
    for _ in range(3):
        ballots = factories.BallotsFactory(election__term=term)
        factories.SeatFactory(election=ballots.election)
        factories.MembershipFactory(person__organization=ballots.election.body.organization)
        factories.CoverageFactory()
    path = tmp_path / "report.xlsx"
    path.write_bytes(report(EVERYTHING))
    return path


def test_prints_no_sheet_wider_than_its_paper(small):
    sheets = len(openpyxl.load_workbook(small).sheetnames)

    (printed,) = converted("pdf", small)

    content = printed.read_bytes()
    assert content.startswith(b"%PDF")
    # A sheet two pages wide would double this; figures and checks take fifteen pages together.
    assert sheets <= content.count(b"/Type/Page/") <= sheets + 15
