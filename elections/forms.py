"""The roster of one election, entered as it stands on paper: a row for every seat."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import inlineformset_factory

from orgs.forms import DAY, DayField, SiblingFormSet, VersionedForm
from orgs.models import Education, Person
from orgs.resources.columns import read_name

from .models import Election, Seat


class ElectionForm(VersionedForm):
    """The head of the roster: when and how it was elected. With a day it counts as held."""

    held_on = DayField(label="选举日期", required=False, help_text=DAY)

    class Meta:
        model = Election
        fields = ["held_on", "seats_set", "method", "rounds"]

    def clean(self):
        cleaned = super().clean()
        held = cleaned.get("held_on") is not None
        if held or self.instance.state == Election.State.HELD:
            self.instance.state = Election.State.HELD if held else Election.State.DUE
        return cleaned


class SeatForm(VersionedForm):
    """A row of the roster. Its person is found by name and month of birth, or made from the row."""

    name = forms.CharField(label="姓名", max_length=40, required=False)
    birth_on = DayField(label="出生年月", month_is_enough=True, required=False)
    sex = forms.ChoiceField(label="性别", choices=[("", ""), *Person.Sex.choices], required=False)
    political_status = forms.ChoiceField(
        label="政治面貌", choices=[("", ""), *Person.PoliticalStatus.choices], required=False
    )
    since = DayField(label="任职日期", required=False)
    is_another = forms.BooleanField(label="确为另一人", required=False)

    class Meta:
        model = Seat
        fields = ["post", "education", "duty", "votes", "since"]

    # As the paper has them; what is not named follows.
    field_order = ("post", "name", "birth_on", "sex", "political_status", "education")

    def __init__(self, *args, kind, namesakes, **kwargs):
        super().__init__(*args, **kwargs)
        self.namesakes = namesakes
        self.asks_whether_another = False
        titles = [(post, getattr(kind, f"{post}_title")) for post in Seat.Post.values]
        self.fields["post"].choices = titles
        self.fields["education"].required = False
        self.fields["education"].choices = [("", ""), *Education.choices]
        for field in self.fields.values():
            css = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            is_box = isinstance(field, forms.BooleanField)
            field.widget.attrs |= {"class": "form-check-input" if is_box else f"{css} {css}-sm"}
            # A row of a table has no labels of its own, only the heading of the column.
            field.widget.attrs |= {} if is_box else {"aria-label": field.label}
        self.fields["name"].widget.attrs |= {"list": "names", "autocomplete": "off"}
        if self.instance.pk:
            person = self.instance.person
            for field in ("name", "birth_on", "sex", "political_status"):
                self.initial[field] = getattr(person, field)

    def clean_name(self):
        name = read_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError("请填写姓名；这一行不要时，勾选“删除”或清空整行。")
        return name

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("name") and "birth_on" in cleaned:
            self.instance.person = self.person(cleaned)
            self.fill_in(cleaned)
        return cleaned

    def person(self, typed):
        """The one person meant by what was typed, or a new one."""
        known = self.namesakes(typed["name"])
        born = typed["birth_on"]
        meant = [one for one in known if not born or same_month(one.birth_on, born)]
        if len(meant) == 1:
            self.refuse_contradictions(meant[0], typed)
            return meant[0]
        if len(meant) > 1:
            days = "、".join(f"{one.birth_on:%Y-%m}（{one.organization}）" for one in meant)
            raise ValidationError({"birth_on": f"有{len(meant)}位“{typed['name']}”：{days}。"})
        if known and not typed.get("is_another"):
            self.asks_whether_another = True
            days = "、".join(f"{one.birth_on:%Y-%m}" for one in known)
            message = (
                f"台账中“{typed['name']}”的出生年月是{days}。写错的请改正，不是同一人的请勾选。"
            )
            raise ValidationError({"birth_on": message})
        return self.new_person(typed)

    def refuse_contradictions(self, person, typed):
        for name in ("sex", "political_status"):
            stored = getattr(person, name)
            if typed.get(name) not in ("", None, stored) and name in self.changed_data:
                shown = getattr(person, f"get_{name}_display")()
                raise ValidationError({name: f"人员台账中是“{shown}”，请先到人员台账更正。"})

    def new_person(self, typed):
        needed = ("birth_on", "sex", "political_status", "education")
        missing = {
            name: "人员台账中没有此人，新增须填写。" for name in needed if not filled(typed, name)
        }
        if missing:
            raise ValidationError(missing)
        return Person(
            organization_id=self.instance.election.body.organization_id,
            **{name: typed[name] for name in ("name", *needed)},
        )

    def fill_in(self, cleaned):
        """What the row leaves empty: education as on record, the day of the election."""
        if not filled(cleaned, "education"):
            cleaned["education"] = self.instance.person.education
        if cleaned.get("since") is None and "since" in cleaned:
            cleaned["since"] = self.instance.election.held_on
        if cleaned.get("since") is None:
            self.add_error("since", "请填写任职日期，或在上方填写选举日期。")

    def save(self, commit=True):  # noqa: FBT002 - Django's own signature
        if self.instance.person.pk is None:
            self.instance.person.save()
        return super().save(commit)


def filled(typed, name):
    return typed.get(name) not in ("", None)


def same_month(one, other):
    return (one.year, one.month) == (other.year, other.month)


class RosterFormSet(SiblingFormSet):
    """The rows of a roster: the stored ones, and an empty one for every seat still free."""

    def __init__(self, *args, scope, **kwargs):
        self.scope = scope
        super().__init__(*args, prefix="seats", **kwargs)
        self.initial_extra = [{"post": post} for post in self.free_posts()]
        self.extra = len(self.initial_extra)

    def free_posts(self):
        """The post of every seat still free: the head's first, where nobody has it."""
        seats = list(self.get_queryset())
        # Of a round that is over nobody serves any more, and no seat is free.
        taken = [seat for seat in seats if seat.until is None] or seats
        posts = [Seat.Post.MEMBER] * ((self.instance.seats_set or 0) - len(taken))
        if posts and all(seat.post != Seat.Post.HEAD for seat in taken):
            posts[0] = Seat.Post.HEAD
        return posts

    @cached_property
    def people(self):
        """Everyone in the scope with a name typed on this page: {name: people}. One query."""
        names = {read_name(name) for name in self.typed("name")}
        found = Person.objects.within(self.scope).filter(name__in=names)
        by_name = {}
        for person in found.select_related("organization"):
            by_name.setdefault(person.name, []).append(person)
        return by_name

    def get_form_kwargs(self, index):
        kind = self.instance.body.kind
        namesakes = lambda name: self.people.get(name, [])  # noqa: E731 - read when a form is cleaned
        return {**super().get_form_kwargs(index), "kind": kind, "namesakes": namesakes}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        # The election as the head of this page has it, not as it is stored.
        form.instance.election = self.instance
        return form

    def get_queryset(self):
        if not hasattr(self, "_queryset"):
            self._queryset = super().get_queryset().select_related("person").order_by("pk")
        return self._queryset

    def clean(self):
        self._refuse_the_same_person_twice()
        super().clean()

    def _refuse_the_same_person_twice(self):
        seated = {}
        for form in self.forms:
            person = getattr(form.instance, "person", None) if self._is_kept(form) else None
            if person is None:
                continue
            key = person.pk or (person.name, person.birth_on)
            if key in seated:
                self._refuse(form, {"name": f"“{person.name}”在这张名册上已有一行。"})
            seated[key] = form


Roster = inlineformset_factory(
    Election, Seat, form=SeatForm, formset=RosterFormSet, extra=0, can_delete=True
)
