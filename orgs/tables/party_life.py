"""The columns of the registers of party life."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from dangjian.lib.tables import Column, Table
from orgs.models import (
    Activity,
    Attendance,
    ChecklistResult,
    Development,
    Pairing,
    PairingSide,
    Pledge,
    Rating,
    Rhythm,
    Site,
)

from .registers import counted, person_link, village_link


def partner(side):
    """The first partner on one side of the outer pairing, by name."""

    def of(period):
        found = PairingSide.objects.filter(pairing=OuterRef("pk"), side=side).annotate(
            called=Coalesce(
                "party_organization__short_name", "enterprise__name", "village__name", "unit"
            )
        )
        return Subquery(found.order_by("pk").values("called")[:1])

    return of


activity_table = Table(
    Activity,
    [
        Column("held_on", "举办日期", "date"),
        Column("kind__name", "类别", width=14),
        Column("organization__short_name", "举办党组织", width=24),
        Column("topic", "主题", width=34),
        Column("place", "地点", width=14),
        Column("lecturer", "主讲（主持）人"),
        Column("due", "应到", "number", total=True, width=8),
        Column("present", "实到", "number", total=True, width=8),
        Column("hours", "学时", "number", total=True, width=8),
    ],
)

attendance_table = Table(
    Attendance,
    [
        Column("activity__organization__short_name", "举办党组织", width=24),
        Column("activity__kind__name", "活动类别", width=14),
        Column("activity__held_on", "举办日期", "date"),
        Column("activity__topic", "主题", width=34),
        Column("person__name", "姓名", width=10, link=person_link()),
        Column("person__birth_on", "出生年月", "month"),
        Column("presence", "出缺席", width=8),
        Column("reason", "缺席原因", width=24),
    ],
)

rhythm_table = Table(
    Rhythm,
    [
        Column("kind__name", "活动类别", width=14),
        Column("level", "适用党组织类别", width=14),
        Column("sector", "适用领域", width=10),
        Column("every", "周期", width=8),
        Column("times", "次数", "number", width=8),
        Column("organization__short_name", "制定党组织", width=24),
        Column("since", "起始日期", "date"),
        Column("until", "截止日期", "date"),
    ],
)

pairing_table = Table(
    Pairing,
    [
        Column("name", "共建名称", width=28),
        Column("mode", "共建方式"),
        Column("first", "甲方", of=partner(PairingSide.Side.FIRST), width=24),
        Column("second", "乙方（首个）", of=partner(PairingSide.Side.SECOND), width=24),
        Column(
            "sides",
            "共建单位数",
            "number",
            lambda p: counted(PairingSide.objects.all(), "pairing"),
            total=True,
        ),
        Column("plan", "共建内容", width=34),
        Column("since", "签约日期", "date"),
        Column(
            "activities",
            "本期活动",
            "number",
            lambda p: counted(Activity.objects.held_in(p), "pairing"),
            total=True,
        ),
    ],
)

pledge_table = Table(
    Pledge,
    [
        Column("person__name", "姓名", width=10, link=person_link()),
        Column("organization__short_name", "所在党组织", width=24),
        Column("text", "承诺内容", width=40),
        Column("pledged_on", "承诺日期", "date"),
        Column("fulfilled_on", "兑现日期", "date"),
    ],
)

site_table = Table(
    Site,
    [
        Column("name", "阵地名称", width=26),
        Column("organization__short_name", "所属党组织", width=24),
        Column("village__name", "所在村（社区）", link=village_link()),
        Column("area", "面积（平方米）", "number", total=True),
        Column("is_shared", "共用", width=8),
        Column("opened_on", "启用日期", "date"),
        Column("demonstration_since", "示范阵地", "date"),
    ],
)

rating_table = Table(
    Rating,
    [
        Column("organization__short_name", "党组织", width=24),
        Column("scheme", "评定办法", width=24),
        Column("grade", "等级"),
        Column("given_on", "评定日期", "date"),
        Column("valid_until", "有效期至", "date"),
    ],
)

development_table = Table(
    Development,
    [
        Column("person__name", "姓名", width=10, link=person_link()),
        Column("person__sex", "性别", width=6),
        Column("person__birth_on", "出生年月", "month"),
        Column("person__education", "学历"),
        Column("organization__short_name", "培养党组织", width=24),
        Column("stage", "阶段", width=14),
        Column("reached_on", "确定日期", "date"),
    ],
)

checklist_table = Table(
    ChecklistResult,
    [
        Column("organization__short_name", "党组织", width=24),
        Column("item__scheme__name", "标准"),
        Column("item__order", "序号", "number", width=6),
        Column("item__text", "内容", width=36),
        Column("is_met", "达标", width=8),
        Column("checked_on", "检查日期", "date"),
        Column("checker", "检查人"),
    ],
)
