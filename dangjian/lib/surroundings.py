"""The words around each number of a text: its clause, its sentence, the heading above it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .quantities import Quantity

_CLAUSE_ENDS = re.compile("[，；、：。！？,;:!?\n\r]")
_SENTENCE_ENDS = re.compile("[。！？!?\n\r]")
# Stands for a character of a number in the text without its numbers.
NUMBER = "\1"
_HEADING_LENGTH = 40
# How many clauses before a number are still about it.
_EARLIER = 8


@dataclass(frozen=True)
class Surroundings:
    """The words around one number, numbers left out.

    `before` and `after` are of its own clause; `earlier` are the clauses of its sentence before
    that, nearest first (of many, the nearest and the first); `previous` is the sentence before in
    its paragraph, `headings` the last short lines above it, nearest first. `sentence` is where its
    sentence begins and ends.
    """

    before: str
    after: str
    earlier: tuple[str, ...]
    previous: str
    headings: tuple[str, ...]
    sentence: tuple[int, int]


def without_numbers(text: str, quantities: Sequence[Quantity]) -> str:
    """The text with each character of a quantity replaced, so that places stay what they were."""
    masked = list(text.replace(NUMBER, " "))
    for one in quantities:
        masked[one.start : one.end] = NUMBER * (one.end - one.start)
    return "".join(masked)


def surroundings(text: str, quantities: Sequence[Quantity]) -> list[Surroundings]:
    """The words around each of the quantities of the text."""
    masked = without_numbers(text, quantities)
    sentences = _spans(masked, _SENTENCE_ENDS)
    found, place = [], 0
    headings: list[tuple[int, str]] = []
    for number, (start, end) in enumerate(sentences):
        inside = []
        while place < len(quantities) and quantities[place].start < end:
            inside.append(quantities[place])
            place += 1
        line = _words(masked[start:end])
        if line and len(line) <= _HEADING_LENGTH and _is_line(masked, start, end):
            headings = [(start, line), *headings][:2]
        if not inside:
            continue
        last = sentences[number - 1] if number else (0, 0)
        is_first = not number or "\n" in masked[last[1] - 1 : start]
        previous = "" if is_first else _words(masked[slice(*last)])
        above = tuple(words for begun, words in headings if begun < start)
        clauses = [
            (start + first, start + until)
            for first, until in _spans(masked[start:end], _CLAUSE_ENDS)
        ]
        words = [_words(masked[slice(*span)]) for span in clauses]
        begins = [span[0] for span in clauses]
        for one in inside:
            own = bisect_right(begins, one.start) - 1
            found.append(
                Surroundings(
                    before=_words(masked[begins[own] : one.start]),
                    after=_words(masked[one.end : max(clauses[own][1], one.end)]),
                    earlier=_earlier(words[:own]),
                    previous=previous,
                    headings=above,
                    sentence=(start, end),
                )
            )
    return found


def _earlier(words: list[str]) -> tuple[str, ...]:
    """The clauses before, nearest first: the last few, and the one the sentence begins with."""
    said = [one for one in words if one]
    few = said[: -_EARLIER - 1 : -1]
    return tuple(few + said[:1] if len(said) > _EARLIER else few)


def _spans(text: str, ends: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches of the text up to and with each end, together the whole of it."""
    places = [0, *(found.end() for found in ends.finditer(text))]
    if places[-1] < len(text):
        places.append(len(text))
    return list(pairwise(places))


def _is_line(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a whole line without a full stop: a heading."""
    return (not start or text[start - 1] in "\n\r") and (
        end == len(text) or text[end - 1] in "\n\r"
    )


def _words(text: str) -> str:
    return "".join(one for one in text if one not in "，；、：。！？,;:!?\n\r ").replace(
        NUMBER, "|"
    )
