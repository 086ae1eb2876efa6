"""Summary and plan printed from the browser: the same paper as the Word file."""

import re

import pytest

from tests.printed import LEFT, RIGHT, in_from_the_edge, lines_of, pages_of, run

pytestmark = pytest.mark.browser

PAPERS = {
    "/reports/2025/summary/": "大桥街道2025年度党建工作总结",
    "/reports/2026/plan/": "大桥街道2026年党建工作计划",
}
# The paper with other words in it: three hundred characters, and fifty lines of one.
RULED = """
const paper = document.querySelector(".paper");
const texts = ["街".repeat(300), ...Array(50).fill("行")];
paper.replaceChildren(...texts.map((text) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    return paragraph;
}));
"""


@pytest.fixture
def printing(visitor, tmp_path):
    """`printing(address)` is the page as a PDF file; a script may change it before."""

    def pdf(address, script=""):
        window = visitor("clerk")
        window.open(address)
        if script:
            window.page.evaluate(script)
        window.page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
        return tmp_path / "paper.pdf"

    return pdf


@pytest.mark.parametrize(("address", "title"), PAPERS.items())
def test_paper_begins_with_its_title_and_nothing_of_the_page(printing, address, title):
    text = "".join(pages_of(printing(address)))

    assert text.split()[0] == title
    assert [word for word in ("工作台", "导出", "修改密码", "台账与") if word in text] == []


@pytest.mark.parametrize("address", PAPERS)
def test_page_numbers_stand_at_the_outer_edge(printing, address):
    path = printing(address)

    assert "(A4)" in run("pdfinfo", path)
    for number, text in enumerate(pages_of(path), 1):
        assert re.search(rf"—\s*{number}\s*—\s*$", text), text
        assert in_from_the_edge(path, number) == pytest.approx(14, abs=3)


def test_line_holds_28_characters(printing):
    text = "".join(pages_of(printing("/reports/2025/summary/", RULED)))

    # The first has two fewer: its indent.
    found = [len(line.strip()) for line in text.splitlines() if line.strip().startswith("街")]
    assert found == [26, *[28] * 9, 22]


def test_page_holds_22_lines_of_29_points(printing):
    tops = [box[1] for box in lines_of(printing("/reports/2025/summary/", RULED), 2)[:-1]]

    # A line's place is rounded to the screen's pixels; together they are 21 times 29 points.
    assert (len(tops), tops[-1] - tops[0]) == (22, pytest.approx(21 * 29, abs=1))


def test_nothing_stands_outside_the_type_area(printing):
    path = printing("/reports/2025/summary/")

    boxes = [box for page, _ in enumerate(pages_of(path), 1) for box in lines_of(path, page)]
    assert [box for box in boxes if box[0] < LEFT - 1 or box[2] > RIGHT + 1] == []


def test_attachment_begins_on_a_page_of_its_own(printing):
    pages = [page.split() for page in pages_of(printing("/reports/2026/summary/"))]

    (attached,) = [page for page in pages if page[0] == "附件"]
    assert attached[1] == "2026年工作计划兑现情况"
    text = "".join(word for page in pages for word in page)
    assert (text.count("附件："), text.count("附件：2026年工作计划兑现情况")) == (1, 1)


def test_colours_and_lines_of_links_are_not_printed(visitor):
    window = visitor("clerk")
    window.open("/reports/2025/summary/")
    window.page.emulate_media(media="print")

    looks = window.page.evaluate(
        """() => [...document.querySelectorAll(".paper a.figure")].map((link) => {
            const style = getComputedStyle(link);
            return `${style.color} ${style.textDecorationLine}`;
        })"""
    )
    assert (len(looks) > 50, set(looks)) == (True, {"rgb(0, 0, 0) none"})
