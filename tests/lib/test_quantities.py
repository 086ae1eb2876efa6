from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.numerals import write_numeral
from dangjian.lib.quantities import find_quantities, read

FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")  # noqa: RUF001 full-width digits are what is tested


def found(text):
    return [(one.text, str(one.value), one.unit) for one in find_quantities(text)]


def only(text):
    (one,) = find_quantities(text)
    return one


def set_aside(text):
    return [(one.text, one.reason) for one in read(text).asides]


# Any text, and text made of what the reader looks for.
texts = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [*"一二三十百零两万第约近余每年月日岁个名家，。（）：点成%﹪．.-—至9", "12", "百分之"]
        )
    ).map("".join),
)
counts = st.integers(2, 99_999)


@given(texts)
def test_spans_are_exact_and_apart(text):
    reading = read(text)
    spans = sorted((one.start, one.end, one.text) for one in [*reading.quantities, *reading.asides])
    assert [text[start:end] for start, end, _ in spans] == [written for *_, written in spans]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(counts)
@pytest.mark.parametrize(
    "write",
    [
        pytest.param(str, id="digits"),
        pytest.param(lambda n: str(n).translate(FULL_WIDTH), id="full-width"),
        pytest.param(lambda n: f"{n:,}", id="separators"),
        pytest.param(write_numeral, id="numeral"),
    ],
)
def test_count_in_any_notation_is_read(write, number):
    one = only(f"现有企业{write(number)}家，")

    assert (one.value, one.decimals, one.unit) == (number, 0, "家")


@given(st.integers(0, 9999))
@pytest.mark.parametrize("sign", ["%", "﹪", "％"])
def test_percent_keeps_its_decimals(sign, hundredths):
    written = f"{hundredths // 100}.{hundredths % 100:02}"

    one = only(f"占{written}{sign}，")

    assert (one.value, one.decimals, one.unit, one.kind) == (Decimal(written), 2, "%", "percent")


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [("百分之七十", "70", 0), ("百分之七十点三一", "70.31", 2), ("百分之百", "100", 0)],
)
def test_percent_in_words_is_read(text, value, decimals):
    one = only(f"覆盖率{text}。")

    assert (one.value, one.decimals, one.kind) == (Decimal(value), decimals, "percent")


@pytest.mark.parametrize("text", ["1-2个", "1—2个", "1～2个", "１至２个", "一至两个", "一到两个"])
def test_range_has_both_ends(text):
    one = only(f"新建联合党支部{text}，")

    assert (one.text, one.value, one.high, one.unit) == (text, 1, 2, "个")


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("约47家", "约"),
        ("大约47家", "大约"),
        ("近47家", "近"),
        ("超过47家", "超过"),
        ("不超过47家", "不超过"),
        ("逾47家", "逾"),
        ("不足47家", "不足"),
        ("47余家", "余"),
        ("47多家", "余"),
        ("47家以上", "以上"),
        ("47家以下", "以下"),
        ("47家左右", "左右"),
        ("47家", ""),
    ],
)
def test_qualifier_is_read(text, qualifier):
    one = only(f"企业{text}，")

    assert (one.text, one.value, one.qualifier) == (text, 47, qualifier)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025年3月5日", "日期"),
        ("二〇二五年度", "日期"),
        ("２０２５年", "日期"),
        ("3月", "日期"),
        ("2025.3.12", "日期"),
        ("一季度", "日期"),
        ("2021-2025年", "日期"),
        ("（一）", "编号"),
        ("第3次", "序数"),
        ("三会一课", "固定说法"),
        ("两委", "固定说法"),
        ("一肩挑", "固定说法"),
        ("四议两公开", "固定说法"),
        ("“一岗双责”", "固定说法"),
        ("二十届三中全会", "固定说法"),
        ("35岁以下", "分组名称"),
        ("45岁及以下", "分组名称"),
        ("36至45岁", "分组名称"),
        ("C-2", "代号"),
    ],
)
def test_what_counts_nothing_is_set_aside(text, reason):
    sentence = f"工作{text}干部"

    assert found(sentence) == []
    assert set_aside(sentence) == [(text, reason)]


@pytest.mark.parametrize("text", ["1. 班子", "1、班子", "一、班子", "(2)班子", "一是班子", "②班子"])
def test_numbering_of_a_line_is_set_aside(text):
    assert found(f"{text}\n{text}") == []
    assert len(set_aside(f"{text}\n{text}")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "建设一个好班子",
        "十几家企业",
        "上百家企业",
        "不落一人，",
        "成熟一个、发展一个，",
        "十分重视",
    ],
)
def test_what_names_no_number_is_no_quantity(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["其中一人走上岗位", "仅一家企业", "担任书记一人，"])
def test_one_that_is_counted_out_is_a_quantity(text):
    assert only(text).value == 1


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [("1.2万人", 12000, -3), ("3万余人", 30000, -4), ("5百人", 500, -2)],
)
def test_multiplier_keeps_the_precision_stated(text, value, decimals):
    one = only(f"党员{text}，")

    assert (one.value, one.decimals) == (value, decimals)


@pytest.mark.parametrize(
    ("text", "value"),
    [("三分之二", "66.67"), ("七成", "70"), ("半数", "50"), ("十分之一", "10.00")],
)
def test_fraction_is_a_percentage(text, value):
    one = only(f"占{text}，")

    assert (one.value, one.unit, one.kind) == (Decimal(value), "%", "fraction")


@pytest.mark.parametrize("text", ["每季度抽查1次", "每月开展主题党日1次", "人均3次"])
def test_rate_is_told_from_a_total(text):
    assert only(f"{text}，").kind == "each"


def test_percentage_points_are_their_own_kind():
    one = only("大专及以上学历比例提高16.98个百分点。")

    assert (one.value, one.unit, one.kind) == (Decimal("16.98"), "个百分点", "points")


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("现有47家非公企业由党组织覆盖，", "非公企业由党组织覆盖"),
        ("共有党员1130名，", "共有党员"),
        ("其中三会一课438次，", "其中三会一课"),
        ("对15个村（社区）实行考核，", "村（社区）实行考核"),
    ],
)
def test_noun_is_what_the_number_stands_at(text, noun):
    assert only(text).noun == noun


def test_sentence_gives_its_numbers_in_order():
    text = "2025年，45人，占比70.31%；13个单独、九个联合，3次要事项"

    assert found(text) == [
        ("45人", "45", "人"),
        ("70.31%", "70.31", "%"),
        ("13个", "13", "个"),
        ("九个", "9", "个"),
        ("3", "3", ""),
    ]


def test_measure_word_that_begins_a_word_is_no_unit():
    assert found("22支部 13个百分点 8村民 12人次 5人大专") == [
        ("22", "22", ""),
        ("13个百分点", "13", "个百分点"),
        ("8", "8", ""),
        ("12人次", "12", "人次"),
        ("5人", "5", "人"),
    ]


@pytest.mark.parametrize("one", ["一", "1", "九", "百分之", "1至", "1,", "一点", "1万", "“一"])
def test_endless_text_is_read(one):
    reading = read(one * 8_000)

    assert all(len(number.text) < 60 for number in reading.quantities)
