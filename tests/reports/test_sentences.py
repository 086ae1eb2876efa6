"""The default texts stay true whatever the numbers are: sentences over random values."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangjian.lib import periods, prose
from dangjian.lib.figures import Value, figure_named
from dangjian.lib.wording import contradictions
from orgs.middleware import scope_below
from orgs.models import Organization
from reports import texts
from reports.documents.build import build_summary, parsed
from reports.documents.paper import numbered, written
from reports.texts import default_parts
from tests.reports.test_summary import OFFICE, UNITS, broken

TEXTS = sorted(path.stem for path in Path(texts.__file__).parent.glob("*.md"))

# Words of direction and of all, however they are used: read here without any grammar.
RISES = "提高|增加|上升|增长|扩大|新增|提升"
FALLS = "下降|减少|压缩|降低|缩减"
LEVEL = "持平|不变"
EVERY = "全部|全面|所有|100%|百分之百|全覆盖"
CLAUSE = re.compile("[，；。：、（）]")

COUNTS = st.sampled_from([0, 0, 1, 2, 15, 64]) | st.integers(0, 5000)
MEASURED = st.decimals(0, 100, places=3)


@st.composite
def values_of(draw, figure):
    """Any value the figure can have, those that nothing is divided by or compared with too."""
    match figure.kind:
        case "count" | "sum":
            return Value(figure, draw(COUNTS))
        case "share":
            whole = draw(COUNTS)
            part = draw(st.sampled_from([0, whole]) | st.integers(0, whole))
            return Value(figure, percent(part, whole), part=part, whole=whole)
        case "change":
            now, before = (draw(values_of(figure.measured)).exact for _ in range(2))
            if draw(st.booleans()):
                before = now if draw(st.booleans()) else None
            moved = None if now is None or before is None else now - before
            return Value(figure, moved, before, now)
    return Value(figure, draw(st.none() | MEASURED))


def percent(part, whole):
    return Decimal(part) * 100 / whole if whole else None


def lines_of(name):
    return parsed(default_parts(name), "石桥村党总支")


def figures_in(name):
    slugs = dict.fromkeys(slug for _, text in lines_of(name) for slug in text.slugs)
    return [figure_named(slug) for slug in slugs]


def rendered(name):
    """The blocks of a default text over random values of all its figures."""
    values = st.fixed_dictionaries({one.slug: values_of(one) for one in figures_in(name)})
    return values.map(lambda found: list(numbered(written(lines_of(name), found))))


each_text = pytest.mark.parametrize("name", TEXTS)
often = settings(max_examples=150, deadline=None)


@each_text
def test_sentences_hold_over_any_values(name):
    @often
    @given(rendered(name))
    def check(blocks):
        assert broken([prose.plain(one.pieces) for one in blocks if one.level == 0]) == []

    check()


@each_text
def test_no_words_are_against_their_figure_over_any_values(name):
    @often
    @given(rendered(name))
    def check(blocks):
        assert [one for block in blocks for one in contradictions(block.pieces)] == []
        assert [one for block in blocks for one in against(block.pieces)] == []

    check()


@each_text
def test_zero_is_not_printed_over_any_values(name):
    """Neither 0家 nor the 100% of none: a change alone may be nothing, and says 持平."""

    @often
    @given(rendered(name))
    def check(blocks):
        values = [
            piece.value
            for block in blocks
            for piece in block.pieces
            if isinstance(piece, prose.Printed)
        ]
        assert [one for one in values if not one.number and not one.figure.is_change] == []
        assert [one for one in values if one.whole == 0] == []

    check()


def against(pieces):
    """The clauses in which a typed word stands against a figure's value, or a figure's own does."""
    for clause in clauses(pieces):
        typed = "".join(one for one in clause if isinstance(one, str))
        for piece in (one for one in clause if not isinstance(one, str)):
            value, number = piece.value, piece.value.number
            wrong = []
            if value.figure.is_change:
                own = piece.text if piece.form == "" else ""
                wrong = wrong_directions(number, typed + own)
            elif value.figure.kind == "share" and number < 100:
                wrong = re.findall(EVERY, typed)
            if wrong:
                yield wrong, piece.slug, piece.text


def wrong_directions(number, text):
    allowed = LEVEL if number == 0 else RISES if number > 0 else FALLS
    return [word for word in re.findall(f"{RISES}|{FALLS}|{LEVEL}", text) if word not in allowed]


def clauses(pieces):
    """Typed words and printed figures, clause by clause."""
    found = [[]]
    for piece in pieces:
        if isinstance(piece, prose.Printed):
            found[-1].append(piece)
            continue
        first, *others = CLAUSE.split(piece.text)
        found[-1].append(first)
        found += [[one] for one in others]
    return found


# — that the properties can fail —


def planted(text, **values):
    return prose.render(prose.parse(text), values)


def change(number):
    return Value(figure_named("orgs.members_change"), number, 40, 40 + number)


@pytest.mark.parametrize(
    "text",
    ["党员增加{c:n}名。", "党员提高{c}。", "覆盖率{s}全部完成。", "一年来党员上升{c:n}。"],
)
def test_planted_word_is_found(text):
    share = Value(figure_named("orgs.coverage_rate"), Decimal(50), part=1, whole=2)
    pieces = planted(text, c=change(-5), s=share)

    assert list(against(pieces)) != []
    assert contradictions(pieces) != []


def test_every_kind_of_figure_of_the_texts_has_random_values():
    kinds = {one.kind for name in TEXTS for one in figures_in(name)}

    assert kinds <= {"count", "sum", "share", "change", "mean", "median", "minimum", "maximum"}


# — the demo —


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2024, 2025, 2026])
@pytest.mark.parametrize("unit", UNITS)
def test_default_text_of_the_demo_raises_no_alarm(demo, unit, year):
    organization = (
        demo if unit == "the office" else Organization.objects.get(short_name=UNITS[unit])
    )
    scope, period = scope_below(organization), periods.year(year)

    document = build_summary(scope, period, unit=UNITS[unit], office=OFFICE)

    assert [one for block in document.blocks for one in contradictions(block.pieces)] == []
