"""Our controls say what Django's own say, only sooner."""

import pytest
from django import forms
from django.test.html import parse_html

from dangjian.lib.widgets import PlainNumber, PlainSelect

CHOICES = [("", "全部"), ("a", "甲"), ("b", "<乙>")]


def written(field, data):
    form_class = type("Form", (forms.Form,), {"chosen": field})
    return parse_html(str(form_class(data)["chosen"]))


@pytest.mark.parametrize("data", [{}, {"chosen": ""}, {"chosen": "b"}, {"chosen": '"><script>'}])
def test_select_equals_djangos(data):
    plain = forms.ChoiceField(choices=CHOICES, required=False, widget=PlainSelect)
    own = forms.ChoiceField(choices=CHOICES, required=False)

    assert written(plain, data) == written(own, data)


@pytest.mark.parametrize("data", [{}, {"chosen": "35"}, {"chosen": '"><script>'}])
def test_number_equals_djangos(data):
    plain = forms.IntegerField(min_value=0, max_value=99, required=False, widget=PlainNumber)
    own = forms.IntegerField(min_value=0, max_value=99, required=False)

    assert written(plain, data) == written(own, data)
