"""Signed papers: what a leader signed, as it stood, for ever."""

import json
import zlib
from collections.abc import Iterable
from datetime import UTC
from hashlib import sha256
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from dangjian.lib import periods
from dangjian.lib.frozen import Frozen, FrozenQuerySet
from dangjian.lib.periods import Period
from orgs.scope import ScopedQuerySet

from .documents import Kind

NAME_LENGTH = 200
SIGNED_AS_IT_IS = (
    "organization_id",
    "signed_by_id",
    "kind",
    "year",
    "number",
    "reason",
    "title",
    "unit",
    "signer",
    "paper",
    "values",
    "checks",
)


class EditionQuerySet(FrozenQuerySet, ScopedQuerySet):
    def without_content(self) -> "EditionQuerySet":
        """For lists: what was signed may be a megabyte."""
        return self.defer("paper", "values", "checks", "evidence")

    def of(self, organization: int | None, kind: Kind, year: int) -> "EditionQuerySet":
        """The editions of one paper, the latest first."""
        return self.filter(organization=organization, kind=kind, year=year).order_by("-number")


class Edition(Frozen):
    """定稿: a paper as a leader signed it: text, values, definitions, rows and checks.

    It is never changed: a correction is the next edition, with its reason.
    """

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="editions", verbose_name="编写党组织"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发账号"
    )
    kind = models.CharField("文种", max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("版次")
    reason = models.CharField("更正原因", max_length=200, blank=True)
    title = models.CharField("标题", max_length=NAME_LENGTH)
    unit = models.CharField("单位", max_length=NAME_LENGTH)
    signer = models.CharField("签发人", max_length=40)
    # What they are made of: reports.documents.stored. Decimals are text, so that nothing is lost.
    paper = models.JSONField("正文")
    values = models.JSONField("指标数值", blank=True)
    checks = models.JSONField("校核结果", blank=True)
    # Rows behind every figure (reports.documents.evidence) as compressed JSON.
    evidence = models.BinaryField("所依据的行")
    sha256 = models.CharField("校验值", max_length=64)
    as_of = models.DateField("数字截至")
    signed_at = models.DateTimeField("签发时间")
    # From here on edits are later than the edition, whatever day it bears.
    created_at = models.DateTimeField("存档时间", auto_now_add=True)

    objects: ClassVar[Any] = EditionQuerySet.as_manager()
    inside = ("organization",)

    class Meta:
        verbose_name = "定稿"
        verbose_name_plural = "定稿"
        ordering = ["-year", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "year", "number"],
                name="reports_edition_number_once",
                violation_error_message="这一版已经有人定稿。",
            ),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | Q(number__gt=1) & ~Q(reason=""),
                name="reports_edition_correction_has_reason",
                violation_error_message="第1版没有更正原因，以后各版必须写明更正原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.label}）"

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.pk])

    @property
    def label(self) -> str:
        """第1版, 第2版（更正）."""
        return f"第{self.number}版{'（更正）' if self.number > 1 else ''}"

    @property
    def period(self) -> Period:
        """The period its numbers are of, read on the day they were read on."""
        return periods.year(self.year, today=self.as_of)

    @cached_property
    def rows(self) -> dict[str, Any]:
        """The evidence unpacked."""
        found: dict[str, Any] = json.loads(zlib.decompress(bytes(self.evidence)))
        return found

    def digest(self, files: Iterable["EditionFile"]) -> str:
        """SHA-256 over all that was signed: `sha256` of an edition that nobody has touched."""
        signed = {name: getattr(self, name) for name in SIGNED_AS_IT_IS}
        signed["evidence"] = sha256(bytes(self.evidence)).hexdigest()
        signed["as_of"] = self.as_of.isoformat()
        signed["signed_at"] = self.signed_at.astimezone(UTC).isoformat()
        signed["files"] = {file.format: sha256(bytes(file.content)).hexdigest() for file in files}
        written = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(written.encode()).hexdigest()


class EditionFileQuerySet(FrozenQuerySet, ScopedQuerySet):
    def without_content(self) -> "EditionFileQuerySet":
        """For lists: a workbook may be some megabytes."""
        return self.defer("content")


class EditionFile(Frozen):
    """定稿文件: the Word or Excel file of an edition, byte for byte."""

    class Format(models.TextChoices):
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files", verbose_name="定稿")
    format = models.CharField("格式", max_length=4, choices=Format)
    name = models.CharField("文件名", max_length=NAME_LENGTH)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64)
    content = models.BinaryField("文件")

    objects: ClassVar[Any] = EditionFileQuerySet.as_manager()
    inside = ("edition",)

    class Meta:
        verbose_name = "定稿文件"
        verbose_name_plural = "定稿文件"
        ordering = ["edition", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "format"],
                name="reports_editionfile_format_once",
                violation_error_message="同一定稿每种格式只有一个文件。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """Its name without the ending, which the format says."""
        return self.name.rpartition(".")[0]

    @classmethod
    def of(cls, format: str, name: str, content: bytes) -> "EditionFile":  # noqa: A002 - the field's name
        """A file not stored yet."""
        digest = sha256(content).hexdigest()
        return cls(format=format, name=name, content=content, size=len(content), sha256=digest)
