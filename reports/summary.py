"""The annual summary: text and figures of one scope and year, for page, print and workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dangjian.lib import prose
from dangjian.lib.figures import Value, compute, figure_named
from dangjian.lib.periods import Period

from .texts import Line, default_text

NUMERALS = "一二三四五六七八九十"
# Stands for the name of whose summary it is; not a figure.
UNIT = "{unit}"


@dataclass(frozen=True)
class Block:
    """A heading of level 1 or 2, or a paragraph (level 0), its clauses decided."""

    level: int
    pieces: list[prose.Piece]


@dataclass(frozen=True)
class Summary:
    """A summary as it stands now: what it is called, its blocks, and every value in it."""

    unit: str
    period: Period
    title: str
    blocks: list[Block]
    values: dict[str, Value]
    # Named where the numbers are not those of the whole subdistrict.
    counted_only: str


def build_summary(scope: Any, period: Period, *, unit: str, office: str) -> Summary:
    """The summary of `unit` for the period. One query per register and baseline."""
    lines = parsed_text("summary" if unit == office else "unit_summary", unit)
    slugs = {slug: None for _, text in lines for slug in text.slugs}
    values = compute([figure_named(slug) for slug in slugs], scope, period)
    return Summary(
        unit=unit,
        period=period,
        title=f"{unit}{period.first_day.year}年度党建工作总结",
        blocks=list(numbered(written(lines, values))),
        values=values,
        counted_only="" if unit == office else unit,
    )


@lru_cache(maxsize=256)
def parsed_text(name: str, unit: str) -> list[tuple[int, prose.Prose]]:
    """A default text with the unit's name in it, as level and prose per line."""

    def parsed(line: Line) -> prose.Prose:
        return prose.parse(line.text.replace(UNIT, prose.escape(unit)))

    return [(line.level, parsed(line)) for line in default_text(name)]


def written(lines: list[tuple[int, prose.Prose]], values: dict[str, Value]) -> list[Block]:
    """The lines with their clauses decided; paragraphs left empty go, and headings over nothing."""
    blocks: list[Block] = []
    for level, text in reversed(lines):
        pieces = prose.render(text, values)
        below = blocks[-1].level if blocks else 1
        has_text = below == 0 or (level == 1 and below == 2)
        if has_text if level else prose.plain(pieces).strip():
            blocks.append(Block(level, pieces))
    return blocks[::-1]


def numbered(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, headings numbered 一、 and （一）."""
    first = second = 0
    for block in blocks:
        if block.level == 1:
            first, second = first + 1, 0
            yield Block(1, [prose.Text(f"{NUMERALS[first - 1]}、"), *block.pieces])
        elif block.level == 2:
            second += 1
            yield Block(2, [prose.Text(f"（{NUMERALS[second - 1]}）"), *block.pieces])
        else:
            yield block
