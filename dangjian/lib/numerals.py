"""Chinese numerals, read as the office writes them: 十三, 一百零五, 两, 二〇二五, 一点五, 两三."""

import re
from decimal import Decimal

DIGITS = {
    **{character: place for place, character in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
LONGEST = 24  # 九千九百九十九亿九千九百九十九万九千九百九十九 and its like
CHARACTERS = "".join([*DIGITS, *TENS, *MYRIADS])
# Two digits side by side, the second the greater by one (or 三五), are "from … to".
_APPROXIMATE = re.compile(
    r"(?P<before>.*?)(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])"
)


def read_numeral(text: str) -> tuple[Decimal, Decimal | None] | None:
    """The number a Chinese numeral says, with the upper end where it says a range (两三).

    None for what is no numeral (十百, 三二), or a longer one than anybody writes. `text` is made of
    CHARACTERS, and 点 before decimals.
    """
    if len(text) > LONGEST:
        return None
    whole, point, places = text.partition("点")
    if point:
        number = read_numeral(whole)
        digits = "".join(str(DIGITS[one]) for one in places if one in DIGITS)
        if number is None or number[1] is not None or not digits or len(digits) != len(places):
            return None
        return number[0] + Decimal(f"0.{digits}"), None
    value = _whole(text)
    if value is not None:
        return Decimal(value), None
    return _between(text)


def _whole(text: str) -> int | None:
    """一百零五 by its multipliers, or 二〇二五 digit by digit (three of them, or with 〇)."""
    if text and all(one in DIGITS for one in text):
        if len(text) > 1 and ("两" in text or (len(text) == 2 and not set(text) & {"〇", "零"})):
            return None
        return int("".join(str(DIGITS[one]) for one in text))
    for name, size in sorted(MYRIADS.items(), key=lambda pair: -pair[1]):
        head, found, tail = text.partition(name)
        if found:
            times, rest = _whole(head), _rest(tail, size)
            return None if not times or rest is None or rest >= size else times * size + rest
    return _below_a_myriad(text)


def _rest(tail: str, size: int) -> int | None:
    """What follows a multiplier: nothing, 零五, or 五 alone for five of the next place (三万五)."""
    if not tail:
        return 0
    if len(tail) == 1 and tail in DIGITS and size > 10:
        return DIGITS[tail] * size // 10 if DIGITS[tail] else None
    return _whole(tail.removeprefix("零").removeprefix("〇"))


def _below_a_myriad(text: str) -> int | None:
    if not text:
        return None
    total, last = 0, 10**4
    position = 0
    while position < len(text):
        digit = DIGITS.get(text[position])
        if digit is not None:
            position += 1
        size = TENS.get(text[position]) if position < len(text) else None
        if size is None:  # the ones, or a 零 that only fills a place
            if digit is None or last == 1:
                return None
            if position < len(text) and digit:
                return None
            rests_bare = position == len(text) and digit and last > 10 and text[-2] in TENS
            total, last = total + digit * (last // 10 if rests_bare else 1), (1 if digit else last)
            continue
        if size >= last or digit == 0 or (digit is None and (size != 10 or total)):
            return None
        total, last = total + (1 if digit is None else digit) * size, size
        position += 1
    return total


def _between(text: str) -> tuple[Decimal, Decimal | None] | None:
    """两三 and 三五, 十二三, 二三十: a range that two digits side by side say."""
    found = _APPROXIMATE.match(text)
    if not found:
        return None
    head, tail = found["before"], text[found.end() :]
    ends = [_whole(head + found[end] + tail) for end in ("low", "high")]
    low, high = ends
    steps = DIGITS[found["high"]] - DIGITS[found["low"]]
    if low is None or high is None or steps not in (1, 2):
        return None
    if steps == 2 and found["low"] + found["high"] != "三五":
        return None
    return Decimal(low), Decimal(high)


def write_numeral(number: int) -> str:
    """A whole number of at least 0 and under 10 to the 12th as a numeral: 105 is 一百零五."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    for name, size in sorted({**TENS, **MYRIADS}.items(), key=lambda pair: -pair[1]):
        if number >= size:
            times, rest = divmod(number, size)
            head = "" if size == 10 and times == 1 else write_numeral(times)
            gap = "零" if 0 < rest < size // 10 else ""
            # Inside a larger number ten is written out: 一百一十.
            tail = ("一" if 10 <= rest < 20 else "") + write_numeral(rest) if rest else ""
            return f"{head}{name}{gap}{tail}"
    raise AssertionError("unreachable: ten is the smallest multiplier")
