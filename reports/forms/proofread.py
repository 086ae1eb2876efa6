"""A text to check the numbers of."""

from django import forms

MOST_CHARACTERS = 20_000


class TextForm(forms.Form):
    """A pasted text; it is checked and given back, never stored."""

    text = forms.CharField(
        label="要核对的文字",
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "placeholder": "把讲话稿、汇报或以前的总结粘贴到这里",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "请粘贴要核对的文字。"},
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise forms.ValidationError("请粘贴要核对的文字。")
        if len(text) > MOST_CHARACTERS:
            raise forms.ValidationError(
                f"一次最多核对{MOST_CHARACTERS}字，现在有{len(text)}字，请分几次粘贴。"
            )
        return str(text)
