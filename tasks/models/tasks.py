"""Programmes and the key tasks of a year."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from orgs.models.record import Record
from orgs.scope import ScopedQuerySet

from .rhythm import Rhythm


class Programme(Record):
    """工程: a programme of a year, under which key tasks are grouped."""

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="programmes", verbose_name="制定党组织"
    )
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("工程名称", max_length=40)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "工程"
        verbose_name_plural = "工程"
        ordering = ["-year", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "name"],
                name="tasks_programme_once_a_year",
                violation_error_message="本年度已有同名工程。",
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.year}年）"


class KeyTaskQuerySet(ScopedQuerySet):
    def inside(self, scope):
        """A task is also inside the scope of every village it is carried out in."""
        villages = TaskVillage.objects.filter(
            village__party_organization__in=scope.organization_ids()
        )
        return super().inside(scope) | Q(pk__in=villages.order_by().values("task"))

    def of_year(self, period):
        return self.filter(programme__year=period.first_day.year)


class KeyTask(Record):
    """重点工作: a key task of the year, led by a section-level cadre."""

    Rhythm = Rhythm

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="key_tasks", verbose_name="责任党组织"
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="tasks", verbose_name="所属工程"
    )
    lead = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, related_name="led_tasks", verbose_name="领衔干部"
    )
    department = models.ForeignKey(
        "orgs.Department", models.PROTECT, related_name="key_tasks", verbose_name="责任科室"
    )
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("任务名称", max_length=80)
    target = models.CharField("年度目标", max_length=200)
    begins_on = models.DateField("开始日期")
    due_on = models.DateField("完成时限")
    completed_on = models.DateField("完成日期", null=True, blank=True)
    report_rhythm = models.CharField(
        "填报频次",
        max_length=10,
        choices=Rhythm,
        default=Rhythm.QUARTERLY,
        help_text="每月或每季度最后一天之前填报一次进展，直到完成。",
    )

    objects = KeyTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "重点工作"
        verbose_name_plural = "重点工作"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="tasks_keytask_number_once",
                violation_error_message="同一工程内序号不能重复。",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("begins_on")),
                name="tasks_keytask_due_after_begin",
                violation_error_message="完成时限不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__gte=models.F("begins_on")),
                name="tasks_keytask_completed_after_begin",
                violation_error_message="完成日期不能早于开始日期。",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def get_absolute_url(self):
        return reverse("task", args=[self.pk])

    def due_for(self, day):
        """The due day a report made on the day answers.

        That of the last span over, while nobody reported for it; else of the span that runs.
        """
        rhythm = Rhythm(self.report_rhythm)
        missed = rhythm.last_over(day)
        had_begun = self.begins_on <= missed.last
        if had_begun and not self.progress.answering(missed).exists():
            return missed.last
        return rhythm.span_of(day).last

    def completed_by(self, day):
        return self.completed_on is not None and self.completed_on <= day


class TaskVillage(Record):
    """任务涉及村（社区）: one village a key task is carried out in."""

    task = models.ForeignKey(
        KeyTask, models.CASCADE, related_name="task_villages", verbose_name="重点工作"
    )
    village = models.ForeignKey(
        "orgs.Village", models.PROTECT, related_name="task_villages", verbose_name="村（社区）"
    )

    inside = ("task",)

    class Meta:
        verbose_name = "任务涉及村（社区）"
        verbose_name_plural = "任务涉及村（社区）"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "village"],
                name="tasks_taskvillage_once",
                violation_error_message="同一村（社区）只填一次。",
            ),
        ]

    def __str__(self):
        return str(self.village)
