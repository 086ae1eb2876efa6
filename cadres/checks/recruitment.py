"""Checks of recruits."""

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from cadres.figures import hired_in, recruit_register
from cadres.models import Recruit
from dangjian.lib.checks import CheckSet, Severity
from dangjian.lib.figures import Days

checks = CheckSet("cadres")
# In days: half a year is 181 to 184, a year at most 366.
HALF_A_YEAR, A_YEAR = 181, 366
MEND = "由街道党建办在数据录入的“{}”中改正。".format

# — figures that must agree —

checks.at_most(
    "recruits_posted_of_passed",
    "到村工作的招聘人员不多于试用合格的",
    left=["cadres.recruits_posted"],
    right=["cadres.recruits_passed"],
    remedy="试用期未满即派驻到村的，说明情况；已合格的补填试用结果，" + MEND("公开招聘"),
    severity=Severity.TO_EXPLAIN,
)
checks.at_most(
    "recruits_passed_of_hired",
    "试用合格的招聘人员不多于上岗的",
    left=["cadres.recruits_passed"],
    right=["cadres.recruits_hired"],
    remedy="核对上岗日期和试用结果，" + MEND("公开招聘"),
)
checks.at_most(
    "recruits_hired_of_applicants",
    "上岗的招聘人员不多于报名应聘的",
    left=["cadres.recruits_hired"],
    right=["cadres.applicants"],
    remedy="核对招聘批次，" + MEND("公开招聘"),
)

# — recruits —


@checks.no_rows(
    recruit_register,
    "试用期已满没有结果的招聘人员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="填写试用结果；延长试用的改填新的试用期满日期，" + MEND("公开招聘"),
)
def probation_without_result(period):
    """试用期满日期已过期末、试用结果仍为试用中的招聘人员。"""
    return Q(probation_ends_on__lte=period.as_of, result=Recruit.Result.PENDING)


@checks.no_rows(
    recruit_register,
    "试用期不是六个月至一年的招聘人员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="核对上岗日期和试用期满日期，" + MEND("公开招聘"),
)
def probation_of_wrong_length(period):
    """上岗日期到试用期满日期不足六个月、或超过一年的招聘人员。"""
    length = Days("hired_on", "probation_ends_on")
    return Q(GreaterThan(length, A_YEAR)) | ~Q(GreaterThanOrEqual(length, HALF_A_YEAR))


@checks.no_rows(
    recruit_register,
    "没有笔试或面试成绩的上岗人员",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="补填笔试、面试成绩，" + MEND("公开招聘"),
)
def hired_without_scores(period):
    """本期上岗、没有填写笔试成绩或面试成绩的招聘人员。"""
    scoreless = Q(written_score__isnull=True) | Q(interview_score__isnull=True)
    return hired_in(period) & scoreless


@checks.no_rows(
    recruit_register,
    "公告之前上岗的招聘人员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="核对上岗日期和招聘批次的公告日期，" + MEND("公开招聘"),
)
def hired_before_announced(period):
    """上岗日期早于招聘批次公告日期的招聘人员。"""
    return Q(hired_on__lt=F("recruitment__announced_on"))


@checks.no_rows(
    recruit_register,
    "超出招聘岗位数的上岗人员",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="核对招聘岗位数和上岗人员；递补的在离岗人员上填写离岗日期，" + MEND("公开招聘"),
)
def hired_beyond_posts(period):
    """本期上岗、所在批次期末在岗人数多于招聘岗位数的人员。"""
    there = Recruit.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=period.as_of),
        recruitment=OuterRef("recruitment"),
        hired_on__lte=period.as_of,
    )
    total = there.order_by().values("recruitment").annotate(n=Count("pk")).values("n")
    number = Subquery(total, output_field=IntegerField())
    return hired_in(period) & Q(GreaterThan(number, F("recruitment__posts")))
