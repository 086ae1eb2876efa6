"""Whether a sentence speaks of another year, another place or part of the year."""

import re
from collections.abc import Collection, Sequence

from dangjian.lib.asides import Aside
from dangjian.lib.periods import Period

_WIDER = re.compile(r"全[国省市区县]|[我本]?[市区县省](?:共|的)|兄弟(?:街道|单位)|其他街道|外地")
_PART_OF_YEAR = re.compile(
    r"[上下]半年|(?<!每)[一二三四1-4]季度|\d{1,2}[-—至到~～]\d{1,2}月|截至\d{1,2}月(?!底)|[本当上]月"
)
# 与2024年相比 speaks of this year; 自2020年以来 of no single one.
_COMPARED = "与比较同自从"


def elsewhere(
    text: str,
    span: tuple[int, int],
    asides: Sequence[Aside],
    period: Period,
    places: Collection[str],
) -> str:
    """What a number may be said of instead of the unit and period looked at; empty: nothing.

    `span` goes from the beginning of its sentence to the number itself.
    """
    said = text[slice(*span)]
    year = _other_year(text, span, asides, period)
    if year:
        return f"说的是{year}，不是{period.label}。"
    if wider := _WIDER.search(said):
        return f"前面有“{wider[0]}”，说的可能是别处。"
    if part := _PART_OF_YEAR.search(said):
        return f"说的可能只是“{part[0]}”。"
    named = next((place for place in places if place in said), "")
    return f"说的可能只是{named}。" if named else ""


def _other_year(text: str, span: tuple[int, int], asides: Sequence[Aside], period: Period) -> str:
    """The last year named in a stretch of the text, where that is not the period's."""
    years = [
        each.text
        for each in asides
        if span[0] <= each.start < span[1]
        and each.reason == "日期"
        and each.text[:4].isdecimal()
        and text[max(each.start - 1, 0)] not in _COMPARED
    ]
    return years[-1] if years and str(period.first_day.year) not in _digits(years[-1]) else ""


def _digits(text: str) -> str:
    return "".join(str(int(one)) if one.isdecimal() else one for one in text)
