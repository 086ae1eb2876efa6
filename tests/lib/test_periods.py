"""Periods: years and single days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib import periods
from dangjian.lib.periods import Period


def test_year_that_is_over_is_read_on_its_last_day():
    assert periods.year(2024, today=date(2025, 3, 1)) == Period(
        date(2024, 1, 1), date(2024, 12, 31), date(2024, 12, 31), "2024年"
    )


def test_running_year_is_read_today():
    assert periods.year(2025, today=date(2025, 3, 1)).as_of == date(2025, 3, 1)


def test_year_to_come_is_read_on_its_first_day():
    assert periods.year(2026, today=date(2025, 3, 1)).as_of == date(2026, 1, 1)


def test_today_is_the_day_in_china(monkeypatch):
    monkeypatch.setattr(periods.timezone, "localdate", lambda: date(2025, 6, 30))
    assert periods.year(2025).as_of == date(2025, 6, 30)


@given(st.integers(1949, 2100), st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_year_is_read_inside_it(number, today):
    period = periods.year(number, today=today)
    assert period.first_day <= period.as_of <= period.last_day


@pytest.mark.parametrize("number", [1948, 2101, -1, 10**6])
def test_year_out_of_range_is_refused(number):
    with pytest.raises(ValueError, match=f"{number} is not a year between 1949 and 2100"):
        periods.year(number)


def test_single_day_is_a_period():
    day = date(2025, 3, 1)
    assert periods.on(day) == Period(day, day, day, "2025年3月1日")


def test_single_day_takes_a_label():
    assert periods.on(date(2025, 3, 1), "选举日").label == "选举日"


def test_last_year_is_whole_even_while_this_one_runs():
    running = periods.year(2025, today=date(2025, 3, 1))
    assert periods.last_year(running) == periods.year(2024, today=date(2025, 1, 1))


def test_last_year_of_a_day_is_the_calendar_year_before():
    assert periods.last_year(periods.on(date(2025, 3, 1))).label == "2024年"


def test_there_is_no_year_before_the_first():
    assert periods.last_year(periods.year(1949)) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 3, 10), 6, date(2025, 9, 10)),
        (date(2025, 12, 31), 6, date(2026, 6, 30)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 29), 6, date(2024, 2, 29)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day, months, later):
    assert periods.months_after(day, months) == later


def test_year_is_read_on_one_of_its_days():
    day = date(2025, 6, 30)
    assert periods.up_to(day) == Period(
        date(2025, 1, 1), date(2025, 12, 31), day, "2025年（截至6月30日）"
    )


def test_months_end_on_their_last_days():
    ends = periods.month_ends(2024)
    assert [day.day for day in ends] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert [day.month for day in ends] == list(range(1, 13))
