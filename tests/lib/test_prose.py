from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib import prose
from dangjian.lib.prose import (
    Printed,
    Problem,
    Text,
    TypedDigits,
    escape,
    parse,
    plain,
    render,
    typed_digits,
    unknown,
)


@dataclass(frozen=True)
class Figure:
    """Stands in for a computed figure."""

    text: str
    digits: str
    before: int | Decimal | None = None
    before_text: str = "—"
    vanishes: bool = False


VALUES = {
    "covered": Figure("45家", "45"),
    "founded": Figure("0家", "0", vanishes=True),
    "rate": Figure("95.74%", "95.74"),
    "age": Figure("—", "—", vanishes=True),
    "seats": Figure("压缩11人", "-11", before=75, before_text="75人"),
    "women": Figure("提高16.98个百分点", "16.98", Decimal("53.33"), "53.33%"),
    "posts": Figure("与上届持平", "0", before=75, before_text="75人"),
    "first_term": Figure("—", "—", vanishes=True),
}


def printed(text):
    return plain(render(parse(text), VALUES))


# Any text, and text made of what the grammar is made of.
texts = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from([*"[]{}:：\n，新2", "[[", "]]", "{{", "}}", ":n", ":before", *VALUES])
    ).map("".join),
)


@st.composite
def written(draw, depth=0):
    """A text without mistakes and what it prints, put together from parts that are known."""
    sources, prints, vanishes = ["，"], ["，"], False
    for part in draw(st.lists(st.sampled_from(["words", "[words]", "figure", "clause"]))):
        if part == "figure":
            slug = draw(st.sampled_from(sorted(VALUES)))
            sources.append(f"{{{slug}}}")
            prints.append(VALUES[slug].text)
            vanishes |= VALUES[slug].vanishes
        elif part == "clause" and depth < 3:
            source, text = draw(written(depth=depth + 1))
            sources.append(source)
            prints.append(text)
        else:
            words = draw(st.text("一 {}\n2"))
            words = f"[{words}]" if part == "[words]" else words
            sources.append(escape(words))
            prints.append(words)
    if depth == 0:
        return "".join(sources), "".join(prints)
    sources.append("{covered}")
    prints.append("45家")
    return f"[{''.join(sources)}]", "" if vanishes else "".join(prints)


# What holds of every text


@given(texts)
def test_source_is_the_text_parsed(text):
    assert parse(text).source == text


@given(texts)
def test_every_text_renders_without_figures(text):
    pieces = render(parse(text), {})

    assert {piece.text for piece in pieces if isinstance(piece, Printed)} <= {"—"}


@given(texts)
def test_neighbouring_words_are_one_piece(text):
    kinds = [type(piece) for piece in render(parse(text), VALUES)]

    assert [pair for pair in pairwise(kinds) if pair == (Text, Text)] == []


@given(texts)
def test_problem_lies_on_a_bracket(text):
    lines = text.split("\n")
    places = [lines[problem.line - 1][problem.column - 1] for problem in parse(text).problems]

    assert set(places) <= set("[]{}")


@given(texts)
def test_typed_digits_lie_where_they_say(text):
    lines = text.split("\n")
    found = typed_digits(parse(text))

    assert [
        lines[digits.line - 1][digits.column - 1 :][: len(digits.text)] for digits in found
    ] == [digits.text for digits in found]


@given(texts)
def test_unknown_names_every_slug_when_none_is_known(text):
    parsed = parse(text)

    assert [problem.message for problem in unknown(parsed, [])] == [
        f"没有代码为 {slug} 的指标。" for slug in parsed.slugs
    ]


@given(texts)
def test_escaped_text_prints_as_it_was(text):
    assert printed(escape(text)) == text


@given(texts)
def test_escaped_text_has_no_problems(text):
    assert parse(escape(text)).problems == []


@given(texts)
def test_escaped_text_names_no_figures(text):
    assert parse(escape(text)).slugs == []


@given(written())
def test_text_without_mistakes_prints_its_parts(source_and_text):
    source, text = source_and_text

    assert printed(source) == text


@given(written())
def test_text_without_mistakes_has_no_problems(source_and_text):
    source, _ = source_and_text

    assert parse(source).problems == []


def test_deep_nesting_renders():
    depth = 5_000

    assert printed("[，{covered}" * depth + "]" * depth) == "，45家" * depth


# Figures


def test_figure_prints_value_with_unit():
    assert render(parse("目前，{covered}已建支部"), VALUES) == [
        Text("目前，"),
        Printed("covered", "45家", VALUES["covered"]),
        Text("已建支部"),
    ]


def test_figure_n_prints_number_only():
    assert render(parse("{covered:n}"), VALUES) == [
        Printed("covered", "45", VALUES["covered"], "n")
    ]


def test_figure_before_prints_baseline_with_unit():
    assert render(parse("{seats:before}"), VALUES) == [
        Printed("seats", "75人", VALUES["seats"], "before")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("女性占比{women}", "女性占比提高16.98个百分点"),
        ("职数{seats}", "职数压缩11人"),
        ("职数{posts}", "职数与上届持平"),
        ("职数{first_term}", "职数—"),
        ("少了{seats:n}人", "少了11人"),
    ],
    ids=["rise", "fall", "none", "no baseline", "number without sign"],
)
def test_change_prints(text, expected):
    assert printed(text) == expected


def test_figure_without_a_value_given_prints_dash():
    assert render(parse("共{gone}"), VALUES) == [Text("共"), Printed("gone", "—", None)]


def test_slugs_are_unique_in_order_of_mention():
    assert parse("{rate}{covered:n}[{rate:before}{age}]").slugs == ["rate", "covered", "age"]


