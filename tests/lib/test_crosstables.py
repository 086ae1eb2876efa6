"""Cross-tables as they are declared: headers of several rows, and what is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from dangjian.lib.crosstables import (
    CROSSTABLES,
    Counted,
    Group,
    Heading,
    Listed,
    RowTable,
    VillageTable,
)
from dangjian.lib.figures import BadFilter, UnknownFigure, register_named
from dangjian.lib.tables import Column

MEMBERS = "orgs.members"


@pytest.fixture(autouse=True)
def _only_those_declared():
    """Tables declared by a test are gone after it."""
    before = dict(CROSSTABLES)
    yield
    CROSSTABLES.clear()
    CROSSTABLES.update(before)


def table_of(*parts):
    return VillageTable("test", "测试表", parts)


def test_header_of_three_rows():
    ages = Group("年龄", [Counted("青年", MEMBERS), Counted("老年", MEMBERS)])
    table = table_of(Counted("党员", MEMBERS), Group("结构", [Counted("女", MEMBERS), ages]))

    assert table.depth == 3
    assert table.headings == [
        Heading("序号", 0, 0, 3, 1, ("序号",)),
        Heading("村（社区）", 0, 1, 3, 1, ("村（社区）",)),
        Heading("党员", 0, 2, 3, 1, ("党员",)),
        Heading("结构", 0, 3, 1, 3, ("结构",)),
        Heading("女", 1, 3, 2, 1, ("结构", "女")),
        Heading("年龄", 1, 4, 1, 2, ("结构", "年龄")),
        Heading("青年", 2, 4, 1, 1, ("结构", "年龄", "青年")),
        Heading("老年", 2, 5, 1, 1, ("结构", "年龄", "老年")),
    ]


def test_header_of_one_row():
    table = table_of(Counted("党员", MEMBERS))

    assert [(one.label, one.rows) for one in table.headings] == [
        ("序号", 1),
        ("村（社区）", 1),
        ("党员", 1),
    ]


def test_group_of_one_column_has_its_own_cell():
    table = table_of(Group("党员", [Counted("人数", MEMBERS)]))

    assert table.paths == [("党员", "人数")]
    assert [(one.label, one.row, one.rows) for one in table.headings[2:]] == [
        ("党员", 0, 1),
        ("人数", 1, 1),
    ]


def test_header_covers_every_cell_once():
    for table in CROSSTABLES.values():
        covered = [
            (row, column)
            for one in table.headings
            for row in range(one.row, one.row + one.rows)
            for column in range(one.column, one.column + one.columns)
        ]
        assert sorted(covered) == [
            (row, column) for row in range(table.depth) for column in range(len(table.widths))
        ]


def test_paths_are_in_the_order_of_the_columns():
    for table in CROSSTABLES.values():
        labels = [column.label for column in table.columns]
        assert [path[-1] for path in table.paths] == labels


@pytest.mark.parametrize(
    ("column", "error"),
    [
        (("没有", "orgs.nothing"), UnknownFigure),
        (("没有", MEMBERS, {"nothing": 1}), BadFilter),
        (("没有", MEMBERS, {"age__lte": "老"}), BadFilter),
        (("占比", "orgs.women_members_rate", {"sex": "female"}), ImproperlyConfigured),
        (("无村", "cadres.cadres"), ImproperlyConfigured),
        (("谈话", "cadres.talks"), ImproperlyConfigured),
    ],
    ids=["figure", "dimension", "value", "filtered share", "without villages", "sensitive"],
)
def test_column_that_cannot_be_counted_is_refused(column, error):
    with pytest.raises(error):
        Counted(*column)


def test_total_over_a_sensitive_register_is_refused():
    with pytest.raises(ImproperlyConfigured):
        Listed(Column("name", "名称"), "cadres.admonitions")


def test_rows_of_a_sensitive_register_are_refused():
    with pytest.raises(ImproperlyConfigured):
        RowTable("test", "谈话", [], register=register_named("cadres.talks"))


def test_slug_declared_twice_is_refused():
    table_of(Counted("党员", MEMBERS))

    with pytest.raises(ImproperlyConfigured):
        table_of(Counted("党员", MEMBERS))
