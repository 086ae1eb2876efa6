"""The words that stand at each figure: its name, and the office's sentences that print it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import Any

from dangjian.lib import prose
from dangjian.lib.figures import Figure, UnknownFigure, figure_named
from dangjian.lib.quantities import find_quantities
from dangjian.lib.surroundings import surroundings

from .words import pairs_of, weights_of

Vector = dict[str, float]
# Printed in place of a figure where only the words around it are wanted.
ANY_NUMBER = 2


@dataclass(frozen=True, eq=False)
class Usage:
    """Words that stand at a figure: its name, or those around it in a text."""

    vector: Vector
    is_name: bool

    @cached_property
    def length(self) -> float:
        return sqrt(sum(weight * weight for weight in self.vector.values()))

    @cached_property
    def total(self) -> float:
        return sum(self.vector.values())


# How telling a pair of characters is that no figure's name or text has, beside the rarest one.
UNHEARD = 0.8


@dataclass(frozen=True, eq=False)
class Phrasebook:
    """The usages of each figure by its slug, and how telling each pair of characters is."""

    usages: dict[str, list[Usage]]
    telling: dict[str, float]

    @cached_property
    def unheard(self) -> float:
        return UNHEARD * max(self.telling.values(), default=1.0)

    def of(self, slug: str) -> list[Usage]:
        return self.usages.get(slug, [])

    def telling_of(self, pair: str) -> float:
        return self.telling.get(pair, self.unheard)

    def weighed(self, vector: Vector) -> Vector:
        return {pair: weight * self.telling_of(pair) for pair, weight in vector.items()}


def phrasebook(
    figures: Sequence[Figure], texts: Iterable[Iterable[tuple[int, prose.Prose]]]
) -> Phrasebook:
    """The phrasebook of figures, from their names and the texts that print them."""
    known = {figure.slug for figure in figures}
    raw: list[tuple[str, Vector, bool]] = [
        (figure.slug, dict.fromkeys(pairs_of(figure.name), 1.0), True) for figure in figures
    ]
    for lines in texts:
        raw += [(slug, vector, False) for slug, vector in _used(lines) if slug in known]
    spread: dict[str, set[str]] = {}
    for slug, vector, _ in raw:
        for pair, weight in vector.items():
            if weight >= 1:
                spread.setdefault(pair, set()).add(slug)
    total = len(figures) + 1
    telling = {pair: log(1 + total / len(slugs)) for pair, slugs in spread.items()}
    book = Phrasebook({}, telling)
    for slug, vector, is_name in raw:
        book.usages.setdefault(slug, []).append(Usage(book.weighed(vector), is_name))
    return book


def _used(lines: Iterable[tuple[int, prose.Prose]]) -> list[tuple[str, Vector]]:
    """The figures a text prints, each with the words around it, every clause there."""
    text, places = "", {}
    for _, line in lines:
        for token in line.tokens:
            if isinstance(token, prose.Literal):
                text += token.text
            elif isinstance(token, prose.Reference) and token.form != "before":
                begins, text = len(text), text + _printed(token)
                places.update(dict.fromkeys(range(begins, len(text)), token.slug))
        text += "\n"
    # Any other number is one of the words, such as 60天 in 近60天没有开展活动.
    quantities = [one for one in find_quantities(text) if one.start in places]
    around = surroundings(text, quantities)
    return [
        (places[one.start], weights_of(words))
        for one, words in zip(quantities, around, strict=True)
    ]


def _printed(token: prose.Reference) -> str:
    try:
        figure: Any = figure_named(token.slug)
    except UnknownFigure:
        return ""
    return str(ANY_NUMBER) if token.form == "n" else figure.in_words(ANY_NUMBER)
