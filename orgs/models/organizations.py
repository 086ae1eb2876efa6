"""Party organizations: the tree everything else hangs on."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from orgs.scope import Scope, ScopedQuerySet

from .record import Record

# Paths to an organization and those above it, as deep as the tree of a subdistrict goes.
LINE = ("pk", "parent", "parent__parent", "parent__parent__parent")


class OrganizationQuerySet(ScopedQuerySet):
    def inside(self, scope):
        return Q(pk__in=scope.organization_ids())

    def existing_on(self, day):
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=day),
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day),
        )

    def nonpublic(self):
        return self.filter(sector=Organization.Sector.NONPUBLIC, level=Organization.Level.BRANCH)

    def roots(self):
        return self.filter(parent__isnull=True)

    def with_line(self):
        """With what line() gives at hand, so that it asks nothing more of each."""
        return self.select_related(LINE[-1])


class Organization(Record):
    """党组织: a party committee, general branch or branch, or the subdistrict's own committee."""

    class Level(models.TextChoices):
        WORK_COMMITTEE = "work_committee", "党工委"
        COMMITTEE = "committee", "党委"
        GENERAL_BRANCH = "general_branch", "党总支"
        BRANCH = "branch", "党支部"

    class Sector(models.TextChoices):
        SUBDISTRICT = "subdistrict", "街道"
        VILLAGE = "village", "村"
        COMMUNITY = "community", "社区"
        NONPUBLIC = "nonpublic", "非公企业"
        OFFICE = "office", "机关"
        SOCIAL = "social", "社会组织"
        OTHER = "other", "其他"

    class Formation(models.TextChoices):
        STANDALONE = "standalone", "单独组建"
        JOINT = "joint", "联合组建"
        ATTACHED = "attached", "挂靠组建"
        REGIONAL = "regional", "区域组建"

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级党组织",
    )
    name = models.CharField("党组织全称", max_length=100)
    short_name = models.CharField("简称", max_length=40)
    level = models.CharField("类别", max_length=20, choices=Level)
    sector = models.CharField("所属领域", max_length=20, choices=Sector)
    formation = models.CharField(
        "组建方式", max_length=20, choices=Formation, blank=True, help_text="非公企业党组织必填。"
    )
    village = models.ForeignKey(
        "orgs.Village",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name="所在村（社区）",
        help_text="按村汇总时归入该村。",
    )
    founded_on = models.DateField("成立日期", null=True, blank=True)
    term_ends_on = models.DateField("任届期满日期", null=True, blank=True)
    dissolved_on = models.DateField("撤销日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name="并入党组织",
    )

    objects = OrganizationQuerySet.as_manager()
    inside = ()

    named_by = "short_name"

    class Meta:
        verbose_name = "党组织"
        verbose_name_plural = "党组织"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="orgs_organization_name_once",
                violation_error_message="同一上级下已有同名党组织。",
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gt=F("founded_on")),
                name="orgs_organization_dissolved_after_founded",
                violation_error_message="撤销日期必须晚于成立日期。",
            ),
            models.CheckConstraint(
                condition=~Q(sector="nonpublic") | ~Q(level="branch") | ~Q(formation=""),
                name="orgs_organization_nonpublic_has_formation",
                violation_error_message="非公企业党支部必须填写组建方式。",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(dissolved_on__isnull=False),
                name="orgs_organization_merged_is_dissolved",
                violation_error_message="填写并入党组织时，必须同时填写撤销日期。",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="orgs_organization_not_own_parent",
                violation_error_message="上级党组织不能是自己。",
            ),
        ]

    def __str__(self):
        return self.short_name

    @property
    def is_branch(self):
        return self.level == self.Level.BRANCH

    def line(self):
        """The keys of the organization and of those above it, as deep as LINE goes."""
        keys, highest = [self.pk], self
        while highest.parent_id and len(keys) < len(LINE):
            keys.append(highest.parent_id)
            highest = highest.parent
        return keys

    def clean(self):
        if self.pk and self.parent_id and self._is_below_itself():
            raise ValidationError({"parent": "上级党组织不能是本组织自己或它的下级。"})

    def _is_below_itself(self):
        subtree = Organization.objects.within(Scope(self.pk))
        return subtree.filter(pk=self.parent_id).exists()
