"""Villages and communities, and the dated facts known of them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from orgs.scope import ScopedQuerySet

from .record import Record


class VillageQuerySet(ScopedQuerySet):
    def known_on(self, day):
        """Established or being planned on the day."""
        return self.filter(
            Q(abolished_on__isnull=True) | Q(abolished_on__gt=day),
            Q(planned_on__isnull=True) | Q(planned_on__lte=day) | Q(established_on__lte=day),
        )

    def established_by(self, day):
        return self.known_on(day).filter(established_on__lte=day)


class Village(Record):
    """村（社区）: a village, a community, or a residential quarter about to become one."""

    class Kind(models.TextChoices):
        VILLAGE = "village", "村"
        COMMUNITY = "community", "社区"
        CONVERTED = "converted", "村改居"
        QUARTER = "quarter", "新小区"

    organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        related_name="kept_villages",
        verbose_name="主管党组织",
        help_text="管理本村（社区）台账的上级党组织。",
    )
    party_organization = models.OneToOneField(
        "orgs.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_village",
        verbose_name="村（社区）党组织",
        help_text="筹建中的新小区留空。",
    )
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    planned_on = models.DateField("开始筹建日期", null=True, blank=True)
    established_on = models.DateField(
        "成立日期", null=True, blank=True, help_text="留空表示正在筹建。"
    )
    abolished_on = models.DateField("撤销日期", null=True, blank=True)

    objects = VillageQuerySet.as_manager()
    inside = ("organization", "party_organization")

    class Meta:
        verbose_name = "村（社区）"
        verbose_name_plural = "村（社区）"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="orgs_village_name_once",
                violation_error_message="已有同名的村（社区）。",
            ),
            models.CheckConstraint(
                condition=Q(abolished_on__isnull=True)
                | Q(established_on__isnull=True)
                | Q(abolished_on__gt=F("established_on")),
                name="orgs_village_abolished_after_established",
                violation_error_message="撤销日期必须晚于成立日期。",
            ),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=True)
                | Q(established_on__isnull=True)
                | Q(established_on__gte=F("planned_on")),
                name="orgs_village_established_after_planned",
                violation_error_message="成立日期不能早于开始筹建日期。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("village", args=[self.pk])


class VillageFactKind(models.Model):
    """What is known of villages and differs from place to place: households, population, …"""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=40)
    unit = models.CharField("单位", max_length=10)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "村情项目"
        verbose_name_plural = "村情项目"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class VillageFact(Record):
    """村情: one fact of a village on a day, with its source."""

    village = models.ForeignKey(
        Village, models.CASCADE, related_name="facts", verbose_name="村（社区）"
    )
    kind = models.ForeignKey(VillageFactKind, models.PROTECT, verbose_name="项目")
    value = models.DecimalField("数值", max_digits=14, decimal_places=2)
    counted_on = models.DateField("统计日期")
    source = models.CharField("来源", max_length=100, help_text="例如：派出所户籍年报。")

    inside = ("village",)

    class Meta:
        verbose_name = "村情"
        verbose_name_plural = "村情"
        ordering = ["kind", "-counted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "kind", "counted_on"],
                name="orgs_villagefact_once_a_day",
                violation_error_message="同一项目在同一统计日期只能填一个数。",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="orgs_villagefact_not_negative",
                violation_error_message="数值不能为负数。",
            ),
        ]

    def __str__(self):
        return f"{self.kind}（{self.counted_on}）"
