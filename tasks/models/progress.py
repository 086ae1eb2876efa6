"""How far a key task is: reported by its department, reviewed by the office."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from dangjian.lib.attachments import kind_of
from orgs.models.record import Record
from orgs.scope import ScopedQuerySet

from .tasks import KeyTask

ONE_OPEN = "这项工作已有一条进展待审核或退回修改。"


class ProgressQuerySet(ScopedQuerySet):
    def reported_by(self, day):
        return self.filter(reported_on__lte=day)

    def accepted(self):
        return self.filter(state=Progress.State.ACCEPTED)

    def waiting(self):
        """Handed in, to be reviewed by the office."""
        return self.filter(state=Progress.State.SUBMITTED)

    def open(self):
        """Not accepted yet: with the office, or sent back to the department."""
        return self.exclude(state=Progress.State.ACCEPTED)

    def answering(self, span):
        """Reports due with the span or later; one without a due day, made in the span or later."""
        undated = Q(due_on__isnull=True, reported_on__gte=span.first)
        return self.filter(Q(due_on__gte=span.last) | undated)

    def latest_percent(self, day):
        """Of the outer query's task: the percentage last reported by the day and accepted."""
        found = self.reported_by(day).accepted().filter(task=OuterRef("pk"))
        return Subquery(found.order_by("-reported_on", "-pk").values("percent")[:1])


class Progress(Record):
    """进展: how far a key task was on a day."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "待审核"
        RETURNED = "returned", "已退回"
        ACCEPTED = "accepted", "已采纳"

    task = models.ForeignKey(
        KeyTask, models.CASCADE, related_name="progress", verbose_name="重点工作"
    )
    # What the office enters itself needs no review.
    state = models.CharField("状态", max_length=10, choices=State, default=State.ACCEPTED)
    # Of the day it was first handed in; a report sent back keeps it.
    reported_on = models.DateField("填报日期")
    due_on = models.DateField(
        "应报日期", null=True, blank=True, help_text="留空的不计入按时、逾期填报。"
    )
    percent = models.PositiveSmallIntegerField("完成进度（%）")
    note = models.CharField("进展情况", max_length=300)
    times_returned = models.PositiveSmallIntegerField("退回次数", default=0)
    # Why it was sent back last; kept when it is handed in again.
    returned_because = models.CharField("退回原因", max_length=200, blank=True)
    reviewed_on = models.DateField("审核日期", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="审核人",
    )

    objects = ProgressQuerySet.as_manager()
    inside = ("task",)

    class Meta:
        verbose_name = "进展"
        verbose_name_plural = "进展"
        ordering = ["-reported_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="tasks_progress_percent_at_most_100",
                violation_error_message="完成进度不能超过100。",
            ),
            models.UniqueConstraint(
                fields=["task", "reported_on"],
                name="tasks_progress_once_a_day",
                violation_error_message="当天已有一条进展。",
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=~Q(state="accepted"),
                name="tasks_progress_one_open",
                violation_error_message=ONE_OPEN,
            ),
            models.CheckConstraint(
                condition=Q(times_returned=0, returned_because="")
                | (Q(times_returned__gt=0) & ~Q(returned_because="")),
                name="tasks_progress_returned_because",
                violation_error_message="退回过的进展必须写明退回原因，没有退回过的不填。",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(times_returned__gt=0),
                name="tasks_progress_returned_counted",
                violation_error_message="已退回的进展，退回次数至少为1。",
            ),
        ]

    def __str__(self):
        return f"{self.reported_on} {self.percent}%"

    def get_absolute_url(self):
        return reverse("progress", args=[self.pk])

    def clean_among(self, siblings):
        if not self.is_accepted and any(not other.is_accepted for other in siblings):
            raise ValidationError(ONE_OPEN)

    @property
    def tone(self):
        """The colour of its state's badge."""
        tones = {self.State.SUBMITTED: "warning", self.State.RETURNED: "danger"}
        return tones.get(self.state, "success")

    @property
    def is_accepted(self):
        return self.state == self.State.ACCEPTED

    @property
    def days_late(self):
        """Days from the due day to the first time it was handed in; 0 in time."""
        return max((self.reported_on - self.due_on).days, 0) if self.due_on else 0


class EvidenceQuerySet(ScopedQuerySet):
    def without_file(self):
        """For lists: a file may be ten megabytes."""
        return self.defer("content")


class Evidence(models.Model):
    """佐证材料: a file handed in with a report; written once, never altered."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPG = "jpg", "图片（JPG）"
        PNG = "png", "图片（PNG）"
        DOCX = "docx", "Word 文档"
        XLSX = "xlsx", "Excel 工作簿"

    MOST_FILES = 5  # of one report
    MOST_BYTES = 10 * 2**20  # of one file
    MOST_NAME = 200

    progress = models.ForeignKey(
        Progress, models.CASCADE, related_name="evidence", verbose_name="进展"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="上传人",
    )
    name = models.CharField("文件名", max_length=MOST_NAME)
    kind = models.CharField("类型", max_length=4, choices=Kind)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64)
    content = models.BinaryField("文件")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()
    inside = ("progress",)

    class Meta:
        verbose_name = "佐证材料"
        verbose_name_plural = "佐证材料"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["progress", "sha256"],
                name="tasks_evidence_once",
                violation_error_message="同一份材料只附一次。",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=10 * 2**20),
                name="tasks_evidence_size",
                violation_error_message="材料不能是空的，也不能超过10兆字节。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("evidence", args=[self.pk])

    @classmethod
    def of_file(cls, name, content):
        """A file, as evidence that is not stored yet. Raises BadAttachment."""
        return cls(
            name=name[-cls.MOST_NAME :],
            kind=kind_of(name, content),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
        )
