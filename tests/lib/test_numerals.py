from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.numerals import CHARACTERS, read_numeral, write_numeral


@given(st.integers(0, 10**12 - 1))
def test_numeral_written_reads_as_the_number(number):
    assert read_numeral(write_numeral(number)) == (Decimal(number), None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十三", "13"),
        ("二十二", "22"),
        ("一百零五", "105"),
        ("一百一十", "110"),
        ("一百五", "150"),
        ("两百", "200"),
        ("三万五", "35000"),
        ("二〇二五", "2025"),
        ("七十点三一", "70.31"),
    ],
)
def test_numeral_reads(text, value):
    assert read_numeral(text) == (Decimal(value), None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("两三", 2, 3), ("三五", 3, 5), ("十二三", 12, 13), ("二三十", 20, 30)],
)
def test_two_digits_side_by_side_are_a_range(text, low, high):
    assert read_numeral(text) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["十百", "三二", "百", "千万", "两两", ""])
def test_what_is_no_numeral_has_no_value(text):
    assert read_numeral(text) is None


@given(st.text(CHARACTERS + "点", max_size=12))
def test_any_numeral_is_read_without_an_exception(text):
    found = read_numeral(text)
    assert found is None or found[1] is None or found[0] < found[1]
