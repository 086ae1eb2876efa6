"""The Word file on paper, as LibreOffice prints it: with whichever typefaces this machine has."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from dangjian.lib import periods
from dangjian.lib.prose import Text
from orgs.scope import EVERYTHING
from reports.documents.build import build_summary
from reports.documents.paper import Block
from reports.exporters.word import write_word
from tests.printed import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    in_from_the_edge,
    lines_of,
    pages_of,
    run,
)  # fmt: skip
from tests.reports.libreoffice import converted

pytestmark = [pytest.mark.django_db, pytest.mark.libreoffice]


@pytest.fixture(scope="module")
def summary(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return build_summary(EVERYTHING, periods.year(2025), unit="大桥街道", office="大桥街道")


@pytest.fixture(scope="module")
def printed(summary, tmp_path_factory):
    """The demo's summary, and a paper of three hundred characters and fifty lines, as PDF files."""
    directory = tmp_path_factory.mktemp("printed")
    ruled = replace(
        summary, blocks=[Block(0, [Text("街" * 300)]), *[Block(0, [Text("行")])] * 50], values={}
    )
    paths = {"summary": directory / "summary.docx", "ruled": directory / "ruled.docx"}
    for (_, path), document in zip(paths.items(), (summary, ruled), strict=True):
        path.write_bytes(write_word(document).getvalue())
    files = converted("pdf", *paths.values())
    return dict(zip(paths, files, strict=True))


@pytest.fixture(scope="module")
def pages(printed):
    """The text of each page of the summary."""
    return pages_of(printed["summary"])


def test_paper_is_a4(printed):
    assert "(A4)" in run("pdfinfo", printed["summary"])


def test_every_page_has_its_number_at_the_outer_edge(pages, printed):
    for number, text in enumerate(pages, 1):
        assert re.search(rf"—\s*{number}\s*—\s*$", text), text
        assert in_from_the_edge(printed["summary"], number) == pytest.approx(14, abs=3)


def test_text_is_printed_whole(pages, summary):
    text = re.sub(r"\s", "", "".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pages))
    words = [
        summary.title,
        *("".join(piece.text for piece in block.pieces) for block in summary.blocks),
        "附件：指标溯源表",
        summary.dated,
    ]

    assert [line for line in words if line not in text] == []


def test_title_stands_alone_and_the_table_on_a_page_of_its_own(pages):
    first = [line.strip() for line in pages[0].splitlines() if line.strip()]
    (start,) = [page for page in pages if page.strip().startswith("附件")]

    assert first[0].replace(" ", "") == "大桥街道2025年度党建工作总结"
    assert [line.strip() for line in start.splitlines() if line.strip()][:2] == [
        "附件",
        "指标溯源表",
    ]


def test_nothing_stands_outside_the_type_area(pages, printed):
    # Punctuation that ends a line may hang into the margin, the text's own body may not.
    outside = [
        (number, box)
        for number in range(1, len(pages) + 1)
        for box in lines_of(printed["summary"], number)[:-1]
        if box[0] < LEFT - 3 or box[2] > RIGHT + 16 or box[1] < TOP - 3 or box[3] > BOTTOM + 6
    ]

    assert outside == []


def test_line_holds_28_characters(printed):
    lines = [
        line.strip() for line in run("pdftotext", "-layout", printed["ruled"], "-").split("\n")
    ]

    # The first has two fewer: its indent.
    assert [len(line) for line in lines if line.startswith("街")] == [26, *[28] * 9, 22]


def test_page_holds_22_lines(printed):
    tops = [box[1] for box in lines_of(printed["ruled"], 2)[:-1]]

    assert len(tops) == 22
    pitches = [below - above for above, below in pairwise(tops)]
    assert pitches == pytest.approx([29] * 21, abs=0.2)
