"""Rounding and printing."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.figures import LAST_YEAR, Value, measure, rounded
from dangjian.lib.figures.kinds import Change, Measured, Quotient, Share
from tests.lib.random_rows import half_up

COUNT = Measured("t.count", "党员", "名", "", None, None)
SUM = Measured("t.sum", "经费", "万元", "", None, None, "sum", "x", 2)
MEAN = Measured("t.mean", "平均年龄", "岁", "", None, None, "mean", "x", 1)
SHARE = Share("t.share", "占比", "%", "", None, COUNT, COUNT)
QUOTIENT = Quotient("t.quotient", "比", "家", "", None, COUNT, COUNT)


def change_of(figure):
    return Change(
        "t.c", "增减", figure.unit_of_change, "", None, figure, LAST_YEAR, figure.words_of_change
    )


@pytest.mark.parametrize(
    ("figure", "exact", "text", "plain"),
    [
        (COUNT, 45, "45名", "45"),
        (COUNT, 0, "0名", "0"),
        (COUNT, None, "—", "null"),
        (SUM, Decimal("12.50"), "12.50万元", "12.5"),
        (SUM, Decimal("12.00"), "12万元", "12"),
        (MEAN, Decimal(45), "45岁", "45"),
        (MEAN, Decimal("45.25"), "45.3岁", "45.3"),
        (MEAN, Decimal("44.96"), "45岁", "45"),
        (SHARE, Decimal(100), "100.00%", "100.0"),
        (SHARE, Decimal(4500) / 64, "70.31%", "70.31"),
        (SHARE, Decimal(0), "0.00%", "0.0"),
        (SHARE, None, "—", "null"),
        (QUOTIENT, Decimal(3), "3家", "3"),
        (QUOTIENT, Decimal(7) / 2, "3.50家", "3.5"),
        (change_of(COUNT), Decimal(-11), "减少11名", "-11"),
        (change_of(COUNT), Decimal(0), "与上年持平", "0"),
        (change_of(COUNT), None, "—", "null"),
        (change_of(MEAN), Decimal("-1.25"), "减少1.3岁", "-1.3"),
        (change_of(SHARE), Decimal("16.979"), "提高16.98个百分点", "16.98"),
        (change_of(SHARE), Decimal("-0.004"), "与上年持平", "0.0"),
    ],
)
def test_value_prints_in_text_and_json(figure, exact, text, plain):
    value = Value(figure, exact)
    assert (value.text, json.dumps(value.plain)) == (text, plain)


@pytest.mark.parametrize(
    ("figure", "exact", "digits"),
    [
        (SHARE, Decimal("70.3125"), "70.31"),
        (change_of(COUNT), Decimal(-11), "11"),
        (MEAN, None, "—"),
    ],
)
def test_digits_have_neither_unit_nor_sign(figure, exact, digits):
    assert Value(figure, exact).digits == digits


@pytest.mark.parametrize(
    ("before", "text"), [(Decimal(75), "75名"), (None, "—")], ids=["kept", "not kept"]
)
def test_baseline_prints_with_its_own_unit(before, text):
    assert Value(change_of(COUNT), None, before=before).before_text == text


@pytest.mark.parametrize(
    ("figure", "exact", "vanishes"),
    [
        (COUNT, 0, True),
        (COUNT, 1, False),
        (COUNT, None, True),
        (SHARE, Decimal("0.004"), True),
        (change_of(COUNT), Decimal(0), False),
        (change_of(COUNT), None, True),
    ],
)
def test_value_vanishes_when_there_is_nothing_to_say(figure, exact, vanishes):
    assert Value(figure, exact).vanishes is vanishes


@pytest.mark.parametrize(
    ("number", "decimals", "result"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.5", 0, "1"),
        ("70.305", 2, "70.31"),
        ("70.315", 2, "70.32"),
        ("45.25", 1, "45.3"),
        ("-0.004", 2, "0.00"),
    ],
)
def test_rounded_half_up(number, decimals, result):
    assert str(rounded(Decimal(number), decimals)) == result


@given(st.decimals(-(10**9), 10**9, places=5), st.integers(0, 4))
def test_rounded_equals_fractions(number, decimals):
    assert Fraction(rounded(number, decimals)) == half_up(number, decimals)


def test_rounded_to_no_decimals_is_an_integer():
    assert type(rounded(Decimal("45.4"), 0)) is int


def test_nothing_rounds_to_nothing():
    assert rounded(None, 2) is None


@pytest.mark.parametrize(
    ("kind", "result"),
    [("count", 3), ("sum", 5), ("mean", Decimal("2.5")), ("minimum", 2), ("maximum", 3)],
)
def test_measure_leaves_out_nothing_but_counts_its_row(kind, result):
    assert measure(kind, [2, None, 3]) == result


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        ("count", 0),
        ("sum", 0),
        ("mean", None),
        ("minimum", None),
        ("maximum", None),
        ("median", None),
    ],
)
def test_measure_of_nothing(kind, result):
    assert measure(kind, []) == result


def test_median_of_an_even_number_lies_between():
    assert measure("median", [1, 4, 2, 9]) == 3


def test_measure_of_what_is_none_is_refused():
    with pytest.raises(KeyError, match="share"):
        measure("share", [1])
