"""What changed between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.differences import GONE, NEW, SAME, Span, differences, differs

TEXTS = st.text(alphabet="一二三，。{}ab1.\n", max_size=60)


def side(lines, left_out):
    """The lines of one of the two texts, put together from their spans."""
    return [
        "".join(span.text for span in line if span.kind != left_out)
        for line in lines
        if any(span.kind != left_out for span in line)
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(before, after):
    found = differences(before, after)

    assert (side(found, NEW), side(found, GONE)) == (before.split("\n"), after.split("\n"))


@given(TEXTS)
def test_text_does_not_differ_from_itself(text):
    assert differs(differences(text, text)) is False


@given(TEXTS, TEXTS)
def test_other_text_differs(before, after):
    assert differs(differences(before, after)) == (before != after)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "现有党支部22个。",
            "现有党支部23个。",
            [
                [
                    Span(SAME, "现有党支部"),
                    Span(GONE, "22"),
                    Span(NEW, "23"),
                    Span(SAME, "个。"),
                ]
            ],
        ),
        (
            "共有{orgs.members}。",
            "共有{orgs.branches}。",
            [
                [
                    Span(SAME, "共有"),
                    Span(GONE, "{orgs.members}"),
                    Span(NEW, "{orgs.branches}"),
                    Span(SAME, "。"),
                ]
            ],
        ),
        ("甲\n乙", "甲", [[Span(SAME, "甲")], [Span(GONE, "乙")]]),
        ("甲", "甲\n\n乙", [[Span(SAME, "甲")], [Span(NEW, "")], [Span(NEW, "乙")]]),
        ("全部达标", "正在整改", [[Span(GONE, "全部达标")], [Span(NEW, "正在整改")]]),
    ],
    ids=["number", "figure", "line gone", "lines new", "nothing stayed"],
)
def test_changes_are_told_as_a_reader_would(before, after, expected):
    assert differences(before, after) == expected


def test_line_ends_of_a_browser_are_no_change():
    assert differs(differences("甲\n乙", "甲\r\n乙")) is False


def test_very_long_lines_are_not_looked_into():
    before, after = "甲" * 3000, "甲" * 2999 + "乙"

    assert differences(before, after) == [[Span(GONE, before)], [Span(NEW, after)]]
