import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.neighbours import relations
from dangjian.lib.quantities import find_quantities
from dangjian.lib.surroundings import surroundings


def found(text):
    """Of each relation, which number it speaks of, whether it holds, and the reason."""
    numbers = find_quantities(text)
    listed = relations(text, numbers, surroundings(text, numbers))
    return [(numbers[one.subject].text, one.holds, one.reason) for one in listed]


def test_share_implies_its_total():
    assert found("大专及以上学历45人，占比70.31%。") == [
        ("70.31%", True, "45占70.31%，总数应为64。")
    ]


def test_share_agrees_with_a_total_before_it():
    text = "共有成员64人，其中女成员12人，占18.75%。"

    assert found(text) == [("18.75%", True, "12占18.75%，总数是64，与前面的“64人”相符。")]


def test_share_that_no_total_gives_is_impossible():
    assert found("女成员12人，占18.85%。") == [
        ("18.85%", False, "没有一个整数总数能使12占18.85%。")
    ]


@pytest.mark.parametrize(
    "text", ["45人，完成率70.32%。", "约45人，占70.32%。", "45人，占约70.32%。", "45岁，占70.32%。"]
)
def test_share_of_something_else_is_not_asked(text):
    assert found(text) == []


@given(st.integers(1, 400), st.integers(1, 400))
def test_share_of_any_whole_is_possible(one, other):
    part, whole = sorted((one, other))
    percent = round(part * 100 / whole + 1e-9, 2)

    assert all(holds for _, holds, _ in found(f"其中{part}人，占{percent:.2f}%。"))


def test_parts_that_add_up_are_named():
    assert found("党支部22个，单独组建13个，联合组建9个。") == [
        ("22个", True, "13 + 9 = 22，与分项相符。")
    ]


def test_part_greater_than_its_whole_is_impossible():
    assert found("党员86名，其中女党员97名。") == [("97名", False, "“其中”的97名比总数86名还多。")]


def test_parts_that_need_not_be_all_are_no_error():
    assert found("党员86名，其中女党员20名，35岁以下30名。") == []


def test_total_that_is_not_the_sum_is_impossible():
    assert found("纠纷8件、积案5件，合计14件。") == [("14件", False, "8 + 5 = 13，不是14。")]


def test_parts_said_to_be_all_must_add_up():
    assert found("15项任务，分别为党建8项、治理6项。") == [
        ("15项", False, "分项8 + 6 = 14，不是15。")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "思想、组织、作风三个方面",
        "思想、组织和作风三个方面",
        "三个方面：思想、组织、作风。",
        "三个方面（思想、组织、作风）",
    ],
)
def test_list_of_as_many_as_are_counted_agrees(text):
    assert found(text) == [("三个", True, "列出3个，与数相符。")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("甲、乙、丙、丁五项工程", 4),
        ("C-2、C-3、东部小区两个小区", 3),
        ("五项工程：甲、乙、丙、丁。", 4),
    ],
)
def test_list_of_others_than_are_counted_is_impossible(text, named):
    ((_, holds, reason),) = found(text)

    assert (holds, reason[:6]) == (False, f"列出的是{named}个")


@pytest.mark.parametrize(
    "text", ["思想、组织、作风等五个方面", "村企互促、单位共建8个", "笔试、面试招聘10人"]
)
def test_list_that_is_open_or_none_is_not_counted(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("由40人增加到45人，增加5人。", True),
        ("由40人增加到45人，增加6人。", False),
        ("由53.33%提高到70.31%，提高16.98个百分点。", True),
        ("由53.33%提高到70.31%，提高17.41个百分点。", False),
        ("压缩11人，由75人压缩到64人。", True),
    ],
)
def test_move_is_the_difference_of_its_ends(text, holds):
    assert [one[1] for one in found(text)] == [holds]


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    *"由从到占，。、（）：；\n",
                    "其中",
                    "合计",
                    "13个",
                    "9人",
                    "70.31%",
                    "增加",
                    "三个",
                ]
            )
        ).map("".join),
    )
)
def test_any_text_is_read_without_an_exception(text):
    numbers = find_quantities(text)
    listed = relations(text, numbers, surroundings(text, numbers))

    assert all(one.subject in one.members for one in listed)
