"""Stating what a paper says: one number at a time, or all of a paper pasted line by line."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max

from dangjian.lib.figures import Figure, UnknownFigure, figure_named
from dangjian.lib.quantities import find_quantities
from orgs.models import Organization
from reports.models import Claim

from .units import OfUnitForm

MOST_LINES = 200
FIELDS: Any = {field.name: field for field in Claim._meta.concrete_fields}
LONGEST_STATEMENT = FIELDS["statement"].max_length
LONGEST_SUBJECT = FIELDS["subject"].max_length


class ClaimForm(OfUnitForm):
    position = forms.IntegerField(
        label="序号", min_value=1, max_value=9999, required=False, help_text="留空则排在最后。"
    )

    class Meta:
        model = Claim
        fields = [
            "source",
            "position",
            "statement",
            "subject",
            "number",
            "figure",
            "base",
            "base_figure",
            "parts",
        ]
        widgets = {
            "statement": forms.Textarea(attrs={"rows": 2}),
            "figure": forms.Select,
            "base_figure": forms.Select,
        }

    def __init__(self, *args: Any, figures: Iterable[Figure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = by_set(figures)
        for name in ("figure", "base_figure"):
            chooser: Any = self.fields[name].widget
            chooser.choices = with_stored(offered, getattr(self.instance, name))
        first = "statement" if self["source"].value() else "source"
        self.fields[first].widget.attrs["autofocus"] = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(Column("source", css_class="col-sm-9"), Column("position")),
            "statement",
            Row(Column("subject"), Column("number")),
            "figure",
            Row(Column("base", css_class="col-sm-4"), Column("base_figure")),
            "parts",
            "version",
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("position") is None and "position" not in self.errors:
            cleaned["position"] = next_position(self.instance, cleaned.get("source", ""))
        return cleaned


def by_set(figures: Iterable[Figure]) -> list[tuple[str, Any]]:
    """Figures to choose from, under the titles of their sets."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for figure in figures:
        title = figure.register.set.title
        groups.setdefault(title, []).append((figure.slug, f"{figure.name}（{figure.unit}）"))
    return [("", "（没有对应的指标）"), *groups.items()]


def with_stored(offered: list[tuple[str, Any]], slug: str) -> list[tuple[str, Any]]:
    """The same, and what is stored though the reader may not choose it, or nothing has it now."""
    known = {key for _, group in offered[1:] for key, _ in group}
    if not slug or slug in known:
        return offered
    try:
        name = figure_named(slug).name
    except UnknownFigure:
        name = slug
    return [*offered, (slug, name)]


def next_position(claim: Claim, source: str) -> int:
    """The place after the last number of the same paper."""
    alike = Claim.objects.filter(organization=claim.organization_id, year=claim.year, source=source)
    return (alike.aggregate(last=Max("position"))["last"] or 0) + 1


class PasteForm(forms.Form):
    """A paper's sentences, one a line; every number in them becomes a claim of its own."""

    source = forms.CharField(
        label="出处",
        max_length=FIELDS["source"].max_length,
        help_text="哪份材料，如“2025年度总结（送审稿）”。",
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    text = forms.CharField(
        label="原文",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="一行一句。每个数登记为一条，对照指标随后逐条选择。",
    )

    def clean_text(self) -> str:
        lines = self.cleaned_data["text"].splitlines()
        if len(lines) > MOST_LINES:
            raise ValidationError(f"一次最多粘贴{MOST_LINES}行，现在有{len(lines)}行，请分几次。")
        longest = LONGEST_STATEMENT
        too_long = [n for n, line in enumerate(lines, 1) if len(line.strip()) > longest]
        without = [n for n, line in enumerate(lines, 1) if line.strip() and not numbers_in(line)]
        errors = [f"第{n}行超过{longest}个字，请断成几句。" for n in too_long]
        errors += [f"第{n}行没有找到数，请改写或删去这一行。" for n in without]
        if not any(line.strip() for line in lines):
            errors.append("没有内容。")
        if errors:
            raise ValidationError(errors)
        return str(self.cleaned_data["text"])

    def claims(self, organization: Organization, year: int) -> list[Claim]:
        """What the lines state, after the numbers the paper has already; not stored yet."""
        blank = Claim(organization=organization, year=year)
        source = self.cleaned_data["source"]
        first = next_position(blank, source)
        stated = [
            (line.strip(), *found)
            for line in self.cleaned_data["text"].splitlines()
            for found in numbers_in(line)
        ]
        return [
            Claim(
                organization=organization,
                year=year,
                source=source,
                position=position,
                statement=line,
                subject=(subject or line)[:LONGEST_SUBJECT],
                number=number,
            )
            for position, (line, subject, number) in enumerate(stated, first)
        ]


def numbers_in(line: str) -> list[tuple[str, str]]:
    """What each number of a line counts, and the number as it is written."""
    return [(one.noun, one.text) for one in find_quantities(line.strip())]
