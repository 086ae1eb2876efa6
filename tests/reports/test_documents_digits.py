"""Every number on paper is counted, a date, a numbering, a record's own, or marked as typed."""

import re
from html.parser import HTMLParser

import pytest

from tests.factories import OrganizationFactory, ReportFactory, SectionFactory

pytestmark = pytest.mark.django_db

ADDRESSES = ["/reports/{}/summary/", "/reports/{}/plan/"]
YEARS = [2024, 2025, 2026]
DIGITS = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?")  # noqa: RUF001 full-width, as people type it
DATES = re.compile(r"\d{4}年度?(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日")
NUMBERING = re.compile(r"^\s*(?:\d{1,2}\.\s|（\d{1,2}）)")


class Paper(HTMLParser):
    """`open` is the paper's text outside figures, marks and records, a line for each element."""

    def __init__(self, html):
        super().__init__()
        self.figures, self.marked, self.lines = [], [], []
        self._within, self._kinds = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in {"br", "img", "meta", "link", "input", "path", "use", "col"}:
            return
        kind = ""
        if tag == "article" and "paper" in given.get("class", ""):
            kind = "paper"
        elif {"data-figure", "data-baseline-of"} & given.keys():
            kind = "figure"
        elif tag == "mark" and given.get("class") == "typed":
            kind = "typed"
        elif given.get("data-source") == "record":
            kind = "record"
        self._within.append((tag, kind))
        if tag in {"p", "h1", "h2", "h3", "td", "th"}:
            self.lines.append("")

    def handle_endtag(self, tag):
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, data):
        kinds = {kind for _, kind in self._within}
        if "paper" not in kinds or "record" in kinds:
            return
        if "figure" in kinds:
            self.figures.append(data)
        elif "typed" in kinds:
            self.marked.append(data)
        elif self.lines:
            self.lines[-1] += data

    @property
    def unexplained(self):
        """Digits that are none of those: nobody would know where they come from."""
        plain = (DATES.sub("", NUMBERING.sub("", line.strip())) for line in self.lines)
        return [found for line in plain for found in DIGITS.findall(line)]


def paper(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Paper(answer.content.decode())


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("account", ["clerk", "leader", "secretary", "branch"])
def test_every_number_says_where_it_comes_from(clients, account, year, address):
    found = paper(clients[account], address.format(year))

    assert found.unexplained == []


def test_summary_of_the_demo_is_counted_nearly_whole(clients):
    found = paper(clients["clerk"], "/reports/2025/summary/")

    # 35岁及以下, 近60天 …: names of groups. Nothing else is typed.
    assert len(found.figures) > 60
    assert {one for one in found.marked if not re.fullmatch("20[0-9]{2}", one)} <= {
        "3", "35", "45", "60"
    }  # fmt: skip


def test_number_typed_by_hand_is_marked(root, as_role):
    report = ReportFactory(organization=root)
    SectionFactory(report=report, heading="新增3个", text="共有１２家、3.5%，<b>7</b>。")

    found = paper(as_role("clerk", root), "/reports/2025/summary/")

    assert (found.marked, found.unexplained) == (["3", "１２", "3.5", "7"], [])  # noqa: RUF001


def test_crawl_finds_what_is_not_marked():
    line = '1. 共有5个，2025年3月1日，<a data-figure="x">6</a>'

    assert Paper(f'<article class="paper"><p>{line}</p></article>').unexplained == ["5"]


def test_name_with_a_number_is_marked(root, as_role):
    unit = OrganizationFactory(parent=root, short_name="第3党支部")

    found = paper(as_role("secretary", unit), "/reports/2025/summary/")

    assert "3" in found.marked
