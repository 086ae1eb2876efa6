"""Numbers that papers state, each beside what the records give, and what arithmetic says of it."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dangjian.lib.figures import Figure, Share, Value, compute
from dangjian.lib.periods import Period
from dangjian.lib.stated import (
    WHOLE_LIMIT,
    Agreement,
    Stated,
    compare,
    nearest_parts,
    possible_parts,
    possible_rise,
    possible_wholes,
    round_half_up,
    share,
    sums,
)
from reports.models import Claim

PERCENT, POINTS = "%", "个百分点"
MOST_ALIKE = 3
# Kinds of figures that one number may be another name for.
SIMPLE = {"count", "sum", "share"}


@dataclass(frozen=True)
class Judged:
    """A claim and what it came to: in a word, in sentences, beside the record's value.

    `alike` are other figures that have exactly the number stated.
    """

    claim: Claim
    stated: Stated
    agreement: Agreement
    reasons: list[str]
    value: Value | None
    alike: Sequence[Value] = ()


def judge_all(
    claims: Iterable[Claim], scope: Any, period: Period, figures: Iterable[Figure]
) -> list[Judged]:
    """Every claim against the records in scope. One query per register and baseline, twice at most.

    `figures` are those the reader may see; a claim about another one has no record for them.
    """
    listed, offered = list(claims), {figure.slug: figure for figure in figures}
    named = {slug for one in listed for slug in (one.figure, one.base_figure)}
    values = compute([offered[slug] for slug in sorted(named & set(offered))], scope, period)
    judged = [judge(one, values) for one in listed]
    units = {one.stated.unit for one in judged if may_be_another(one)}
    others = [one for one in offered.values() if one.unit in units and one.kind in SIMPLE]
    alike = compute(others, scope, period)
    return [with_alikes(one, alike.values()) for one in judged]


def judge(claim: Claim, values: Mapping[str, Value]) -> Judged:
    """A claim against values by slug; a figure that is missing there has no record.

    What arithmetic rules out is impossible whatever the records say.
    """
    stated, value = claim.stated, values.get(claim.figure)
    agreement, reasons = against_record(stated, value)
    if wrong := list(impossibilities(claim, stated, value, base_of(claim, values))):
        agreement, reasons = Agreement.IMPOSSIBLE, [*wrong, *reasons]
    return Judged(claim, stated, agreement, [*reasons, *remarks(claim)], value)


def may_be_another(judged: Judged) -> bool:
    """Whether the number may be right of something else than what it is said of."""
    exact = is_exact(judged.stated) and judged.stated.unit not in {"", POINTS}
    return exact and judged.agreement in {Agreement.DIFFERS, Agreement.NO_RECORD}


def with_alikes(judged: Judged, values: Iterable[Value]) -> Judged:
    """The same, with the first other figures of its unit that have exactly the number stated."""
    if not may_be_another(judged):
        return judged
    alike = [
        value
        for value in values
        if value.figure.slug != judged.claim.figure
        and value.figure.unit == judged.stated.unit
        and compare(judged.stated, value.exact) == Agreement.AGREES
    ]
    return replace(judged, alike=alike[:MOST_ALIKE])


# — against the record —


def against_record(stated: Stated, value: Value | None) -> tuple[Agreement, list[str]]:
    """The number beside its figure's value; never in agreement where the units are not alike."""
    if value is None:
        return Agreement.NO_RECORD, ["没有对照指标，无法与台账核对。"]
    if value.exact is None:
        return Agreement.NO_RECORD, [f"台账中“{value.figure.name}”没有数。"]
    if (stated.unit in {PERCENT, POINTS} or value.figure.unit in {PERCENT, POINTS}) and (
        stated.unit != value.figure.unit
    ):
        reason = f"单位不同：材料写的是“{stated.unit}”，指标的单位是“{value.figure.unit}”。"
        return Agreement.DIFFERS, [reason]
    agreement = compare(stated, value.exact)
    if agreement == Agreement.TRUNCATED:
        rounded = round_half_up(Decimal(value.exact), stated.decimals)
        return agreement, [f"四舍五入应为{rounded}{stated.unit}，材料中的数是直接舍去尾数得到的。"]
    if agreement == Agreement.DIFFERS:
        return agreement, [difference(stated, value)]
    return agreement, []


def difference(stated: Stated, value: Value) -> str:
    """台账为22个，相差25。"""
    shown = f"台账中“{value.figure.name}”为{value.text}"
    if stated.qualifier or stated.high is not None:
        return f"{shown}，与材料的说法不符。"
    exact = round_half_up(Decimal(value.exact or 0), max(stated.decimals, value.figure.decimals))
    unit = value.figure.unit_of_change if stated.unit == value.figure.unit else ""
    return f"{shown}，相差{plain(abs(stated.value - exact))}{unit}。"


def plain(number: Decimal) -> str:
    """The number without an all-zero fraction."""
    return str(int(number)) if number == int(number) else str(number)


