"""Stated numbers beside computed ones, and what arithmetic says of them alone."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.stated import (
    QUALIFIERS,
    Agreement,
    Stated,
    compare,
    nearest_parts,
    possible_parts,
    possible_rise,
    possible_wholes,
    read,
    share,
    sums,
)

AGREES, DIFFERS = Agreement.AGREES, Agreement.DIFFERS
D = Decimal


@pytest.mark.parametrize(
    ("value", "decimals", "computed", "expected"),
    [
        ("70.31", 2, "70.3125", AGREES),
        ("70.32", 2, "70.315", AGREES),
        ("70.31", 2, "70.315", Agreement.TRUNCATED),
        ("70.31", 2, "70.3199", Agreement.TRUNCATED),
        ("70.31", 2, "70.305", AGREES),
        ("70.31", 2, "70.3049", DIFFERS),
        ("70.3", 1, "70.3125", AGREES),
        ("70", 0, "70.3125", AGREES),
        ("70.30", 2, "70.3125", DIFFERS),
        ("47", 0, "47", AGREES),
        ("47", 0, "48", DIFFERS),
        ("-11", 0, "-11", AGREES),
        ("11", 0, "-11", DIFFERS),
        ("-0.5", 1, "-0.55", Agreement.TRUNCATED),
        ("-0.6", 1, "-0.55", AGREES),
        ("12000", -3, "12499", AGREES),
        ("12000", -3, "12500", Agreement.TRUNCATED),
        ("12000", -3, "13000", DIFFERS),
    ],
)
def test_bare_number_is_read_at_its_precision(value, decimals, computed, expected):
    assert compare(Stated(D(value), decimals), D(computed)) == expected


@pytest.mark.parametrize(
    ("qualifier", "value", "computed", "expected"),
    [
        ("约", "100", "95", AGREES),
        ("约", "100", "105", AGREES),
        ("约", "100", "94.9", DIFFERS),
        ("左右", "100", "105.1", DIFFERS),
        ("约", "4", "4.5", AGREES),
        ("近", "50", "47", AGREES),
        ("近", "50", "45", AGREES),
        ("近", "50", "44", DIFFERS),
        ("近", "50", "50", DIFFERS),
        ("以上", "80", "80", AGREES),
        ("以上", "80", "100", AGREES),
        ("以上", "80", "79.99", DIFFERS),
        ("以下", "35", "35", AGREES),
        ("以内", "35", "35.01", DIFFERS),
        ("超过", "80", "80", DIFFERS),
        ("超过", "80", "80.01", AGREES),
        ("不足", "3", "2", AGREES),
        ("不足", "3", "3", DIFFERS),
        ("余", "80", "86", AGREES),
        ("余", "80", "80", DIFFERS),
        ("余", "80", "90", DIFFERS),
        ("多", "300", "399", AGREES),
        ("多", "300", "400", DIFFERS),
        ("多", "120", "131", DIFFERS),
        ("余", "-10", "-11", AGREES),
        ("余", "-10", "-9", DIFFERS),
        ("近", "-10", "-9", AGREES),
        ("以上", "-10", "-11", AGREES),
        ("以上", "-10", "11", DIFFERS),
    ],
)
def test_qualifier_is_judged_by_what_it_says(qualifier, value, computed, expected):
    assert compare(Stated(D(value), qualifier=qualifier), D(computed)) == expected


@pytest.mark.parametrize(
    ("computed", "expected"), [(0, DIFFERS), (1, AGREES), (2, AGREES), (3, DIFFERS)]
)
def test_range_takes_in_both_ends(computed, expected):
    assert compare(Stated(D(1), high=D(2)), computed) == expected


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_without_a_record_nothing_is_compared(qualifier):
    assert compare(Stated(D(5), qualifier=qualifier), None) == Agreement.NO_RECORD


def test_unknown_qualifier_is_refused():
    with pytest.raises(KeyError):
        compare(Stated(D(5), qualifier="大概也许"), 5)


def test_every_agreement_has_its_words():
    assert [one.label for one in Agreement] == [
        "相符", "截尾（应为四舍五入）", "相差", "无记录", "算术上不成立",
    ]  # fmt: skip


places = st.integers(0, 3)
numbers = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False, places=6)


@given(numbers, places)
def test_what_is_printed_half_up_agrees(number, decimals):
    printed = number.quantize(D(1).scaleb(-decimals), ROUND_HALF_UP)

    assert compare(Stated(printed, decimals), number) == AGREES


@given(numbers, places)
def test_one_step_off_never_agrees(number, decimals):
    step = D(1).scaleb(-decimals)
    printed = number.quantize(step, ROUND_HALF_UP)

    assert AGREES not in [compare(Stated(printed + one, decimals), number) for one in (step, -step)]


# — shares —


def test_share_of_a_total_has_one_count():
    assert possible_parts(D("70.31"), 2, 64) == [45]
    assert possible_parts(D("18.75"), 2, 64) == [12]


def test_share_that_no_count_gives():
    assert possible_parts(D("52.90"), 2, 75) == []
    assert nearest_parts(D("52.90"), 75) == [39, 40]
    assert [share(part, 75, 2) for part in (39, 40)] == [D("52.00"), D("53.33")]


def test_coarse_share_has_several_counts():
    assert possible_parts(D("50"), 0, 300) == [149, 150, 151]


def test_count_with_its_share_implies_the_total():
    assert possible_wholes(45, D("70.31"), 2) == [64]
    assert possible_wholes(12, D("18.75"), 2) == [64]
    assert possible_wholes(45, D("44.99"), 2) == []
    assert possible_wholes(10, D("5"), 0, limit=190) == [
        182,
        183,
        184,
        185,
        186,
        187,
        188,
        189,
        190,
    ]


def test_nothing_is_no_share_of_many_totals():
    assert possible_wholes(0, D(0), 0, limit=3) == [1, 2, 3]
    assert possible_wholes(0, D(5), 0) == []


counts = st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(counts, places)
def test_every_share_is_possible_on_its_whole(count, decimals):
    part, whole = count
    percent = share(part, whole, decimals)

    assert part in possible_parts(percent, decimals, whole)
    assert whole in possible_wholes(part, percent, decimals)


@given(st.integers(0, 10_000), st.integers(1, 120))
def test_parts_are_all_there_are(hundredths, whole):
    percent = D(hundredths).scaleb(-2)

    expected = [part for part in range(whole + 1) if share(part, whole, 2) == percent]
    assert possible_parts(percent, 2, whole) == expected


@given(st.integers(0, 60), st.integers(0, 100))
def test_wholes_are_all_there_are(part, percent):
    expected = [whole for whole in range(max(part, 1), 301) if share(part, whole, 0) == percent]
    assert possible_wholes(part, D(percent), 0, limit=300) == expected


# — rises —


def test_rise_has_the_counts_that_give_it():
    assert possible_rise(45, 64, D("16.98"), 2, 75) == [40]
    assert possible_rise(45, 64, D("18.31"), 2, 75) == [39]


def test_rise_that_no_counts_give():
    assert possible_rise(45, 64, D("17.41"), 2, 75) == []


def test_rise_of_printed_shares_is_allowed():
    # 1/3 - 1/6 is 16.67 rounded once, and 33.33 - 16.67 = 16.66 of what was printed.
    assert possible_rise(1, 3, D("16.67"), 2, 6) == [1]
    assert possible_rise(1, 3, D("16.66"), 2, 6) == [1]


@given(counts, counts, places)
def test_every_rise_is_possible(now, before, decimals):
    exact = D(100) * now[0] / now[1] - D(100) * before[0] / before[1]
    printed = share(*now, decimals) - share(*before, decimals)

    rise = exact.quantize(D(1).scaleb(-decimals), ROUND_HALF_UP)
    assert before[0] in possible_rise(*now, printed, decimals, before[1])
    assert before[0] in possible_rise(*now, rise, decimals, before[1])


# — sums —


def test_parts_make_up_the_total_exactly():
    assert sums([13, 9], 22)
    assert sums([D("0.1"), D("0.2")], D("0.3"))
    assert not sums([13, 9], 23)


@given(st.lists(st.integers(-1000, 1000)), st.integers(-5, 5))
def test_total_off_by_anything_is_no_sum(parts, off):
    assert sums(parts, sum(parts) + off) == (off == 0)


# — reading —


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("47家", Stated(D(47), 0, "家")),
        ("70.31%", Stated(D("70.31"), 2, "%")),
        ("70.30％", Stated(D("70.30"), 2, "%")),
        ("100﹪", Stated(D(100), 0, "%")),
        ("１３个", Stated(D(13), 0, "个")),
        ("1,234人", Stated(D(1234), 0, "人")),
        ("17.41个百分点", Stated(D("17.41"), 2, "个百分点")),
        ("提高17.41个百分点", Stated(D("17.41"), 2, "个百分点")),
        ("压缩11人", Stated(D(-11), 0, "人")),
        ("-11", Stated(D(-11))),
        ("约47家", Stated(D(47), 0, "家", "约")),
        ("47家左右", Stated(D(47), 0, "家", "约")),
        ("近50家", Stated(D(50), 0, "家", "近")),
        ("超过80%", Stated(D(80), 0, "%", "超过")),
        ("80%以上", Stated(D(80), 0, "%", "以上")),
        ("80余人", Stated(D(80), 0, "人", "余")),
        ("300多人", Stated(D(300), 0, "人", "余")),
        ("不足3名", Stated(D(3), 0, "名", "不足")),
        ("增加约3个", Stated(D(3), 0, "个", "约")),
        ("1-2个", Stated(D(1), 0, "个", high=D(2))),
        ("1至2个", Stated(D(1), 0, "个", high=D(2))),
        (" 5个 ", Stated(D(5), 0, "个")),
        ("十三个", Stated(D(13), 0, "个")),
        ("1.2万人", Stated(D(12000), -3, "人")),
    ],
)
def test_text_of_one_number_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["", "若干", "C-2", "45人，占70.31%", "2-1个", "压缩1-2人", "1.2.3"]
)
def test_text_that_is_not_one_number_is_refused(text):
    with pytest.raises(ValueError, match="不是一个"):
        read(text)
