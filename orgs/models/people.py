"""People and their party membership."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from .record import DatedRecord, Record


class Education(models.IntegerChoices):
    """学历, in rising order: 大专及以上 is `>= JUNIOR_COLLEGE`."""

    PRIMARY = 0, "小学及以下"
    JUNIOR_HIGH = 1, "初中"
    SENIOR_HIGH = 2, "高中、中技"
    SECONDARY_VOCATIONAL = 3, "中专"
    JUNIOR_COLLEGE = 4, "大专"
    BACHELOR = 5, "大学本科"
    POSTGRADUATE = 6, "研究生"


class Person(Record):
    """人员: one human is one row for life, whatever they become. No identity number is kept."""

    class Sex(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    class PoliticalStatus(models.TextChoices):
        MEMBER = "member", "中共党员"
        PROBATIONARY = "probationary", "中共预备党员"
        LEAGUE = "league", "共青团员"
        DEMOCRATIC = "democratic", "民主党派"
        MASSES = "masses", "群众"

    organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        related_name="people",
        verbose_name="归口党组织",
        help_text="管理本人档案信息的党组织。",
    )
    name = models.CharField("姓名", max_length=40)
    sex = models.CharField("性别", max_length=10, choices=Sex)
    ethnicity = models.CharField("民族", max_length=20, default="汉族")
    political_status = models.CharField("政治面貌", max_length=20, choices=PoliticalStatus)
    education = models.PositiveSmallIntegerField("学历", choices=Education)
    education_completed = models.BooleanField(
        "已毕业", default=True, help_text="肄业、结业的不勾选；统计学历时只算已毕业的。"
    )
    birth_on = models.DateField("出生年月")
    birth_day_known = models.BooleanField(
        "出生日准确", default=False, help_text="花名册只有年月时，日填1日，这里不勾选。"
    )
    joined_on = models.DateField("入党时间", null=True, blank=True)

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["pk"]
        indexes = [models.Index(fields=["name", "birth_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | Q(joined_on__gt=F("birth_on")),
                name="orgs_person_joined_after_birth",
                violation_error_message="入党时间必须晚于出生年月。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("person", args=[self.pk])


class Membership(DatedRecord):
    """党员组织关系: where a member's formal relation lies, and from when to when."""

    class Kind(models.TextChoices):
        FORMAL = "formal", "正式党员"
        PROBATIONARY = "probationary", "预备党员"

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="memberships", verbose_name="党员"
    )
    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="memberships", verbose_name="所在党组织"
    )
    kind = models.CharField("党员类型", max_length=20, choices=Kind, default=Kind.FORMAL)
    why_ended = models.CharField(
        "终止原因", max_length=100, blank=True, help_text="例如：转出、转正、去世。"
    )

    sibling_key = "person"

    class Meta(DatedRecord.Meta):
        verbose_name = "党员组织关系"
        verbose_name_plural = "党员组织关系"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True),
                name="orgs_membership_one_open",
                violation_error_message="该党员已有一条未终止的组织关系，请先填写其截止日期。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.organization}"

    def clean_among(self, siblings):
        self.refuse_overlap(siblings, "与该党员在“{0.organization}”的组织关系时间重叠。")