def remarks(claim: Claim) -> Iterator[str]:
    """What is wrong with the way the number is printed, whatever it says."""
    for sign in dict.fromkeys(claim.number):
        narrow = unicodedata.normalize("NFKC", sign)
        if narrow != sign:
            code = f"U+{ord(sign):04X}"
            yield f"“{sign}”（{code}）不是规范字符，应写作“{narrow}”（U+{ord(narrow[0]):04X}）。"


# — by arithmetic alone —


def base_of(claim: Claim, values: Mapping[str, Value]) -> int | None:
    """The total the claim is a share of: as stated, else of its figure; of a change, before it."""
    if claim.base is not None:
        return claim.base
    value = values.get(claim.base_figure)
    if value is None:
        return None
    number = value.before if value.figure.is_change else value.exact
    return int(number) if number is not None and number == int(number) and number > 0 else None


def impossibilities(
    claim: Claim, stated: Stated, value: Value | None, base: int | None
) -> Iterator[str]:
    """Why no counts can give the number, in sentences; nothing where some can."""
    items, things = claim.items, unit_of_things(value)
    counts = [number for _, number in items if number is not None]
    if stated.unit not in {POINTS, PERCENT}:
        yield from of_parts(stated, items)
    elif not is_exact(stated):
        return
    elif stated.unit == POINTS:
        yield from of_rise(stated, now_of(counts, value), base, things)
    else:
        yield from of_share(stated, counts, base, things)


def is_exact(stated: Stated) -> bool:
    """Whether it is one number without a qualifier: of another nothing can be ruled out."""
    return not stated.qualifier and stated.high is None


def unit_of_things(value: Value | None) -> str:
    """What the parts of a share are counted in: 人, 家."""
    measured = value.figure.measured if value else None
    unit = measured.part.unit if isinstance(measured, Share) else ""
    return "人" if unit == "名" else unit


def of_share(stated: Stated, counts: list[Decimal], base: int | None, things: str) -> Iterator[str]:
    """A share of a total of whole things, printed with its count or not."""
    percent, decimals = stated.value, stated.decimals
    count = whole_number(counts[0]) if len(counts) == 1 else None
    if base is not None and not possible_parts(percent, decimals, base):
        yield no_part(percent, decimals, base, things)
    elif base is not None and count is not None:
        if (right := share(count, base, decimals)) != percent:
            yield f"{base}{things}中的{count}{things}是{right}%，不是{percent}%。"
    elif count is not None and not some_whole(count, percent, decimals):
        yield f"没有任何总数，其中{count}{things}占{percent}%。"


def some_whole(count: int, percent: Decimal, decimals: int) -> bool:
    """Whether some total gives the share; it is not asked where that would be a very large one."""
    is_far = 100 * count >= percent * WHOLE_LIMIT
    return is_far or bool(possible_wholes(count, percent, decimals))


def no_part(percent: Decimal, decimals: int, whole: int, things: str) -> str:
    """75人中没有任何整数人数占52.90%：39人是52.00%，40人是53.33%。"""
    near = "，".join(
        f"{part}{things}是{share(part, whole, decimals)}%" for part in nearest_parts(percent, whole)
    )
    number = f"整数{things}数" if things else "整数"
    return f"{whole}{things}中没有任何{number}占{percent}%：{near}。"


def now_of(counts: list[Decimal], value: Value | None) -> tuple[int, int] | None:
    """Part and whole of a share that moved, as it is now: as stated, else as on record."""
    part, whole = counts if len(counts) == 2 else (None, None)
    if part is not None and whole and part <= whole:
        return int(part), int(whole)
    if value is not None and value.part is not None and value.whole:
        return value.part, value.whole
    return None


def of_rise(
    stated: Stated, now: tuple[int, int] | None, base: int | None, things: str
) -> Iterator[str]:
    """A rise or fall in percentage points, from a share of `base` to the one of now."""
    decimals = stated.decimals
    if now is None or base is None or possible_rise(*now, stated.value, decimals, base):
        return
    part, whole = now
    percent = share(part, whole, decimals)
    before = percent - stated.value
    yield f"现在{whole}{things}中{part}{things}占{percent}%，变化以前应为{before}%。"
    yield no_part(before, decimals, base, things)


def of_parts(stated: Stated, items: list[tuple[str, Decimal | None]]) -> Iterator[str]:
    """A total and the parts it is said to have: numbers that make it up, or names to count."""
    numbers = [number for _, number in items if number is not None]
    said = f"{plain(stated.value)}{stated.unit}"
    if items and not numbers and compare(stated, len(items)) != Agreement.AGREES:
        names = "、".join(name for name, _ in items)
        yield f"说的是{said}，列出的是{len(items)}{stated.unit}：{names}。"
    is_sum = items and len(numbers) == len(items) and is_exact(stated)
    if is_sum and not sums(numbers, stated.value):
        added = "+".join(plain(number) for number in numbers)
        yield f"各项相加{added}={plain(sum(numbers, Decimal(0)))}，不是{said}。"


def whole_number(number: Decimal) -> int | None:
    return int(number) if number == int(number) else None
