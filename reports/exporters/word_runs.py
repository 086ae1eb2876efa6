"""Words and numbers inside a paragraph of a Word file; every number carries a bookmark."""

import re
from collections.abc import Iterable
from html import escape

from dangjian.lib.prose import Piece, Printed

# What XML cannot hold: control characters and halves of surrogate pairs.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
NAME_LENGTH = 40  # of a bookmark, says Word
# The hint makes “ ” … — full-width, in the Chinese typeface.
RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
MARKED = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>{2}<w:bookmarkEnd w:id="{0}"/>'
BREAK = "<w:r><w:br/></w:r>"


def printable(text: str) -> str:
    """The text without what a Word file cannot hold; a line break or tab becomes a space."""
    return UNPRINTABLE.sub(lambda found: " " if found[0].isspace() else "", text)


def run(text: str) -> str:
    """The text as a run."""
    return RUN.format(escape(printable(text), quote=False)) if text else ""


class Bookmarks:
    """The numbers printed so far, each under a name of its own, made from its figure's slug."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        # Of each figure the number first printed, and the name of its bookmark.
        self.first: dict[str, tuple[str, Printed]] = {}

    def runs(self, pieces: Iterable[Piece]) -> str:
        """The pieces as runs, a bookmark around every number."""
        return "".join(
            self.marked(piece) if isinstance(piece, Printed) else run(piece.text)
            for piece in pieces
        )

    def marked(self, printed: Printed) -> str:
        name = self.free_name(printed.slug)
        number = len(self.names)
        self.names[name.casefold()] = None
        self.first.setdefault(printed.slug, (name, printed))
        return MARKED.format(number, name, run(printed.text))

    def free_name(self, slug: str) -> str:
        """Letters, digits and underscores, a letter first; a number behind where it is taken."""
        plain = re.sub(r"\W", "_", slug)
        plain = plain if plain[:1].isalpha() else f"figure_{plain}"
        name, count = plain[:NAME_LENGTH], 1
        while name.casefold() in self.names:
            count += 1
            end = f"_{count}"
            name = plain[: NAME_LENGTH - len(end)] + end
        return name
