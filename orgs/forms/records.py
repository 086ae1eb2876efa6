"""Forms over records: every one carries the version it was opened with."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint, Value
from django.forms.models import BaseInlineFormSet

from orgs.models import StaleRecordError

UNSEEN = "与一条本页没有的记录冲突：它由他人刚刚录入，或属于其他党组织。"
TRADED = "与本页另一行原有的内容相同，请先保存那一行的修改，再改这一行。"


class VersionField(forms.IntegerField):
    """The version a form was opened with; being older than stored is not an edit."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class VersionedForm(forms.ModelForm):
    """Raises StaleRecordError when the record was saved by somebody else since the form was opened.

    Over an instance taken from the history it restores that one, as the next version.
    """

    version = VersionField(label="版本", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_restoring = hasattr(self.instance, "_history")
        if self.is_restoring:
            stored = type(self.instance)._base_manager.filter(pk=self.instance.pk)
            self.instance.version = stored.values_list("version", flat=True).get()
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            self._keep_what_is_out_of_reach()

    def _keep_what_is_out_of_reach(self):
        """Leave foreign keys that lead out of the user's scope as they are, rather than empty."""
        for name, field in self.fields.items():
            if self.is_restoring or not getattr(field, "is_narrowed", False):
                continue
            stored = getattr(self.instance, f"{name}_id")
            if stored and not field.queryset.filter(pk=stored).exists():
                field.queryset = field.queryset.model._base_manager.filter(pk=stored)
                field.disabled = True

    def clean(self):
        cleaned = super().clean()
        stored = self.instance.version if self.instance.pk else None
        is_edit = self.is_restoring or self.has_changed()
        if stored and is_edit and self.cleaned_data.get("version") != stored:
            raise StaleRecordError(self.instance, form=self)
        return cleaned


def places(row):
    """What only one row may hold and this one does: {(constraint's name, values): the rule}."""
    stored = {
        field.name: Value(getattr(row, field.attname), field) for field in row._meta.concrete_fields
    }
    rules = [rule for rule in row._meta.constraints if isinstance(rule, UniqueConstraint)]
    held = [rule for rule in rules if rule.condition is None or rule.condition.check(stored)]
    found = {(rule.name, tuple(stored[name].value for name in rule.fields)): rule for rule in held}
    return {(name, values): rule for (name, values), rule in found.items() if None not in values}


class SiblingFormSet(BaseInlineFormSet):
    """Inline rows checked against each other, not against what they are about to replace."""

    deletion_widget = forms.CheckboxInput({"aria-label": "删除这一行"})

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.among_siblings = True
        return form

    def clean(self):
        super().clean()
        self._refuse_edits_of_deleted_rows()
        kept = [form for form in self.forms if self._is_kept(form)]
        stored = list(self._stored_rows())
        shown = {form.instance.pk for form in self.initial_forms}
        unseen = [row for row in stored if row.pk not in shown]
        # What was edited is told to clash with what was not, not the other way round.
        for form in sorted(kept, key=lambda form: not form.has_changed()):
            siblings = [other.instance for other in kept if other is not form]
            if error := self._clash(form.instance, siblings, unseen):
                self._refuse(form, error)
        self._refuse_taken_places(kept, stored, shown)

    def _refuse(self, form, error):
        form.add_error(None, error)
        raise ValidationError("请改正下面标出的行。")

    def _refuse_taken_places(self, kept, stored, shown):
        """Refuse what the database would when the rows are saved, one after the other."""
        held = {place: row.pk for row in stored for place in places(row)}
        for form in [*sorted(self.initial_forms, key=self._places_taken), *self.extra_forms]:
            row, is_kept = form.instance, form in kept
            if is_kept and not form.has_changed():
                continue
            wanted = places(row) if is_kept else {}
            for holder in (held[place] for place in wanted if place in held):
                if holder != row.pk:
                    self._refuse(form, TRADED if holder in shown else UNSEEN)
            held = {place: pk for place, pk in held.items() if pk != row.pk}
            held |= dict.fromkeys(wanted, row.pk)

    def _clash(self, row, siblings, unseen):
        try:
            row.clean_among(siblings)
        except ValidationError as error:
            return error
        try:
            row.clean_among([*siblings, *unseen])
        except ValidationError:
            # Its own words may name what lies out of the user's scope.
            return ValidationError(UNSEEN)
        return None

    def get_unique_error_message(self, unique_check):
        """The constraint's own words; Django's would name our fields in English."""
        fields = {self.fk.name, *unique_check}
        return next(
            str(constraint.violation_error_message)
            for constraint in self.model._meta.total_unique_constraints
            if fields == {self.fk.name, *constraint.fields}
        )

    def save_existing_objects(self, commit=True):  # noqa: FBT002 - Django's own signature
        """Save what gives up a place before what takes it: the old head before the new one."""
        shown = self.forms
        self._set_forms([*sorted(self.initial_forms, key=self._places_taken), *self.extra_forms])
        try:
            return super().save_existing_objects(commit)
        finally:
            self._set_forms(shown)

    def _set_forms(self, in_order):
        self.forms = in_order
        # Django keeps the deleted rows by their place among the forms.
        self.__dict__.pop("_deleted_form_indexes", None)

    def _places_taken(self, form):
        """How many places only one row may hold this one holds, once saved."""
        if self._should_delete_form(form) or not form.has_changed():
            return 0
        return sum(rule.condition is not None for rule in places(form.instance).values())

    def _refuse_edits_of_deleted_rows(self):
        for form in self.initial_forms:
            if form.instance.pk is None and not self._should_delete_form(form):
                raise StaleRecordError(form.instance, form=form)

    def _stored_rows(self):
        """All of the parent's, also those out of the user's scope or added meanwhile."""
        if self.instance.pk is None:
            return self.model._base_manager.none()
        return self.model._base_manager.filter(**{self.fk.name: self.instance})

    def typed(self, name):
        """What was typed in a field, row by row."""
        return [
            value
            for key, value in self.data.items()
            if key.startswith(self.prefix) and key.endswith(f"-{name}")
        ]

    def _is_kept(self, form):
        is_blank = not form.instance.pk and not form.has_changed()
        return form.is_valid() and not is_blank and form not in self.deleted_forms
