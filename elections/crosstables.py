"""换届情况统计表: how the round of elections changed the teams of villages and communities."""

from dangjian.lib.crosstables import Counted, Group, VillageTable

from .figures import LAST_TERM

# The bands in which party statistics ask for village and community officials (表5、表6).
AGE_BANDS = [
    ("35及以下", {"age__lte": 35}),
    ("36-45", {"age__gte": 36, "age__lte": 45}),
    ("46-54", {"age__gte": 46, "age__lte": 54}),
    ("55-59", {"age__gte": 55, "age__lte": 59}),
    ("60及以上", {"age__gte": 60}),
]
EDUCATION = [
    ("大专及以上", {"education__gte": 4}),
    ("中专", {"education": 3}),
    ("高中、中技", {"education": 2}),
    ("初中及以下", {"education__lte": 1}),
]


def team(title, seats, members, mean_age):
    """The columns of one of the two bodies: seats set, members, and who they are."""
    return Group(
        title,
        [
            Counted("职数", seats),
            Counted("人数", members),
            Counted("男", members, {"sex": "male"}),
            Counted("女", members, {"sex": "female"}),
            Group(
                "年龄",
                [
                    *(Counted(label, members, band) for label, band in AGE_BANDS),
                    Counted("平均年龄", mean_age),
                ],
            ),
            Group("学历", [Counted(label, members, level) for label, level in EDUCATION]),
        ],
    )


VillageTable(
    "elections",
    "换届情况统计表",
    [
        Group(
            "换届单位数",
            [
                Counted("村、社区", "elections.villages_due"),
                Counted("班子", "elections.elections_due"),
                Counted("完成班子", "elections.elections_held"),
            ],
        ),
        team(
            "党组织成员",
            "elections.party_seats",
            "elections.party_members",
            "elections.party_mean_age",
        ),
        team(
            "村（居）民委员会成员",
            "elections.committee_seats",
            "elections.committee_members",
            "elections.committee_mean_age",
        ),
        Group(
            "两委成员",
            [
                Counted("两委合计", "elections.two_committee_persons"),
                Counted("交叉任职", "elections.cross_posts"),
                Counted("一肩挑", "elections.dual_heads"),
            ],
        ),
        Group(
            "上届党组织",
            [
                Counted("职数", "elections.party_seats", before=LAST_TERM),
                Counted("人数", "elections.party_members", before=LAST_TERM),
                Counted("大专及以上", "elections.party_college", before=LAST_TERM),
                Counted("平均年龄", "elections.party_mean_age", before=LAST_TERM),
            ],
        ),
        Group(
            "党组织比上届增减",
            [
                Counted("职数", "elections.party_seats_change"),
                Counted("人数", "elections.party_members_change"),
                Counted("大专及以上", "elections.party_college_change"),
                Counted("平均年龄", "elections.party_mean_age_change"),
            ],
        ),
    ],
    place=4,
    width=5,
    about="各村（社区）党组织和村（居）民委员会换届后的职数、成员结构，与上届党组织比较。",
    note="年龄按选举日周岁计算，学历按当选时计算；两委合计中两边任职的只计一人；"
    "“—”表示无可比或无从计算；平均年龄的合计按全体成员计算。",
)
