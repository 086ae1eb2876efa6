"""Signing a paper: what the signer saw, and why an earlier edition is corrected."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

CHANGED = "您查看以后，文稿、数字或校核结果有了变化，没有定稿。请重新核对下面的内容后再签发。"


class SigningForm(forms.Form):
    """`fingerprint` is of what would be signed now; what was seen must be the same."""

    reason = forms.CharField(
        label="更正原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写明改了什么、为什么改；随新的一版永久保存。",
        error_messages={"required": "更正已定稿的文稿，必须写明原因。"},
    )
    is_read = forms.BooleanField(
        label="我已通读全文，核对了文中的数字",
        error_messages={"required": "请先通读全文、核对数字，再勾选。"},
    )
    # The page always sends what it shows: `fingerprint` (a hidden input in the template).
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, fingerprint: str, corrects: bool) -> None:
        super().__init__(data)
        self.fingerprint = fingerprint
        if not corrects:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("seen") != self.fingerprint:
            raise ValidationError(CHANGED)
        return found
