"""Where a record is edited: its own data-entry page, or that of the record it is a row of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Model
from django.urls import reverse


@cache
def parents() -> Mapping[Any, list[ForeignKey[Any, Any]]]:
    """By model entered on its parent's page the foreign keys that lead to parents.

    A row with several, such as a tag's link, has one of them filled in.
    """
    found: dict[Any, list[ForeignKey[Any, Any]]] = defaultdict(list)
    for model, model_admin in admin.site._registry.items():
        for inline in model_admin.inlines:
            named = getattr(inline, "fk_name", None)
            links = [
                field
                for field in inline.model._meta.concrete_fields
                if isinstance(field, ForeignKey) and field.related_model is model
            ]
            found[inline.model].append(next(one for one in links if named in (None, one.name)))
    return dict(found)


def entry_page(model: type[Model], values: Any) -> str:
    """The address, for a record given by its key or by itself; empty where there is no page.

    A row of a parent is found by the parent's key, so it must be given by itself.
    """
    if admin.site.is_registered(model):
        key = values.pk if isinstance(values, Model) else values
        return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[key])
    if isinstance(values, Model):
        for link in parents().get(model, []):
            if (key := getattr(values, link.attname)) is not None:
                return entry_page(link.related_model, key)
    return ""


def pages_of_parents(user: Any, model: type[Model], pks: Iterable[Any]) -> dict[Any, str]:
    """Of rows entered on a parent's page that page, where the user may change it. One query."""
    links = [link for link in parents().get(model, []) if may_change(user, link.related_model)]
    if not links:
        return {}
    keys = [link.attname for link in links]
    rows = model._base_manager.filter(pk__in=list(pks)).values_list("pk", *keys)
    return {
        pk: entry_page(link.related_model, key)
        for pk, *found in rows
        for link, key in zip(links, found, strict=True)
        if key is not None
    }


def may_change(user: Any, model: type[Model]) -> bool:
    meta = model._meta
    return bool(user.is_staff and user.has_perm(f"{meta.app_label}.change_{meta.model_name}"))
