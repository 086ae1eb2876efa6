"""Saying why a check fails though the records are right, or why a number moved so far."""

from collections.abc import Iterable
from typing import Any

from django import forms

from reports.changes import Moved
from reports.models import Explanation

from .units import OfUnitForm


class ExplanationForm(OfUnitForm):
    class Meta:
        model = Explanation
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "autofocus": True})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["text"].required = False
            self.fields["text"].help_text = "核对属实的，说明原因；清空后保存，即删去这条说明。"

    def _post_clean(self) -> None:
        if self.cleaned_data.get("text") or not self.instance.pk:
            super()._post_clean()  # type: ignore[misc]  # stubs lack it

    def keep(self) -> None:
        """Store what was said; nothing said takes it away."""
        if self.cleaned_data["text"]:
            self.save()
        elif self.instance.pk:
            self.instance.delete()


class TogetherForm(forms.Form):
    """One reason for several numbers that moved far, such as records kept more fully this year."""

    slugs = forms.MultipleChoiceField(
        label="变动较大的指标",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请至少选择一项指标。",
            "invalid_choice": "有的指标已经说明，或者变动已不到界限，请重新选择。",
        },
    )
    text = forms.CharField(
        label="说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="所选各项用同一条说明；原因不同的，返回逐项填写。",
    )

    def __init__(self, data: Any, *, unexplained: Iterable[Moved]) -> None:
        super().__init__(data)
        field: Any = self.fields["slugs"]
        field.choices = [
            (
                one.figure.slug,
                f"{one.figure.name}：{one.before.text}→{one.now.text}（{one.text}）",
            )
            for one in unexplained
        ]

    def keep(self, **key: Any) -> int:
        """Store the reason for each number chosen; how many there were."""
        slugs = self.cleaned_data["slugs"]
        for slug in slugs:
            Explanation.objects.create(slug=slug, text=self.cleaned_data["text"], **key)
        return len(slugs)
