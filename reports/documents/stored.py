"""A document as an edition keeps it: plain data, and read back to be shown as it was signed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dangjian.lib.checks import Found
from dangjian.lib.figures import UnknownFigure, Value, figure_named
from dangjian.lib.prose import Piece, Printed, Text

from .build import Document
from .evidence import as_text
from .paper import Appendix, Block

Data = dict[str, Any]


def paper_as_data(document: Document) -> Data:
    """The text as it is printed: blocks and appendices, every figure with its slug and form."""
    return {
        "counted_only": document.counted_only,
        "dated": document.dated,
        "blocks": [
            [block.level, pieces_as_data(block.pieces), block.source] for block in document.blocks
        ],
        "appendices": [
            {
                "title": one.title,
                "headers": one.headers,
                "rows": [[pieces_as_data(cell) for cell in row] for row in one.rows],
                "note": one.note,
                "source": one.source,
            }
            for one in document.appendices
        ],
    }


def pieces_as_data(pieces: Iterable[Piece]) -> list[Any]:
    """Words as a string; a figure as slug, what was printed, and its form."""
    return [
        [one.slug, one.text, one.form] if isinstance(one, Printed) else one.text for one in pieces
    ]


def values_as_data(values: Iterable[Value], in_text: set[str]) -> list[Data]:
    return [value_as_data(value, in_text=value.figure.slug in in_text) for value in values]


def value_as_data(value: Value, *, in_text: bool) -> Data:
    figure = value.figure
    return {
        "slug": figure.slug,
        "name": figure.name,
        "unit": figure.unit,
        "definition": figure.definition,
        "register": figure.register.slug,
        # Whoever may not see all of these may not see the rows.
        "registers": sorted({side.register.slug for side in figure.sides()}),
        "in_text": in_text,
        "exact": as_text(value.exact),
        "before": as_text(value.before),
        "part": value.part,
        "whole": value.whole,
        "plain": "" if value.plain is None else str(value.plain),
        "digits": value.digits,
        "text": value.text,
        "before_text": value.before_text,
    }


def checks_as_data(found: Iterable[Found], explanations: Mapping[str, str]) -> list[Data]:
    return [
        {
            "slug": one.check.slug,
            "name": one.check.name,
            "severity": one.check.severity.value,
            "definition": one.check.definition,
            "outcome": one.outcome.value,
            "left": as_text(one.left),
            "right": as_text(one.right),
            "registers": sorted(register.slug for register in one.check.registers),
            "explanation": explanations.get(one.check.slug, ""),
        }
        for one in found
    ]


@dataclass(frozen=True)
class SignedFigure:
    """A figure of an edition, as it was."""

    data: Data

    def __getattr__(self, name: str) -> Any:
        try:
            return self.data[name]
        except KeyError as error:
            raise AttributeError(name) from error

    @property
    def exact(self) -> Decimal | None:
        return None if self.data["exact"] is None else Decimal(self.data["exact"])


def figures_of(values: Iterable[Data]) -> dict[str, SignedFigure]:
    """The figures of an edition by slug, those of the text first."""
    ordered = sorted(values, key=lambda one: not one["in_text"])
    return {one["slug"]: SignedFigure(one) for one in ordered}


def blocks_of(paper: Data) -> list[Block]:
    return [Block(level, pieces_of(pieces), source) for level, pieces, source in paper["blocks"]]


def appendices_of(paper: Data) -> list[Appendix]:
    return [
        Appendix(
            one["title"],
            one["headers"],
            [[pieces_of(cell) for cell in row] for row in one["rows"]],
            one["note"],
            one["source"],
        )
        for one in paper["appendices"]
    ]


def pieces_of(data: Iterable[Any]) -> list[Piece]:
    return [
        Text(one) if isinstance(one, str) else Printed(one[0], one[1], None, one[2]) for one in data
    ]


def slugs_in(document: Document) -> list[str]:
    """The figures the document names, printed or in a clause that vanished, each once."""
    cells = [cell for one in document.appendices for row in one.rows for cell in row]
    runs = [*(block.pieces for block in document.blocks), *cells]
    printed = [piece.slug for run in runs for piece in run if isinstance(piece, Printed)]
    return [slug for slug in dict.fromkeys([*document.values, *printed]) if is_figure(slug)]


def is_figure(slug: str) -> bool:
    try:
        figure_named(slug)
    except UnknownFigure:
        return False
    return True
