"""Fields that take what is typed as offices write it."""

from django import forms
from django.core.exceptions import ValidationError

from orgs.resources.columns import read_day

DAY = "例如2025-03-10、2025.3.10或2025年3月10日。"


class DayField(forms.Field):
    """A day, or where that is enough a month, as offices write it."""

    widget = forms.TextInput

    def __init__(self, *, month_is_enough=False, **kwargs):
        super().__init__(**kwargs)
        self.month_is_enough = month_is_enough

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.written(value)

    def written(self, day):
        return f"{day:%Y-%m}" if self.month_is_enough else f"{day:%Y-%m-%d}"

    def to_python(self, value):
        if not value or not str(value).strip():
            return None
        try:
            return read_day(value, month_is_enough=self.month_is_enough)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def has_changed(self, initial, data):
        return (data or "").strip() != (self.prepare_value(initial) or "")
