"""What became of a plan's items: the rule, case by case."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from dangjian.lib import periods
from tasks.models import KeyTask, PlanItem
from tasks.promises import Fulfilment, Verdict, judge, promised, read_promise

OVER = periods.year(2025, today=date(2026, 1, 5))


def on(month, day):
    return periods.up_to(date(2025, month, day))


def item(least=None, most=None, **values):
    at_least, at_most = (None if one is None else Decimal(one) for one in (least, most))
    return PlanItem(year=2025, figure="x.y", at_least=at_least, at_most=at_most, **values)


def verdict(item, number, period=OVER):
    return judge(item, SimpleNamespace(number=number), period).verdict.label


@pytest.mark.parametrize(
    ("promise", "number", "expected"),
    [
        ((12, None), 12, "兑现"),
        ((12, None), 15, "兑现"),
        ((12, None), 11, "部分兑现"),
        ((12, None), 6, "部分兑现"),
        ((12, None), 5, "未兑现"),
        ((12, None), 0, "未兑现"),
        ((1, 2), 1, "兑现"),
        ((1, 2), 2, "兑现"),
        ((1, 2), 3, "兑现"),
        ((1, 2), 0, "未兑现"),
        ((0, None), 0, "兑现"),
        ((0, None), -1, "未兑现"),
        ((None, 3), 3, "兑现"),
        ((None, 3), 0, "兑现"),
        ((None, 3), 4, "未兑现"),
        ((100, None), Decimal("100.00"), "兑现"),
        ((100, None), Decimal("99.99"), "部分兑现"),
        (("85.5", None), Decimal("85.49"), "部分兑现"),
        ((12, None), None, "待评"),
    ],
)
def test_year_that_is_over_is_judged_by_the_range(promise, number, expected):
    assert verdict(item(*promise), number) == expected


@pytest.mark.parametrize(
    ("rhythm", "number", "expected"),
    [
        ("monthly", 12, "兑现"),
        ("monthly", 11, "部分兑现"),
        ("quarterly", 4, "兑现"),
        ("quarterly", 1, "未兑现"),
        ("half_yearly", 1, "部分兑现"),
        ("yearly", 1, "兑现"),
        ("yearly", 0, "未兑现"),
    ],
)
def test_rhythm_alone_promises_as_many_as_it_comes_round(rhythm, number, expected):
    assert verdict(item(rhythm=rhythm), number) == expected


@pytest.mark.parametrize(
    ("promise", "rhythm", "day", "number", "expected"),
    [
        ((None, None), "monthly", (7, 1), 6, "进行中"),
        ((None, None), "monthly", (7, 1), 5, "进度滞后"),
        ((None, None), "monthly", (6, 30), 5, "进行中"),
        ((None, None), "quarterly", (6, 30), 1, "进行中"),
        ((None, None), "quarterly", (7, 1), 1, "进度滞后"),
        ((400, None), "quarterly", (7, 1), 200, "进行中"),
        ((400, None), "quarterly", (7, 1), 199, "进度滞后"),
        ((None, None), "half_yearly", (12, 30), 1, "进行中"),
        ((None, None), "yearly", (12, 30), 0, "进行中"),
        ((None, None), "monthly", (3, 15), None, "进度滞后"),
        ((None, 3), "monthly", (7, 1), 0, "进行中"),
        ((12, None), "", (12, 30), 0, "进行中"),
        ((12, None), "", (12, 31), 0, "未兑现"),
    ],
)
def test_year_that_runs_asks_for_the_part_that_is_over(promise, rhythm, day, number, expected):
    assert verdict(item(*promise, rhythm=rhythm), number, on(*day)) == expected


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [((6, 29), 0, "进行中"), ((6, 30), 0, "未兑现"), ((6, 30), 1, "兑现")],
)
def test_item_with_a_day_is_judged_from_that_day_on(day, number, expected):
    assert verdict(item(1, due_on=date(2025, 6, 30)), number, on(*day)) == expected


@pytest.mark.parametrize(
    ("completed_on", "period", "expected"),
    [
        (date(2025, 10, 31), OVER, "兑现"),
        (date(2025, 11, 1), OVER, "部分兑现"),
        (None, OVER, "未兑现"),
        (date(2026, 1, 2), OVER, "未兑现"),
        (None, on(10, 31), "进行中"),
        (None, on(11, 1), "未兑现"),
    ],
)
def test_item_that_became_a_key_task_is_judged_by_it(completed_on, period, expected):
    task = KeyTask(due_on=date(2025, 10, 31), completed_on=completed_on)

    found = judge(PlanItem(year=2025, key_task=task, outcome="kept"), None, period)

    assert (found.verdict.label, found.by_record) == (expected, False)


@pytest.mark.parametrize(
    ("outcome", "period", "expected"),
    [
        ("kept", OVER, "兑现"),
        ("partly", OVER, "部分兑现"),
        ("unmet", OVER, "未兑现"),
        ("", OVER, "待评"),
        ("", on(12, 30), "进行中"),
        ("kept", on(6, 30), "兑现"),
    ],
)
def test_item_without_a_figure_is_judged_by_what_was_recorded(outcome, period, expected):
    found = judge(PlanItem(year=2025, outcome=outcome), None, period)

    assert (found.verdict.label, found.by_record) == (expected, True)


def test_figure_goes_before_what_was_recorded():
    assert verdict(item(12, outcome="kept"), 0) == "未兑现"


def test_figure_without_a_promise_leaves_it_to_the_record():
    assert verdict(item(outcome="partly"), 7) == "部分兑现"


@pytest.mark.parametrize(
    ("verdict", "reason", "lacking"),
    [
        (Verdict.KEPT, "", False),
        (Verdict.PARTLY, "", True),
        (Verdict.UNMET, "", True),
        (Verdict.UNMET, "选址没有落实", False),
        (Verdict.RUNNING, "", False),
        (Verdict.BEHIND, "", False),
        (Verdict.OPEN, "", False),
    ],
)
def test_what_was_not_kept_needs_a_reason(verdict, reason, lacking):
    assert Fulfilment(PlanItem(outcome_reason=reason), verdict).lacks_reason == lacking


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        ((1, 2), "1至2"),
        (("12.00", None), "不少于12"),
        ((None, "3.50"), "不超过3.5"),
        ((100, 100), "恰好100"),
        ((None, None), ""),
    ],
)
def test_promise_in_words(promise, words):
    assert promised(item(*promise)) == words


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("", (None, None)),
        ("12", (12, None)),
        ("１２次", (12, None)),
        ("1-2", (1, 2)),
        ("1－2个", (1, 2)),
        ("1 ~ 2", (1, 2)),
        ("1个至2个", (1, 2)),
        ("10到20家", (10, 20)),
        ("不少于12次", (12, None)),
        ("≥12", (12, None)),
        ("12次以上", (12, None)),
        ("不超过3", (None, 3)),
        ("3个以内", (None, 3)),
        ("100﹪", (100, None)),
        ("85.5%", (Decimal("85.5"), None)),
        ("恰好5", (5, 5)),
    ],
)
def test_promise_is_read_as_offices_write_it(text, limits):
    assert read_promise(text) == limits


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("若干", "看不懂“若干”，请写成“12”“1-2”“不少于12”或“不超过3”的样子。"),
        ("2-1", "范围要从小到大写：1至2。"),
        ("-3", "看不懂“-3”，请写成“12”“1-2”“不少于12”或“不超过3”的样子。"),
        ("1.234", "“1.234”太大，或小数多于两位。"),
        ("123456789", "“123456789”太大，或小数多于两位。"),
    ],
)
def test_promise_that_is_none_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        read_promise(text)


@pytest.mark.parametrize(
    "limits", [(None, None), (1, 2), (12, None), (None, 3), (100, 100), ("85.5", None)]
)
def test_promise_reads_back_as_it_is_written(limits):
    written = item(*limits)

    assert read_promise(promised(written)) == (written.at_least, written.at_most)
