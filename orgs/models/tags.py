"""Tags: what an office wants to count and nobody can foresee."""

from django.db import models
from django.db.models import Q

from .record import DatedRecord, exactly_one

SUBJECTS = ("person", "party_organization", "enterprise", "village")


class Tag(models.Model):
    """标签: 致富带头人, 退役军人, 社工证, …. A subject may hold several, so counts overlap."""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=40, unique=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "标签"
        verbose_name_plural = "标签"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class TagLink(DatedRecord):
    """标签记录: a tag held by one person, organization, enterprise or village, from day to day."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="links", verbose_name="标签")
    person = models.ForeignKey(
        "orgs.Person",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="tag_links",
        verbose_name="人员",
    )
    party_organization = models.ForeignKey(
        "orgs.Organization",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="tag_links",
        verbose_name="党组织",
    )
    enterprise = models.ForeignKey(
        "orgs.Enterprise",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="tag_links",
        verbose_name="企业",
    )
    village = models.ForeignKey(
        "orgs.Village",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="tag_links",
        verbose_name="村（社区）",
    )

    inside = SUBJECTS

    class Meta(DatedRecord.Meta):
        verbose_name = "标签记录"
        verbose_name_plural = "标签记录"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=exactly_one(SUBJECTS),
                name="orgs_taglink_one_subject",
                violation_error_message="一条标签记录只能对应一个人员、党组织、企业或村（社区）。",
            ),
            *(
                models.UniqueConstraint(
                    fields=["tag", subject],
                    condition=Q(until__isnull=True),
                    name=f"orgs_taglink_one_open_{subject}",
                    violation_error_message="已有一条未终止的相同标签。",
                )
                for subject in SUBJECTS
            ),
        ]

    def __str__(self):
        return str(self.tag)

    def clean_among(self, siblings):
        same = [link for link in siblings if link.tag_id == self.tag_id]
        self.refuse_overlap(same, "与已有的相同标签时间重叠。")
