"""Where rows are mended whose model has no data entry of its own: on their parent's page."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse


@cache
def parent_of(model: type[Model]) -> tuple[type[Model], str] | None:
    """The model on whose page rows of `model` are entered, and the foreign key that leads there."""
    for parent, entry in admin.site._registry.items():
        if any(inline.model is model for inline in entry.inlines):
            keys = [field.name for field in model._meta.fields if field.related_model is parent]
            return parent, keys[0]
    return None


def pages_of_parents(user: Any, model: type[Model], pks: Iterable[Any]) -> dict[Any, str]:
    """The data-entry page of each row's parent, where the user may change it. One query."""
    found = parent_of(model)
    if found is None:
        return {}
    parent, key = found
    meta = parent._meta
    if not (user.is_staff and user.has_perm(f"{meta.app_label}.change_{meta.model_name}")):
        return {}
    name = f"admin:{meta.app_label}_{meta.model_name}_change"
    rows = model._base_manager.filter(pk__in=list(pks)).values_list("pk", key)
    return {pk: reverse(name, args=[parent_pk]) for pk, parent_pk in rows}
