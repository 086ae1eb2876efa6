"""Forms of the pages over several apps."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from dangjian.lib.figures import Dimension, Register
from dangjian.lib.periods import FIRST_YEAR
from dangjian.lib.widgets import Pairs, PlainDate, PlainNumber, PlainSearch, PlainSelect
from orgs.models import Coverage, Organization

MOST_CHOICES = 200
LONGEST_SEARCH = 100


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


class DayForm(forms.Form):
    """A past day, or today, to read the records on."""

    day = forms.DateField(
        label="截至日期",
        widget=PlainDate,
        error_messages={
            "required": "请填写截至日期。",
            "invalid": "没有这一天，请写成2025-06-30的样子。",
        },
    )

    def __init__(self, data: Any, *, day: date) -> None:
        super().__init__(data, initial={"day": day})
        self.today = timezone.localdate()
        self.fields["day"].widget.attrs["max"] = self.today.isoformat()

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(f"这一天还没有到，最晚可以看到今天（{self.today}）。")
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(f"只能看{FIRST_YEAR}年以后的日期。")
        return day


class BranchField(forms.ModelChoiceField):
    """A party organization by its short name, with how it is formed: that decides the mode."""

    def label_from_instance(self, organization: Any) -> str:
        formation = organization.get_formation_display() or Coverage.Mode.ATTACHED.label
        return f"{organization.short_name}（{formation}）"


class CoveringForm(forms.Form):
    """Which organization covers an enterprise from a day on."""

    # What covered it when the form was opened: see views.enterprises.seen.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    organization = BranchField(
        label="新的党组织",
        queryset=Organization.objects.none(),
        help_text="覆盖方式随党组织的组建方式；没有组建方式的（如村党总支）记为挂靠组建。",
        error_messages={"invalid_choice": "没有这个党组织，或者它已撤销。"},
    )
    since = forms.DateField(
        label="起始日期",
        widget=PlainDate,
        help_text="现有的组织覆盖和组建计划到这一天为止；这一天以前的数字不变。",
        error_messages={"invalid": "没有这一天，请写成2025-06-30的样子。"},
    )

    def __init__(self, scope: Any, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        standing = Organization.objects.within(scope).filter(dissolved_on__isnull=True)
        offered = standing.exclude(level=Organization.Level.WORK_COMMITTEE)
        field: Any = self.fields["organization"]
        field.queryset = offered.order_by("-formation", "pk")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("organization", "since")}


class FilterForm(forms.Form):
    """The dimensions of a register as a form: a choice each, a range if ordered, or words.

    Field names are what `Register.filtered` takes: `sex`, `age__gte`, `age__lte`.
    """

    def __init__(self, register: Register, scope: Any, data: Any) -> None:
        super().__init__(data)
        self.register = register
        for name, dimension in register.dimensions.items():
            self.add_dimension(name, dimension, scope)

    def add_dimension(self, name: str, dimension: Dimension, scope: Any) -> None:
        if dimension.worded:
            self.fields[name] = forms.CharField(
                label=dimension.label, max_length=LONGEST_SEARCH, required=False, widget=PlainSearch
            )
            return
        options = offered(dimension.options(scope), self.data.get(name))
        if options:
            self.fields[name] = chooser(dimension.label, [("", "全部"), *options])
        if dimension.ordered:
            for suffix, words in (("gte", "不小于"), ("lte", "不大于")):
                self.fields[f"{name}__{suffix}"] = bound(dimension, options, words)

    def clean(self) -> dict[str, Any]:
        """A filter that is no field is refused: to pass over it would list more than was asked."""
        for key in self.data:
            name = key.rpartition("__")[0] or key
            if name in self.register.dimensions and key not in self.fields:
                raise forms.ValidationError(f"没有“{key}”这个筛选条件。")
        return self.cleaned_data

    def filters(self) -> dict[str, Any]:
        """What was chosen, ready for Register.filtered; nothing while the form has errors."""
        if not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


def offered(options: list[Any], chosen: str | None) -> list[Any]:
    """As many options as a list can show, and the one chosen: an address may name any of them."""
    return [
        option
        for place, option in enumerate(options)
        if place < MOST_CHOICES or str(option[0]) == chosen
    ]


def bound(dimension: Dimension, options: list[Any], words: str) -> forms.Field:
    """One end of a range: of listed values, of days, or of whole numbers."""
    label = f"{dimension.label}{words}"
    if options:
        return chooser(label, [("", "不限"), *options])
    if dimension.dated:
        return forms.DateField(label=label, required=False, widget=PlainDate)
    return forms.IntegerField(
        label=label, min_value=0, max_value=10**9, required=False, widget=PlainNumber
    )


def chooser(label: str, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Pairs(choices), required=False, widget=PlainSelect
    )
