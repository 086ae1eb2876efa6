"""How each kind of paragraph of an official paper looks: styles, typefaces, page, page numbers."""

from dataclasses import dataclass, replace
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from .word_fonts import BODY, FACES, HEADING, LATIN, SUBHEADING, TABLE, TITLE, Face
from .word_measures import (
    BOTTOM,
    CLOSER,
    LEFT,
    LINE,
    MILLIMETRE,
    PAGE,
    PITCH_ADDED,
    POINT,
    RIGHT,
    SIZE,
    TOP,
    characters,
)

W = nsdecls("w")
# For every paragraph: no line moved to the next page for the sake of another, nothing hanging into
# the margin, no space of Word's own between Chinese and digits: 22 lines of 28 characters. They
# come of exact lines and closer characters. The page says so as a grid, too, but nothing snaps to
# it: LibreOffice gives each character two cells of a grid that is narrower than the typeface.
PLAIN = "".join(
    f'<w:{name} w:val="0"/>'
    for name in ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid")
)
TITLE_LINE = 34 * POINT
CELL, CELL_LINE = 9, 13 * POINT
# Page numbers: 4号, one character in from the edge; their dashes 7 mm below the type area.
FOLIO = 14
FOLIO_LINE = FOLIO * POINT
FOLIO_BELOW = round(BOTTOM - 7 * MILLIMETRE - FOLIO_LINE / 2)


@dataclass(frozen=True)
class Style:
    """A paragraph style: typeface, size in points, exact line, alignment, indent in characters."""

    key: str
    name: str
    face: Face = BODY
    size: int = 16
    line: int = LINE
    align: str = "both"
    first: int = 0
    before: int = 0
    after: int = 0
    latin: str = LATIN
    # Of a heading: its level, and that it stays on the page of what follows.
    level: int = 0
    keeps: bool = False
    new_page: bool = False

    @property
    def paragraph(self) -> str:
        """The properties of its paragraphs, in the order the format wants."""
        indent = f'w:firstLineChars="{self.first}00" w:firstLine="{characters(self.first)}"'
        parts = [
            "<w:keepNext/><w:keepLines/>" if self.keeps else "",
            "<w:pageBreakBefore/>" if self.new_page else "",
            PLAIN if self == NORMAL else "",
            f'<w:spacing w:before="{self.before}" w:after="{self.after}"',
            f' w:line="{self.line}" w:lineRule="exact"/>',
            f"<w:ind {indent}/>" if self.first else "",
            f'<w:jc w:val="{self.align}"/>',
            f'<w:outlineLvl w:val="{self.level - 1}"/>' if self.level else "",
        ]
        return "".join(parts)

    @property
    def run(self) -> str:
        closer = f'<w:spacing w:val="{CLOSER}"/>' if self.size * POINT == SIZE else ""
        return (
            f'<w:rFonts w:ascii="{self.latin}" w:hAnsi="{self.latin}" w:cs="{self.latin}"'
            f' w:eastAsia="{self.face.name}"/>'
            f'{closer}<w:sz w:val="{self.size * 2}"/><w:szCs w:val="{self.size * 2}"/>'
        )

    def xml(self) -> str:
        is_base = self == NORMAL
        first = ' w:default="1"' if is_base else ""
        based = "" if is_base else '<w:basedOn w:val="Normal"/>'
        return (
            f'<w:style w:type="paragraph"{first} w:styleId="{self.key}">'
            f'<w:name w:val="{self.name}"/>{based}<w:qFormat/>'
            f"<w:pPr>{self.paragraph}</w:pPr><w:rPr>{self.run}</w:rPr></w:style>"
        )


