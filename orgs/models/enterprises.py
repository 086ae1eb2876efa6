"""Non-public enterprises, and which party organization covers them."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from orgs.scope import DatedQuerySet, ScopedQuerySet

from .record import DatedRecord, Record

# GB 32100-2015 §4: 18 characters, digits and capitals without I, O, S, V, Z.
CREDIT_CODE = r"^[0-9A-HJ-NP-RT-UW-Y]{18}$"


class EnterpriseQuerySet(ScopedQuerySet):
    def inside(self, scope):
        """An enterprise is also inside the scope of an organization that covers or covered it."""
        covered = Coverage.objects.within(scope).order_by().values("enterprise")
        return super().inside(scope) | Q(pk__in=covered)

    def operating_on(self, day):
        return self.filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day),
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
        )


class Enterprise(Record):
    """非公企业: a private, foreign or Hong Kong, Macao and Taiwan invested enterprise."""

    class Ownership(models.TextChoices):
        PRIVATE = "private", "私营"
        HONG_KONG_MACAO_TAIWAN = "hmt", "港澳台商投资"
        FOREIGN = "foreign", "外商投资"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="enterprises", verbose_name="管理党组织"
    )
    village = models.ForeignKey(
        "orgs.Village",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enterprises",
        verbose_name="所在村（社区）",
    )
    head = models.ForeignKey(
        "orgs.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="headed_enterprises",
        verbose_name="负责人",
    )
    name = models.CharField("企业名称", max_length=100)
    credit_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        unique=True,
        validators=[
            RegexValidator(
                CREDIT_CODE, "统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）。"
            )
        ],
        error_messages={"unique": "已有企业使用这个统一社会信用代码。"},
    )
    ownership = models.CharField("所有制", max_length=20, choices=Ownership)
    trade = models.CharField("行业", max_length=40, blank=True)
    opened_on = models.DateField("开业日期", null=True, blank=True)
    closed_on = models.DateField("停业日期", null=True, blank=True)
    excluded_on = models.DateField(
        "排除认定日期", null=True, blank=True, help_text="经认定不纳入组建范围的日期。"
    )
    excluded_because = models.CharField(
        "排除原因", max_length=100, blank=True, help_text="例如：僵尸企业、空壳企业、一企多照。"
    )

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = "非公企业"
        verbose_name_plural = "非公企业"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gt=F("opened_on")),
                name="orgs_enterprise_closed_after_opened",
                violation_error_message="停业日期必须晚于开业日期。",
            ),
            models.CheckConstraint(
                condition=Q(excluded_on__isnull=True, excluded_because="")
                | (Q(excluded_on__isnull=False) & ~Q(excluded_because="")),
                name="orgs_enterprise_excluded_with_reason",
                violation_error_message="排除认定日期和排除原因必须同时填写。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("enterprise", args=[self.pk])

    def open_coverage(self):
        """What organization covers it with no end in sight, or None."""
        return self.coverages.by_organization().filter(until__isnull=True).first()


class EnterpriseFactKind(models.Model):
    """What is known of enterprises: staff, whether above scale, …"""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=40)
    unit = models.CharField("单位", max_length=10, blank=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "企业情况项目"
        verbose_name_plural = "企业情况项目"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class EnterpriseFact(Record):
    """企业情况: one fact of an enterprise on a day, with its source."""

    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, related_name="facts", verbose_name="企业"
    )
    kind = models.ForeignKey(EnterpriseFactKind, models.PROTECT, verbose_name="项目")
    value = models.DecimalField(
        "数值", max_digits=14, decimal_places=2, help_text="是否类项目：是填1，否填0。"
    )
    counted_on = models.DateField("统计日期")
    source = models.CharField("来源", max_length=100, help_text="例如：企业年报。")

    inside = ("enterprise",)

    class Meta:
        verbose_name = "企业情况"
        verbose_name_plural = "企业情况"
        ordering = ["kind", "-counted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "kind", "counted_on"],
                name="orgs_enterprisefact_once_a_day",
                violation_error_message="同一项目在同一统计日期只能填一个数。",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="orgs_enterprisefact_not_negative",
                violation_error_message="数值不能为负数。",
            ),
        ]

    def __str__(self):
        return f"{self.kind}（{self.counted_on}）"


class CoverageQuerySet(DatedQuerySet):
    def by_organization(self):
        """Covered by a party organization, not only by work (an instructor, a union)."""
        return self.exclude(mode=Coverage.Mode.WORK)

    def of(self, enterprise_ref="pk"):
        """Links of the enterprise of an outer query."""
        return self.filter(enterprise=OuterRef(enterprise_ref))

    def exists_on(self, day, **conditions):
        """Whether the outer query's enterprise is covered by an organization on the day."""
        return Exists(self.by_organization().current_on(day).of().filter(**conditions))


