"""Cadres by village, and the year's recruits one by one. Talks are in neither."""

from cadres.figures import recruit_register
from cadres.tables import place_of_recruit
from dangjian.lib.crosstables import Counted, Group, Listed, RowTable, VillageTable
from dangjian.lib.tables import Column

VillageTable(
    "cadres",
    "干部队伍情况统计表",
    [
        Group(
            "公开招聘大学生",
            [
                Counted("上岗", "cadres.recruits_hired"),
                Counted("试用合格", "cadres.recruits_passed"),
                Counted("到村工作", "cadres.recruits_posted"),
            ],
        ),
        Group(
            "派驻",
            [
                Counted("第一书记", "cadres.first_secretaries"),
                Counted("到村任职", "cadres.village_posts"),
                Counted("轮岗", "cadres.rotations"),
                Counted("抽调一线", "cadres.secondments"),
            ],
        ),
        Group(
            "联系非公企业",
            [
                Counted("指导员", "cadres.instructors"),
                Counted("联络员", "cadres.liaisons"),
                Counted("联系企业", "cadres.enterprises_instructed"),
                Counted("走访次数", "cadres.visits"),
                Group(
                    "走访中的问题",
                    [
                        Counted("反映", "cadres.visit_problems"),
                        Counted("解决", "cadres.visit_problems_solved"),
                    ],
                ),
            ],
        ),
        Group(
            "村级后备干部",
            [
                Counted("人数", "cadres.reserves"),
                Counted("女", "cadres.reserves", {"sex": "female"}),
                Counted("35岁及以下", "cadres.young_reserves"),
                Counted("大专及以上", "cadres.college_reserves"),
                Counted("比上年增减", "cadres.reserves_change"),
            ],
        ),
    ],
    place=8,
    about="公开招聘、第一书记、到村任职、轮岗、抽调、指导员和后备干部，按村（社区）统计。",
    note="“其他”是街道机关和跨村（社区）的派驻；轮岗、抽调按人次，其余按期末在任计算。",
)

RowTable(
    "recruits",
    "公开招聘人员情况表",
    [
        Listed(Column("person__name", "姓名", width=10), "cadres.recruits_hired"),
        Listed(Column("person__sex", "性别", width=6)),
        Listed(Column("person__birth_on", "出生年月", "month", width=10)),
        Listed(Column("person__education", "学历", width=10)),
        Group(
            "招聘",
            [
                Listed(Column("recruitment__name", "批次", width=26)),
                Listed(
                    Column("written_score", "笔试成绩", "number", width=8),
                    "cadres.recruits_written_mean",
                ),
                Listed(
                    Column("interview_score", "面试成绩", "number", width=8),
                    "cadres.recruits_interview_mean",
                ),
            ],
        ),
        Group(
            "试用",
            [
                Listed(Column("hired_on", "上岗日期", "date", width=12)),
                Listed(Column("probation_ends_on", "试用期满", "date", width=12)),
                Listed(Column("result", "试用结果", width=10), "cadres.recruits_passed"),
            ],
        ),
        Listed(
            Column("village", "派驻村（社区）", of=place_of_recruit("village__name"), width=14),
            "cadres.recruits_posted",
        ),
    ],
    register=recruit_register,
    counted_by="cadres.recruits_hired",
    place=9,
    about="本期上岗的公开招聘人员：成绩、试用期和派驻村（社区）。",
    note="成绩一栏的合计是平均成绩；试用结果、派驻两栏的合计是合格人数和到村工作人数。",
)
