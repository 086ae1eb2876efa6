"""Numbers as somebody stated them: what they allow for, and whether arithmetic allows them.

A number in a report comes with a precision (70.31 has two decimals) and often a qualifier (约, 近,
以上). `compare` reads both as the office's language means them; the other functions ask of counts,
which are whole, whether any could have given the share, the rise or the total that was stated. All
of it is exact: Decimal and int, never a binary fraction.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

from .quantities import find_quantities

# 约 has no set width in any rule: a twentieth either way is what we call about.
ABOUT = Decimal("0.05")
# 近80 is said of what falls short of 80 by a little: here by a tenth at most.
NEARLY = Decimal("0.10")
WHOLE_LIMIT = 10_000

# Words that allow for the same. 以上, 以下 and 以内 take in the number itself, 超过 and 不满 do not
# (民法典第一千二百五十九条).
QUALIFIERS = {
    "": "",
    **dict.fromkeys(("约", "大约", "左右", "上下"), "约"),
    **dict.fromkeys(("近", "将近", "接近"), "近"),
    **dict.fromkeys(("以上", "至少", "不少于", "不低于"), "以上"),
    **dict.fromkeys(("以下", "以内", "至多", "不超过", "不高于"), "以下"),
    **dict.fromkeys(("超过", "超", "逾", "突破", "多于", "高于"), "超过"),
    **dict.fromkeys(("不足", "不到", "不满", "未满", "少于", "低于"), "不足"),
    **dict.fromkeys(("余", "多"), "余"),
}


class Agreement(Enum):
    """What a stated number comes to beside the record; `label` is what a person reads."""

    AGREES = "agrees"
    TRUNCATED = "truncated"
    DIFFERS = "differs"
    NO_RECORD = "no_record"
    IMPOSSIBLE = "impossible"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Agreement.AGREES: "相符",
    Agreement.TRUNCATED: "截尾（应为四舍五入）",
    Agreement.DIFFERS: "相差",
    Agreement.NO_RECORD: "无记录",
    Agreement.IMPOSSIBLE: "算术上不成立",
}


@dataclass(frozen=True)
class Stated:
    """A number as somebody stated it.

    `decimals` is the precision it was printed with: 70.30 has two. `unit` is as printed, a percent
    sign always U+0025. `qualifier` is one of QUALIFIERS. Of a range (1-2个) `value` is the lower
    end and `high` the upper one. A fall is negative.
    """

    value: Decimal
    decimals: int = 0
    unit: str = ""
    qualifier: str = ""
    high: Decimal | None = None


# What each word allows, of the stated number, the exact one, and half a step of the precision.
ALLOWS: dict[str, Callable[[Decimal, Decimal, Decimal], bool]] = {
    "约": lambda said, exact, half: abs(exact - said) <= max(said * ABOUT, half),
    "近": lambda said, exact, _: said * (1 - NEARLY) <= exact < said,
    "以上": lambda said, exact, _: exact >= said,
    "以下": lambda said, exact, _: exact <= said,
    "超过": lambda said, exact, _: exact > said,
    "不足": lambda said, exact, _: exact < said,
    # Past the number, short of the next one as round: 80余 is 81 to 89.
    "余": lambda said, exact, _: said < exact < said + roundness(said),
}


def compare(stated: Stated, computed: Decimal | int | None) -> Agreement:
    """How a stated number stands to the computed one, unrounded; None: there is no record.

    A bare number agrees when the record, rounded half up to the stated precision, is that number,
    and is truncated when cutting the record off there gives it. A range takes in both its ends. A
    qualifier is judged by what it says, of a fall by how far it fell. Raises KeyError for an
    unknown qualifier. Arithmetic is not asked here, so the answer is never IMPOSSIBLE.
    """
    word = QUALIFIERS[stated.qualifier]
    if computed is None:
        return Agreement.NO_RECORD
    exact = Decimal(computed)
    shown = round_half_up(exact, stated.decimals)
    if stated.high is not None:
        holds = stated.value <= shown <= stated.high
    elif word:
        sign = -1 if stated.value < 0 else 1
        holds = ALLOWS[word](sign * stated.value, sign * exact, half_a_step(stated.decimals))
    else:
        holds = shown == stated.value
        if not holds and cut_off(exact, stated.decimals) == stated.value:
            return Agreement.TRUNCATED
    return Agreement.AGREES if holds else Agreement.DIFFERS


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """`number` as it is printed: rounded half up, away from zero (GB/T 8170 asks to round once)."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def cut_off(number: Decimal, decimals: int) -> Decimal:
    """`number` with the digits past `decimals` dropped."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def half_a_step(decimals: int) -> Decimal:
    """Half of the last place: what rounding to `decimals` may hide."""
    return Decimal(1).scaleb(-decimals) / 2


def roundness(value: Decimal) -> Decimal:
    """The largest power of ten that divides a whole number: 10 of 80, 100 of 300, 1 of 47."""
    step = Decimal(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def possible_parts(percent: Decimal, decimals: int, whole: int) -> list[int]:
    """The whole numbers that are, rounded to `decimals`, `percent` of `whole`; [] = impossible.

    70.31 % of 64 is 45 alone; 52.90 % of 75 is nothing.
    """
    around = Fraction(percent) * whole / 100
    reach = Fraction(half_a_step(decimals)) * whole / 100
    candidates = range(max(_floor(around - reach), 0), min(_floor(around + reach) + 1, whole) + 1)
    return [part for part in candidates if share(part, whole, decimals) == percent]


def possible_wholes(
    part: int, percent: Decimal, decimals: int, limit: int = WHOLE_LIMIT
) -> list[int]:
    """The totals up to `limit` of which `part` is, rounded to `decimals`, `percent`.

    45人，占比70.31% implies a total of 64. Of a percentage that rounds to nothing there are many.
    """
    low, high = (Fraction(percent) + sign * Fraction(half_a_step(decimals)) for sign in (-1, 1))
    first = max(_floor(100 * part / high), part, 1)
    last = min(_floor(100 * part / low) + 1, limit) if low > 0 else limit
    wholes = range(first, last + 1)
    return [whole for whole in wholes if share(part, whole, decimals) == percent]


def possible_rise(
    now_part: int, now_whole: int, rise: Decimal, decimals: int, before_whole: int
) -> list[int]:
    """The parts of `before_whole` from which the share rose by `rise` percentage points.

    Both usual ways are allowed: the exact difference rounded, and the difference of the two
    shares as printed. A fall is negative. [] = impossible: from 75, no number gives 45 of 64 a
    rise of 17.41.
    """
    now, stated = Fraction(100 * now_part, now_whole), Fraction(rise)
    around = (now - stated) * before_whole / 100
    reach = Fraction(half_a_step(decimals)) * 2 * before_whole / 100
    first, last = max(_floor(around - reach), 0), min(_floor(around + reach) + 1, before_whole)
    return [
        part
        for part in range(first, last + 1)
        if rise in rises(now_part, now_whole, part, before_whole, decimals=decimals)
    ]


def rises(part: int, whole: int, before: int, before_whole: int, *, decimals: int) -> set[Decimal]:
    """A rise in percentage points as people print it: rounded once, and of rounded shares."""
    exact = Fraction(100 * part, whole) - Fraction(100 * before, before_whole)
    of_printed = share(part, whole, decimals) - share(before, before_whole, decimals)
    return {_rounded(exact, decimals), of_printed}


def share(part: int, whole: int, decimals: int) -> Decimal:
    """`part` of `whole` in per cent, rounded half up. Raises ZeroDivisionError of nothing."""
    return _rounded(Fraction(100 * part, whole), decimals)


def nearest_parts(percent: Decimal, whole: int) -> list[int]:
    """The whole numbers next to `percent` of `whole`, below and above: 39, 40 for 52.90, 75."""
    around = percent * whole / 100
    ends = (around.to_integral_value(rounding) for rounding in (ROUND_FLOOR, ROUND_CEILING))
    return sorted({min(max(int(end), 0), whole) for end in ends})


def sums(parts: Iterable[Decimal | int], total: Decimal | int) -> bool:
    """Whether the parts make up the total exactly."""
    return sum((Decimal(part) for part in parts), Decimal(0)) == total


def _floor(number: Fraction) -> int:
    return number.numerator // number.denominator


def _rounded(number: Fraction, decimals: int) -> Decimal:
    """Half up, away from zero, without the rounding a division in Decimal would do first."""
    scaled = abs(number) * Fraction(10) ** decimals
    steps = _floor(scaled + Fraction(1, 2))
    return Decimal(steps if number >= 0 else -steps).scaleb(-decimals)


FALLS = ("压缩", "减少", "下降", "降低", "缩减", "-", "\u2212")
RISES = ("增加", "增长", "提高", "上升", "提升", "+")
MOVED = re.compile(rf"(?P<falls>{'|'.join(FALLS)})了?|(?:{'|'.join(map(re.escape, RISES))})了?")


def read(text: str) -> Stated:
    """A text that is one number, as stated: 提高16.98个百分点, 约47家, 1-2个, 80%以上, -11.

    A word of falling or a minus in front makes it negative. Raises ValueError, in Chinese, for what
    is not one number and nothing else.
    """
    shown = text.strip()
    moved = MOVED.match(shown)
    number = shown[moved.end() :] if moved else shown
    found = find_quantities(number)
    if len(found) != 1 or found[0].text != number:
        raise ValueError(f"“{text}”不是一个数，应如 70.31%、约47家、1-2个、压缩11人。")
    (one,) = found
    if not (moved and moved["falls"]):
        return Stated(one.value, one.decimals, one.unit, QUALIFIERS[one.qualifier], one.high)
    if one.high is not None:
        raise ValueError(f"“{text}”不是一个数：减少的数不能是范围。")
    return Stated(-one.value, one.decimals, one.unit, QUALIFIERS[one.qualifier])