# Clauses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲[，新建{founded}]。", "甲。"),
        ("甲[，平均{age}]。", "甲。"),
        ("甲[，比上届{first_term}]。", "甲。"),
        ("甲[，共{gone}]。", "甲。"),
        ("甲[，由{covered:before}]。", "甲。"),
        ("甲[，{covered}、{founded}]。", "甲。"),
    ],
    ids=["zero count", "no value", "no baseline", "not given", "before of no change", "one of two"],
)
def test_clause_vanishes(text, expected):
    assert printed(text) == expected


def test_clause_with_figures_stays():
    assert printed("甲[，共{covered}]。") == "甲，共45家。"


def test_clause_with_zero_change_stays():
    assert printed("甲[，职数{posts}]。") == "甲，职数与上届持平。"


def test_vanishing_figure_outside_a_clause_stays():
    assert printed("新建{founded}[，共{covered}]") == "新建0家，共45家"


def test_inner_clause_vanishes_alone():
    assert printed("[共{covered}[，新建{founded}]，覆盖率{rate}]") == "共45家，覆盖率95.74%"


def test_outer_clause_takes_inner_ones_along():
    assert printed("甲[，新建{founded}[，共{covered}]]。") == "甲。"


def test_vanished_clause_leaves_its_neighbours():
    assert printed("[、{covered}][、{founded}][、{rate}]") == "、45家、95.74%"


def test_clause_spans_lines():
    assert printed("甲\n[新建{founded}\n]乙") == "甲\n乙"


# Literal brackets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[注]]", "[注]"),
        ("{{注}}", "{注}"),
        ("{{{covered}}}", "{45家}"),
        ("[[[，{covered}]]]", "[，45家]"),
        ("[，{covered}[，{rate}]]", "，45家，95.74%"),
        ("[，{covered}[[注]]]", "，45家[注]"),
        ("[，{covered}[[注[，{rate}]]]]", "，45家[注，95.74%]"),
    ],
    ids=[
        "square",
        "curly",
        "curly around a figure",
        "square around a clause",
        "two ends together",
        "pair in a clause",
        "pair in a clause around a clause",
    ],
)
def test_doubled_bracket_prints(text, expected):
    assert (printed(text), parse(text).problems) == (expected, [])


# Problems


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("甲[，{covered}", [Problem(prose.MISPLACED["["], 1, 2)]),
        ("甲\n乙{covered", [Problem(prose.MISPLACED["{"], 2, 2)]),
        ("{covered\n}", [Problem(prose.MISPLACED["{"], 1, 1), Problem(prose.MISPLACED["}"], 2, 1)]),
        ("甲]", [Problem(prose.MISPLACED["]"], 1, 2)]),
        ("[，{covered}]]", [Problem(prose.MISPLACED["]"], 1, 13)]),
        ("{covered}}", [Problem(prose.MISPLACED["}"], 1, 10)]),
        ("甲{covered:foo}", [Problem(prose.BAD_FIGURE.format("{covered:foo}"), 1, 2)]),
        ("{covered:}", [Problem(prose.BAD_FIGURE.format("{covered:}"), 1, 1)]),
        ("{covered：n}", [Problem(prose.BAD_FIGURE.format("{covered：n}"), 1, 1)]),
        ("{}", [Problem(prose.BAD_FIGURE.format("{}"), 1, 1)]),
        ("大委[2025]1号", [Problem(prose.CLAUSE_WITHOUT_FIGURE, 1, 3)]),
    ],
    ids=[
        "unclosed clause",
        "unclosed brace",
        "brace over two lines",
        "stray clause end",
        "second end of one clause",
        "stray brace end",
        "unknown form",
        "empty form",
        "full-width colon",
        "no slug",
        "clause without a figure",
    ],
)
def test_problems_of(text, problems):
    assert parse(text).problems == problems


@pytest.mark.parametrize("text", ["甲[，", "甲{covered", "甲]", "甲}", "{covered:foo}"])
def test_mistake_prints_as_written(text):
    assert printed(text) == text


def test_problem_reads_with_its_place():
    [problem] = parse("甲\n乙]").problems

    assert str(problem) == (
        "第2行第2字：多出一个“]”：前面没有与它成对的“[”；要印出方括号，请写“]]”。"
    )


def test_unknown_suggests_the_nearest_slug():
    assert unknown(parse("目前，{orgs.coverd}"), ["tasks.overdue", "orgs.covered"]) == [
        Problem("没有代码为 orgs.coverd 的指标，是否想用 orgs.covered？", 1, 4)
    ]


def test_unknown_suggests_the_nearest_first():
    [problem] = unknown(parse("{orgs.coverd}"), ["orgs.covered_now", "orgs.covered"])

    assert problem.message == (
        "没有代码为 orgs.coverd 的指标，是否想用 orgs.covered、orgs.covered_now？"
    )


def test_unknown_names_a_slug_once():
    assert unknown(parse("甲\n{xyz}、{xyz:n}"), ["orgs.covered"]) == [
        Problem("没有代码为 xyz 的指标。", 2, 1)
    ]


def test_unknown_is_empty_when_all_are_known():
    assert unknown(parse("{covered}[，{rate:n}]"), VALUES) == []


# Typed digits


def test_typed_digits_are_found_with_their_places():
    assert typed_digits(parse("2025年，{covered}、12.5%\n[共{rate}，１３项]")) == [
        TypedDigits("2025", 1, 1),
        TypedDigits("12.5", 1, 17),
        TypedDigits("１３", 2, 10),  # noqa: RUF001 full-width on purpose
    ]


def test_typed_digits_leave_out_slugs():
    assert typed_digits(parse("{f1}{f2:n}{f3:4}")) == []
