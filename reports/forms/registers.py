"""The filters of a register."""

from typing import Any

from django import forms

from dangjian.lib.figures import Dimension, Register
from dangjian.lib.widgets import Pairs, PlainDate, PlainNumber, PlainSearch, PlainSelect

MOST_CHOICES = 200
LONGEST_SEARCH = 100


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
