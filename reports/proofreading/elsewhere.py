"""Whether a sentence speaks of another year, another place or part of the year."""

import re
from collections.abc import Collection, Sequence

from dangjian.lib.asides import Aside
from dangjian.lib.periods import Period
from dangjian.lib.quantities import Quantity
from dangjian.lib.surroundings import Surroundings

_WIDER = re.compile(r"全[国省市区县]|[我本]?[市区县省](?:共|的)|兄弟(?:街道|单位)|其他街道|外地")
_PART_OF_YEAR = re.compile(
    r"[上下]半年|(?<!每)[一二三四1-4]季度|\d{1,2}[-—至到~～]\d{1,2}月|截至\d{1,2}月(?!底)|[本当上]月"
)
# 与2024年相比 speaks of this year; 自2020年以来 of no single one.
_COMPARED = "与比较同自从"


def elsewhere(  # noqa: PLR0913 - what a sentence can say of where and when
    text: str,
    one: Quantity,
    around: Surroundings,
    asides: Sequence[Aside],
    period: Period,
    places: Collection[str],
) -> str:
    """What the number may be said of instead of the unit and period looked at; empty: nothing."""
    start = around.sentence[0]
    said = text[start : one.end]
    year = _other_year(text, start, one.start, asides, period)
    if year:
        return f"说的是{year}，不是{period.label}。"
    for pattern in (_WIDER, _PART_OF_YEAR):
        found = pattern.search(said)
        if found:
            return (
                f"说的可能只是“{found[0]}”。"
                if pattern is _PART_OF_YEAR
                else (f"前面有“{found[0]}”，说的可能是别处。")
            )
    named = next((place for place in places if place in said), "")
    return f"说的可能只是{named}。" if named else ""


def _other_year(text: str, start: int, end: int, asides: Sequence[Aside], period: Period) -> str:
    """The last year named in a stretch of the text, where that is not the period's."""
    years = [
        each.text
        for each in asides
        if start <= each.start < end
        and each.reason == "日期"
        and each.text[:4].isdecimal()
        and text[max(each.start - 1, 0)] not in _COMPARED
    ]
    return years[-1] if years and str(period.first_day.year) not in _digits(years[-1]) else ""


def _digits(text: str) -> str:
    return "".join(str(int(one)) if one.isdecimal() else one for one in text)
