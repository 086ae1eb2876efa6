"""The numbers in any Chinese text, each with its unit, precision, qualifier and noun.

Numbers that count nothing (dates, numbering, ordinals, 三会一课, 35岁以下) are set aside with the
reason. `read` gives both; no text makes it raise.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .asides import Aside, find_asides, unmarked
from .measures import AFTER, BEFORE, UNIT
from .numerals import CHARACTERS, DIGITS, read_numeral

HAN = rf"[{CHARACTERS}]+(?:点[{''.join(DIGITS)}]+)?"
TIMES = r"(?:[百千]?[万亿]{1,2}|[百千](?![万亿分]))"
ARABIC = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?![\d,])|\d+)(?:\.\d+)?{TIMES}?"
NUMBER = rf"(?:{ARABIC}|(?<![几数]){HAN})"
_QUANTITY = re.compile(
    rf"""(?P<before>{BEFORE})?[ ]?
    (?:
        (?P<half>半数|过半(?!年))
      | (?P<whole>百|{HAN})分之(?P<part>百|{NUMBER})(?:[-~至到](?:{HAN}分之)?(?P<upto>{NUMBER}))?
      | (?P<low>{NUMBER})(?:(?P<same>%)?[-~至到](?P<high>{NUMBER})(?(same)(?=%)))?
        (?P<rest>[余多来]?)[ ]?(?P<unit>{UNIT})?(?P<more>[余多](?=月|天|年))?
    )
    (?P<after>{AFTER})?""",
    re.VERBOSE,
)
# A single 一 with a measure word says "a", unless something is counted out or it ends the clause.
_COUNTED_OUT = re.compile(r"(?:其中|增加|增长|减少|压缩|新增|新建|成立|仅|只有|共|共有|达|为)了?$")
_ENDS = re.compile(r"[，。；、：）)\s]|$")
# 担任书记一人, but 成熟一个、发展一个.
COUNTED_AT_THE_END = {"人", "名", "家", "处", "岁"}
_NOT_COUNTED = re.compile(r"[不落漏少每任第另同这那某逐各]\w?$")
_EACH = re.compile(r"(?:每[^，。；：、\d每]{0,8}|人均|户均|村均|年均|月均)$")
_EDGE = "，。；、：！？,;:!?\n\r\t"
# Longer than any count: an account, a telephone, a row of digits.
MOST_DIGITS = 16
_LEADING = re.compile(r"^(?:的|以上|左右)+")
_TRAILING = re.compile(
    r"(?:共计|合计|共有|现有|目前|达到|占比|比例|总数|分别|其中|[共有为达是占的约了])+$"
)


@dataclass(frozen=True)
class Quantity:
    """A number that counts or measures: `source[start:end] == text`, qualifiers and unit included.

    `value` is the number itself (12000 of 1.2万), `decimals` its precision (-3 there), `high` the
    upper end of a range. `unit` is as written, % for every percent sign; empty where no measure
    word follows. `qualifier` is one of dangjian.lib.stated.QUALIFIERS. `noun` is the words it
    stands at. `kind`: count, percent, points (of percent), fraction (三分之二, 七成, in percent),
    or each (每月1次, a rate and not a total).
    """

    text: str
    start: int
    end: int
    value: Decimal
    decimals: int = 0
    unit: str = ""
    qualifier: str = ""
    high: Decimal | None = None
    noun: str = ""
    kind: str = "count"


@dataclass(frozen=True)
class Reading:
    """What was found in a text, in order of place."""

    quantities: list[Quantity]
    asides: list[Aside]


def find_quantities(text: str) -> list[Quantity]:
    """Every number that counts or measures something, in order of place."""
    return read(text).quantities


def read(text: str) -> Reading:
    """The quantities of a text, and the numbers in it that count nothing."""
    same = unmarked(text)
    asides = list(find_asides(same))
    masked = list(same)
    for aside in asides:
        masked[aside.start : aside.end] = "\0" * (aside.end - aside.start)
    found = _QUANTITY.finditer("".join(masked))
    quantities = [one for match in found if (one := _quantity(match, text, same))]
    # A number that is set aside belongs to the words around it; any other ends them.
    words = "".join(map(_word, same, masked))
    quantities = [replace(one, noun=_noun(words, one)) for one in quantities]
    return Reading(quantities, [one.of(text) for one in asides])


def _quantity(match: re.Match[str], text: str, same: str) -> Quantity | None:
    """The quantity of a match, if it is one; what surrounds it is read from `same`."""
    number = _value(match)
    if number is None or _is_article(match, same):
        return None
    value, decimals, high = number
    unit, kind = match["unit"] or "", "count"
    if match["half"] or match["whole"]:
        is_percent = match["whole"] == "百"
        unit, kind = "%", "percent" if is_percent else "fraction"
    elif unit == "%":
        kind = "percent"
    elif unit == "成":
        unit, kind, value, decimals = "%", "fraction", value * 10, -1
        high = high and high * 10
    elif unit.endswith("百分点"):
        unit, kind = "个百分点", "points"
    elif _EACH.search(same[max(match.start() - 12, 0) : match.start()]):
        kind = "each"
    start = match.start("before") if match["before"] else _first(match)
    end = match.end()
    return Quantity(
        text=text[start:end],
        start=start,
        end=end,
        value=value,
        decimals=decimals,
        unit=unit,
        qualifier=_qualifier(match, kind),
        high=high,
        kind=kind,
    )


def _first(match: re.Match[str]) -> int:
    return min(match.start(name) for name in ("half", "whole", "low") if match[name])


def _value(match: re.Match[str]) -> tuple[Decimal, int, Decimal | None] | None:
    """Value, decimals and upper end; None for what only looks like a number."""
    if match["half"]:
        return Decimal(50), 0, None
    if match["part"] == "百":  # 百分之百
        return Decimal(100), 0, None
    low = _number(match["low"] or match["part"])
    if low is None or (not match["unit"] and match["low"] and not match["low"][0].isdecimal()):
        return None
    value, decimals, high = low
    upper = match["high"] or match["upto"]
    if upper:
        top = _number(upper)
        if top is None or top[0] <= value:
            return None
        high, decimals = top[0], max(decimals, top[1])
    if match["whole"] and match["whole"] != "百":
        base = _number(match["whole"])
        if base is None or not base[0]:
            return None
        decimals = 2
        value = _percent(value, base[0])
        high = high and _percent(high, base[0])
    return value, decimals, high


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.01"))


def _number(written: str) -> tuple[Decimal, int, Decimal | None] | None:
    """Value, decimals and, for 两三, the upper end of a number in digits or as a numeral."""
    if not written[0].isdecimal():
        numeral = read_numeral(written)
        places = len(written.partition("点")[2])
        return None if numeral is None else (numeral[0], places, numeral[1])
    if len(written) > MOST_DIGITS:
        return None
    digits = written.rstrip("百千万亿")
    times = 1
    for name in written[len(digits) :]:
        times *= {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}[name]
    value = Decimal(digits.replace(",", ""))
    places = len(digits.partition(".")[2])
    return (
        (value * times, places - (len(str(times)) - 1), None)
        if times > 1
        else (value, places, None)
    )


def _is_article(match: re.Match[str], same: str) -> bool:
    """Whether it is the 一 of 一个好班子, not a count."""
    if match["low"] != "一" or match["high"] or match["unit"] in ("%", "个百分点"):
        return False
    before, after = same[max(match.start() - 6, 0) : match.start()], same[match.end() :]
    if _COUNTED_OUT.search(before):
        return False
    ends = match["unit"] in COUNTED_AT_THE_END and _ENDS.match(after)
    return bool(_NOT_COUNTED.search(before)) or not ends


def _qualifier(match: re.Match[str], kind: str) -> str:
    """The word that widens or narrows the number, in its plain form."""
    if match["rest"] in ("余", "多") or match["more"]:
        return "余"
    if match["half"] == "过半":
        return "超过"
    before = match["before"] or ""
    if before in ("近", "将近") and match["unit"] in ("天", "年", "个月", "周"):
        return ""  # 近60天: the last sixty days
    after = match["after"] or ""
    if after:
        return {"及以上": "以上", "或以上": "以上", "及以下": "以下", "有余": "余", "之多": ""}.get(
            after, after
        )
    return {"达到": "", "约为": "约", "大致": "约", "最多": "至多", "最少": "至少"}.get(
        before, before
    )


def _word(shown: str, masked: str) -> str:
    return "\n" if shown in _EDGE or masked.isdecimal() else shown


def _noun(words: str, one: Quantity) -> str:
    """The words it counts: those after it in its clause, or else those before it."""
    after = _LEADING.sub("", words[one.end : one.end + 24].partition("\n")[0].strip())
    if len(after) > 1:
        return after
    before = words[max(one.start - 24, 0) : one.start].rpartition("\n")[2].strip()
    return _TRAILING.sub("", before) or after
