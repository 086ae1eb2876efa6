"""What stands in the way of deleting records, as far as the user may know of it."""

from itertools import groupby

from django.contrib.admin.utils import NestedObjects

from orgs.scope import ScopedQuerySet


def named_in_sight(request, records):
    """The protected rows that lead to the records; those out of sight are only counted."""
    collector = NestedObjects(using=records[0]._state.db, origin=records)
    collector.collect(records)
    rows = sorted(collector.protected, key=lambda row: (row._meta.label, row.pk))
    seen = [
        row
        for model, of_model in groupby(rows, key=type)
        for row in in_sight(request, model, list(of_model))
    ]
    named = [f"{row._meta.verbose_name}：{row}" for row in seen]
    hidden = len(rows) - len(seen)
    return [*named, f"您无权查看的记录：{hidden}条"] if hidden else named


def in_sight(request, model, rows):
    meta = model._meta
    if not request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        return []
    candidates = model._default_manager.filter(pk__in=[row.pk for row in rows])
    if isinstance(candidates, ScopedQuerySet):
        candidates = candidates.within(request.scope)
    return list(candidates)
