"""The equal parts of a year."""

from datetime import date
from itertools import pairwise

import pytest

from dangjian.lib import periods
from dangjian.lib.spans import Span, span_of, spans_of, spans_over


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        (1, [f"{month}月" for month in range(1, 13)]),
        (3, ["一季度", "二季度", "三季度", "四季度"]),
        (6, ["上半年", "下半年"]),
        (12, ["全年"]),
    ],
)
def test_spans_are_called_as_the_office_does(months, labels):
    assert [span.label for span in spans_of(2025, months)] == labels


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_spans_have_every_day_of_a_leap_year_once(months):
    found = spans_of(2024, months)

    assert (found[0].first, found[-1].last) == (date(2024, 1, 1), date(2024, 12, 31))
    gaps = {(after.first - before.last).days for before, after in pairwise(found)}
    assert gaps <= {1}


@pytest.mark.parametrize(
    ("day", "months", "span"),
    [
        (date(2024, 2, 29), 1, Span(date(2024, 2, 1), date(2024, 2, 29))),
        (date(2025, 4, 1), 3, Span(date(2025, 4, 1), date(2025, 6, 30))),
        (date(2025, 6, 30), 6, Span(date(2025, 1, 1), date(2025, 6, 30))),
        (date(2025, 12, 31), 12, Span(date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_day_lies_in_its_span(day, months, span):
    assert span_of(day, months) == span


@pytest.mark.parametrize(("day", "over"), [(date(2025, 6, 29), 1), (date(2025, 6, 30), 2)])
def test_span_is_over_on_its_last_day(day, over):
    assert len(spans_over(periods.up_to(day), 3)) == over
