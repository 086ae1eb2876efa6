"""Where a record is edited: its own data-entry page, or that of the record it is a row of."""

from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Model
from django.urls import reverse


@cache
def parents() -> dict[Any, ForeignKey[Any, Any]]:
    """By model entered on its parent's page the foreign key that leads to the parent."""
    return {
        inline.model: next(
            field
            for field in inline.model._meta.concrete_fields
            if isinstance(field, ForeignKey)
            and field.related_model is model
            and field.name == (getattr(inline, "fk_name", None) or field.name)
        )
        for model, model_admin in admin.site._registry.items()
        for inline in model_admin.inlines
    }


def entry_page(model: type[Model], values: Any) -> str:
    """The address, for a record given by its key or by itself; empty where there is no page.

    A row of a parent is found by the parent's key, so it must be given by itself.
    """
    if admin.site.is_registered(model):
        key = values.pk if isinstance(values, Model) else values
        return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[key])
    parent = parents().get(model)
    if parent is None or not isinstance(values, Model):
        return ""
    return entry_page(parent.related_model, getattr(values, parent.attname))
