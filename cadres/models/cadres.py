"""Cadres, those listed to follow them, and how they study."""

from django.db import models
from django.db.models import Q

from orgs.models.record import DatedRecord, Record


class Cadre(DatedRecord):
    """干部: a person's post in the office or one of its departments, from when to when."""

    class Rank(models.IntegerChoices):
        STAFF = 1, "科员及以下"
        DEPUTY_SECTION = 2, "副科级"
        SECTION = 3, "正科级"

    class StaffKind(models.TextChoices):
        CIVIL_SERVANT = "civil_servant", "公务员"
        INSTITUTION = "institution", "事业编制"
        OTHER = "other", "其他"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="cadres", verbose_name="所在党组织"
    )
    person = models.ForeignKey(
        "orgs.Person", models.PROTECT, related_name="cadre_posts", verbose_name="人员"
    )
    department = models.ForeignKey(
        "orgs.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cadres",
        verbose_name="科室",
    )
    post = models.CharField("职务", max_length=60)
    rank = models.PositiveSmallIntegerField("职级", choices=Rank)
    staff_kind = models.CharField("编制", max_length=20, choices=StaffKind)
    is_leader = models.BooleanField("街道领导", default=False, help_text="街道党政班子成员勾选。")

    sibling_key = "person"

    class Meta(DatedRecord.Meta):
        verbose_name = "干部"
        verbose_name_plural = "干部"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True),
                name="cadres_cadre_one_open",
                violation_error_message="该人员已有一条未终止的干部任职，请先填写其截止日期。",
            ),
        ]

    def __str__(self):
        return f"{self.person}（{self.post}）"

    def clean_among(self, siblings):
        self.refuse_overlap(siblings, "与该人员的任职“{0.post}”时间重叠。")


class ReserveListing(DatedRecord):
    """后备干部: a person listed for a target post, until appointed or removed."""

    class Outcome(models.TextChoices):
        APPOINTED = "appointed", "已任用"
        REMOVED = "removed", "出库"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="reserves", verbose_name="推荐党组织"
    )
    person = models.ForeignKey(
        "orgs.Person", models.PROTECT, related_name="reserve_listings", verbose_name="人员"
    )
    village = models.ForeignKey(
        "orgs.Village",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reserves",
        verbose_name="村（社区）",
    )
    target_post = models.CharField("培养方向", max_length=40, help_text="例如：党组织书记。")
    outcome = models.CharField("结果", max_length=20, choices=Outcome, blank=True)

    sibling_key = "person"

    class Meta(DatedRecord.Meta):
        verbose_name = "后备干部"
        verbose_name_plural = "后备干部"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "target_post"],
                condition=Q(until__isnull=True),
                name="cadres_reservelisting_one_open",
                violation_error_message="该人员已在该培养方向的后备名单中。",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, outcome="")
                | (Q(until__isnull=False) & ~Q(outcome="")),
                name="cadres_reservelisting_outcome_with_end",
                violation_error_message="截止日期和结果必须同时填写。",
            ),
        ]

    def __str__(self):
        return f"{self.person}（{self.target_post}）"

    def clean_among(self, siblings):
        same = [listing for listing in siblings if listing.target_post == self.target_post]
        self.refuse_overlap(same, "与该人员在同一培养方向的后备时间重叠。")


class StudyReview(Record):
    """述学评学考学: how a person's study of a year was reported, rated and tested."""

    class Grade(models.IntegerChoices):
        POOR = 1, "较差"
        PASSED = 2, "合格"
        GOOD = 3, "良好"
        EXCELLENT = 4, "优秀"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="study_reviews", verbose_name="组织党组织"
    )
    person = models.ForeignKey(
        "orgs.Person", models.PROTECT, related_name="study_reviews", verbose_name="人员"
    )
    year = models.PositiveSmallIntegerField("年度")
    score = models.DecimalField(
        "考学成绩", max_digits=4, decimal_places=1, null=True, blank=True, help_text="百分制。"
    )
    grade = models.PositiveSmallIntegerField("评定等次", choices=Grade)
    reviewed_on = models.DateField("评定日期")

    class Meta:
        verbose_name = "述学评学考学"
        verbose_name_plural = "述学评学考学"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                name="cadres_studyreview_once_a_year",
                violation_error_message="该人员本年度已有评定。",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)),
                name="cadres_studyreview_score_percent",
                violation_error_message="考学成绩应在0到100之间。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.year}年"
