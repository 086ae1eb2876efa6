from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.quantities import find_quantities
from dangjian.lib.surroundings import surroundings

TEXT = """（一）班子建设
换届顺利完成。目前，村党组织成员64人，平均年龄45岁；女成员12人，占18.75%。"""


def around(text):
    return surroundings(text, find_quantities(text))


def test_number_has_the_words_of_its_clause():
    assert [(one.before, one.after) for one in around(TEXT)] == [
        ("村党组织成员", ""),
        ("平均年龄", ""),
        ("女成员", ""),
        ("占", ""),
    ]


def test_number_has_the_clauses_before_it_nearest_first():
    assert around(TEXT)[3].earlier == ("女成员|||", "平均年龄|||", "村党组织成员|||", "目前")


def test_number_has_the_sentence_and_the_heading_before_it():
    first = around(TEXT)[0]

    assert (first.previous, first.headings) == ("换届顺利完成", ("（一）班子建设",))


def test_of_many_clauses_the_nearest_and_the_first_count():
    text = "，".join(f"第{one}" for one in "甲乙丙丁戊己庚辛壬癸") + "，共5人。"

    assert around(text)[0].earlier == tuple(f"第{one}" for one in "癸壬辛庚己戊丁丙甲")


@given(st.text())
def test_every_number_of_any_text_has_surroundings(text):
    numbers = find_quantities(text)

    assert len(surroundings(text, numbers)) == len(numbers)
