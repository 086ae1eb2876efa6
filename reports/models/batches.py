"""Imported files: what was uploaded, what became of it, and which records it wrote."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse

from orgs.scope import ScopedQuerySet

NAME_LENGTH = 200


class BatchQuerySet(ScopedQuerySet):
    def without_file(self) -> "BatchQuerySet":
        """For lists: a file may be ten megabytes."""
        return self.defer("content")

    def pending(self) -> "BatchQuerySet":
        return self.filter(state=Batch.State.PENDING)


class Batch(models.Model):
    """导入批次: an uploaded file, kept until it is imported or given up, and what it wrote."""

    class State(models.TextChoices):
        PENDING = "pending", "待确认"
        IMPORTED = "imported", "已导入"
        UNDONE = "undone", "已撤销"
        DISCARDED = "discarded", "已放弃"

    organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        related_name="batches",
        verbose_name="党组织",
        help_text="文件在该党组织及其下级的范围内导入。",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )
    # Who imported it or gave it up, and who took it back.
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="处理人",
    )
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="撤销人",
    )
    name = models.CharField("文件名", max_length=NAME_LENGTH)
    sha256 = models.CharField("校验值", max_length=64)
    content = models.BinaryField("文件", null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING)
    targets = models.JSONField("工作表对应的台账", default=dict, blank=True)
    answers = models.JSONField("对疑似重复的回答", default=dict, blank=True)
    # Per sheet, as last examined: title, target (slug or ""), faults, created, changed, same.
    sheets = models.JSONField("各工作表的行数", default=list, blank=True)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = BatchQuerySet.as_manager()
    inside = ("organization",)

    class Meta:
        verbose_name = "导入批次"
        verbose_name_plural = "导入批次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", content__isnull=False)
                | (~Q(state="pending") & Q(content__isnull=True)),
                name="reports_batch_keeps_file_while_pending",
                violation_error_message="待确认的批次必须留有文件，处理后不再保留。",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False),
                name="reports_batch_undone_has_time",
                violation_error_message="已撤销的批次必须记下撤销时间。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import_batch", args=[self.pk])

    @property
    def tone(self) -> str:
        """The colour of its state's badge."""
        return {"pending": "warning", "imported": "success"}.get(self.state, "secondary")

    @property
    def totals(self) -> dict[str, int]:
        """The counts of all sheets together."""
        keys = ("faults", "created", "changed", "same")
        return {key: sum(sheet[key] for sheet in self.sheets) for key in keys}


class BatchRow(models.Model):
    """导入的记录: a record an import wrote, and the history row in which it did."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows", verbose_name="导入批次")
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name="台账"
    )
    object_id = models.PositiveBigIntegerField("记录号")
    history_id = models.PositiveBigIntegerField("历史记录号")
    name = models.CharField("记录", max_length=NAME_LENGTH)
    is_new = models.BooleanField("新增")

    objects = models.Manager()

    class Meta:
        verbose_name = "导入的记录"
        verbose_name_plural = "导入的记录"
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "content_type", "object_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "content_type", "history_id"],
                name="reports_batchrow_written_once",
                violation_error_message="同一次写入只记一次。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
