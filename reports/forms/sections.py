"""Writing a section of the year's papers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from orgs.forms import VersionedForm
from reports.documents.preview import mistakes
from reports.models import Section

LONGEST = 20_000  # characters of a section: a whole summary has three thousand
FIRST = "（放在最前面）"


class SectionForm(VersionedForm):
    """A section's heading and text. Refuses unknown figures and mistakes of syntax, with place."""

    text = forms.CharField(
        label="正文",
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
    )

    class Meta:
        model = Section
        fields = ["level", "heading", "text"]

    def clean_heading(self) -> str:
        return without_mistakes(self.cleaned_data["heading"])

    def clean_text(self) -> str:
        # A browser sends \r\n; what is stored, compared and shown has \n.
        return without_mistakes(self.cleaned_data["text"].replace("\r\n", "\n").rstrip())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "heading" not in self.errors:
            add_heading_error(self, cleaned)
        return cleaned


class NewSectionForm(forms.Form):
    """Where a new section goes, and what it is called."""

    after = forms.ChoiceField(label="放在哪一段后面")
    level = forms.TypedChoiceField(
        label="层级",
        coerce=int,
        choices=Section.Level.choices,
        initial=Section.Level.SECOND,
    )
    heading = forms.CharField(label="标题", max_length=80, required=False)

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = {str(section.pk): section for section in sections}
        choices = [("", FIRST), *((key, str(one)) for key, one in self.sections.items())]
        after = self.fields["after"]
        assert isinstance(after, forms.ChoiceField)  # noqa: S101 - for mypy: declared above
        after.choices = choices
        after.required = False
        after.initial = choices[-1][0]

    def clean_after(self) -> Section | None:
        return self.sections.get(self.cleaned_data["after"])

    def clean_heading(self) -> str:
        return without_mistakes(self.cleaned_data["heading"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "heading" not in self.errors:
            add_heading_error(self, cleaned)
        return cleaned


def without_mistakes(text: str) -> str:
    """The text, or a ValidationError with every mistake in it and its place."""
    if found := mistakes(text):
        raise ValidationError([str(one) for one in found])
    return text


def add_heading_error(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """A heading there is but on the opening, and nowhere else."""
    level, heading = cleaned.get("level"), cleaned.get("heading")
    if level and not heading:
        form.add_error("heading", "有层级的段落必须有标题。")
    elif level == Section.Level.OPENING and heading:
        form.add_error("heading", "导语没有标题：请清空标题，或选择标题的层级。")
