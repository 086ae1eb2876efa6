"""Checks of cadres, those listed to follow them, and how they study."""

from django.db.models import Q

from cadres.figures import cadre_register, reserve_register, review_register
from cadres.models import Cadre, StudyReview
from dangjian.lib.checks import CheckSet, Severity
from orgs.figures import AGE
from orgs.models import Education

checks = CheckSet("cadres")
MEND = "由街道党建办在数据录入的“{}”中改正。".format

# — figures that must agree —


@checks.count(cadre_register, "科员及以下干部", unit="人")
def staff_cadres(period):
    """期末在任、职级为科员及以下的干部。"""
    return Q(rank=Cadre.Rank.STAFF)


checks.equal(
    "cadres_by_rank",
    "干部按职级合计",
    left=["cadres.cadres"],
    right=["cadres.section_cadres", staff_cadres],
    remedy="核对干部的职级，" + MEND("干部"),
)
checks.at_most(
    "young_of_reserves",
    "35岁及以下后备干部不多于后备干部",
    left=["cadres.young_reserves"],
    right=["cadres.reserves"],
    remedy="核对后备干部的出生年月，" + MEND("人员"),
)

# — cadres —


@checks.no_rows(
    cadre_register,
    "年满60周岁仍在任的干部",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="已退休的填写截止日期；延迟退休的予以说明，" + MEND("干部"),
)
def cadre_of_retiring_age(period):
    """期末已满60周岁、任职没有截止日期的干部。"""
    return AGE.condition([60], "gte")(period)


@checks.no_rows(
    cadre_register,
    "职级不到副科的街道领导",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="核对职级和“街道领导”，" + MEND("干部"),
)
def leader_without_rank(period):
    """期末在任、勾选为街道领导，但职级为科员及以下的干部。"""
    return Q(is_leader=True, rank=Cadre.Rank.STAFF)


# — reserves —


@checks.no_rows(
    reserve_register,
    "超过35周岁的村级后备干部",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="核对出生年月；确已超龄的说明留库原因，或填写出库，" + MEND("后备干部"),
)
def reserve_over_age(period):
    """期末在库、年龄超过35周岁的村级后备干部。"""
    return AGE.condition([36], "gte")(period)


@checks.no_rows(
    reserve_register,
    "高中以下学历的村级后备干部",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="核对学历；确实不足的说明入库原因，" + MEND("后备干部"),
)
def reserve_below_education(period):
    """期末在库、学历低于高中（中技）的村级后备干部。"""
    return Q(person__education__lt=Education.SENIOR_HIGH)


# — study reviews —


@checks.no_rows(
    review_register,
    "没有考学成绩的述学评学考学",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="补填考学成绩；缺考的予以说明，" + MEND("述学评学考学"),
)
def review_without_score(period):
    """本年度没有填写考学成绩的述学评学考学。"""
    return Q(score__isnull=True)


@checks.no_rows(
    review_register,
    "等次高于考学成绩的述学评学考学",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="核对考学成绩和评定等次；因述学、评学提高的予以说明，" + MEND("述学评学考学"),
)
def grade_above_score(period):
    """本年度考学不足85分而评为优秀，或不足60分而评为良好、合格的述学评学考学。"""
    grades = StudyReview.Grade
    failed = Q(grade__in=[grades.PASSED, grades.GOOD], score__lt=60)
    return Q(grade=grades.EXCELLENT, score__lt=85) | failed
