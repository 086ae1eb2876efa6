"""Checking a text: its numbers found, matched to figures, held against each other."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dangjian.lib.asides import Aside
from dangjian.lib.figures import Figure, Value, compute
from dangjian.lib.neighbours import relations
from dangjian.lib.periods import Period, last_year
from dangjian.lib.quantities import Quantity, Reading, find_quantities, read
from dangjian.lib.surroundings import Surroundings, surroundings
from reports.documents.build import parsed
from reports.texts import Part, default_parts

from .elsewhere import elsewhere
from .marks import Mark, Proofread, Verdict, judged, of_last_year, with_relations
from .matching import candidates, mood_of
from .phrasebook import Phrasebook, phrasebook

# The texts an office starts from: however much it rewrote its own, others still follow them.
DEFAULTS = ("summary", "unit_summary", "plan", "unit_plan")
# More numbers than any speech has: a text of nothing but numbers must not hold up the others.
MOST = 500
EXCERPT = 20


def proofread(  # noqa: PLR0913 - whose numbers, of when, and what tells them apart
    text: str,
    scope: Any,
    period: Period,
    *,
    unit: str,
    figures: Iterable[Figure],
    written: Iterable[tuple[Part, ...]] = (),
    places: Collection[str] = (),
) -> Proofread:
    """The numbers of `text` beside `figures` (those the reader may see) of a unit and period.

    `written` are texts of the office that print figures: their words tell which is meant. `places`
    are names of the unit's parts: a sentence that names one may speak of that alone. One query per
    register and baseline, and one per register with a wrong number for last year.
    """
    known = tuple(figures)
    found, asides = _counting(read(text), known)
    quantities = found[:MOST]
    around = surroundings(text, quantities)
    judging = Judging(
        values=compute(known, scope, period),
        book=book_of(known, unit, tuple(written)),
        period=period,
        places=places,
        asides=asides,
    )
    marks = [
        _mark(place, one, words, text, judging)
        for place, (one, words) in enumerate(zip(quantities, around, strict=True))
    ]
    marks = with_relations(marks, relations(text, quantities, around))
    return Proofread(
        text, _with_last_year(marks, scope, period), asides, len(found) - len(quantities)
    )


def _counting(reading: Reading, figures: tuple[Figure, ...]) -> tuple[list[Quantity], list[Aside]]:
    """The numbers that count, those in names of figures set aside with the rest."""
    named = _named_in(figures)
    counting, asides = [], list(reading.asides)
    for one in reading.quantities:
        if (one.value, one.unit, one.qualifier) in named:
            asides.append(Aside(one.text, one.start, one.end, "指标名称"))
        else:
            counting.append(one)
    return counting, sorted(asides, key=lambda aside: aside.start)


@lru_cache(maxsize=16)
def book_of(
    figures: tuple[Figure, ...], unit: str, written: tuple[tuple[Part, ...], ...]
) -> Phrasebook:
    """The phrasebook of figures from texts of a unit, and from those every unit starts from."""
    parts = dict.fromkeys([*written, *(default_parts(name) for name in DEFAULTS)])
    return phrasebook(figures, [parsed(each, unit) for each in parts if each])


def _mark(place: int, one: Quantity, around: Surroundings, text: str, judging: "Judging") -> Mark:
    before, after = _excerpt(text, one, around.sentence)
    mark = Mark(place + 1, one, before, after, Verdict.NONE)
    mood = mood_of(around)
    listed = candidates(one, around, mood, judging.values, judging.book)
    verdict, shown, reason = judged(one, around, mood, listed)
    span = (around.sentence[0], one.start)
    other = elsewhere(text, span, judging.asides, judging.period, judging.places)
    if other and verdict in (Verdict.DIFFERS, Verdict.UNSURE):
        verdict, reason = Verdict.UNSURE, other
    return replace(mark, verdict=verdict, candidates=shown, reason=reason)


def _excerpt(text: str, one: Quantity, sentence: tuple[int, int]) -> tuple[str, str]:
    """The words of its sentence before and after a number, cut where they are many."""
    start, end = max(sentence[0], one.start - EXCERPT), min(sentence[1], one.end + EXCERPT)
    before = "…" if start > sentence[0] else ""
    after = "…" if end < sentence[1] else ""
    return before + text[start : one.start].lstrip(), text[one.end : end].rstrip() + after


@dataclass(frozen=True, eq=False)
class Judging:
    """What every number of a text is judged by."""

    values: dict[str, Value]
    book: Phrasebook
    period: Period
    places: Collection[str]
    asides: Sequence[Aside]


@lru_cache(maxsize=16)
def _named_in(figures: tuple[Figure, ...]) -> set[tuple[Decimal, str, str]]:
    """The numbers in names of figures (60天没有活动, 不足3名): they count nothing in a text."""
    found = [one for figure in figures for one in find_quantities(figure.name)]
    return {(one.value, one.unit, one.qualifier) for one in found}


def _with_last_year(marks: Sequence[Mark], scope: Any, period: Period) -> list[Mark]:
    suspects = {
        one.number: one.candidates[0].figure
        for one in marks
        if one.verdict is Verdict.DIFFERS and one.candidates
    }
    earlier = last_year(period)
    if not suspects or earlier is None:
        return list(marks)
    before = compute(dict.fromkeys(suspects.values()), scope, earlier)
    return [
        replace(
            one,
            reason=one.reason
            + of_last_year(one, suspects[one.number], before.get(suspects[one.number].slug)),
        )
        if one.number in suspects
        else one
        for one in marks
    ]
