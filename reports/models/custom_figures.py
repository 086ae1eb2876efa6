"""Figures an office defines for itself, where the declared ones do not count what it asks."""

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from dangjian.lib.figures import DEFINED
from orgs.models.record import Record
from orgs.scope import Scope, ScopedQuerySet

# UNION, not UNION ALL: see orgs.scope.SUBTREE.
LINE = """
WITH RECURSIVE line(id) AS (
    SELECT id FROM orgs_organization WHERE id = %s
    UNION
    SELECT above.parent_id FROM orgs_organization above JOIN line ON above.id = line.id
    WHERE above.parent_id IS NOT NULL
)
SELECT id FROM line
"""


class CustomFigureQuerySet(ScopedQuerySet):
    def in_sight_of(self, scope: Scope) -> "CustomFigureQuerySet":
        """What is kept above an organization or below it: not what one beside it keeps."""
        if scope.everything or scope.organization_id is None:
            return self.within(scope)
        above = RawSQL(LINE, [scope.organization_id])  # noqa: S611 - constant SQL, id as parameter
        return self.filter(self.inside(scope) | Q(organization__in=above))


class CustomFigure(Record):
    """自定义指标: rows of a register inside filters, counted or measured, under a name."""

    class Measure(models.TextChoices):
        COUNT = "count", "记录数"
        SHARE = "share", "占比"
        SUM = "sum", "合计"
        MEAN = "mean", "平均值"
        MINIMUM = "minimum", "最小值"
        MAXIMUM = "maximum", "最大值"
        MEDIAN = "median", "中位数"

    class Since(models.TextChoices):
        LAST_YEAR = "last_year", "与上年相比的增减"
        LAST_TERM = "last_term", "与上届相比的增减"

    OF_ROWS = (Measure.COUNT, Measure.SHARE)

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="custom_figures", verbose_name="定义单位"
    )
    register = models.CharField("台账", max_length=80, editable=False)
    name = models.CharField("名称", max_length=40, help_text="例如：35岁及以下女党员。")
    definition = models.CharField("口径", max_length=400)
    unit = models.CharField("计量单位", max_length=10, blank=True)
    measure = models.CharField("算法", max_length=10, choices=Measure, default=Measure.COUNT)
    # The dimension measured; none where rows are counted.
    of = models.CharField("计算哪一项", max_length=80, blank=True)
    filters = models.JSONField(
        "条件", default=dict, blank=True, encoder=DjangoJSONEncoder, editable=False
    )
    # Which of the filters the whole of a share keeps; none: all rows of the register.
    base = models.JSONField("基数保留的条件", default=list, blank=True)
    since = models.CharField("比较", max_length=10, choices=Since, blank=True)

    objects: ClassVar[Any] = CustomFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "自定义指标"
        verbose_name_plural = "自定义指标"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="reports_customfigure_name_once",
                violation_error_message="本单位已有同名的自定义指标。",
            ),
            models.CheckConstraint(
                condition=Q(measure__in=["count", "share"], of="")
                | ~Q(measure__in=["count", "share"]) & ~Q(of=""),
                name="reports_customfigure_of",
                violation_error_message="合计、平均值等要选择计算哪一项，记录数和占比不用。",
            ),
            models.CheckConstraint(
                condition=Q(measure="share") | ~Q(unit=""),
                name="reports_customfigure_unit",
                violation_error_message="除占比外，必须填写计量单位。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        return f"{DEFINED}{self.pk}"

    def as_definition(self) -> dict[str, Any]:
        """What dangjian.lib.figures.define makes the figure of."""
        is_share = self.measure == self.Measure.SHARE
        return {
            "slug": self.slug,
            "register": self.register,
            "filters": self.filters,
            "measure": None if is_share else self.measure,
            "of": self.of or None,
            "whole": {key: self.filters.get(key) for key in self.base} if is_share else None,
            "baseline": self.since or None,
            "name": self.name,
            "definition": self.definition,
            "unit": self.unit or None,
        }
