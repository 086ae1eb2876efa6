"""Form controls of filter bars, written in Python.

Django renders a template for each control and two for each option, and a filter bar has two hundred
options: the slowest part of a page of records.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.forms.widgets import Input
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .printing import select_options


class Pairs(BaseChoiceIterator):
    """Values and labels as they are; in a list, Django would look into every label for a group."""

    def __init__(self, pairs: Iterable[tuple[Any, str]]) -> None:
        self.pairs = list(pairs)

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        return iter(self.pairs)


class PlainSelect(forms.Select):
    """A choice without groups."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = self.build_attrs({"name": name, **self.attrs}, attrs)
        options = select_options(self.choices, *self.format_value(value))
        return format_html("<select{}>{}</select>", flatatt(attributes), options)


class PlainInput(Input):
    """A control of one line."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = {"type": self.input_type, "name": name, "value": self.format_value(value)}
        return format_html(
            "<input{}>", flatatt(self.build_attrs({**attributes, **self.attrs}, attrs))
        )


class PlainSearch(PlainInput, forms.TextInput):
    """Words to look for."""

    input_type = "search"


class PlainNumber(PlainInput, forms.NumberInput):
    """A number."""


class PlainDate(PlainInput, forms.DateInput):
    """A day, picked from the browser's own calendar, which takes ISO dates only."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
