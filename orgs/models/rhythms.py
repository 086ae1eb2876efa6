"""How often organizations have to hold each kind of activity: data, as it differs by place."""

from django.db import models
from django.db.models import Q

from .organizations import Organization
from .record import DatedRecord


class Rhythm(DatedRecord):
    """组织生活频次: how often organizations of a level and sector hold a kind of activity."""

    class Every(models.IntegerChoices):
        MONTH = 1, "每月"
        QUARTER = 3, "每季度"
        HALF = 6, "每半年"
        YEAR = 12, "每年"

    organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        related_name="rhythms",
        verbose_name="制定党组织",
        help_text="对本组织和下级党组织适用。",
    )
    kind = models.ForeignKey("orgs.ActivityKind", models.PROTECT, verbose_name="活动类别")
    level = models.CharField("适用党组织类别", max_length=20, choices=Organization.Level)
    sector = models.CharField(
        "适用领域",
        max_length=20,
        choices=Organization.Sector,
        blank=True,
        help_text="不分领域的留空。",
    )
    every = models.PositiveSmallIntegerField("周期", choices=Every, default=Every.MONTH)
    times = models.PositiveSmallIntegerField("次数", default=1)

    class Meta(DatedRecord.Meta):
        verbose_name = "组织生活频次"
        verbose_name_plural = "组织生活频次"
        ordering = ["kind", "pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "kind", "level", "sector", "since"],
                name="orgs_rhythm_once",
                violation_error_message="同一天起已有同类别、同适用范围的频次。",
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1),
                name="orgs_rhythm_times_positive",
                violation_error_message="次数至少为1。",
            ),
        ]

    def __str__(self):
        scope = f"{self.get_sector_display()}{self.get_level_display()}"
        return f"{scope}{self.kind}{self.get_every_display()}{self.times}次"

    def binds(self, organization):
        """Whether it is set by the organization or one above it, for its level and sector."""
        is_meant = self.sector in {"", organization.sector} and self.level == organization.level
        return is_meant and self.organization_id in organization.line()

    def asks(self, span, founded_on):
        """Whether it held all through the span, of an organization founded by its first day."""
        held = self.since <= span.first and (self.until is None or self.until > span.last)
        return held and (founded_on is None or founded_on <= span.first)
