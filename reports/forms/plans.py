"""Items of a work plan: what is planned, who sees to it, and what it promises."""

import difflib
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cadres.models import Cadre
from dangjian.lib.figures import all_figures, defined_figures
from orgs.forms import DayField, VersionedForm
from orgs.models import Department
from orgs.scope import Scope
from tasks.models import PlanItem
from tasks.promises import Fulfilment, Verdict, promised, read_promise

OFFERED = {"section": "sections", "programme": "programmes", "figure": "figures"}
OF_A_TASK = ("lead", "department", "due_on")


class FigureField(forms.CharField):
    """A figure by its Chinese name or its code; cleaned it is the code."""

    def prepare_value(self, value: Any) -> Any:
        return next((name for name, slug in slugs_by_name().items() if slug == value), value)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        named = slugs_by_name()
        if not typed or typed in named.values():
            return str(typed)
        if typed not in named:
            near = "、".join(difflib.get_close_matches(typed, named, cutoff=0.4))
            hint = f"，是否想用：{near}" if near else "，请到指标目录查找"
            raise ValidationError(f"没有叫“{typed}”的指标{hint}。")
        return named[typed]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((data or "").strip() not in {initial or "", self.prepare_value(initial) or ""})


def slugs_by_name() -> dict[str, str]:
    """Every figure that can be promised; of one name the declared one."""
    return {one.name: one.slug for one in [*defined_figures().values(), *all_figures()]}


class PlanItemForm(VersionedForm):
    """One item of a plan. Its organization and year are those of the plan it is entered in."""

    promise = forms.CharField(
        label="承诺数量",
        max_length=40,
        required=False,
        help_text="例如12、1-2、不少于12、不超过3；只写频次的，按一年的次数对照。",
    )
    due_on = DayField(
        label="完成时限", required=False, help_text="例如2026-06-30；贯穿全年的不填。"
    )
    figure = FigureField(
        label="考核指标",
        max_length=80,
        required=False,
        help_text="输入几个字，从列出的指标名称中选；年底由它对照。没有合适指标的不填，年底由街道认定。",
    )

    class Meta:
        model = PlanItem
        fields = [
            "section", "number", "text", "kind", "programme", "lead", "department", "due_on",
            "rhythm", "figure",
        ]  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow(scope)
        self.initial.setdefault("promise", promised(self.instance))
        for name, offered in OFFERED.items():
            self.fields[name].widget.attrs |= {"list": offered, "autocomplete": "off"}
        first = "text" if self["section"].value() else "section"
        self.fields[first].widget.attrs["autofocus"] = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(Column("section", css_class="col-sm-9"), Column("number", css_class="col-sm-3")),
            "text",
            Row(Column("department"), Column("lead")),
            Row(Column("due_on"), Column("rhythm")),
            Row(Column("figure"), Column("promise")),
            Row(Column("kind"), Column("programme")),
            "version",
        )

    def narrow(self, scope: Scope) -> None:
        """Offer departments and cadres of the scope, and what is stored."""
        cadres = Cadre.objects.within(scope).current_on(timezone.localdate())
        offered = {
            "lead": cadres.select_related("person").order_by("-is_leader", "-rank", "pk"),
            "department": Department.objects.within(scope),
        }
        for name, queryset in offered.items():
            field: Any = self.fields[name]
            field.queryset, field.is_narrowed = queryset, True
        if self.instance.pk:
            self._keep_what_is_out_of_reach()

    def clean_number(self) -> int:
        number, item = self.cleaned_data["number"], self.instance
        alike = PlanItem.objects.of(item.organization_id, item.year).exclude(pk=item.pk)
        if other := alike.filter(number=number).first():
            free = next_number(item)
            raise ValidationError(f"序号{number}已是“{other}”，可以用{free}。")
        return int(number)

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day.year < self.instance.year:
            raise ValidationError(f"完成时限不能早于计划年度{self.instance.year}年。")
        return day

    def clean_promise(self) -> str:
        try:
            limits = read_promise(self.cleaned_data["promise"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        self.instance.at_least, self.instance.at_most = limits
        return str(self.cleaned_data["promise"])

    def clean(self) -> Any:
        cleaned = super().clean()
        if cleaned.get("kind") == PlanItem.Kind.KEY_TASK:
            for name in OF_A_TASK:
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, "列为重点任务的必须填写。")
        judged = cleaned.get("promise") or cleaned.get("rhythm")
        if cleaned.get("figure") and not judged and "promise" not in self.errors:
            self.add_error("promise", "选了考核指标的，填写承诺数量或频次，年底才能对照。")
        return cleaned


def next_number(item: PlanItem) -> int:
    """The number after the last one of the item's plan."""
    last = PlanItem.objects.of(item.organization_id, item.year).last()
    return last.number + 1 if last else 1


class OutcomeForm(VersionedForm):
    """What the office says of one item at the end of the year."""

    class Meta:
        model = PlanItem
        fields = ["outcome", "outcome_reason"]

    def __init__(self, *args: Any, found: Fulfilment, **kwargs: Any) -> None:
        super().__init__(*args, instance=found.item, prefix=f"item-{found.item.pk}", **kwargs)
        if found.by_record:
            outcome: Any = self.fields["outcome"]
            outcome.choices = [("", Verdict.OPEN.label), *PlanItem.Outcome.choices]
        else:
            del self.fields["outcome"]
        for name, field in self.fields.items():
            css = "form-select" if name == "outcome" else "form-control"
            label = f"第{found.item.number}项{field.label}"
            field.widget.attrs |= {"class": f"{css} {css}-sm wide", "aria-label": label}

    def clean(self) -> Any:
        cleaned = super().clean()
        not_kept = cleaned.get("outcome") in {PlanItem.Outcome.PARTLY, PlanItem.Outcome.UNMET}
        if not_kept and not cleaned.get("outcome_reason"):
            self.add_error("outcome_reason", "部分兑现和未兑现的，请说明原因。")
        return cleaned
