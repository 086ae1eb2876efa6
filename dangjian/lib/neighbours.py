"""Numbers of a text that must fit each other: a share and its count, parts, lists, moves.

Each rule asks only what arithmetic decides without knowing what was counted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .quantities import Quantity
from .stated import possible_wholes, sums
from .surroundings import NUMBER, Surroundings, without_numbers

_SHARE_OF = re.compile(r"^[^；。\n]{0,12}?(?:占|比例为|比重为|占比为?)[^，；。\n]{0,12}$")
_EDGES = "，。；：！？,;:!?\n"
_LISTED = re.compile(rf"(?:[^{_EDGES}、{NUMBER}]{{1,18}}、)+[^{_EDGES}、{NUMBER}]{{1,18}}$")
_LIST_AFTER = re.compile(
    rf"^[^{_EDGES}（(、{NUMBER}]{{0,12}}(?:[（(：:]|，?(?:分别是|分别为|即))"
    rf"(?P<items>[^）)。；\n{NUMBER}]+)"
)
_AND = re.compile(r"(?<=\w\w)(?:和|以及|及|与)(?=\w\w)")
LISTABLE = {"个", "项", "大", "类", "种", "条", "名", "位", "家", "处", "方面"}
_TO = re.compile(
    r"^(?:[^，；。]{0,8})?(?:增加|增长|提高|上升|提升|减少|压缩|下降|降低|缩减|扩大|降|升)(?:到|至|为)"
)
_BY = re.compile(r"(?:增加|增长|提高|上升|提升|减少|压缩|下降|降低|缩减|净增|降|升)了?$")
_FROM = re.compile(r"[由从][^，；。]{0,16}$")
_TOTAL = re.compile(r"(?:合计|总计|共计|一共)[^，；。]{0,8}$")
_IN_ALL = re.compile(r"^[^；。]{0,14}(?:分别为|分别是|分为)")
_SHOWN_WHOLES = 4
# Of larger counts a share says little about the total.
MOST_COUNTED = 100_000
REACH = 200
# So many parts of one whole are more than a sentence lists.
MOST_PARTS = 20


@dataclass(frozen=True)
class Relation:
    """Numbers that were held against each other; `subject` is the one the reason speaks of.

    `members` and `subject` are places in the list of quantities.
    """

    members: tuple[int, ...]
    subject: int
    holds: bool
    reason: str


def relations(
    text: str, quantities: Sequence[Quantity], around: Sequence[Surroundings]
) -> list[Relation]:
    """What the numbers of a text say about each other, in order of place."""
    masked = without_numbers(text, quantities)
    page = _Page(masked, quantities, around)
    rules = (_shares, _parts, _totals, _lists, _moves)
    found = [relation for rule in rules for relation in rule(page)]
    return sorted(found, key=lambda one: (one.members, one.reason))


@dataclass(frozen=True)
class _Page:
    masked: str
    quantities: Sequence[Quantity]
    around: Sequence[Surroundings]

    def between(self, first: int) -> str:
        """The text from one number to the next."""
        one, other = self.quantities[first], self.quantities[first + 1]
        return self.masked[one.end : other.start]

    def together(self, first: int, last: int) -> bool:
        """Whether two numbers stand in one sentence."""
        return (
            last < len(self.quantities)
            and self.around[first].sentence == self.around[last].sentence
        )

    def before(self, place: int) -> str:
        """What stands before a number in its sentence, as far back as a list may reach."""
        end = self.quantities[place].start
        return self.masked[max(self.around[place].sentence[0], end - REACH) : end]

    def after(self, place: int) -> str:
        start = self.quantities[place].end
        return self.masked[start : min(self.around[place].sentence[1], start + REACH)]


def _is_plain(one: Quantity) -> bool:
    """Whether it states one exact count."""
    return (
        one.kind == "count"
        and one.decimals == 0
        and not one.qualifier
        and one.high is None
        and one.unit not in ("岁", "年", "天", "个月")
    )


def _shares(page: _Page) -> Iterator[Relation]:
    """45人，占比70.31%: some whole number must be the total."""
    for place in range(len(page.quantities) - 1):
        count, percent = page.quantities[place], page.quantities[place + 1]
        if not (
            page.together(place, place + 1)
            and _is_plain(count)
            and percent.kind == "percent"
            and not percent.qualifier
            and percent.high is None
            and _SHARE_OF.match(page.between(place))
        ):
            continue
        part = int(count.value)
        if not 0 < part <= MOST_COUNTED or percent.value < 1:
            continue
        limit = int(part * 200 / percent.value) + 100
        wholes = possible_wholes(part, percent.value, percent.decimals, limit)
        said = f"{part}占{_digits(percent.value, percent.decimals)}%"
        stated = _total_before(page, place, wholes)
        if not wholes:
            reason = f"没有一个整数总数能使{said}。"
        elif stated is not None:
            whole = int(page.quantities[stated].value)
            reason = f"{said}，总数是{whole}，与前面的“{page.quantities[stated].text}”相符。"
        elif len(wholes) <= _SHOWN_WHOLES:
            reason = f"{said}，总数应为{'或'.join(map(str, wholes))}。"
        else:
            continue
        members = (place, place + 1) if stated is None else (stated, place, place + 1)
        yield Relation(members, place + 1, bool(wholes), reason)


def _total_before(page: _Page, place: int, wholes: Sequence[int]) -> int | None:
    """The nearest number before it in its sentence that may be its total."""
    for earlier in range(place - 1, -1, -1):
        if not page.together(earlier, place):
            return None
        one = page.quantities[earlier]
        if _is_plain(one) and one.value in wholes:
            return earlier
    return None


def _parts(page: _Page) -> Iterator[Relation]:
    """22个，单独13个，联合9个: parts that add up; 其中 names none greater than its whole."""
    for place, whole in enumerate(page.quantities):
        parts = _parts_after(page, place) if _is_plain(whole) else []
        if not parts:
            continue
        numbers = [page.quantities[one].value for one in parts]
        if "其中" in page.between(place) and numbers[0] > whole.value:
            reason = f"“其中”的{page.quantities[parts[0]].text}比总数{whole.text}还多。"
            yield Relation((place, parts[0]), parts[0], holds=False, reason=reason)
        making_up = range(2, len(parts) + 1)
        count = next((n for n in making_up if sums(numbers[:n], whole.value)), 0)
        if count:
            reason = f"{_sum(numbers[:count])} = {whole.value}，与分项相符。"
            yield Relation((place, *parts[:count]), place, holds=True, reason=reason)
        elif _IN_ALL.match(page.after(place)) and len(parts) > 1:
            reason = f"分项{_sum(numbers)} = {sum(numbers)}，不是{whole.value}。"
            yield Relation((place, *parts), place, holds=False, reason=reason)


def _parts_after(page: _Page, place: int) -> list[int]:
    """The counts that follow in the sentence in the same unit, none of them a move."""
    parts: list[int] = []
    for other in range(place + 1, place + 1 + MOST_PARTS):
        if not page.together(place, other):
            break
        part = page.quantities[other]
        if not _is_plain(part) or part.unit != page.quantities[place].unit:
            break
        if _BY.search(page.before(other)) or _TO.search(page.between(other - 1)):
            break
        parts.append(other)
    return parts


def _totals(page: _Page) -> Iterator[Relation]:
    """单独13个、联合9个，合计22个: what is said to be the total of those before."""
    for place, total in enumerate(page.quantities):
        if not _is_plain(total) or not _TOTAL.search(page.before(place)):
            continue
        parts: list[int] = []
        for earlier in range(place - 1, -1, -1):
            part = page.quantities[earlier]
            if not page.together(earlier, place) or part.unit != total.unit or not _is_plain(part):
                break
            parts.insert(0, earlier)
        if len(parts) < 2:
            continue
        found = [page.quantities[one].value for one in parts]
        holds = sums(found, total.value)
        reason = f"{_sum(found)} = {sum(found)}" + (
            "，相符。" if holds else f"，不是{total.value}。"
        )
        yield Relation((*parts, place), place, holds, reason)


def _lists(page: _Page) -> Iterator[Relation]:
    """甲、乙、丙三个, and 三个工程：甲、乙、丙: as many are named as are counted."""
    for place, one in enumerate(page.quantities):
        if not _is_plain(one) or one.unit not in LISTABLE or not 2 <= one.value <= 15:
            continue
        listed = _LISTED.search(page.before(place))
        following = _LIST_AFTER.match(page.after(place))
        if listed:
            items, least = listed[0], 3
        elif following and "、" in following["items"]:
            items, least = following["items"], 2
        else:
            continue
        if "等" in items or "，" in items:
            continue
        named = items.count("、") + 1
        possible = {named, named + len(_AND.findall(items.rpartition("、")[2]))}
        value = int(one.value)
        if value in possible:
            yield Relation((place,), place, holds=True, reason=f"列出{value}个，与数相符。")
        elif named >= least and min(abs(value - each) for each in possible) <= 2:
            reason = f"列出的是{named}个（{items.strip()}），写的是“{one.text}”。"
            yield Relation((place,), place, holds=False, reason=reason)


def _moves(page: _Page) -> Iterator[Relation]:
    """由40人增加到45人，增加5人: the move is the difference of its ends."""
    for place in range(len(page.quantities) - 2):
        if not page.together(place, place + 2):
            continue
        for first, last, moved in ((place, place + 1, place + 2), (place + 1, place + 2, place)):
            before, after, by = (page.quantities[one] for one in (first, last, moved))
            if not (
                _TO.match(page.between(first))
                and _FROM.search(page.before(first))
                and _BY.search(page.before(moved))
                and before.unit == after.unit
                and by.unit in (before.unit, "个百分点" if before.unit == "%" else before.unit)
                and not (before.qualifier or after.qualifier or by.qualifier)
            ):
                continue
            exact = abs(after.value - before.value)
            slack = Decimal(1).scaleb(-by.decimals) if by.decimals else Decimal(0)
            holds = abs(exact - by.value) <= slack
            verdict = "，相符。" if holds else f"，不是{by.text}。"
            reason = f"从{before.text}到{after.text}，相差{exact}{by.unit}{verdict}"
            yield Relation((first, last, moved), moved, holds, reason)


def _sum(numbers: Sequence[Decimal]) -> str:
    return " + ".join(str(number) for number in numbers)


def _digits(number: Decimal, decimals: int) -> str:
    return f"{number:.{max(decimals, 0)}f}"
