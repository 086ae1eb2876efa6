"""An activity as its sign-in sheet has it, and below it who was absent or sat in."""

import re
from functools import cached_property

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.forms.models import inlineformset_factory
from django.utils import timezone

from orgs.models import Activity, Attendance, Membership, Organization, Pairing, Person
from orgs.resources.columns import read_month, read_name

from .fields import DAY, DayField
from .records import SiblingFormSet, VersionedForm

EMPTY_ROWS = 3
# A name and, where it is not the only one, the month of birth.
NAMED = re.compile(r"(\D+?)[\s（(]*(\d[\d.\-年月]*)?[)）]?")


class ActivityForm(VersionedForm):
    """The head of the page: what was held when, and how many came."""

    held_on = DayField(label="举办日期", help_text=DAY)

    class Meta:
        model = Activity
        fields = [
            "organization", "kind", "held_on", "topic", "place", "lecturer", "due", "present",
            "hours", "pairing",
        ]  # fmt: skip

    def __init__(self, *args, scope, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.narrow(scope, period)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(Column("organization"), Column("kind")),
            Row(Column("held_on", css_class="col-sm-4"), Column("topic")),
            Row(Column("place"), Column("lecturer")),
            Row(*(Column(name, css_class="col-4") for name in ("due", "present", "hours"))),
            "pairing",
            "version",
        )
        self.put_cursor()

    def narrow(self, scope, period):
        """Offer what is inside the scope and existed in the year, and what is stored."""
        existed = Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=period.first_day)
        existed |= Q(pk=self.instance.organization_id)
        offered = {
            "organization": Organization.objects.within(scope).filter(existed),
            "pairing": Pairing.objects.within(scope),
        }
        for name, queryset in offered.items():
            self.fields[name].queryset = queryset
            self.fields[name].is_narrowed = not scope.everything
        if self.instance.pk:
            self._keep_what_is_out_of_reach()

    def put_cursor(self):
        """Where typing begins: the first field that is not filled in."""
        for name, field in self.fields.items():
            if field.required and self[name].value() in (None, ""):
                field.widget.attrs["autofocus"] = True
                return

    def clean(self):
        cleaned = super().clean()
        organization, held_on = cleaned.get("organization"), cleaned.get("held_on")
        if held_on and held_on > timezone.localdate():
            self.add_error("held_on", "举办日期在今天之后；活动开展以后再录入。")
        elif held_on and organization and not existed_on(organization, held_on):
            self.add_error("held_on", f"{organization}当天尚未成立，或已经撤销。")
        return cleaned


def existed_on(organization, day):
    return Organization.objects.existing_on(day).filter(pk=organization.pk).exists()


class AttendanceForm(VersionedForm):
    """A row: a person on record, found by name, and why they were absent."""

    name = forms.CharField(label="姓名", max_length=60, required=False)

    class Meta:
        model = Attendance
        fields = ["presence", "reason"]

    field_order = ("name", "presence", "reason")

    def __init__(self, *args, namesakes, **kwargs):
        super().__init__(*args, **kwargs)
        self.namesakes = namesakes
        for field in self.fields.values():
            css = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            # A row of a table has no labels of its own, only the heading of the column.
            field.widget.attrs |= {"class": f"{css} {css}-sm", "aria-label": field.label}
        self.fields["reason"].widget.attrs["class"] += " wide"
        self.fields["name"].widget.attrs |= {"list": "names", "autocomplete": "off"}
        if self.instance.pk:
            self.initial["name"] = self.instance.person.name

    def clean_name(self):
        typed = self.cleaned_data["name"].strip()
        if self.instance.pk and "name" not in self.changed_data:
            return typed
        if not typed:
            raise ValidationError("请填写姓名；这一行不要时，勾选“删除”或清空整行。")
        self.instance.person = self.person(typed)
        return typed

    def person(self, typed):
        """The one person meant: of several, a member of the organization goes first."""
        written = NAMED.fullmatch(typed)
        name, born = written.groups() if written else (typed, None)
        known = self.namesakes(read_name(name))
        if born:
            month = month_of(born)
            known = [one for one in known if f"{one.birth_on:%Y-%m}" == month]
        known = [one for one in known if one.is_member] or known
        if len(known) == 1:
            return known[0]
        if not known:
            raise ValidationError(f"人员台账中没有找到“{typed}”，请核对姓名，或先录入人员。")
        months = "、".join(f"{one.name}{one.birth_on:%Y-%m}" for one in known)
        raise ValidationError(f"有{len(known)}位“{name}”，请连出生年月一起填：{months}。")


def month_of(text):
    try:
        return read_month(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class AttendanceFormSet(SiblingFormSet):
    """The rows of an activity: the stored ones and some empty ones."""

    def __init__(self, *args, scope, **kwargs):
        self.scope = scope
        super().__init__(*args, prefix="attendances", **kwargs)

    @cached_property
    def people(self):
        """Everyone in the scope with a name typed on this page: {name: people}. One query."""
        written = (NAMED.fullmatch(name.strip()) for name in self.typed("name"))
        names = {read_name(found[1]) for found in written if found}
        members = Membership.objects.filter(
            person=OuterRef("pk"), organization=self.instance.organization_id
        )
        found = Person.objects.within(self.scope).filter(name__in=names)
        by_name = {}
        for person in found.annotate(is_member=Exists(members)):
            by_name.setdefault(person.name, []).append(person)
        return by_name

    def get_form_kwargs(self, index):
        namesakes = lambda name: self.people.get(name, [])  # noqa: E731 - read when a form is cleaned
        return {**super().get_form_kwargs(index), "namesakes": namesakes}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        # The activity as the head of this page has it, not as it is stored.
        form.instance.activity = self.instance
        return form

    def get_queryset(self):
        if not hasattr(self, "_queryset"):
            self._queryset = super().get_queryset().select_related("person").order_by("pk")
        return self._queryset

    def clean(self):
        kept = [form for form in self.forms if self._is_kept(form)]
        self._refuse_the_same_person_twice(kept)
        self._refuse_more_than_were_absent(kept)
        super().clean()

    def _refuse_the_same_person_twice(self, kept):
        named = set()
        for form in kept:
            person = form.instance.person
            if person.pk in named:
                self._refuse(form, {"name": f"“{person.name}”在这次活动中已有一行。"})
            named.add(person.pk)

    def _refuse_more_than_were_absent(self, kept):
        due, present = self.instance.due, self.instance.present
        absent = sum(form.instance.presence == Attendance.Presence.ABSENT for form in kept)
        if due is not None and present is not None and absent > due - present >= 0:
            raise ValidationError(
                f"缺席名单有{absent}人，多于应到{due}人减去实到{present}人，请核对名单和人数。"
            )


Attendances = inlineformset_factory(
    Activity,
    Attendance,
    form=AttendanceForm,
    formset=AttendanceFormSet,
    extra=EMPTY_ROWS,
    can_delete=True,
)
