"""The page shown when two people edited the same record: both versions, and nothing typed lost."""

from datetime import date

from django.forms import Textarea
from django.forms.models import model_to_dict
from django.shortcuts import render

from dangjian.lib.differences import GONE, NEW, differences
from orgs.models import StaleRecordError


class ConflictMiddleware:
    """Answers StaleRecordError with 409 and the conflict page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, StaleRecordError):
            return None
        return render(request, "conflict.html", conflict_context(request, exception), status=409)


def conflict_context(request, conflict):
    form = conflict.form
    record = type(conflict.record)._base_manager.filter(pk=conflict.record.pk).first()
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    hidden = over_version(typed, form, record) if record else as_new_row(typed, form)
    label = conflict.record._meta.verbose_name
    return {
        "object_label": f"{label}“{record}”" if record else label,
        "is_deleted": record is None,
        "changed_by": record.updated_by if record else None,
        "changed_at": record.updated_at if record else None,
        "rows": compared_fields(form, record) if form else [],
        "hidden": hidden,
        "action": request.get_full_path(),
    }


def over_version(typed, form, record):
    """What was typed, to be saved over the version stored now."""
    version_name = form.add_prefix("version") if form else "version"
    others = [(name, value) for name, value in typed if name != version_name]
    return [*others, (version_name, record.version)]


def as_new_row(typed, form):
    """What was typed, to enter the inline row anew that somebody deleted.

    Stored rows come first in a formset: the deleted one trades places with the last of them.
    """
    if form is None or not form.prefix:
        return typed
    formset, _, _ = form.prefix.rpartition("-")
    count_name = f"{formset}-INITIAL_FORMS"
    stored_rows = int(dict(typed)[count_name]) - 1
    last = f"{formset}-{stored_rows}"
    trade = {form.prefix: last, last: form.prefix}
    dropped = {form.add_prefix("id"), form.add_prefix("version"), count_name}
    moved = [(name.rpartition("-"), value) for name, value in typed if name not in dropped]
    kept = [(f"{trade.get(row, row)}{dash}{field}", value) for (row, dash, field), value in moved]
    return [*kept, (count_name, stored_rows)]


def compared_fields(form, record):
    """Each visible field: its label, what is stored now, what was typed, whether they differ."""
    stored = model_to_dict(record) if record else {}
    return [
        compared(bound, stored.get(bound.name))
        for bound in form.visible_fields()
        if bound.name in form._meta.fields and not bound.field.disabled
    ]


def compared(bound, value):
    stored, typed = displayed(bound, value), displayed(bound, bound.data)
    differs = bound.field.has_changed(value, bound.data)
    row = {"label": bound.label, "stored": stored, "typed": typed, "differs": differs}
    if differs and stored and typed and isinstance(bound.field.widget, Textarea):
        # What only one of the two has is marked: nobody finds a changed word in a long text.
        lines = differences(stored, typed)
        row |= {"stored_lines": without(lines, NEW), "typed_lines": without(lines, GONE)}
    return row


def without(lines, kind):
    """The lines of one of the two texts."""
    found = [[span for span in line if span.kind != kind] for line in lines]
    return [line for line in found if line]


def displayed(bound, value):
    """A field's value as a person reads it: the name of a choice or a record, not its key."""
    if value in (None, "", []):
        return ""
    if isinstance(value, date):
        return bound.field.widget.format_value(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    queryset = getattr(bound.field, "queryset", None)
    if queryset is not None:
        return str(queryset.filter(pk=value).first() or "") if str(value).isdecimal() else ""
    choices = dict(getattr(bound.field, "choices", []))
    named = {str(key): label for key, label in choices.items()}
    return str(named.get(str(value), value))
