"""The texts an office starts from, one Markdown file for each kind of document.

A heading is `# code words` (一、) or `## code words` (（一））; what stands before the first is the
opening. Every other line is a paragraph. Sentences hold figures in braces and clauses in brackets
(dangjian.lib.prose), so that they stay true when a number is zero, falls, or has nothing to be
compared with. `{unit}` is the name of whose document it is.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

OPENING = "opening"


class Part(NamedTuple):
    """A section: its heading of level 1 or 2 (0: the opening, without one) and its paragraphs.

    `code` is what a section of a default text is found again by; one an office added has none.
    """

    code: str
    level: int
    heading: str
    text: str

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The heading and each paragraph (level 0)."""
        heading = [(self.level, self.heading)] if self.level else []
        return heading + [(0, line.strip()) for line in self.text.splitlines() if line.strip()]


@cache
def default_parts(name: str) -> tuple[Part, ...]:
    """The sections of `reports/texts/<name>.md`."""
    return parts_in(Path(__file__).parent / f"{name}.md")


def parts_in(path: Path) -> tuple[Part, ...]:
    """The sections of a file; a text without an opening has none."""
    lines = path.read_text(encoding="utf-8").splitlines()
    parts = [Part(OPENING, 0, "", "")]
    for line in filter(str.strip, lines):
        if line.startswith("#"):
            marks, code, heading = line.split(maxsplit=2)
            parts.append(Part(code, len(marks), heading, ""))
        else:
            last = parts[-1]
            parts[-1] = last._replace(text=f"{last.text}\n{line}".strip())
    return tuple(part for part in parts if part.level or part.text)
