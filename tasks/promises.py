"""How a plan's items were kept: promised, achieved, and what that makes of the promise.

The one place of this rule. A page, the summary's table and its sheet only print what it says.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from .models import PlanItem

Rhythm, Outcome = PlanItem.Rhythm, PlanItem.Outcome


class Verdict(Enum):
    """What an item came to, with the tone of its badge."""

    KEPT = "兑现", "success"
    PARTLY = "部分兑现", "warning"
    UNMET = "未兑现", "danger"
    RUNNING = "进行中", "secondary"
    BEHIND = "进度滞后", "warning"
    OPEN = "待评", "secondary"

    def __init__(self, label, tone):
        self.label, self.tone = label, tone


RECORDED = {
    Outcome.KEPT: Verdict.KEPT,
    Outcome.PARTLY: Verdict.PARTLY,
    Outcome.UNMET: Verdict.UNMET,
}


@dataclass(frozen=True)
class Fulfilment:
    """An item and what it came to; `value` is the figure it is judged by, where there is one."""

    item: PlanItem
    verdict: Verdict
    value: object = None

    @property
    def by_figure(self):
        return self.value is not None

    @property
    def by_record(self):
        """Whether what the office records decides: neither a figure nor a key task does."""
        return not self.by_figure and self.item.key_task is None

    @property
    def lacks_reason(self):
        return self.verdict in (Verdict.PARTLY, Verdict.UNMET) and not self.item.outcome_reason


def judge(item, value, period):
    """What became of an item of the plan for the period's year, on the period's day.

    `value` is what the promised figure comes to then, or None. In this order:

    1. An item with a figure and something to measure it by (a range, or a rhythm) is judged by the
       figure: see of_number. A rhythm alone promises as many as it comes round in a year.
    2. One that became a key task, by the task: done in time 兑现, done late 部分兑现, not done
       未兑现.
    3. Any other, by what the office recorded; nothing recorded is 待评.

    Nothing is judged before its day: that of the item (due_on), or else the last of the year.
    """
    if value is not None and is_measured(item):
        return Fulfilment(item, of_number(item, value.number, period), value)
    if item.key_task is not None:
        return Fulfilment(item, of_task(item, period))
    if item.outcome:
        return Fulfilment(item, RECORDED[Outcome(item.outcome)])
    return Fulfilment(item, Verdict.OPEN if is_due(item, period) else Verdict.RUNNING)


def is_measured(item):
    return bool(item.rhythm) or item.at_least is not None or item.at_most is not None


def of_number(item, number, period):
    """What a figure of so much makes of the item.

    - At least: reached is 兑现, however much more it is (of “1至2个” three are no broken promise);
      half of it or more is 部分兑现; less, or nothing, is 未兑现.
    - At most, alone: not exceeded is 兑现, exceeded 未兑现.
    - No value (nothing to divide by, nothing kept): 待评.
    - Before its day 进行中; with a rhythm 进度滞后 where the figure is short of the part that falls
      to the months, quarters or halves over by then.
    """
    if not is_due(item, period):
        return Verdict.BEHIND if is_behind(item, number, period) else Verdict.RUNNING
    if number is None:
        return Verdict.OPEN
    least = wanted(item)
    if least is None:
        return Verdict.KEPT if number <= item.at_most else Verdict.UNMET
    if number >= least:
        return Verdict.KEPT
    return Verdict.PARTLY if number > 0 and number * 2 >= least else Verdict.UNMET


def wanted(item):
    """The least the item promises for the year; None: only a limit."""
    if item.at_least is None and item.at_most is None:
        return Rhythm(item.rhythm).times
    return item.at_least


def is_due(item, period):
    """Whether the item's day is reached: its own, or the last of the year."""
    return period.as_of >= (item.due_on or period.last_day)


def is_behind(item, number, period):
    least = wanted(item)
    if not item.rhythm or least is None:
        return False
    times = Rhythm(item.rhythm).times
    over = (period.as_of.month - 1) * times // 12
    return (number or 0) * times < least * over


def of_task(item, period):
    task = item.key_task
    if not task.completed_by(period.as_of):
        return Verdict.UNMET if period.as_of > task.due_on else Verdict.RUNNING
    return Verdict.KEPT if task.completed_on <= task.due_on else Verdict.PARTLY


# — how much, in words —

NUMBER = r"(\d+(?:\.\d+)?)"
# Measure words may follow a number: 1个至2个, 12次以上, 100%.
WRITTEN = [
    (rf"{NUMBER}[^\d]*?[-~—–至到]+{NUMBER}\D*", ("least", "most")),
    (rf"(?:恰好|正好){NUMBER}\D*", ("both",)),
    (rf"(?:不超过|不多于|不高于|至多|<=|≤){NUMBER}\D*", ("most",)),
    (rf"{NUMBER}\D*(?:以内|以下)", ("most",)),
    (rf"(?:不少于|不低于|至少|>=|≥)?{NUMBER}\D*", ("least",)),
]
MOST_DIGITS, DECIMALS = 8, 2


def promised(item):
    """What the item promises, as read_promise reads it: 1至2, 不少于12, 不超过3, 恰好5, or ""."""
    least, most = plain(item.at_least), plain(item.at_most)
    if least and most:
        return f"恰好{least}" if least == most else f"{least}至{most}"
    if least:
        return f"不少于{least}"
    return f"不超过{most}" if most else ""


def plain(number):
    """A stored limit without the zeros of its column; none is empty."""
    return "" if number is None else f"{number.normalize():f}"


def read_promise(text):
    """The least and the most that a text promises; None is no limit. A mere number is the least.

    Raises ValueError, in the user's words.
    """
    written = "".join(unicodedata.normalize("NFKC", text).split())
    if not written:
        return None, None
    for pattern, names in WRITTEN:
        if found := re.fullmatch(pattern, written):
            limits = dict(zip(names, map(read_limit, found.groups()), strict=True))
            both = limits.get("both")
            return checked(limits.get("least", both), limits.get("most", both))
    raise ValueError(f"看不懂“{text}”，请写成“12”“1-2”“不少于12”或“不超过3”的样子。")


def read_limit(digits):
    whole, _, decimals = digits.partition(".")
    if len(whole) > MOST_DIGITS or len(decimals) > DECIMALS:
        raise ValueError(f"“{digits}”太大，或小数多于两位。")
    return Decimal(digits)


def checked(least, most):
    if least is not None and most is not None and least > most:
        raise ValueError(f"范围要从小到大写：{plain(most)}至{plain(least)}。")
    return least, most
