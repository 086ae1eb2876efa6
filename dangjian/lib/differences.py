"""What changed between two texts: line by line, and word by word inside a rewritten line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
# Up to so many comparisons a line is looked into; beyond, it stands as one line gone and one new.
MOST_COMPARISONS = 4_000_000
# So few characters between two changes are no word that stayed.
SHORTEST_STAY = 2

# A figure in braces, a number or a Latin word is one token; Chinese is compared by character.
_TOKEN = re.compile(r"\{[^{}\n]*\}|[A-Za-z0-9_.%]+|.", re.DOTALL)


@dataclass(frozen=True)
class Span:
    """Characters that stayed (SAME), went (GONE) or came (NEW)."""

    kind: str
    text: str


Line = list[Span]


def differences(before: str, after: str) -> list[Line]:
    r"""The lines of both texts in order, each with at least one span.

    The spans that are not NEW give the lines of `before`, those that are not GONE the lines of
    `after`; a line of one text only is a single span. Line ends are `\n` or `\r\n`.
    """
    old, new = _lines(before), _lines(after)
    found: list[Line] = []
    for what, start, end, new_start, new_end in _steps(old, new):
        if what == "equal":
            found += [[Span(SAME, line)] for line in old[start:end]]
        else:
            found += _rewritten(old[start:end], new[new_start:new_end])
    return found


def differs(lines: Sequence[Line]) -> bool:
    """Whether anything in them went or came."""
    return any(span.kind != SAME for line in lines for span in line)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, old, new).get_opcodes())


def _rewritten(old: list[str], new: list[str]) -> Iterator[Line]:
    """Lines that took the place of others: those alike beside each other, the others apart."""
    for place in range(max(len(old), len(new))):
        pair = [*old[place : place + 1], *new[place : place + 1]]
        inside = _words(*pair) if len(pair) == 2 else []
        if inside:
            yield inside
            continue
        if place < len(old):
            yield [Span(GONE, old[place])]
        if place < len(new):
            yield [Span(NEW, new[place])]


def _words(before: str, after: str) -> Line:
    """What changed inside a line; empty where nothing of it stayed."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > MOST_COMPARISONS:
        return []
    spans: Line = []
    gone = came = ""
    steps = _steps(old, new)
    for number, (what, start, end, new_start, new_end) in enumerate(steps):
        stayed = "".join(old[start:end])
        is_between = 0 < number < len(steps) - 1
        if what == "equal" and not (is_between and len(stayed) < SHORTEST_STAY):
            spans += [*_changed(gone, came), Span(SAME, stayed)]
            gone = came = ""
        else:
            gone, came = gone + stayed, came + "".join(new[new_start:new_end])
    spans += _changed(gone, came)
    return spans if any(span.kind == SAME for span in spans) else []


def _changed(gone: str, came: str) -> Line:
    return [Span(kind, text) for kind, text in ((GONE, gone), (NEW, came)) if text]
