"""The columns of the registers of cadres, in the order of the paper rosters."""

from django.db.models import Case, F, Max, Min, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from dangjian.lib.figures import Years
from dangjian.lib.tables import Column, Table
from orgs.tables import counted

from .models import (
    Cadre,
    Posting,
    PostingTarget,
    Recruit,
    ReserveListing,
    StudyReview,
    TalkPerson,
    Visit,
)


def first_target(period):
    """The first place the outer posting leads to, by name."""
    found = PostingTarget.objects.filter(posting=OuterRef("pk")).annotate(
        called=Coalesce("village__name", "enterprise__name", "party_organization__short_name")
    )
    named = Subquery(found.order_by("pk").values("called")[:1])
    return Coalesce(named, place_of_posting())


def place_of_posting():
    """Of a posting without targets: its project, or its department."""
    return Case(
        When(department__isnull=False, then=F("department__name")),
        default=F("project"),
    )


def village_of_posting(period):
    """The village that all places of the outer posting lie in; none where they lie in several."""
    village = Coalesce("village_id", "enterprise__village_id", "party_organization__village_id")
    places = PostingTarget.objects.filter(posting=OuterRef("pk")).annotate(place=village)
    ends = places.order_by().values("posting").annotate(low=Min("place"), high=Max("place"))
    return Subquery(ends.filter(low=F("high")).values("low")[:1])


def place_of_recruit(field):
    """A field of the village the outer recruit is posted to on the period's day."""

    def of(period):
        posted = Posting.objects.of_kind(Posting.Kind.VILLAGE_POST).current_on(period.as_of)
        found = posted.filter(person=OuterRef("person"), targets__village__isnull=False)
        return Subquery(found.order_by("-since").values(f"targets__{field}")[:1])

    return of


def visits_received(period):
    """How many visits the outer enterprise had in the period."""
    return counted(Visit.objects.made_in(period), "enterprise")


cadre_table = Table(
    Cadre,
    [
        Column("person__name", "姓名", width=10),
        Column("person__sex", "性别", width=6),
        Column("person__birth_on", "出生年月", "month"),
        Column("age", "年龄", "number", lambda p: Years("person__birth_on", p.as_of), width=6),
        Column("person__education", "学历"),
        Column("post", "职务", width=26),
        Column("rank", "职级"),
        Column("staff_kind", "编制"),
        Column("department__name", "科室", width=16),
        Column("since", "任职起始", "date"),
    ],
)

posting_table = Table(
    Posting,
    [
        Column("person__name", "姓名", width=10),
        Column("kind", "类别"),
        Column("target", "派往单位（首个）", of=first_target, width=26),
        Column(
            "targets",
            "单位数",
            "number",
            lambda p: counted(PostingTarget.objects.all(), "posting"),
            width=8,
        ),
        Column("duty", "职责", width=18),
        Column("is_full_time", "脱产", width=8),
        Column("since", "起始日期", "date"),
        Column("until", "截止日期", "date"),
        Column("visits_per_month", "每月应走访", "number"),
        Column(
            "visits",
            "本期走访",
            "number",
            lambda p: counted(Visit.objects.made_in(p), "posting"),
            total=True,
        ),
        Column("appraisal", "考核等次"),
    ],
)

visit_table = Table(
    Visit,
    [
        Column("visited_on", "走访日期", "date"),
        Column("posting__person__name", "走访人", width=10),
        Column("posting__kind", "身份", width=14),
        Column("enterprise__name", "走访企业", width=28),
        Column("content", "走访内容", width=36),
        Column("problem", "反映问题", width=26),
        Column("is_solved", "已解决", width=8),
    ],
)

recruit_table = Table(
    Recruit,
    [
        Column("person__name", "姓名", width=10),
        Column("person__sex", "性别", width=6),
        Column("person__birth_on", "出生年月", "month"),
        Column("person__education", "学历"),
        Column("recruitment__name", "招聘批次", width=24),
        Column("written_score", "笔试成绩", "number"),
        Column("interview_score", "面试成绩", "number"),
        Column("hired_on", "上岗日期", "date"),
        Column("probation_ends_on", "试用期满", "date"),
        Column("result", "试用结果"),
        Column("village", "派驻村（社区）", of=place_of_recruit("village__name"), width=14),
    ],
)

reserve_table = Table(
    ReserveListing,
    [
        Column("person__name", "姓名", width=10),
        Column("person__sex", "性别", width=6),
        Column("person__birth_on", "出生年月", "month"),
        Column("person__education", "学历"),
        Column("village__name", "村（社区）", width=14),
        Column("target_post", "培养方向", width=18),
        Column("since", "入库日期", "date"),
        Column("outcome", "结果"),
    ],
)

talk_table = Table(
    TalkPerson,
    [
        Column("talk__held_on", "谈话日期", "date"),
        Column("talk__kind", "谈话类别"),
        Column("person__name", "谈话对象", width=10),
        Column("talk__talker", "谈话人", width=12),
        Column("talk__reason", "谈话事由", width=40),
        Column("effect_until", "影响期至", "date"),
    ],
)

review_table = Table(
    StudyReview,
    [
        Column("person__name", "姓名", width=10),
        Column("organization__short_name", "组织党组织", width=22),
        Column("year", "年度", "number", width=8),
        Column("score", "考学成绩", "number"),
        Column("grade", "等次"),
        Column("reviewed_on", "评定日期", "date"),
    ],
)
