"""A file to import."""

from typing import Any

from django import forms
from django.conf import settings


class UploadForm(forms.Form):
    """A file to import. The limit on its size is dangjian.uploads.SizeLimit's."""

    file = forms.FileField(
        label="选择文件",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "请选择一个文件。",
            "empty": "这个文件是空的。",
            "max_length": "文件名太长，请改短后再上传。",
        },
    )

    def __init__(self, request: Any = None) -> None:
        posted = request is not None and request.method == "POST"
        super().__init__(request.POST if posted else None, request.FILES if posted else None)
        if getattr(request, "upload_refused", False):
            most = settings.UPLOAD_MAX_BYTES // 2**20
            too_large = (
                f"文件超过{most}MB，没有接收。请删去图片和多余的工作表，或分成几个文件上传。"
            )
            self.fields["file"].error_messages["required"] = too_large
