"""What tests read off a page: the figures printed on it, its tables, its words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Printed:
    """A figure as a page prints it; `value` is its data-value, "" for none."""

    slug: str
    value: str
    href: str
    text: str = ""


@dataclass
class Shown:
    """A table of records: its marks for tests, and the text of every cell."""

    row_count: int
    total: str
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """`figures` and `tables` in the order of the page; `paper`: the text of its document."""

    def __init__(self, html):
        super().__init__()
        self.figures, self.tables, self.paper = [], [], ""
        self._figure = self._cells = self._part = None
        self._in_table = self._on_paper = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and "data-figure" in given:
            self._figure = Printed(given["data-figure"], given["data-value"], given["href"])
            self.figures.append(self._figure)
        elif tag == "table":
            self._in_table = "data-row-count" in given
            if self._in_table:
                self.tables.append(Shown(int(given["data-row-count"]), given["data-total"]))
        elif tag in {"thead", "tbody", "tfoot"}:
            self._part = tag
        elif tag == "tr" and self._in_table:
            self._cells = []
        elif tag in {"td", "th"} and self._cells is not None:
            # A cell over all columns only says that there are no rows.
            self._cells.append(None if "colspan" in given else "")
        elif tag == "article":
            self._on_paper = True

    def handle_endtag(self, tag):
        if tag == "a":
            self._figure = None
        elif tag == "article":
            self._on_paper = False
        elif tag == "table":
            self._in_table = False
        elif tag == "tr" and self._cells is not None:
            self._keep([cell.strip() for cell in self._cells if cell is not None])
            self._cells = None

    def handle_data(self, data):
        if self._figure is not None:
            self._figure.text += data
        if self._cells and self._cells[-1] is not None:
            self._cells[-1] += data
        if self._on_paper:
            self.paper += data

    def _keep(self, cells):
        table = self.tables[-1]
        match self._part:
            case "thead":
                table.header = cells
            case "tfoot":
                table.footer = cells
            case _ if cells:
                table.rows.append(cells)


def page(client, address, **query):
    """The page at an address, which must answer 200."""
    response = client.get(address, query)
    assert response.status_code == 200, address
    return Page(response.content.decode())
