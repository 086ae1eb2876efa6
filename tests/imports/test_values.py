"""What a cell may say, and what is read from it; what cannot be read says what is wanted."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgs.models import Education, Person
from orgs.resources.columns import BadCell, Choice, Day, DayKnown, Name, Number, Text, YesNo
from orgs.resources.spellings import EDUCATIONS, POLITICAL_STATUSES

MONTH, DAY = Day(month_is_enough=True), Day()
MARCH = date(1975, 3, 1)
FIFTH = date(1975, 3, 5)


def wide(text):
    """The text in full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def moment(text):
    """As a date cell is read."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("widget", "value", "read"),
    [
        (MONTH, "1975.3", MARCH),
        (MONTH, "1975.03", MARCH),
        (MONTH, "1975-03", MARCH),
        (MONTH, "1975/3", MARCH),
        (MONTH, "1975年3月", MARCH),
        (MONTH, wide("1975.3"), MARCH),
        (MONTH, "1975 年 3 月", MARCH),
        (MONTH, "\u00a01975-03\u3000", MARCH),
        (MONTH, "197503", MARCH),
        (MONTH, 197503, MARCH),
        (MONTH, 1975.3, MARCH),
        (MONTH, 1975.03, MARCH),
        (MONTH, 1975.12, date(1975, 12, 1)),
        (DAY, "1975年3月5日", FIFTH),
        (DAY, "1975.3.5", FIFTH),
        (DAY, "1975-03-05", FIFTH),
        (DAY, "1975-03-05 00:00:00", FIFTH),
        (DAY, "1975-03-05T00:00:00", FIFTH),
        (DAY, "1975。3。5", FIFTH),
        (DAY, "19750305", FIFTH),
        (DAY, 19750305, FIFTH),
        (DAY, 27458, FIFTH),
        (DAY, "27458", FIFTH),
        (DAY, 27458.0, FIFTH),
        (DAY, FIFTH, FIFTH),
        (DAY, moment("1975-03-05"), FIFTH),
        (DAY, "", None),
        (DAY, "\u3000", None),
        (DAY, None, None),
        (YesNo(), "是", True),
        (YesNo(), "√", True),
        (YesNo(), wide("Y"), True),
        (YesNo(), 1, True),
        (YesNo(), True, True),
        (YesNo(), "否", False),
        (YesNo(), "×", False),
        (YesNo(), "无", False),
        (YesNo(), 0, False),
        (YesNo(), "", None),
        (Number(), "1,234", 1234),
        (Number(), wide("1,234"), 1234),
        (Number(), " 12 ", 12),
        (Number(), 12.0, 12),
        (Number(), "", None),
        (Number(Decimal), "12.50", Decimal("12.50")),
        (Number(Decimal), 0.1 + 0.2, Decimal("0.3")),
        (Number(Decimal), "1,234.5", Decimal("1234.5")),
        (Choice(Person.Sex.choices), " 男\u00a0", "male"),
        (Choice(Person.Sex.choices), "", ""),
        (Choice(Education.choices, EDUCATIONS), "本科", 5),
        (Choice(Education.choices, EDUCATIONS), "高中 、 中技", 2),
        (Choice(Person.PoliticalStatus.choices, POLITICAL_STATUSES), "党员", "member"),
        (Name(), "张　三", "张三"),
        (Name(), "阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        (Name(), "John Smith", "John Smith"),
        (Name(), "㐂 𠮷", "㐂 𠮷"),
        (Text(), 12, "12"),
        (Text(), 12.0, "12"),
        (Text(), "=1+1", "=1+1"),
        (Text(), "+86", "+86"),
        (Text(), "\u200b文字\ufeff", "文字"),
        (Text(), moment("2025-03-01"), "2025-03-01"),
        (DayKnown(), "1975-03-01", True),
        (DayKnown(), "1975.3", False),
        (DayKnown(), moment("1975-03-01"), False),
        (DayKnown(), moment("1975-03-05"), True),
        (DayKnown(), 19750305, True),
    ],
)
def test_value_is_read(widget, value, read):
    found = widget.clean(value)

    assert (type(found), found) == (type(read), read)


@pytest.mark.parametrize(
    ("widget", "value", "message"),
    [
        (MONTH, "2025-13-40", "“2025-13-40”不是日期，应如 2025-03-01 或 1975.3。"),
        (MONTH, "约1960", "“约1960”不是日期，应如 2025-03-01 或 1975.3。"),
        (MONTH, "1975", "“1975”不是日期，应如 2025-03-01 或 1975.3。"),
        (MONTH, 1975.1, "“1975.1”分不清是1月还是10月，请写成 1975-01 或 1975-10。"),
        (MONTH, "0001-03", "“0001-03-01”不是日期，应如 2025-03-01 或 1975.3。"),
        (DAY, "2025-03", "“2025-03”不是日期，应如 2025-03-01 或 2025年3月1日。"),
        (DAY, "2025-02-30", "“2025-02-30”不是日期，应如 2025-03-01 或 2025年3月1日。"),
        (DAY, True, "“是”不是日期，应如 2025-03-01 或 2025年3月1日。"),
        (YesNo(), "也许", "“也许”应写成“是”或“否”。"),
        (Number(), "约30", "“约30”不是整数。"),
        (Number(), "12.5", "“12.5”不是整数。"),
        (Number(), "1,23", "“1,23”不是整数。"),
        (Number(Decimal), "NaN", "“NaN”不是数字。"),
        (Choice(Person.Sex.choices), "公", "“公”不能识别，可以填：男、女。"),
        (
            Text(),
            91330100123456789012,
            (
                "“91330100123456789012”超过15位，作为数字末尾已经丢失，"
                "请把单元格格式设为“文本”后重新填写。"
            ),
        ),
        (
            Text(),
            "1.1E+17",
            "“1.1E+17”超过15位，作为数字末尾已经丢失，请把单元格格式设为“文本”后重新填写。",
        ),
        (
            Text(),
            BadCell("#REF!", "公式引用的单元格已不存在"),
            "“#REF!”：公式引用的单元格已不存在。",
        ),
        (Number(), BadCell("", "公式没有算出值"), "公式没有算出值。"),
    ],
)
def test_value_that_cannot_be_read_says_what_is_wanted(widget, value, message):
    with pytest.raises(ValueError, match=r".") as refused:
        widget.clean(value)

    assert str(refused.value) == message


ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.text("0123456789.-/年月日 " + wide("0.-"), max_size=12),
    st.datetimes(),
    st.builds(BadCell, st.text(max_size=5), st.just("出错")),
)
WIDGETS = [MONTH, DAY, DayKnown(), YesNo(), Number(), Number(Decimal), Text(), Name()]


@given(ANY, st.sampled_from([*WIDGETS, Choice(Person.Sex.choices)]))
def test_any_value_is_read_or_refused_in_words(value, widget):
    try:
        widget.clean(value)
    except ValueError as refused:
        # Python's own messages begin with a letter.
        if not str(refused).endswith("。"):
            raise AssertionError(str(refused)) from refused
