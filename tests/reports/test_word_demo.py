"""The demo's documents as Word files: from its page, from the command, of every unit."""

import re
from io import BytesIO

import docx
import pytest
from django.core.management import call_command

from dangjian.env import BASE_DIR
from dangjian.lib import periods, prose
from orgs.middleware import scope_below
from orgs.models import Organization
from reports.documents.build import build_document
from reports.exporters.word import write_word
from reports.exporters.word_fonts import FACES, LATIN
from reports.models import Kind
from tests.reports.papers import bookmarks, read, texts

pytestmark = pytest.mark.django_db
OFFICE = "大桥街道"
YEARS = [2024, 2025, 2026]


def document_of(organization, year, kind=Kind.SUMMARY):
    unit = OFFICE if organization.parent_id is None else organization.short_name
    scope, period = scope_below(organization), periods.year(year)
    return build_document(kind, scope, period, unit=unit, office=OFFICE)


def one_of_each_kind():
    """An organization of every level, sector and formation there is."""
    found = {}
    for one in Organization.objects.order_by("pk"):
        found.setdefault((one.level, one.sector, one.formation), one)
    return found.values()


def pieces_of(document):
    """Everything printed in text and tables, in order."""
    cells = [cell for table in document.appendices for row in table.rows for cell in row]
    return [
        piece for run in [*(block.pieces for block in document.blocks), *cells] for piece in run
    ]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("kind", Kind)
def test_every_figure_printed_has_a_bookmark_and_a_row(demo, kind, year):
    for unit in one_of_each_kind():
        document = document_of(unit, year, kind)
        figures = [one for one in pieces_of(document) if isinstance(one, prose.Printed)]
        file = read(document)
        rows = [[cell.text for cell in row.cells] for row in file.tables[-1].rows]

        marked = bookmarks(file)
        assert [text for _, text in marked] == [piece.text for piece in figures]
        assert len({name.casefold() for name, _ in marked}) == len(marked)
        assert [row[-1] for row in rows[1:]] == list(dict.fromkeys(one.slug for one in figures))
        assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, len(rows))]


def test_text_is_that_of_the_page(demo):
    summary = document_of(demo, 2025)
    file = read(summary)

    by_level = {0: "BodyText", 1: "Heading1", 2: "Heading2"}
    for level, key in by_level.items():
        assert texts(file, key) == [
            prose.plain(block.pieces) for block in summary.blocks if block.level == level
        ]


def test_every_row_count_of_the_demo_is_known(demo):
    file = read(document_of(demo, 2025))

    rows = [[cell.text for cell in row.cells] for row in file.tables[-1].rows][1:]
    assert [row for row in rows if not re.match(r"\d", row[4])] == []
    assert [row[1:2] + row[3:5] for row in rows if row[-1] == "elections.party_college_rate"] == [
        ["党组织成员大专及以上学历比例", "70.31%", "45／64"]
    ]


@pytest.mark.parametrize("kind", Kind)
def test_page_offers_the_word_file(clients, kind):
    page = clients["clerk"].get(f"/reports/2025/{kind}/").content.decode()

    assert f'href="/reports/2025/{kind}.docx?year=2025"' in page


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ("clerk", "大桥街道2025年度党建工作总结.docx"),
        ("secretary", "石桥村党总支2025年度党建工作总结.docx"),
    ],
)
def test_word_file_is_of_the_unit_looked_at(clients, account, name):
    answer = clients[account].get("/reports/2025/summary.docx")

    file = docx.Document(BytesIO(b"".join(answer.streaming_content)))
    assert f"{texts(file, 'Title')[0]}.docx" == name
    assert answer.headers["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    assert answer.filename == name


def test_word_file_of_another_unit_is_not_found(clients):
    other = Organization.objects.get(short_name="柳岸村党总支")

    answer = clients["secretary"].get(f"/reports/2025/summary.docx?org={other.pk}")
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", Kind)
def test_command_writes_what_the_page_gives(demo, clients, tmp_path, kind):
    path = tmp_path / "paper.docx"

    call_command(
        "export_report", "--year", "2025", "--format", "docx", "--kind", kind, "--output", str(path)
    )

    answer = clients["clerk"].get(f"/reports/2025/{kind}.docx")
    assert path.read_bytes() == b"".join(answer.streaming_content)


def test_command_writes_the_documents_of_a_unit(demo, tmp_path):
    path = tmp_path / "summary.docx"
    village = Organization.objects.get(short_name="石桥村党总支")

    call_command(
        "export_report", "--year", "2025", "--organization", "石桥村党总支", "--format", "docx",
        "--output", str(path),
    )  # fmt: skip

    assert path.read_bytes() == write_word(document_of(village, 2025)).getvalue()


def test_printed_page_names_the_typefaces_of_the_word_file():
    css = (BASE_DIR / "static/css/print.css").read_text(encoding="utf-8")

    assert [face.name for face in FACES if f'"{face.name}"' not in css] == []
    assert f'local("{LATIN}")' in css
