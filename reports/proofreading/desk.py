"""Checking a text: its numbers found, matched to figures, held against each other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dangjian.lib import periods
from dangjian.lib.asides import Aside
from dangjian.lib.figures import Figure, Value, compute
from dangjian.lib.neighbours import relations
from dangjian.lib.periods import Period
from dangjian.lib.quantities import Quantity, read
from dangjian.lib.surroundings import Surroundings, surroundings
from reports.documents.build import parsed
from reports.texts import Part, default_parts

from .marks import Mark, Proofread, Verdict, judged, of_last_year, with_relations
from .matching import candidates, mood_of
from .phrasebook import Phrasebook, phrasebook

# The texts an office starts from: however much it rewrote its own, others still follow them.
DEFAULTS = ("summary", "unit_summary")


def proofread(
    text: str,
    scope: Any,
    period: Period,
    *,
    unit: str,
    figures: Iterable[Figure],
    written: Iterable[tuple[Part, ...]] = (),
) -> Proofread:
    """The numbers of `text` beside `figures` (those the reader may see) of a unit and period.

    `written` are texts of the office that print figures; words of theirs tell which is meant. One
    query per register and baseline, and one per register with a doubtful number for last year.
    """
    reading = read(text)
    known = tuple(figures)
    values = compute(known, scope, period)
    book = book_of(known, unit, written)
    around = surroundings(text, reading.quantities)
    marks = [
        _mark(place, one, words, values, book, period, reading.asides, text)
        for place, (one, words) in enumerate(zip(reading.quantities, around, strict=True))
    ]
    marks = with_relations(marks, relations(text, reading.quantities, around))
    return Proofread(text, _with_last_year(marks, scope, period), reading.asides)


def book_of(
    figures: tuple[Figure, ...], unit: str, written: Iterable[tuple[Part, ...]]
) -> Phrasebook:
    parts = dict.fromkeys([*written, *(default_parts(name) for name in DEFAULTS)])
    return phrasebook(figures, tuple(tuple(parsed(each, unit)) for each in parts if each))


def _mark(  # noqa: PLR0913 - what a number is judged by
    place: int,
    one: Quantity,
    around: Surroundings,
    values: dict[str, Value],
    book: Phrasebook,
    period: Period,
    asides: Sequence[Aside],
    text: str,
) -> Mark:
    start, end = around.sentence
    mark = Mark(place + 1, one, text[start:end].strip(), Verdict.NONE)
    other = other_year(one, around, asides, period)
    if other:
        return replace(mark, verdict=Verdict.UNSURE, reason=f"说的是{other}，不是{period.label}。")
    mood = mood_of(around)
    verdict, listed, reason = judged(one, around, mood, candidates(one, around, mood, values, book))
    return replace(mark, verdict=verdict, candidates=listed, reason=reason)


def other_year(one: Quantity, around: Surroundings, asides: Sequence[Aside], period: Period) -> str:
    """The year a number's sentence speaks of before it, where that is not the period's."""
    start = around.sentence[0]
    years = [
        each.text
        for each in asides
        if each.reason == "日期" and start <= each.start < one.start and "年" in each.text
    ]
    year = period.first_day.year
    if not years or any(form in years[-1] for form in (str(year), _in_han(year))):
        return ""
    return years[-1] if any(character.isdecimal() for character in years[-1]) else ""


def _in_han(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def _with_last_year(marks: Sequence[Mark], scope: Any, period: Period) -> list[Mark]:
    suspects = {
        one.number: one.candidates[0].figure
        for one in marks
        if one.verdict is Verdict.DIFFERS and one.candidates
    }
    year = period.first_day.year - 1
    if not suspects or year < periods.FIRST_YEAR:
        return list(marks)
    before = compute(dict.fromkeys(suspects.values()), scope, periods.year(year))
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
