"""A document as a Word file in the layout of official papers (GB/T 9704-2012): docs/adr/0018."""

import re
from datetime import UTC, datetime, time
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from reports.documents.build import Document
from reports.documents.paper import Block

from .word_measures import CHARACTERS, LINE, WIDTH, characters, ems
from .word_runs import BREAK, Bookmarks, printable, run
from .word_styles import (
    APPENDIX,
    APPENDIX_TITLE,
    COUNTED_ONLY,
    DATE,
    ENCLOSURE,
    HEADINGS,
    PAPER_TITLE,
    PARAGRAPH,
    SIGNATURE,
    W,
    font_table,
    set_page,
    style_sheet,
)
from .word_tables import TRACES, appendix_table, paragraph, trace_table

TITLE_EMS = WIDTH / (PAPER_TITLE.size * 20)
# What stays together at the end of a title's line: digits, Latin words.
LETTERS = re.compile(r"[0-9A-Za-z.]+|.", re.DOTALL)
# Of python-docx's empty file, what a paper has no use for.
UNUSED = {
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
EARLIEST = (1980, 1, 1, 0, 0, 0)


def write_word(document: Document) -> BytesIO:
    """The document as a .docx file, ready to be read from the start.

    Every number printed carries a bookmark, and the last table (指标溯源表) says of each figure
    what it is and from how many rows it was counted. The same document gives the same bytes.
    """
    file = docx.Document()
    leave_out_unused(file)
    file.part._styles_part._element = style_sheet()
    file.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = font_table()
    file.settings.odd_and_even_pages_header_footer = True
    (section,) = file.sections
    set_page(section)
    describe(file.core_properties, document)
    body = parse_xml(f"<w:body {W}>{content(document)}</w:body>")
    for element in list(body):
        section._sectPr.addprevious(element)
    return repacked(file)


def content(document: Document) -> str:
    """The paragraphs and tables of the paper, in order."""
    bookmarks = Bookmarks()
    parts = [
        title(PAPER_TITLE, document.title, document.unit, has_note=bool(document.counted_only))
    ]
    if document.counted_only:
        words = f"（本文数字只统计{document.counted_only}）"
        parts.append(paragraph(COUNTED_ONLY, run(words)))
    parts += [block_paragraph(block, bookmarks) for block in document.blocks]
    names = [*(appendix.title for appendix in document.appendices), TRACES]
    parts += [*enclosures(names), *signature(document)]
    tables = [appendix_table(appendix, bookmarks) for appendix in document.appendices]
    tables.append(trace_table(document, bookmarks))
    for number, (name, table) in enumerate(zip(names, tables, strict=True), 1):
        mark = f"附件{number}" if len(names) > 1 else "附件"
        parts += [paragraph(APPENDIX, run(mark)), title(APPENDIX_TITLE, name, ""), table]
    return "".join(parts)


def block_paragraph(block: Block, bookmarks: Bookmarks) -> str:
    return paragraph(HEADINGS.get(block.level, PARAGRAPH), bookmarks.runs(block.pieces))


def title(style: Any, text: str, unit: str, *, has_note: bool = False) -> str:
    """A title, a line each; a note below it takes the place of the blank line."""
    lines = BREAK.join(run(line) for line in title_lines(text, unit))
    return paragraph(style, lines, spacing(after=0) if has_note else "")


def title_lines(text: str, unit: str) -> list[str]:
    """A title as its lines: one where it fits, else broken behind the unit, and evenly."""
    if ems(text) <= TITLE_EMS:
        return [text]
    rest = text.removeprefix(unit)
    parts = [unit, rest] if unit and rest and rest != text else [text]
    return [line for part in parts for line in evenly(part)]


def evenly(text: str) -> list[str]:
    """The text in as few lines as it needs, none longer than the one above it by a word."""
    count = ceil(ems(text) / TITLE_EMS)
    length = ems(text) / count
    lines = [""]
    for letters in LETTERS.findall(text):
        if len(lines) < count and ems("".join(lines)) >= length * len(lines):
            lines.append("")
        lines[-1] += letters
    return lines


def enclosures(names: list[str]) -> list[str]:
    """附件说明: one line below the text; wrapped lines start where the name does."""
    several = len(names) > 1
    parts = []
    for number, name in enumerate(names, 1):
        label = "附件：" if number == 1 else ""
        mark = f"{label}{number}." if several else label
        left, hanging = characters(6 if several else 5), characters(ems(mark))
        above = spacing(before=LINE) if number == 1 else ""
        own = f'{above}<w:ind w:left="{left}" w:hanging="{hanging}"/>'
        parts.append(paragraph(ENCLOSURE, run(mark + name), own))
    return parts


def signature(document: Document) -> list[str]:
    """Unit and date where nothing is sealed (§7.3.5.2): the date starts 2 characters behind the
    unit, and the longer of the two ends 2 characters from the right."""
    unit, day = document.unit, document.dated
    width = max(ems(unit), ems(day) + 2)
    start = max(0, CHARACTERS - 2 - width)
    # The longer one is set from the right: it ends there in whatever typeface it is shown.
    ends = f'<w:ind w:rightChars="200" w:right="{characters(2)}"/><w:jc w:val="right"/>'
    of_unit = ends if ems(unit) == width else f'<w:ind w:left="{characters(start)}"/>'
    of_day = f'<w:ind w:left="{characters(start + 2)}"/>' if ems(unit) == width else ends
    return [
        paragraph(SIGNATURE, run(unit), spacing(before=LINE) + of_unit),
        paragraph(DATE, run(day), of_day),
    ]


def spacing(**points: int) -> str:
    """Space above or below a paragraph other than its style's, in twips."""
    sides = " ".join(f'w:{side}="{length}"' for side, length in points.items())
    return f"<w:spacing {sides}/>"


def leave_out_unused(file: Any) -> None:
    for relations in (file.part.package.rels, file.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype in UNUSED:
                del relations[key]


def describe(properties: Any, document: Document) -> None:
    """Title, author and days: those of the document, whenever the file is written."""
    day = datetime.combine(document.period.as_of, time(), UTC)
    properties.title = printable(document.title)[:255]
    properties.author = properties.last_modified_by = printable(document.unit)[:255]
    properties.subject = document.kind.label
    properties.comments = properties.keywords = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = day
    properties.revision = 1


def repacked(file: Any) -> BytesIO:
    """The file with no time of day in it: python-docx packs every part with the moment's."""
    packed, stream = BytesIO(), BytesIO()
    file.save(packed)
    with ZipFile(packed) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    stream.seek(0)
    return stream
