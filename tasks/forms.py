"""Reporting the progress of a key task, and reviewing what was reported."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from dangjian.lib.attachments import ENDINGS, BadAttachment
from dangjian.lib.widgets import PlainDate
from orgs.forms import VersionedForm

from .models import Evidence, Progress

MEGABYTE = 2**20
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name)


class EvidenceField(forms.FileField):
    """Any number of files, each as Evidence that is not stored yet."""

    widget = FilesInput(attrs={"accept": ACCEPT, "multiple": True})

    def has_changed(self, initial, data):
        return bool(data)

    def clean(self, data, initial=None):
        found, errors = {}, []
        for file in data:
            try:
                one = evidence_from(file)
            except BadAttachment as error:
                errors.append(f"“{file.name}”：{error}")
            else:
                found[one.sha256] = one  # the same file chosen twice is one
        if errors:
            raise ValidationError(errors)
        return list(found.values())


def evidence_from(file):
    """Raises BadAttachment."""
    if file.size > Evidence.MOST_BYTES:
        raise BadAttachment(f"超过{Evidence.MOST_BYTES // MEGABYTE}MB。")
    return Evidence.of_file(file.name, file.read())


class ReportForm(VersionedForm):
    """How far the task is. The files come last: reading ends where they are over the limit."""

    percent = forms.IntegerField(
        label="完成进度（%）",
        min_value=0,
        max_value=100,
        error_messages={
            "max_value": "完成进度不能超过100。",
            "min_value": "完成进度不能小于0。",
        },
        widget=forms.NumberInput(attrs={"autofocus": True}),
    )
    dropped = forms.ModelMultipleChoiceField(
        Evidence.objects.none(),
        label="删去已附的材料",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    files = EvidenceField(
        label="佐证材料",
        required=False,
        help_text=(
            f"可选。PDF、JPG、PNG、DOCX、XLSX，可以一次选几个；一条进展最多{Evidence.MOST_FILES}份，"
            f"一次提交合计不超过{settings.UPLOAD_MAX_BYTES // MEGABYTE}MB。"
        ),
    )

    class Meta:
        model = Progress
        fields = ["percent", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, day, upload_refused=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.day, self.upload_refused = day, upload_refused
        self.stored = self._evidence_stored()
        if self.stored:
            self.fields["dropped"].queryset = self.stored
        else:
            del self.fields["dropped"]

    def _evidence_stored(self):
        found = Evidence.objects.without_file()
        return found.filter(progress=self.instance) if self.instance.pk else found.none()

    def clean(self):
        cleaned = super().clean()
        self._refuse_what_is_settled()
        self._refuse_second_of_the_day()
        self._check_files(cleaned)
        return cleaned

    def _refuse_what_is_settled(self):
        """A version, but no report to be changed: it was accepted since the page was opened."""
        if self.instance.pk is None and self.cleaned_data.get("version"):
            self.data = self.data.copy()
            self.data["version"] = ""
            raise ValidationError(
                "您修改的这条进展已经审核采纳，不能再改。再次提交，将作为一条新的进展。"
            )

    def _refuse_second_of_the_day(self):
        of_today = self.instance.task.progress.filter(reported_on=self.day)
        if self.instance.pk is None and of_today.exists():
            raise ValidationError("这项工作今天已有一条进展，请明天再报，或请党建办修改。")

    def _check_files(self, cleaned):
        if self.upload_refused:
            most = settings.UPLOAD_MAX_BYTES // MEGABYTE
            self.add_error("files", f"材料合计超过{most}MB，没有接收。请压缩或分次提交。")
            return
        kept = self.stored.exclude(pk__in=[one.pk for one in cleaned.get("dropped") or []])
        files, hashes = cleaned.get("files") or [], set(kept.values_list("sha256", flat=True))
        fresh = [one for one in files if one.sha256 not in hashes]
        if len(hashes) + len(fresh) > Evidence.MOST_FILES:
            total = len(hashes) + len(fresh)
            text = f"最多附{Evidence.MOST_FILES}份材料，现在共{total}份。"
            self.add_error("files", text)
        cleaned["files"] = fresh


class ReviewForm(VersionedForm):
    """Accepting a report or sending it back, of the version that was read."""

    ACCEPT, SEND_BACK = "accept", "return"

    verdict = forms.ChoiceField(
        choices=[(ACCEPT, "采纳"), (SEND_BACK, "退回")],
        widget=forms.HiddenInput,
        error_messages={"required": "请选择采纳或退回。"},
    )
    completed_on = forms.DateField(
        label="完成日期",
        required=False,
        widget=PlainDate(attrs={"class": "form-control"}),
        help_text="进度已到100%：采纳后这项工作即为已完成。",
    )

    class Meta:
        model = Progress
        fields = ["returned_because"]
        widgets = {"returned_because": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"returned_because": "退回时必填：缺什么、怎么改。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reason_before = self.instance.returned_because
        self.initial["returned_because"] = ""
        if self.completes:
            self.initial["completed_on"] = self.instance.reported_on
        else:
            del self.fields["completed_on"]

    @property
    def completes(self):
        """Whether accepting it completes the task."""
        return self.instance.percent == 100 and self.instance.task.completed_on is None

    def clean(self):
        if self.instance.state != Progress.State.SUBMITTED:
            raise ValidationError(f"这条进展{self.instance.get_state_display()}，不能再审核。")
        self._refuse_what_was_not_read()
        cleaned = super().clean()
        if cleaned.get("verdict") == self.SEND_BACK and not cleaned.get("returned_because"):
            self.add_error("returned_because", "请写明退回原因。")
        if cleaned.get("verdict") == self.ACCEPT:
            cleaned["returned_because"] = self.reason_before
            self._check_completion(cleaned)
        return cleaned

    def _refuse_what_was_not_read(self):
        """The conflict page would let a report be accepted in words nobody has reviewed."""
        if self.cleaned_data.get("version") != self.instance.version:
            self.data = self.data.copy()
            self.data["version"] = str(self.instance.version)
            raise ValidationError("您打开之后科室又改了这条进展，请看过现在的内容再审核。")

    def _check_completion(self, cleaned):
        if not self.completes or "completed_on" in self.errors:
            return
        day = cleaned.get("completed_on")
        if day is None:
            self.add_error("completed_on", "进度100%的，采纳时填写完成日期。")
        elif day < self.instance.task.begins_on:
            self.add_error("completed_on", "完成日期不能早于开始日期。")
