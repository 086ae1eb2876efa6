"""The texts an office has written: the summary of a year, and the plan for one."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from orgs.models.record import Record
from orgs.scope import ScopedQuerySet


class Kind(models.TextChoices):
    SUMMARY = "summary", "年度总结"
    PLAN = "plan", "工作计划"


def name_of(kind: Kind, year: int) -> str:
    """What a text is called in lists: 2025年度总结, 2025年工作计划."""
    return f"{year}年{kind.label}".replace("年年", "年")


class Report(Record):
    """年度文稿: the summary of a year, or the plan for it, as one organization writes it.

    An organization that has written nothing has no report: it reads the default text.
    """

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="reports", verbose_name="编写党组织"
    )
    kind = models.CharField("文种", max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField("年度")

    class Meta:
        verbose_name = "年度文稿"
        verbose_name_plural = "年度文稿"
        ordering = ["-year", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "year"],
                name="reports_report_once",
                violation_error_message="该党组织已有这一年度的文稿。",
            ),
        ]

    def __str__(self) -> str:
        return name_of(Kind(self.kind), self.year)


class SectionQuerySet(ScopedQuerySet):
    def of(self, organization: int | None, kind: Kind, year: int) -> "SectionQuerySet":
        """What an organization has written for a year, in order."""
        return self.filter(
            report__organization=organization, report__kind=kind, report__year=year
        ).order_by("number")


class Section(Record):
    """文稿段落: a heading and the paragraphs below it, with live figures (dangjian.lib.prose)."""

    class Level(models.IntegerChoices):
        OPENING = 0, "导语（没有标题）"
        FIRST = 1, "一级标题"
        SECOND = 2, "二级标题"

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="sections", verbose_name="年度文稿"
    )
    number = models.PositiveSmallIntegerField("序号")
    # Which section of the default text it began as; blank where the office added it.
    code = models.SlugField("默认段落", max_length=40, blank=True, editable=False)
    level = models.PositiveSmallIntegerField("层级", choices=Level, default=Level.SECOND)
    heading = models.CharField("标题", max_length=80, blank=True)
    text = models.TextField("正文", blank=True)

    objects: ClassVar[Any] = SectionQuerySet.as_manager()
    inside = ("report",)

    class Meta:
        verbose_name = "文稿段落"
        verbose_name_plural = "文稿段落"
        ordering = ["report", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="reports_section_number_once",
                violation_error_message="同一文稿内序号不能重复。",
            ),
            models.CheckConstraint(
                condition=Q(level=0, heading="") | Q(level__in=[1, 2]) & ~Q(heading=""),
                name="reports_section_heading",
                violation_error_message="有层级的段落必须有标题，导语没有标题。",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or "导语"
