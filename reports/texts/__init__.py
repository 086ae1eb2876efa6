"""The default texts of documents, one Markdown file each.

`#` and `##` are headings of level 1 and 2; every other line is a paragraph. Sentences hold figures
in braces and clauses in brackets (dangjian.lib.prose), so that they stay true when a number is
zero, falls, or has nothing to be compared with. `{unit}` is the name of whose document it is.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple


class Line(NamedTuple):
    """A heading of level 1 or 2, or a paragraph (level 0)."""

    level: int
    text: str


@cache
def default_text(name: str) -> list[Line]:
    """The lines of `reports/texts/<name>.md`, blank ones left out."""
    text = (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")
    return [line_of(line) for line in text.splitlines() if line.strip()]


def line_of(line: str) -> Line:
    marks = len(line) - len(line.lstrip("#"))
    return Line(marks, line[marks:].strip())
