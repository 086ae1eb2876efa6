"""What a document consists of when it is printed: on screen, in Word, in the workbook."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dangjian.lib import prose

NUMERALS = "一二三四五六七八九十"
RECORD = "record"


@dataclass(frozen=True)
class Block:
    """A heading of level 1 or 2, or a paragraph (level 0), its clauses decided.

    `source` is RECORD where the words are those of a record, numbers in them among it.
    """

    level: int
    pieces: list[prose.Piece]
    source: str = ""


# A heading or paragraph as it is written, or a block that is decided already.
Line = tuple[int, prose.Prose] | Block


@dataclass(frozen=True)
class Appendix:
    """A table printed after the text; a cell is pieces, so that its numbers open onto rows, too.

    `source` as of a Block.
    """

    title: str
    headers: list[str]
    rows: list[list[list[prose.Piece]]]
    note: str = ""
    source: str = ""


def written(lines: Iterable[Line], values: Mapping[str, prose.Value]) -> list[Block]:
    """The lines with their clauses decided; paragraphs left empty go, and headings over nothing."""
    blocks: list[Block] = []
    for line in reversed(list(lines)):
        if isinstance(line, Block):
            blocks.append(line)
            continue
        level, text = line
        pieces = prose.render(text, values)
        below = blocks[-1].level if blocks else 1
        has_text = below == 0 or (level == 1 and below == 2)
        if has_text if level else prose.plain(pieces).strip():
            blocks.append(Block(level, pieces))
    return blocks[::-1]


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, headings numbered 一、 and （一）."""
    first = second = 0
    for block in blocks:
        if block.level == 1:
            first, second = first + 1, 0
            yield Block(1, [prose.Text(f"{numeral(first)}、"), *block.pieces])
        elif block.level == 2:
            second += 1
            yield Block(2, [prose.Text(f"（{numeral(second)}）"), *block.pieces])
        else:
            yield block


def numeral(number: int) -> str:
    """1 to 99 as headings are numbered: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    ten = "十" if tens else ""
    return f"{NUMERALS[tens - 1] if tens > 1 else ''}{ten}{NUMERALS[ones - 1] if ones else ''}"
