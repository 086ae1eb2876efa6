"""The bodies that are elected."""

from django.db import models
from django.db.models import Q

from orgs.models.record import Record


class BodyKind(models.Model):
    """班子类别: what kinds of bodies exist, and how their posts are called."""

    PARTY, COMMITTEE = "party", "committee"

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=40)
    head_title = models.CharField("正职名称", max_length=20)
    deputy_title = models.CharField("副职名称", max_length=20)
    member_title = models.CharField("成员名称", max_length=20, default="委员")
    of_two_committees = models.BooleanField(
        "属于两委", default=False, help_text="两委即村（社区）党组织和村（居）民委员会。"
    )
    deputies_are_main = models.BooleanField(
        "副职算主要岗位", default=True, help_text="统计“主要岗位”时，正职总是算在内。"
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)

    named_by = "name"

    class Meta:
        verbose_name = "班子类别"
        verbose_name_plural = "班子类别"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class Body(Record):
    """班子: one elected body, such as the party organization of a village."""

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="bodies", verbose_name="归口党组织"
    )
    kind = models.ForeignKey(BodyKind, models.PROTECT, related_name="bodies", verbose_name="类别")
    village = models.ForeignKey(
        "orgs.Village",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name="所在村（社区）",
    )
    enterprise = models.ForeignKey(
        "orgs.Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name="所在企业",
    )
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = "班子"
        verbose_name_plural = "班子"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(village__isnull=True) | Q(enterprise__isnull=True),
                name="elections_body_one_host",
                violation_error_message="班子只能设在一个村（社区）或一家企业。",
            ),
            models.UniqueConstraint(
                fields=["village", "kind"],
                condition=Q(village__isnull=False),
                name="elections_body_kind_once_a_village",
                violation_error_message="该村（社区）已有同类班子。",
            ),
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="elections_body_name_once",
                violation_error_message="已有同名班子。",
            ),
        ]

    def __str__(self):
        return self.name