class Coverage(DatedRecord):
    """组织覆盖: from when to when an organization covers an enterprise, and in which way.

    The heart of the non-public figures: many enterprises share one branch, so a rate of
    enterprises cannot be had from branches.
    """

    class Mode(models.TextChoices):
        STANDALONE = "standalone", "单独组建"
        JOINT = "joint", "联合组建"
        ATTACHED = "attached", "挂靠组建"
        REGIONAL = "regional", "区域组建"
        WORK = "work", "工作覆盖"

    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, related_name="coverages", verbose_name="企业"
    )
    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="coverages", verbose_name="覆盖党组织"
    )
    mode = models.CharField("覆盖方式", max_length=20, choices=Mode)

    objects = CoverageQuerySet.as_manager()
    sibling_key = "enterprise"

    class Meta(DatedRecord.Meta):
        verbose_name = "组织覆盖"
        verbose_name_plural = "组织覆盖"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(until__isnull=True) & ~Q(mode="work"),
                name="orgs_coverage_one_open",
                violation_error_message="该企业已有一条未终止的组织覆盖，请先填写其截止日期。",
            ),
        ]

    def __str__(self):
        return f"{self.enterprise} — {self.organization}"

    def clean(self):
        super().clean()
        founded_on = self.organization.founded_on if self.organization_id else None
        if founded_on and self.since and self.since < founded_on:
            raise ValidationError({"since": "起始日期不能早于该党组织的成立日期。"})

    def clean_among(self, siblings):
        if self.mode != self.Mode.WORK:
            others = [link for link in siblings if link.mode != self.Mode.WORK]
            self.refuse_overlap(others, "与“{0.organization}”的组织覆盖时间重叠。")


class OrganizingPlan(DatedRecord):
    """组建计划: why no organization covers an enterprise yet, who sees to it, and by when.

    A new reason, owner or day is a new row, so that any past day still says what was meant then.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, related_name="plans", verbose_name="企业"
    )
    owner = models.ForeignKey(
        "orgs.Person", models.PROTECT, related_name="organizing_plans", verbose_name="责任人"
    )
    reason = models.CharField(
        "未建原因", max_length=100, help_text="例如：正式党员不足3名、新开业、负责人未定。"
    )
    due_on = models.DateField("计划组建日期")

    sibling_key = "enterprise"
    inside = ("enterprise",)

    class Meta(DatedRecord.Meta):
        verbose_name = "组建计划"
        verbose_name_plural = "组建计划"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(until__isnull=True),
                name="orgs_organizingplan_one_open",
                violation_error_message="该企业已有一条未终止的组建计划，请先填写其截止日期。",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("since")),
                name="orgs_organizingplan_due_after_since",
                violation_error_message="计划组建日期不能早于起始日期。",
            ),
        ]

    def __str__(self):
        return f"{self.enterprise}（{self.due_on}）"

    def clean_among(self, siblings):
        self.refuse_overlap(siblings, "与起始于{0.since}的组建计划时间重叠。")
