"""Where people are sent beside their post: rotations, the front line, villages, enterprises."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from orgs.models import Enterprise
from orgs.models.record import DatedRecord, Record, exactly_one
from orgs.scope import DatedQuerySet, ScopedQuerySet, leads_inside


class PostingQuerySet(DatedQuerySet):
    def inside(self, scope):
        """A posting is inside the scope of its sender, and of every place it leads to."""
        targets = PostingTarget.objects.filter(leads_inside(scope))
        return super().inside(scope) | Q(pk__in=targets.order_by().values("posting"))

    def of_kind(self, *kinds):
        return self.filter(kind__in=kinds)

    def to_a_village(self):
        targets = PostingTarget.objects.filter(posting=OuterRef("pk"), village__isnull=False)
        return self.filter(Exists(targets))


class Posting(DatedRecord):
    """派驻: a person sent somewhere for a time, in one of several ways."""

    class Kind(models.TextChoices):
        ROTATION = "rotation", "轮岗"
        SECONDMENT = "secondment", "抽调一线"
        INSTRUCTOR = "instructor", "党建指导员"
        LIAISON = "liaison", "党建联络员"
        FIRST_SECRETARY = "first_secretary", "第一书记"
        VILLAGE_POST = "village_post", "到村任职"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="postings", verbose_name="选派党组织"
    )
    person = models.ForeignKey(
        "orgs.Person", models.PROTECT, related_name="postings", verbose_name="人员"
    )
    kind = models.CharField("类别", max_length=20, choices=Kind)
    department = models.ForeignKey(
        "orgs.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postings",
        verbose_name="轮岗科室",
    )
    project = models.CharField("重点项目", max_length=60, blank=True, help_text="抽调一线填写。")
    duty = models.CharField("职责", max_length=60, blank=True)
    is_full_time = models.BooleanField("脱产", default=False)
    visits_per_month = models.PositiveSmallIntegerField(
        "每月应走访次数", null=True, blank=True, help_text="党建指导员、联络员填写。"
    )
    appraisal = models.CharField("考核等次", max_length=20, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta(DatedRecord.Meta):
        verbose_name = "派驻"
        verbose_name_plural = "派驻"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind", "since"],
                name="cadres_posting_once_a_day",
                violation_error_message="该人员当天已有同类派驻。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="secondment") | ~Q(project=""),
                name="cadres_posting_secondment_names_project",
                violation_error_message="抽调一线必须填写重点项目。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="rotation") | Q(department__isnull=False),
                name="cadres_posting_rotation_names_department",
                violation_error_message="轮岗必须填写轮岗科室。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.get_kind_display()}"


TARGETS = ("party_organization", "enterprise", "village")


class PostingTarget(Record):
    """派驻单位: one organization, enterprise or village a posting leads to."""

    posting = models.ForeignKey(
        Posting, models.CASCADE, related_name="targets", verbose_name="派驻"
    )
    party_organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posting_targets",
        verbose_name="党组织",
    )
    enterprise = models.ForeignKey(
        "orgs.Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posting_targets",
        verbose_name="企业",
    )
    village = models.ForeignKey(
        "orgs.Village",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posting_targets",
        verbose_name="村（社区）",
    )

    inside = ("posting",)

    class Meta:
        verbose_name = "派驻单位"
        verbose_name_plural = "派驻单位"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(TARGETS),
                name="cadres_postingtarget_one_target",
                violation_error_message="每行只填一个党组织、企业或村（社区）。",
            ),
            *(
                models.UniqueConstraint(
                    fields=["posting", target],
                    name=f"cadres_postingtarget_once_{target}",
                    violation_error_message="同一派驻单位只能填一次。",
                )
                for target in TARGETS
            ),
        ]

    def __str__(self):
        return str(self.party_organization or self.enterprise or self.village)


class VisitQuerySet(ScopedQuerySet):
    def inside(self, scope):
        """A visit is inside the scope of who sends the visitor, and of the enterprise visited."""
        visited = Enterprise.objects.within(scope).order_by().values("pk")
        sent = Q(posting__organization__in=scope.organization_ids())
        return sent | Q(enterprise__in=visited)

    def made_in(self, period):
        return self.filter(visited_on__range=(period.first_day, period.as_of))


class Visit(Record):
    """走访: one visit of an instructor or liaison to an enterprise in their care."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="visits", verbose_name="派驻")
    enterprise = models.ForeignKey(
        "orgs.Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name="走访企业",
    )
    visited_on = models.DateField("走访日期")
    content = models.CharField("走访内容", max_length=200)
    problem = models.CharField("反映问题", max_length=200, blank=True)
    is_solved = models.BooleanField("已解决", default=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "走访"
        verbose_name_plural = "走访"
        ordering = ["-visited_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "enterprise", "visited_on"],
                name="cadres_visit_once_a_day",
                violation_error_message="当天已有对这家企业的走访。",
            ),
        ]

    def __str__(self):
        return f"{self.visited_on} {self.content}"
