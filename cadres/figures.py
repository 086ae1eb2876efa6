"""Figures over cadres, postings, recruits, reserves and talks."""

from django.db.models import Exists, OuterRef, Q

from dangjian.lib.figures import LAST_YEAR, FigureSet, Years, words_in
from dangjian.lib.figures.dimensions import of_field
from orgs.figures import AGE, enterprise_register, in_scope, village_dimension
from orgs.models import Coverage

from .models import (
    Cadre,
    Posting,
    PostingTarget,
    Recruit,
    ReserveListing,
    StudyReview,
    Talk,
    TalkPerson,
    Visit,
)
from .tables import (
    cadre_table,
    place_of_recruit,
    posting_table,
    recruit_table,
    reserve_table,
    review_table,
    talk_table,
    village_of_posting,
    visit_table,
    visits_received,
)

figures = FigureSet("cadres", "干部人才")

# — cadres —

cadre_register = figures.register(
    "cadres",
    "干部台账",
    Cadre,
    table=cadre_table,
    rows=lambda scope, period: Cadre.objects.within(scope).current_on(period.as_of),
    dimensions={
        "q": words_in("姓名", "person__name"),
        "sex": of_field(Cadre, "person__sex", "性别"),
        "education": of_field(Cadre, "person__education", "学历"),
        "age": AGE,
        "rank": "职级",
        "staff_kind": "编制",
        "department": "科室",
    },
)


@cadre_register.count("在职干部", unit="人")
def cadres(period):
    """期末在任的街道机关干部。"""


@cadre_register.count("科级干部", unit="人")
def section_cadres(period):
    """期末在任、职级为副科级及以上的干部。"""
    return Q(rank__gte=Cadre.Rank.DEPUTY_SECTION)


@cadre_register.count("35岁及以下干部", unit="人")
def young_cadres(period):
    """期末在任、年龄（周岁）不超过35岁的干部。"""
    return AGE.condition([35], "lte")(period)


@cadre_register.mean("干部平均年龄", unit="岁", of=lambda p: Years("person__birth_on", p.as_of))
def cadres_mean_age(period):
    """期末在任干部周岁年龄的平均数。"""


# — postings —

posting_register = figures.register(
    "postings",
    "派驻台账",
    Posting,
    table=posting_table,
    rows=lambda scope, period: Posting.objects.within(scope).filter(
        Q(until__isnull=True) | Q(until__gt=period.first_day), since__lte=period.as_of
    ),
    village=village_of_posting,
    dimensions={
        "q": words_in("姓名", "person__name"),
        "village": village_dimension(village_of_posting),
        "kind": "类别",
        "is_full_time": "脱产",
        "department": "轮岗科室",
    },
)


def still_running(period):
    return Q(until__isnull=True) | Q(until__gt=period.as_of)


@posting_register.count("村（社区）第一书记", unit="人")
def first_secretaries(period):
    """期末在任的村（社区）第一书记，每项派驻计一人；不是选举产生的班子成员。"""
    return Q(kind=Posting.Kind.FIRST_SECRETARY) & still_running(period)


@posting_register.count("由街道领导担任的第一书记", unit="人")
def leading_first_secretaries(period):
    """期末在任的第一书记中，本人是街道领导的，每项派驻计一人。"""
    leaders = Cadre.objects.current_on(period.as_of).filter(is_leader=True)
    is_leader = Exists(leaders.filter(person=OuterRef("person")))
    return Q(kind=Posting.Kind.FIRST_SECRETARY) & still_running(period) & Q(is_leader)


@posting_register.count("抽调一线的干部", unit="人次")
def secondments(period):
    """本期抽调到重点项目一线的干部，期内结束的也计。"""
    return Q(kind=Posting.Kind.SECONDMENT)


@posting_register.count("轮岗", unit="人次")
def rotations(period):
    """本期在科室轮岗的人次，期内结束的也计。"""
    return Q(kind=Posting.Kind.ROTATION)


@posting_register.count("党建指导员", unit="人")
def instructors(period):
    """期末在任的党建指导员，每项派驻计一人；一项派驻可联系几家企业。"""
    return Q(kind=Posting.Kind.INSTRUCTOR) & still_running(period)


@posting_register.count("党建联络员", unit="人")
def liaisons(period):
    """期末在任的党建联络员，每项派驻计一人；一项派驻可联系几家企业。"""
    return Q(kind=Posting.Kind.LIAISON) & still_running(period)


@posting_register.count("到村任职人员", unit="人")
def village_posts(period):
    """期末在村（社区）任职的派驻人员，每项派驻计一人，不含第一书记。"""
    return Q(kind=Posting.Kind.VILLAGE_POST) & still_running(period)


