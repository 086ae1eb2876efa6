"""The plan for a year: items that promise something a figure can judge later."""

from django.db import models
from django.db.models import F, Q

from orgs.models.record import Record


class PlanItem(Record):
    """计划事项: one item of the work plan of a year."""

    class Rhythm(models.TextChoices):
        MONTHLY = "monthly", "每月"
        QUARTERLY = "quarterly", "每季度"
        HALF_YEARLY = "half_yearly", "每半年"
        YEARLY = "yearly", "每年"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="plan_items", verbose_name="制定党组织"
    )
    department = models.ForeignKey(
        "orgs.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_items",
        verbose_name="责任科室",
    )
    year = models.PositiveSmallIntegerField("计划年度")
    section = models.CharField("所属部分", max_length=40)
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("计划内容", max_length=300)
    rhythm = models.CharField("频次", max_length=20, choices=Rhythm, blank=True)
    figure = models.CharField("考核指标代码", max_length=80, blank=True)
    at_least = models.DecimalField("至少", max_digits=10, decimal_places=2, null=True, blank=True)
    at_most = models.DecimalField("至多", max_digits=10, decimal_places=2, null=True, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)

    class Meta:
        verbose_name = "计划事项"
        verbose_name_plural = "计划事项"
        ordering = ["year", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"],
                name="tasks_planitem_number_once",
                violation_error_message="同一年度计划内序号不能重复。",
            ),
            models.CheckConstraint(
                condition=Q(at_least__isnull=True)
                | Q(at_most__isnull=True)
                | Q(at_most__gte=F("at_least")),
                name="tasks_planitem_range",
                violation_error_message="至多的数量不能小于至少的数量。",
            ),
        ]

    def __str__(self):
        return self.text