NORMAL = Style("Normal", "Normal")
PARAGRAPH = Style("BodyText", "Body Text", first=2)
HEADINGS = {
    1: Style("Heading1", "heading 1", HEADING, first=2, align="left", level=1, keeps=True),
    2: Style("Heading2", "heading 2", SUBHEADING, first=2, align="left", level=2, keeps=True),
}
PAPER_TITLE = Style("Title", "Title", TITLE, 22, TITLE_LINE, "center", after=LINE, keeps=True)
# Below the title: whose numbers these are.
COUNTED_ONLY = Style("Subtitle", "Subtitle", SUBHEADING, align="center", after=LINE, keeps=True)
ENCLOSURE = Style("Enclosure", "附件说明", align="left", keeps=True)
SIGNATURE = Style("Signature", "Signature", align="left", keeps=True)
DATE = replace(SIGNATURE, key="Date", name="Date", keeps=False)
# “附件” on the first line of a new page, its title on the third.
APPENDIX = Style(
    "Appendix", "附件", HEADING, align="left", after=LINE, level=1, keeps=True, new_page=True
)
APPENDIX_TITLE = replace(PAPER_TITLE, key="AppendixTitle", name="附件标题", after=LINE // 2)
TABLE_HEAD = Style("TableHead", "表头", HEADING, CELL, CELL_LINE, "center")
TABLE_TEXT = Style("TableText", "表格文字", TABLE, CELL, CELL_LINE, "left")
TABLE_SHORT = replace(TABLE_TEXT, key="TableShort", name="表格数字", align="center")
TABLE_NOTE = replace(TABLE_TEXT, key="TableNote", name="表注", before=6 * POINT)
PAGE_NUMBER = Style("Footer", "footer", TABLE, FOLIO, FOLIO_LINE, latin=TABLE.name, align="right")
STYLES = (
    NORMAL, PARAGRAPH, *HEADINGS.values(), PAPER_TITLE, COUNTED_ONLY, ENCLOSURE, SIGNATURE, DATE,
    APPENDIX, APPENDIX_TITLE, TABLE_HEAD, TABLE_TEXT, TABLE_SHORT, TABLE_NOTE, PAGE_NUMBER,
)  # fmt: skip

DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:snapToGrid w:val="0"/><w:kern w:val="0"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
)


def style_sheet() -> Any:
    """The styles of a paper as a `w:styles` element."""
    styles = "".join(style.xml() for style in STYLES)
    return parse_xml(f"<w:styles {W}>{DEFAULTS}{styles}</w:styles>")


def font_table() -> bytes:
    """What stands in for a typeface on a computer that lacks it."""
    fonts = "".join(
        f'<w:font w:name="{face.name}"><w:altName w:val="{",".join(face.alternatives)}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{face.kind}"/></w:font>'
        for face in FACES
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {W}>{fonts}</w:fonts>".encode()


def set_page(section: Any) -> None:
    """A4 with the grid of 22 lines and 28 characters, and page numbers at the outer edge."""
    section.page_width, section.page_height = (Twips(length) for length in PAGE)
    section.left_margin, section.right_margin = Twips(LEFT), Twips(RIGHT)
    section.top_margin, section.bottom_margin = Twips(TOP), Twips(BOTTOM)
    section.header_distance, section.footer_distance = Twips(TOP // 2), Twips(FOLIO_BELOW)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(
        parse_xml(
            f'<w:docGrid {W} w:type="linesAndChars" w:linePitch="{LINE}"'
            f' w:charSpace="{PITCH_ADDED}"/>'
        )
    )
    number_pages(section.footer, "right")
    number_pages(section.even_page_footer, "left")


def number_pages(footer: Any, side: str) -> None:
    """— 1 — at a side, one character in."""
    footer.is_linked_to_previous = False
    run = (
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    )
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph = parse_xml(
        f'<w:p {W}><w:pPr><w:pStyle w:val="{PAGE_NUMBER.key}"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{FOLIO * POINT}"/><w:jc w:val="{side}"/></w:pPr>'
        f"{run.format('— ')}{number}{run.format(' —')}</w:p>"
    )
    element = footer._element
    for old in list(element):
        element.remove(old)
    element.append(paragraph)
