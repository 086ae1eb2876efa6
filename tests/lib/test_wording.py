"""Words against the figure beside them: found where planted, and nowhere else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib import prose
from dangjian.lib.figures import Value, figure_named
from dangjian.lib.wording import contradictions

CHANGE = figure_named("orgs.members_change")
RATE_CHANGE = figure_named("elections.party_college_rate_change")
SHARE = figure_named("orgs.coverage_rate")
COUNT = figure_named("orgs.uncovered")


def moved(number, before=40):
    return Value(CHANGE, number, before, before + number)


def values(**given):
    """The values of {c} a change, {r} a change of a share, {s} a share and {n} a count."""
    found = {"c": moved(5), "r": Value(RATE_CHANGE, Decimal(3), Decimal(50), Decimal(53))}
    found |= {"s": Value(SHARE, Decimal("93.33"), part=14, whole=15), "n": Value(COUNT, 2)}
    return found | given


def words(text, **given):
    pieces = prose.render(prose.parse(text), values(**given))
    return [(one.words, one.slug) for one in contradictions(pieces)]


FALL, LEVEL = moved(-5), moved(0)
ALL_OF_IT, NONE_OF_IT = Value(SHARE, Decimal(100), part=15, whole=15), Value(COUNT, 0)


# — planted —


@pytest.mark.parametrize("word", ["提高", "增加", "上升", "增长", "扩大", "新增"])
@pytest.mark.parametrize("value", [FALL, LEVEL], ids=["fall", "level"])
@pytest.mark.parametrize(
    "text", ["党员{}{{c:n}}名。", "党员队伍{}了{{c}}，势头好。", "比上年{{c:n}}名的{}。"]
)
def test_rise_beside_a_fall_or_nothing(word, value, text):
    assert words(text.format(word), c=value) == [(word, "c")]


@pytest.mark.parametrize("word", ["下降", "减少", "压缩", "降低"])
@pytest.mark.parametrize("value", [moved(5), LEVEL], ids=["rise", "level"])
def test_fall_beside_a_rise_or_nothing(word, value):
    assert words(f"党员{word}{{c:n}}名。", c=value) == [(word, "c")]


@pytest.mark.parametrize("value", [moved(5), FALL], ids=["rise", "fall"])
def test_level_beside_a_change(value):
    assert words("党员数与上年持平（{c:n}），班子稳定。", c=value) == []
    assert words("党员数持平{c:n}名。", c=value) == [("持平", "c")]


@pytest.mark.parametrize(
    "text",
    [
        "企业全部建立党组织{s}。",
        "所有企业覆盖率{s}。",
        "实现全覆盖，覆盖率{s}。",
        "覆盖率{s}，实现全覆盖。",
        "覆盖率{s}，全部达标。",
        "覆盖率达到100%（{s}）。",
        "覆盖率百分之百{s}。",
        "全面覆盖，覆盖率{s:n}%。",
    ],
)
def test_all_beside_a_share_of_less(text):
    assert [slug for _, slug in words(text)] == ["s"]


@pytest.mark.parametrize("text", ["首次发展党员{c}。", "第一次增加{c:n}名。"])
def test_first_beside_a_baseline(text):
    assert [word for word, _ in words(text)] == [text[: text.index("次") + 1]]


@pytest.mark.parametrize(
    "text",
    [
        "没有{n}。",
        "没有漏报{n}。",
        "无{n}。",
        "零{n}。",
        "应建未建企业{n}，已清零。",
        "未建企业{n:n}家为零。",
    ],
)
def test_none_beside_some(text):
    assert [slug for _, slug in words(text)] == ["n"]


def test_message_names_figure_and_value():
    pieces = prose.render(prose.parse("党员提高{c:n}名，首次{c}。"), values(c=FALL))

    assert [one.message for one in contradictions(pieces)] == [
        f"“提高”与指标“{CHANGE.name}”不符：现为{FALL.text}。",
        f"“首次”与指标“{CHANGE.name}”不符：上年已有{FALL.before_text}。",
    ]


def test_each_word_is_told_once_for_a_figure():
    assert words("增加{c:n}名。又增加{c:n}名。", c=FALL) == [("增加", "c")]


# — passed over —


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("党员提高{c:n}名。", moved(5)),
        ("党员{c}。", FALL),
        ("党员{c}，作用提高。", FALL),
        ("没有增加{c:n}名。", FALL),
        ("防止下降{c:n}名。", moved(5)),
        ("提高服务群众的能力，党员{c}。", FALL),
        ("压缩编制后成员{c}。", moved(5)),
        ("党员与上年相比{c}。", LEVEL),
        ("首次{c}。", moved(5, before=0)),
        ("增加{c:n}名；减少{r:n}个百分点。", moved(5)),
    ],
)
def test_word_that_holds_or_is_not_of_the_figure(text, value):
    given = {"r": Value(RATE_CHANGE, Decimal(-3), Decimal(50), Decimal(47))}
    assert words(text, c=value, **given) == []


@pytest.mark.parametrize(
    "text",
    [
        "占全部企业的{s}。",
        "占所有企业{s}。",
        "在全部企业中占{s}。",
        "全年覆盖率{s}。",
        "全面加强领导，覆盖率{s}。",
    ],
)
def test_all_that_names_the_base(text):
    assert words(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{n}重点工作没有按期完成。",
        "有{n}党支部近60天没有开展活动。",
        "对没有活动场所的村逐一解决{n}。",
        "为无职党员设岗{n}。",
        "有没有{n}。",
        "零距离服务群众，办实事{n}。",
    ],
)
def test_none_that_is_of_something_else(text):
    assert words(text) == []


def test_what_holds_is_no_contradiction():
    given = {"s": ALL_OF_IT, "n": NONE_OF_IT}
    assert words("全部覆盖{s}，没有漏下{n}，实现清零。", **given) == []


def test_figure_without_a_value_denies_nothing():
    assert words("提高{c:n}，全部{s}，没有{n}。", c=Value(CHANGE, None), s=None, n=None) == []


# — over random values —

NUMBERS = st.integers(-1000, 1000)


@given(NUMBERS, st.sampled_from(["{c}", "{c:n}名", "{c:before}"]))
def test_exactly_the_true_direction_is_passed_over(number, figure):
    told = {
        word: words(f"党员{word}{figure}。", c=moved(number, before=2000)) != []
        for word in ("增加", "减少", "持平")
    }
    assert told == {"增加": number <= 0, "减少": number >= 0, "持平": number != 0}


@given(st.integers(0, 60), st.integers(1, 60))
def test_all_is_told_of_every_share_but_the_whole(part, more):
    whole = part + more - 1
    share = Value(SHARE, Decimal(100 * part) / whole if whole else None, part=part, whole=whole)
    told = words("全部覆盖{s}。", s=share) != []
    assert told == (bool(whole) and share.number < 100)


@given(st.text("提高增加下降全部首次没有无零{}[]c:snbefor，。；（）、的占中未%100", max_size=40))
def test_any_text_is_read(text):
    for one in contradictions(prose.render(prose.parse(text), values(c=FALL))):
        assert one.words in text
        assert one.message.endswith("。")
