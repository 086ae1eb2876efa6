"""Coverage on a day, and who covers an enterprise from a day on."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from dangjian.lib.periods import FIRST_YEAR
from dangjian.lib.widgets import PlainDate
from orgs.models import Coverage, Organization


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
