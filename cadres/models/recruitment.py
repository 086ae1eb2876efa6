"""Graduates recruited in the open, by written test and interview."""

from django.db import models
from django.db.models import F, Q

from orgs.models.record import Record


class Recruitment(Record):
    """公开招聘: one round of recruiting."""

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="recruitments", verbose_name="招聘党组织"
    )
    name = models.CharField("招聘批次", max_length=60)
    posts = models.PositiveSmallIntegerField("招聘岗位数")
    announced_on = models.DateField("公告日期")

    named_by = "name"

    class Meta:
        verbose_name = "公开招聘"
        verbose_name_plural = "公开招聘"
        ordering = ["-announced_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="cadres_recruitment_name_once",
                violation_error_message="已有同名的招聘批次。",
            ),
        ]

    def __str__(self):
        return self.name


class Recruit(Record):
    """招聘人员: an applicant with scores; hired, on probation, passed or not."""

    class Result(models.TextChoices):
        PENDING = "pending", "试用中"
        PASSED = "passed", "合格"
        EXTENDED = "extended", "延长试用"
        FAILED = "failed", "不合格"

    recruitment = models.ForeignKey(
        Recruitment, models.CASCADE, related_name="recruits", verbose_name="招聘批次"
    )
    person = models.ForeignKey(
        "orgs.Person", models.PROTECT, related_name="recruitments", verbose_name="人员"
    )
    written_score = models.DecimalField(
        "笔试成绩", max_digits=5, decimal_places=2, null=True, blank=True
    )
    interview_score = models.DecimalField(
        "面试成绩", max_digits=5, decimal_places=2, null=True, blank=True
    )
    hired_on = models.DateField("上岗日期", null=True, blank=True)
    probation_ends_on = models.DateField("试用期满日期", null=True, blank=True)
    result = models.CharField("试用结果", max_length=20, choices=Result, blank=True)
    left_on = models.DateField("离岗日期", null=True, blank=True)

    inside = ("recruitment",)

    class Meta:
        verbose_name = "招聘人员"
        verbose_name_plural = "招聘人员"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "person"],
                name="cadres_recruit_person_once",
                violation_error_message="该人员已在这一批次中。",
            ),
            models.CheckConstraint(
                # A comparison with nothing is not false, so a database lets it pass.
                condition=Q(hired_on__isnull=True, probation_ends_on__isnull=True, result="")
                | (
                    Q(hired_on__isnull=False, probation_ends_on__isnull=False)
                    & Q(probation_ends_on__gt=F("hired_on"))
                    & ~Q(result="")
                ),
                name="cadres_recruit_hired_with_probation",
                violation_error_message=(
                    "录用的必须填写上岗日期、晚于它的试用期满日期和试用结果，未录用的都不填。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(hired_on__isnull=False, left_on__gt=F("hired_on")),
                name="cadres_recruit_left_after_hired",
                violation_error_message="离岗日期必须晚于上岗日期。",
            ),
        ]

    def __str__(self):
        return str(self.person)
