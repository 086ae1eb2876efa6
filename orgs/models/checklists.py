"""Checklists such as 六个一: a scheme and its items are data, as no national list exists."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from orgs.scope import ScopedQuerySet

from .record import Record


class ChecklistSchemeQuerySet(ScopedQuerySet):
    def of(self, organization, year):
        """Those of the year an organization is checked by: set by itself or by one above it."""
        return self.filter(organization__in=organization.line(), year=year)


class ChecklistScheme(Record):
    """达标标准: a list of items an organization should reach, and how many count as reached."""

    organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        related_name="checklist_schemes",
        verbose_name="制定党组织",
    )
    code = models.SlugField("代码")
    name = models.CharField("名称", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    threshold = models.PositiveSmallIntegerField(
        "基本达到所需项数", help_text="例如六项中达到五项即为基本达到，填5。"
    )
    source = models.CharField("依据", max_length=100, blank=True)

    objects = ChecklistSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "达标标准"
        verbose_name_plural = "达标标准"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code", "year"],
                name="orgs_checklistscheme_once_a_year",
                violation_error_message="同一年度已有相同代码的达标标准。",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=1),
                name="orgs_checklistscheme_threshold_positive",
                violation_error_message="基本达到所需项数至少为1。",
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.year}年）"


class ChecklistItem(Record):
    """达标项目: one item of a scheme."""

    scheme = models.ForeignKey(
        ChecklistScheme, models.CASCADE, related_name="items", verbose_name="达标标准"
    )
    order = models.PositiveSmallIntegerField("序号")
    text = models.CharField("内容", max_length=100)

    inside = ("scheme",)

    named_by = "text"

    class Meta:
        verbose_name = "达标项目"
        verbose_name_plural = "达标项目"
        ordering = ["scheme", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "order"],
                name="orgs_checklistitem_order_once",
                violation_error_message="同一标准内序号不能重复。",
            ),
        ]

    def __str__(self):
        return self.text


class ChecklistResultQuerySet(ScopedQuerySet):
    def standing_on(self, day):
        """The newest result of each item and organization by the day."""
        later = ChecklistResult.objects.filter(
            item=OuterRef("item"),
            organization=OuterRef("organization"),
            checked_on__gt=OuterRef("checked_on"),
            checked_on__lte=day,
        )
        return self.filter(~Exists(later), checked_on__lte=day)

    def by_organization(self):
        """{(organization, scheme): how many items are met, and the day of the last check}."""
        rows = self.order_by().values_list("organization", "item__scheme")
        met = models.Count("pk", filter=Q(is_met=True))
        counted = rows.annotate(met=met, last_on=models.Max("checked_on"))
        return {(one, scheme): (met, last_on) for one, scheme, met, last_on in counted}


class ChecklistResult(Record):
    """达标检查: whether an organization met one item of a checklist, on a day, seen by whom."""

    item = models.ForeignKey(
        "orgs.ChecklistItem", models.PROTECT, related_name="results", verbose_name="达标项目"
    )
    organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        related_name="checklist_results",
        verbose_name="党组织",
    )
    is_met = models.BooleanField("达标", default=False)
    checked_on = models.DateField("检查日期")
    checker = models.CharField("检查人", max_length=40, blank=True)
    evidence = models.CharField("依据", max_length=100, blank=True)

    objects = ChecklistResultQuerySet.as_manager()

    class Meta:
        verbose_name = "达标检查"
        verbose_name_plural = "达标检查"
        ordering = ["-checked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "organization", "checked_on"],
                name="orgs_checklistresult_once_a_day",
                violation_error_message="该党组织当天已有这一项的检查结果。",
            ),
        ]

    def __str__(self):
        return f"{self.item}：{'达标' if self.is_met else '未达标'}"
