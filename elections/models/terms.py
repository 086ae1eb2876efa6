"""The round of elections of a whole subdistrict."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from orgs.models.record import Record
from orgs.scope import ScopedQuerySet


class TermQuerySet(ScopedQuerySet):
    def begun_by(self, day):
        return self.filter(starts_on__lte=day)

    def in_force_on(self, day):
        """The latest round begun by the day, of each organization."""
        later = self.model.objects.begun_by(day).filter(
            organization=OuterRef("organization"), starts_on__gt=OuterRef("starts_on")
        )
        return self.begun_by(day).exclude(Exists(later))


class Term(Record):
    """届: one round of elections in the whole subdistrict, and the term it opens."""

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="terms", verbose_name="组织换届的党组织"
    )
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="上一届"
    )
    name = models.CharField("届次", max_length=40, help_text="例如：2025年村（社区）换届。")
    starts_on = models.DateField("换届启动日期")
    completed_on = models.DateField("换届完成日期", null=True, blank=True)
    ends_on = models.DateField("任期届满日期")

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "届次"
        verbose_name_plural = "届次"
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "starts_on"],
                name="elections_term_starts_once",
                violation_error_message="同一天已有另一届换届启动。",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__gte=F("starts_on")),
                name="elections_term_completed_after_start",
                violation_error_message="换届完成日期不能早于启动日期。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="elections_term_ends_after_start",
                violation_error_message="任期届满日期必须晚于启动日期。",
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("pk")),
                name="elections_term_not_own_previous",
                violation_error_message="上一届不能是本届自己。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("term", args=[self.pk])
