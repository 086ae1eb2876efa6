"""Reading admin pages the way a browser does: what a form would send, and what it complains of."""

from django.urls import reverse


def admin_url(row, verb="change", *args):
    return reverse(
        f"admin:{row._meta.app_label}_{row._meta.model_name}_{verb}", args=[row.pk, *args]
    )


def add_url(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def opened(client, url):
    """What the form at the address would send if nothing were typed."""
    return typed_in(client.get(url))


def typed_in(response):
    """What stands in the fields of the page: all of its form that is not blank."""
    data = sent_by(response.context["adminform"].form)
    for formset in formsets(response.context):
        for form in (formset.management_form, *formset.forms):
            data |= sent_by(form)
    return {name: value for name, value in data.items() if value != ""}


def sent_by(form):
    found = {}
    for bound in form:
        value = bound.value()
        shown = "on" if value is True else bound.field.widget.format_value(value)
        if bound.field.disabled or value is False or shown is None:
            continue
        found[bound.html_name] = str(shown[0] if isinstance(shown, list) else shown)
    return found


def formsets(context):
    return [inline.formset for inline in context["inline_admin_formsets"]]


def with_row(data, prefix, **values):
    """The data with one more inline row."""
    place = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{place}-{name}": str(value) for name, value in values.items()}
    return {**data, **row, f"{prefix}-TOTAL_FORMS": str(place + 1)}


def complaints(response):
    """Every message of the page's forms: {field: [messages]}, an inline's with its prefix."""
    forms = [response.context["adminform"].form]
    found = {}
    for formset in formsets(response.context):
        forms += formset.forms
        if formset.non_form_errors():
            found[formset.prefix] = list(formset.non_form_errors())
    for form in forms:
        for name, messages in form.errors.items():
            found[form.add_prefix(name)] = list(messages)
    return found
