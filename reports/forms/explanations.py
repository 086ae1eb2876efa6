"""Saying why a check fails though the records are right, or why a number moved so far."""

from typing import Any

from django import forms

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
