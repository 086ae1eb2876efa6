"""Where bars stand: exact places, nothing outside the chart, whatever the numbers are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.charts import (
    BAR_LEFT,
    BAR_ROOM,
    HEAD,
    PLOT,
    ROW,
    Datum,
    bar_list,
    columns,
    stack,
)
from dangjian.lib.template_tags import drawn

NUMBERS = st.none() | st.integers(0, 10**9) | st.floats(0, 10**6, allow_nan=False)
SOME = st.lists(NUMBERS, max_size=20)


def data(*values):
    return [Datum(f"第{place}", value, str(value)) for place, value in enumerate(values)]


def places(chart):
    return [(bar.x, bar.y, bar.width, bar.height) for bar in chart.bars]


# — bars under each other —


def test_bar_list_measures_by_its_largest():
    assert places(bar_list("", data(5, 10, 0))) == [
        (BAR_LEFT, 6, BAR_ROOM / 2, 16),
        (BAR_LEFT, 34, BAR_ROOM, 16),
        (BAR_LEFT, 62, 0, 16),
    ]


def test_bar_list_measures_by_its_top():
    assert [bar.width for bar in bar_list("", data(50, 25), top=100).bars] == [21, 10.5]


def test_larger_than_the_top_is_as_long_as_bars_get():
    assert [bar.width for bar in bar_list("", data(120, 60), top=100).bars] == [42, 21]


@given(SOME)
def test_bars_of_a_list_keep_to_their_rows(values):
    chart = bar_list("", data(*values))

    assert chart.height == len(values) * ROW
    for place, bar in enumerate(chart.bars):
        assert place * ROW <= bar.y < bar.y + bar.height <= (place + 1) * ROW
        assert BAR_LEFT <= bar.right <= BAR_LEFT + BAR_ROOM


# — columns —


def test_columns_stand_side_by_side_on_the_base_line():
    chart = columns("", [("甲", data(10, 5)), ("乙", data(0, None))])

    assert places(chart) == [
        (8, HEAD, 17, PLOT),
        (25, HEAD + 70, 17, 70),
        (58, HEAD + PLOT, 17, 0),
        (75, HEAD + PLOT, 17, 0),
    ]
    assert [group.middle for group in chart.groups] == [25, 75]


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12))
def test_columns_keep_inside_the_chart_and_apart(pairs):
    chart = columns("", [(str(place), data(*pair)) for place, pair in enumerate(pairs)])

    bars = chart.bars
    assert all(bar.y + bar.height == pytest.approx(HEAD + PLOT) for bar in bars)
    assert all(bar.y >= HEAD and bar.x >= 0 and bar.right <= 100 for bar in bars)
    assert all(left.right <= right.x + 0.02 for left, right in pairwise(bars))


# — one bar in parts —


def test_stack_parts_the_whole_width():
    assert places(stack("", data(1, 0, 2, None))) == [
        (0, 0, 33.33, ROW),
        (33.33, 0, 0, ROW),
        (33.33, 0, 66.67, ROW),
        (100, 0, 0, ROW),
    ]


@given(SOME)
def test_parts_touch_and_fill_the_width(values):
    bars = stack("", data(*values)).bars

    assert all(left.right == pytest.approx(right.x) for left, right in pairwise(bars))
    assert not any(values) or bars[-1].right == pytest.approx(100)


# — what all have in common —

KINDS = {
    "bars": lambda found: bar_list("题", found),
    "columns": lambda found: columns("题", [(one.label, [one]) for one in found]),
    "stack": lambda found: stack("题", found),
}
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
@pytest.mark.parametrize("values", [[], [0], [0, 0, 0], [None], [None, 0]])
def test_chart_of_nothing_has_no_bar_to_see(kind, values):
    chart = KINDS[kind](data(*values))

    assert chart.is_empty
    assert len(chart.bars) == len(values)
    assert all(not bar.width or not bar.height for bar in chart.bars)


@each_kind
def test_single_value_fills_the_chart(kind):
    (bar,) = KINDS[kind](data(3)).bars

    assert {
        "bars": bar.width == BAR_ROOM,
        "columns": bar.height == PLOT,
        "stack": bar.width == 100,
    }[kind]


@each_kind
def test_negative_is_refused(kind):
    with pytest.raises(ValueError, match="below zero"):
        KINDS[kind](data(1, -1))


@each_kind
def test_drawing_escapes_and_links_what_it_is_given(kind):
    script = "<script>alert(1)</script>"
    datum = Datum(script, 1, script, title=script, slug="a.b", url='/x/?a=1&b="', tone="first")

    svg = drawn(KINDS[kind]([datum]))

    assert script not in svg
    assert 'href="/x/?a=1&amp;b=&quot;"' in svg
    assert 'data-figure="a.b"' in svg
    assert 'data-value="1"' in svg
    assert "style=" not in svg


@each_kind
def test_without_an_address_there_is_no_link(kind):
    svg = drawn(KINDS[kind]([Datum("甲", 1, "1", title="甲：1")]))

    assert "<a " not in svg
    assert "<title>甲：1</title>" in svg


@each_kind
def test_drawing_has_a_table_of_the_same_numbers(kind):
    svg = drawn(KINDS[kind]([Datum("甲", 7, "7人"), Datum("乙", None, "")]))

    table = svg.split("<tbody>")[1]
    assert [part.split("<")[0] for part in table.split('<td class="num">')[1:]] == ["7人", "—"]
