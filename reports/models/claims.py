"""What papers state and what the office says of its checks: numbers to be held against records."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from dangjian.lib import stated
from dangjian.lib.checks import all_checks
from dangjian.lib.figures import UnknownFigure, figure_named
from dangjian.lib.stated import Stated
from orgs.models.record import Record

NUMBER_LENGTH = 20
# How the parts of a number are set apart, and a number at the end of a part: 单独组建：13个.
BETWEEN_PARTS = re.compile(r"[、；;\n]+")
PART = re.compile(r"(?:(?P<name>.*?)\s*[：:=＝])?\s*(?P<number>\d+(?:\.\d+)?)\s*[^\d\s]{0,3}")


def states_a_number(text: str) -> None:
    """Raises ValidationError for what is not one number."""
    try:
        stated.read(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def names_a_figure(slug: str) -> None:
    """Raises ValidationError for the code of no figure."""
    try:
        figure_named(slug)
    except UnknownFigure as error:
        raise ValidationError(f"没有代码为“{slug}”的指标，可在指标目录中查找。") from error


class Claim(Record):
    """材料数据: a number that a paper states, to be held against the records.

    It is kept as the paper has it, and read anew each time it is compared.
    """

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="claims", verbose_name="所属党组织"
    )
    year = models.PositiveSmallIntegerField("年度")
    source = models.CharField(
        "出处", max_length=80, help_text="哪份材料，如“2025年度总结（送审稿）”。"
    )
    position = models.PositiveSmallIntegerField("序号", help_text="在这份材料中的先后。")
    statement = models.CharField("原文", max_length=300, help_text="照抄写有这个数的那句话。")
    subject = models.CharField("所指", max_length=60, help_text="这个数说的是什么。")
    number = models.CharField(
        "数字",
        max_length=NUMBER_LENGTH,
        validators=[states_a_number],
        help_text="照原文填写，小数位数和约、近、以上等都保留，如 70.31%、约47家、压缩11人。",
    )
    figure = models.CharField("对照指标", max_length=80, blank=True, validators=[names_a_figure])
    base = models.PositiveIntegerField(
        "基数",
        null=True,
        blank=True,
        help_text="比例的总数；提高、下降多少个百分点的，填变化以前的总数。",
    )
    base_figure = models.CharField(
        "基数指标",
        max_length=80,
        blank=True,
        validators=[names_a_figure],
        help_text="没有填基数的，以这个指标的数为基数；是增减指标的，取变化以前的数。",
    )
    parts = models.CharField(
        "分项",
        max_length=300,
        blank=True,
        help_text=(
            "原文列出的各项，用顿号隔开：可以是名称，也可以是数（单独组建：13、联合组建：9）。"
            "比例填写相应的人数；升降的百分点填写现在的人数和总数（45、64）。"
        ),
    )

    class Meta:
        verbose_name = "材料数据"
        verbose_name_plural = "材料数据"
        ordering = ["-year", "source", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "source", "position"],
                name="reports_claim_position_once",
                violation_error_message="这份材料中已有这个序号。",
            ),
            models.CheckConstraint(
                condition=Q(base__isnull=True) | Q(base__gt=0),
                name="reports_claim_base",
                violation_error_message="基数必须大于0。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}{self.number}"

    @property
    def stated(self) -> Stated:
        return stated.read(self.number)

    @property
    def items(self) -> list[tuple[str, Decimal | None]]:
        """The parts, each with its name and, where it has one, its number."""
        texts = [text.strip() for text in BETWEEN_PARTS.split(self.parts)]
        return [part_of(text) for text in texts if text]


def part_of(text: str) -> tuple[str, Decimal | None]:
    """单独组建：13个 as name and number; a name alone, though it hold digits (C-2), has none."""
    found = PART.fullmatch(text)
    if found is None:
        return text, None
    return (found["name"] or "").strip(), Decimal(found["number"])


class Explanation(Record):
    """情况说明: why a check fails though the records are right, or why a figure moved so far."""

    class About(models.TextChoices):
        CHECK = "check", "校核项"
        CHANGE = "change", "较上年变动"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="explanations", verbose_name="所属党组织"
    )
    year = models.PositiveSmallIntegerField("年度")
    about = models.CharField("说明对象", max_length=10, choices=About)
    slug = models.CharField("代码", max_length=80)
    text = models.TextField("说明", max_length=500, help_text="核对属实的，说明原因。")

    class Meta:
        verbose_name = "情况说明"
        verbose_name_plural = "情况说明"
        ordering = ["-year", "about", "slug", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "about", "slug"],
                name="reports_explanation_once",
                violation_error_message="这一项已有说明。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.name}"

    @property
    def name(self) -> str:
        """What is explained, by its name; by its code once nothing has it."""
        if self.about == self.About.CHECK:
            named = (check.name for check in all_checks() if check.slug == self.slug)
            return next(named, self.slug)
        try:
            return figure_named(self.slug).name
        except UnknownFigure:
            return self.slug