# — visits —

visit_register = figures.register(
    "visits",
    "走访台账",
    Visit,
    table=visit_table,
    village="enterprise__village",
    rows=lambda scope, period: Visit.objects.within(scope).made_in(period),
    dimensions={
        "village": village_dimension("enterprise__village"),
        "kind": of_field(Visit, "posting__kind", "身份"),
        "is_solved": "已解决",
    },
)


@visit_register.count("走访非公企业", unit="次")
def visits(period):
    """本期党建指导员和联络员走访企业的次数。"""


@visit_register.count("走访中反映的问题", unit="个")
def visit_problems(period):
    """本期走访中企业反映的问题。"""
    return ~Q(problem="")


@visit_register.count("走访中解决的问题", unit="个")
def visit_problems_solved(period):
    """本期走访中反映、已经解决的问题。"""
    return ~Q(problem="") & Q(is_solved=True)


visit_problems_solved_rate = visit_register.share(
    "visit_problems_solved_rate",
    "走访问题解决率",
    part=visit_problems_solved,
    whole=visit_problems,
)

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

# — talks —

talk_register = figures.register(
    "talks",
    "谈话台账",
    TalkPerson,
    table=talk_table,
    rows=lambda scope, period: TalkPerson.objects.within(scope).filter(
        talk__held_on__range=(period.first_day, period.as_of)
    ),
    dimensions={"kind": of_field(TalkPerson, "talk__kind", "谈话类别")},
    sensitive=True,
)


@talk_register.count("谈话", unit="人次")
def talks(period):
    """本期集体约谈、提醒谈话和诫勉谈话的人次。"""


@talk_register.count("集体约谈", unit="人次")
def collective_talks(period):
    """本期集体约谈的人次。"""
    return Q(talk__kind=Talk.Kind.COLLECTIVE)


@talk_register.count("提醒谈话", unit="人次")
def reminders(period):
    """本期提醒谈话的人次。"""
    return Q(talk__kind=Talk.Kind.REMINDER)


@talk_register.count("诫勉谈话", unit="人次")
def admonitions(period):
    """本期诫勉谈话的人次；诫勉谈话不是处分。"""
    return Q(talk__kind=Talk.Kind.ADMONITION)


# — study reviews —

review_register = figures.register(
    "study_reviews",
    "述学评学考学台账",
    StudyReview,
    table=review_table,
    rows=lambda scope, period: StudyReview.objects.within(scope).filter(
        year=period.first_day.year, reviewed_on__lte=period.as_of
    ),
    dimensions={"grade": "等次"},
)


@review_register.count("参加述学评学考学的干部", unit="人")
def reviewed(period):
    """本年度完成述学、评学、考学的干部。"""


@review_register.count("述学评学考学优秀的干部", unit="人")
def reviewed_excellent(period):
    """本年度述学评学考学评为优秀的干部。"""
    return Q(grade=StudyReview.Grade.EXCELLENT)


@review_register.mean("考学平均成绩", unit="分", of="score")
def review_mean_score(period):
    """本年度考学成绩的平均数。"""


# — enterprises, seen from the instructors sent to them —

instructed_enterprises = figures.on(enterprise_register)


def instructed(period):
    """The outer enterprise has an instructor or liaison in office."""
    sent = Posting.objects.of_kind(Posting.Kind.INSTRUCTOR, Posting.Kind.LIAISON)
    current = sent.current_on(period.as_of).filter(pk=OuterRef("posting"))
    targets = PostingTarget.objects.filter(enterprise=OuterRef("pk"))
    return Exists(targets.filter(Exists(current)))


@instructed_enterprises.count("派有党建指导员或联络员的非公企业", unit="家")
def enterprises_instructed(period):
    """期末在营、有在任党建指导员或联络员联系的非公企业。"""
    return instructed(period)


@instructed_enterprises.count("实现党的工作覆盖的非公企业", unit="家")
def work_covered(period):
    """期末在营、由党组织覆盖或有党建指导员、联络员联系的非公企业。"""
    return Q(Coverage.objects.exists_on(period.as_of)) | Q(instructed(period))


@instructed_enterprises.sum("在营非公企业接受走访", unit="次", of=visits_received)
def enterprise_visits(period):
    """期末在营的非公企业本期接受党建指导员、联络员走访的次数之和。"""


work_coverage_rate = instructed_enterprises.share(
    "work_coverage_rate", "非公企业党的工作覆盖率", part=work_covered, whole=in_scope
)
