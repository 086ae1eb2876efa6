"""What somebody is typing and has not saved."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from orgs.scope import ScopedQuerySet

from .documents import Section


class Draft(models.Model):
    """草稿: a section as somebody is typing it. Only who types it reads it; others learn of it.

    It is no record: it has no history, and goes once it is saved or given up.
    """

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="drafts", verbose_name="文稿段落"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="作者"
    )
    # Not checked before they are saved: text being typed is often wrong.
    level = models.PositiveSmallIntegerField("层级", choices=Section.Level)
    heading = models.TextField("标题", blank=True)
    text = models.TextField("正文", blank=True)
    # The section's version it was begun on.
    version = models.PositiveIntegerField("依据的版本")
    started_at = models.DateTimeField("开始时间", auto_now_add=True)
    updated_at = models.DateTimeField("最后输入时间", auto_now=True)

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()
    inside = ("section",)

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = "草稿"
        ordering = ["section", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "user"],
                name="reports_draft_once",
                violation_error_message="每人对同一段落只有一份草稿。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}的草稿"
