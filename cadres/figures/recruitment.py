"""Figures over recruits, and those listed to follow in villages."""

from django.db.models import Exists, OuterRef, Q

from cadres.models import Posting, Recruit, ReserveListing
from cadres.tables import place_of_recruit, recruit_table, reserve_table
from dangjian.lib.figures import LAST_YEAR, words_in
from dangjian.lib.figures.dimensions import of_field
from orgs.figures import AGE, village_dimension

from .base import figures

# — recruits —

village_of_recruit = place_of_recruit("village")
recruit_register = figures.register(
    "recruits",
    "公开招聘台账",
    Recruit,
    table=recruit_table,
    rows=lambda scope, period: Recruit.objects.within(scope).filter(
        recruitment__announced_on__lte=period.as_of
    ),
    village=village_of_recruit,
    dimensions={
        "q": words_in("姓名", "person__name"),
        "village": village_dimension(village_of_recruit),
        "recruitment": "招聘批次",
        "sex": of_field(Recruit, "person__sex", "性别"),
        "result": "试用结果",
    },
)


def hired_in(period):
    return Q(hired_on__range=(period.first_day, period.as_of))


@recruit_register.count("报名应聘人员", unit="人")
def applicants(period):
    """本期上岗的招聘批次中全部应聘人员。"""
    hired = Recruit.objects.filter(hired_in(period), recruitment=OuterRef("recruitment"))
    return Exists(hired)


@recruit_register.count("公开招聘上岗的大学生", unit="人")
def recruits_hired(period):
    """本期经笔试、面试录用并上岗的人员。"""
    return hired_in(period)


@recruit_register.count("试用期满合格的招聘人员", unit="人")
def recruits_passed(period):
    """本期上岗、期末试用期已满且结果为合格的人员。"""
    passed = Q(result=Recruit.Result.PASSED, probation_ends_on__lte=period.as_of)
    return hired_in(period) & passed


@recruit_register.count("到村工作的招聘人员", unit="人")
def recruits_posted(period):
    """本期上岗、期末派驻在村（社区）任职的人员。"""
    posted = Posting.objects.of_kind(Posting.Kind.VILLAGE_POST).current_on(period.as_of)
    at_village = posted.to_a_village().filter(person=OuterRef("person"))
    return hired_in(period) & Q(Exists(at_village))


@recruit_register.mean("录用人员笔试平均成绩", unit="分", of="written_score")
def recruits_written_mean(period):
    """本期上岗人员笔试成绩的平均数。"""
    return hired_in(period)


@recruit_register.mean("录用人员面试平均成绩", unit="分", of="interview_score")
def recruits_interview_mean(period):
    """本期上岗人员面试成绩的平均数。"""
    return hired_in(period)


recruits_passed_rate = recruit_register.share(
    "recruits_passed_rate", "招聘人员试用合格率", part=recruits_passed, whole=recruits_hired
)

# — reserves —

reserve_register = figures.register(
    "reserves",
    "后备干部台账",
    ReserveListing,
    table=reserve_table,
    village="village",
    rows=lambda scope, period: ReserveListing.objects.within(scope).current_on(period.as_of),
    dimensions={
        "q": words_in("姓名", "person__name"),
        "village": village_dimension("village"),
        "sex": of_field(ReserveListing, "person__sex", "性别"),
        "education": of_field(ReserveListing, "person__education", "学历"),
        "age": AGE,
    },
)


@reserve_register.count("村级后备干部", unit="人")
def reserves(period):
    """期末在库的村级后备干部，每条入库记录计一人。"""


@reserve_register.count("35岁及以下的村级后备干部", unit="人")
def young_reserves(period):
    """期末在库、年龄（周岁）不超过35岁的村级后备干部，每条入库记录计一人。"""
    return AGE.condition([35], "lte")(period)


@reserve_register.count("大专及以上学历的村级后备干部", unit="人")
def college_reserves(period):
    """期末在库、具有大专及以上学历的村级后备干部，每条入库记录计一人。"""
    return Q(person__education__gte=4, person__education_completed=True)


reserves_change = reserve_register.change(
    "reserves_change", "村级后备干部较上年增减", of=reserves, since=LAST_YEAR
)
