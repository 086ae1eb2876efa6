"""One round of a checklist: every item of the scheme, checked on one day."""

from django import forms
from django.utils import timezone

from orgs.models import ChecklistResult

from .fields import DAY, DayField
from .records import VersionedForm

WIDGETS = {
    "is_met": "form-select form-select-sm",
    "evidence": "form-control form-control-sm wide",
}
TAKEN = "这一天已有检查结果；要改正，请从“历次检查”打开那一次。"


class RoundForm(forms.Form):
    """When the organization was checked, and by whom."""

    checked_on = DayField(label="检查日期", help_text=DAY)
    checker = forms.CharField(label="检查人", max_length=40, required=False)

    def __init__(self, *args, taken, **kwargs):
        """`taken`: the days of other rounds."""
        super().__init__(*args, **kwargs)
        self.taken = taken

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("检查日期在今天之后。")
        if day in self.taken:
            raise forms.ValidationError(TAKEN)
        return day


class ResultForm(VersionedForm):
    """A row: one item, whether it is met, and what shows it."""

    is_met = forms.TypedChoiceField(
        label="是否达标",
        choices=[("", ""), ("True", "达标"), ("False", "未达标")],
        coerce=lambda text: text == "True",
        error_messages={"required": "请选择达标或未达标。"},
    )

    class Meta:
        model = ChecklistResult
        fields = ["is_met", "evidence"]

    def __init__(self, *args, standing, **kwargs):
        """`standing`: the item's result of the last round, or None."""
        super().__init__(*args, **kwargs)
        self.standing = standing
        if self.instance.pk is None:
            self.initial.pop("is_met", None)  # to be looked at, not to be taken for granted
        for name, css in WIDGETS.items():
            widget = self.fields[name].widget
            label = f"{self.instance.item.order} {self.fields[name].label}"
            widget.attrs |= {"class": css, "aria-label": label}


class Round:
    """The forms of one round together: `head`, and a row for every item.

    `day` is that of a stored round, None for a new one.
    """

    def __init__(self, scheme, organization, day, data=None):
        self.items = list(scheme.items.order_by("order"))
        found = ChecklistResult.objects.filter(item__in=self.items, organization=organization)
        self.results = list(found.order_by("checked_on"))
        self.day = day
        self.stored = {one.item_id: one for one in self.results if one.checked_on == day}
        checkers = [one.checker for one in self.stored.values() if one.checker]
        self.head = RoundForm(
            data,
            taken={one.checked_on for one in self.results} - {day},
            initial={"checked_on": day, "checker": checkers[0] if checkers else ""},
        )
        self.rows = [self.row(item, organization, data) for item in self.items]

    def row(self, item, organization, data):
        blank = ChecklistResult(item=item, organization=organization)
        before = [
            one
            for one in self.results
            if one.item_id == item.pk and (self.day is None or one.checked_on < self.day)
        ]
        return ResultForm(
            data,
            instance=self.stored.get(item.pk, blank),
            standing=before[-1] if before else None,
            prefix=f"item-{item.pk}",
        )

    @property
    def days(self):
        """The days of all rounds, the newest first."""
        return sorted({one.checked_on for one in self.results}, reverse=True)

    @property
    def forms(self):
        return [self.head, *self.rows]

    @property
    def has_errors(self):
        return any(form.errors for form in self.forms)

    @property
    def problems(self):
        """What is wrong: the field, what it is called on this page, and the message."""
        fields = [(field, field.label) for field in self.head]
        for row in self.rows:
            item = f"第{row.instance.item.order}项"
            fields += [(field, item + field.label) for field in row.visible_fields()]
        return [(field, label, error) for field, label in fields for error in field.errors]

    def is_valid(self):
        for form in self.forms:
            form.full_clean()  # each, so that all errors are told
        return not self.has_errors

    def save(self):
        for row in self.rows:
            row.instance.checked_on = self.head.cleaned_data["checked_on"]
            row.instance.checker = self.head.cleaned_data["checker"]
            if row.instance.pk is None or row.has_changed() or self.head.has_changed():
                row.save()
