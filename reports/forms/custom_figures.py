"""Defining a figure over the rows of a register inside filters."""

from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from dangjian.lib.figures import (
    BadDefinition,
    Register,
    all_figures,
    filters_in_words,
    measurable,
)
from orgs.forms import VersionedForm
from orgs.scope import Scope
from reports.custom_figures import checked, proposed_definition
from reports.models import CustomFigure

# Where what is wrong with a key of a definition is told.
FIELD_OF = {"name": "name", "unit": "unit", "of": "of", "measure": "measure", "baseline": "since"}


class CustomFigureForm(VersionedForm):
    """Everything but the filters, which are chosen on the register's own page."""

    base = forms.MultipleChoiceField(
        label="占比的基数",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只用于占比：基数保留勾选的条件；都不勾选，基数为台账的全部记录。",
    )
    of = forms.ChoiceField(
        label="计算哪一项",
        required=False,
        help_text="只用于合计、平均值、最小值、最大值和中位数。",
    )

    class Meta:
        model = CustomFigure
        fields = ("name", "measure", "of", "unit", "since", "definition")
        widgets: ClassVar[dict[str, Any]] = {"definition": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar[dict[str, str]] = {
            "name": "打印在目录和报表里的名称，例如：35岁及以下女党员。",
            "unit": "例如：人、家、个。占比固定为%。",
        }

    def __init__(
        self, *args: Any, register: Register, filters: dict[str, Any], scope: Scope, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register, self.scope = register, scope
        self.has_own_words = self.instance.pk and not self._is_proposed()
        self.has_new_filters = self.instance.filters != filters
        self.instance.filters = filters
        self.words = filters_in_words(register, filters, scope)
        self._offer()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "name",
            Row(Column("measure"), Column("of"), Column("unit")),
            *(["base"] if self.words else []),
            "since",
            "definition",
            "version",
        )

    def _is_proposed(self) -> bool:
        return self.instance.definition == proposed_definition(self.instance, self.scope)

    def _offer(self) -> None:
        """What can be chosen over this register, and what follows from the filters."""
        numbers, fields = measurable(self.register), cast("dict[str, Any]", self.fields)
        fields["of"].choices = [("", "不用")] + [(key, numbers[key].label) for key in numbers]
        fields["base"].choices = list(self.words.items())
        fields["since"].choices = [("", "不比较"), *CustomFigure.Since.choices]
        self.initial["base"] = self.instance.base
        if not numbers:
            counted = CustomFigure.OF_ROWS
            fields["measure"].choices = [(one.value, one.label) for one in counted]
        proposed = proposed_definition(self.instance, self.scope)
        definition = self.fields["definition"]
        definition.required = False
        definition.help_text = f"留空则按条件和算法自动写明，如：{proposed}"
        if not self.has_own_words:
            self.initial["definition"] = ""
        if not self.instance.pk:
            self.initial["unit"] = usual_unit(self.register)
            self.fields["name"].widget.attrs["autofocus"] = True

    def has_changed(self) -> bool:
        return super().has_changed() or self.has_new_filters

    def clean_name(self) -> str:
        """Two figures of one name could not be told apart in a report."""
        name: str = self.cleaned_data["name"]
        if any(figure.name == name for figure in all_figures()):
            raise ValidationError("指标目录里已有这个名称的指标，请换一个名称，或直接使用它。")
        own_organization = self.instance.organization_id
        others = CustomFigure.objects.filter(organization=own_organization, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError("本单位已有同名的自定义指标。")
        return name

    def clean(self) -> dict[str, Any]:
        """What the measure does not need is put aside, what it needs asked for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        measure = cleaned.get("measure")
        if measure in CustomFigure.OF_ROWS:
            cleaned["of"] = ""
        elif measure and not cleaned.get("of"):
            self.add_error("of", "请选择计算台账的哪一项。")
        self.instance.base = cleaned.get("base", []) if measure == "share" else []
        if measure == "share":
            cleaned["unit"] = ""
            self._check_base()
        elif not cleaned.get("unit"):
            self.add_error("unit", "请填写计量单位。")
        return cleaned

    def _check_base(self) -> None:
        if not self.words:
            self.add_error("measure", "没有筛选条件，占比总是100%；请先在台账页选择条件。")
        elif set(self.instance.base) == set(self.words):
            self.add_error("base", "基数保留了全部条件，占比总是100%；至少留一个条件不勾选。")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own, not in its stubs
        if self.errors:
            return
        if not self.instance.definition:
            self.instance.definition = proposed_definition(self.instance, self.scope)
        try:
            checked(self.instance)
        except BadDefinition as error:
            key, _, message = str(error).partition("：")
            self.add_error(FIELD_OF.get(key), message or str(error))


def usual_unit(register: Register) -> str:
    """The unit in which the register's own figures count its rows."""
    return next((one.unit for one in register.figures if one.kind == "count"), "")
