"""Figures over who attended, and over organizations that hold too little."""

from django.db.models import Q

from dangjian.lib.figures import words_in
from dangjian.lib.figures.dimensions import of_field
from orgs.models import Attendance, Organization, Rhythm
from orgs.tables import attendance_table, rhythm_table

from .activities import figures, is_silent, silent_since
from .behind import behind, bound
from .dimensions import village_dimension
from .organizations import organization_register

organizations = figures.on(organization_register)

# — attendance —

attendance_register = figures.register(
    "attendances",
    "出缺席台账",
    Attendance,
    table=attendance_table,
    village="activity__organization__village",
    rows=lambda scope, period: Attendance.objects.within(scope).filter(
        activity__held_on__range=(period.first_day, period.as_of)
    ),
    dimensions={
        "q": words_in("姓名或举办党组织", "person__name", "activity__organization__name"),
        "village": village_dimension("activity__organization__village"),
        "kind": of_field(Attendance, "activity__kind", "活动类别"),
        "presence": "出缺席",
    },
)


@attendance_register.count("登记原因的缺席", unit="人次")
def absences(period):
    """本期各项活动登记了姓名和原因的缺席；只填应到、实到人数，没有登记姓名的不计。"""
    return Q(presence=Attendance.Presence.ABSENT)


@attendance_register.count("列席中心组学习", unit="人次")
def study_observers(period):
    """本期列席党委理论学习中心组学习的人次，如列席的村（社区）党组织书记。"""
    return Q(presence=Attendance.Presence.OBSERVER, activity__kind__code="study_session")


# — rhythms —

rhythm_register = figures.register(
    "rhythms",
    "组织生活频次台账",
    Rhythm,
    table=rhythm_table,
    rows=lambda scope, period: Rhythm.objects.within(scope).current_on(period.as_of),
    dimensions={"kind": "活动类别", "level": "适用党组织类别"},
)


@rhythm_register.count("组织生活频次要求", unit="项")
def rhythms(period):
    """期末有效的组织生活频次要求。"""


@organizations.count("有组织生活频次要求的党组织", unit="个")
def rhythm_bound(period):
    """期末存续、本期有组织生活频次要求适用的党组织；要求由本组织或上级党组织制定，按类别和领域适用。"""
    return bound(period)


@organizations.count("组织生活未达频次的党组织", unit="个")
def behind_rhythm(period):
    """期末存续的党组织中，到期末已满的某个月、季度、半年或年度里，本组织举办的某类活动少于要求次数的。

    下级党组织的活动不计；成立当月（季、半年、年）和要求开始、停止的当月（季、半年、年）不满整段，不计。
    """
    return behind(period)


behind_rhythm_rate = organizations.share(
    "behind_rhythm_rate", "组织生活未达频次比例", part=behind_rhythm, whole=rhythm_bound
)


@organizations.count("60天没有活动的党支部", unit="个")
def silent_party_branches(period):
    """期末存续、成立已满60天，期末之前60天内没有举办过活动的党支部，含非公企业党支部。"""
    old_enough = Q(founded_on__isnull=True) | Q(founded_on__lte=silent_since(period))
    return old_enough & Q(level=Organization.Level.BRANCH) & is_silent(period)
