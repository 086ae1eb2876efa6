"""Tables behind the text of a Word file: the document's own, and the table of its figures."""

from collections.abc import Iterable, Sequence

from dangjian.lib.figures import Value
from dangjian.lib.figures.values import NOTHING
from dangjian.lib.printing import day_in_chinese
from dangjian.lib.prose import plain
from reports.documents.build import Document
from reports.documents.paper import Appendix

from .word_measures import POINT, WIDTH, ems
from .word_runs import Bookmarks, run
from .word_styles import CELL, TABLE_HEAD, TABLE_NOTE, TABLE_SHORT, TABLE_TEXT, Style

TRACES = "指标溯源表"
TRACE_HEADERS = ["序号", "指标", "口径", "数值", "行数", "代码"]
TRACE_WIDTHS = [26, 90, 144, 54, 54, 74]  # in points; the type area has 442
TRACE_NOTE = (
    "数字截至{day}，由台账计算，在系统中按代码可查到所依据的每一行。行数：占比和比值为“分子／分母”，"
    "增减数为“现在；基期”。部分合计数或相对数由于单位取舍不同而产生的计算误差均未作机械调整。"
)
GONE = ("（已没有这个指标）", "")

PADDING = 4 * POINT
# A column is as wide as its longest cell wants, within these, in characters of a cell.
NARROWEST, WIDEST, SHORT = 3, 20, 10
EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
MARGINS = "".join(
    f'<w:{side} w:w="{length}" w:type="dxa"/>'
    for side, length in (("top", POINT), ("left", PADDING), ("bottom", POINT), ("right", PADDING))
)
LINK = '<w:hyperlink w:anchor="{}" w:history="1">{}</w:hyperlink>'

# What stands in a cell: its words, for the width, and its runs.
Cell = tuple[str, str]


def paragraph(style: Style, content: str, own: str = "") -> str:
    """A paragraph of that style; `own` is what it sets apart from it."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style.key}"/>{own}</w:pPr>{content}</w:p>'


def appendix_table(appendix: Appendix, bookmarks: Bookmarks) -> str:
    """The table of an appendix and the note below it."""
    cells = [[(plain(cell), bookmarks.runs(cell)) for cell in row] for row in appendix.rows]
    return table(appendix.headers, cells) + note(appendix.note)


def trace_table(document: Document, bookmarks: Bookmarks) -> str:
    """Every figure printed, once: what it is, how it is defined, from how many rows it comes."""
    rows: list[list[Cell]] = []
    for number, (slug, (name, printed)) in enumerate(bookmarks.first.items(), 1):
        value = printed.value if isinstance(printed.value, Value) else None
        name_of, definition = (value.figure.name, value.figure.definition) if value else GONE
        counted = value.text if value else printed.text
        words = [name_of, definition, counted, document.rows.get(slug, NOTHING), slug]
        place = (str(number), LINK.format(name, run(str(number))))
        rows.append([place, *((text, run(text)) for text in words)])
    day = day_in_chinese(document.period)
    widths = [width * POINT for width in TRACE_WIDTHS]
    return table(TRACE_HEADERS, rows, widths) + note(TRACE_NOTE.format(day=day))


def table(headers: Sequence[str], rows: Sequence[Sequence[Cell]], given: Sequence[int] = ()) -> str:
    """A table as wide as the text, its header repeated on every page."""
    wanted = [
        max(ems(text) for text in column)
        for column in zip(headers, *([text for text, _ in row] for row in rows), strict=True)
    ]
    widths = given or shares(wanted)
    styles = [TABLE_SHORT if want <= SHORT else TABLE_TEXT for want in wanted]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = row_of(
        [run(header) for header in headers], widths, [TABLE_HEAD] * len(widths), "<w:tblHeader/>"
    )
    body = "".join(row_of([runs for _, runs in row], widths, styles) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{MARGINS}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def row_of(
    cells: Iterable[str], widths: Iterable[int], styles: Iterable[Style], header: str = ""
) -> str:
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, cell)}</w:tc>"
        for cell, width, style in zip(cells, widths, styles, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{filled}</w:tr>"


def shares(wanted: Sequence[float]) -> list[int]:
    """The widths of columns that together are as wide as the text.

    Short columns get what they want, and long ones share the rest, where that leaves them enough.
    """
    wants = [min(max(want + 1, NARROWEST), WIDEST) * CELL * POINT + 2 * PADDING for want in wanted]
    are_long = [want > SHORT for want in wanted]
    rest = WIDTH - sum(want for want, is_long in zip(wants, are_long, strict=True) if not is_long)
    if not any(are_long) or rest < sum(are_long) * SHORT // 2 * CELL * POINT:
        rest, are_long = WIDTH, [True] * len(wants)
    scale = rest / sum(want for want, is_long in zip(wants, are_long, strict=True) if is_long)
    widths = [
        int(want * scale) if is_long else int(want)
        for want, is_long in zip(wants, are_long, strict=True)
    ]
    return [*widths[:-1], WIDTH - sum(widths[:-1])]


def note(text: str) -> str:
    """What stands below a table; without words it only parts the table from what follows."""
    return paragraph(TABLE_NOTE, run(f"注：{text}" if text else ""))
