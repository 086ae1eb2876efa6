"""Where organizations meet, and the grades they are given."""

from django.db import models
from django.db.models import F, Q

from orgs.scope import ScopedQuerySet

from .record import Record


class SiteQuerySet(ScopedQuerySet):
    def open_on(self, day):
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


class Site(Record):
    """活动阵地: where an organization meets; a good one is named a demonstration site."""

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="sites", verbose_name="所属党组织"
    )
    village = models.ForeignKey(
        "orgs.Village",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sites",
        verbose_name="所在村（社区）",
    )
    name = models.CharField("名称", max_length=60)
    area = models.DecimalField("面积（平方米）", max_digits=8, decimal_places=1)
    is_shared = models.BooleanField("与其他单位共用", default=False)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)
    demonstration_since = models.DateField("评为示范阵地日期", null=True, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = "活动阵地"
        verbose_name_plural = "活动阵地"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="orgs_site_name_once",
                violation_error_message="该党组织已有同名阵地。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")),
                name="orgs_site_closed_after_opened",
                violation_error_message="停用日期必须晚于启用日期。",
            ),
            models.CheckConstraint(
                condition=Q(demonstration_since__isnull=True)
                | Q(demonstration_since__gte=F("opened_on")),
                name="orgs_site_demonstration_after_opened",
                violation_error_message="评为示范阵地的日期不能早于启用日期。",
            ),
        ]

    def __str__(self):
        return self.name


class Rating(Record):
    """评星定级: a grade given to an organization under a scheme, valid until a day."""

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="ratings", verbose_name="党组织"
    )
    scheme = models.CharField("评定办法", max_length=60)
    grade = models.CharField("等级", max_length=20, help_text="例如：五星、优秀。")
    given_on = models.DateField("评定日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)

    class Meta:
        verbose_name = "评星定级"
        verbose_name_plural = "评星定级"
        ordering = ["-given_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "scheme", "given_on"],
                name="orgs_rating_once_a_day",
                violation_error_message="该党组织当天已有同一办法的评定。",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("given_on")),
                name="orgs_rating_valid_after_given",
                violation_error_message="有效期必须晚于评定日期。",
            ),
        ]

    def __str__(self):
        return f"{self.scheme} {self.grade}"
