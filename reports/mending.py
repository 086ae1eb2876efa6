"""Who can mend the rows a check found: the organizations that keep them, departments, roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, F

from dangjian.lib.checks import Found
from dangjian.lib.periods import Period
from orgs.models import Organization
from orgs.roles import Role, verbs

# Rows whose department answers for them, whichever organization keeps them.
DEPARTMENTS = {"tasks.key_tasks": "department__name", "tasks.progress": "task__department__name"}
ELSEWHERE = "其他党组织"


@dataclass(frozen=True)
class Keeper:
    """So many of the rows are kept by one organization, or answered for by one department.

    `organization` is its key where the reader may narrow a page to it.
    """

    name: str
    count: int
    organization: int | None = None


def keepers_of(failed: Iterable[Found], scope: Any, period: Period) -> dict[str, list[Keeper]]:
    """Who keeps the rows of each check that lists rows, by its code, most rows first.

    One query a check, and one for the names of organizations.
    """
    counted = {one.check.slug: counts_of(one, scope, period) for one in failed if one.check.counted}
    keys = {key for found in counted.values() for key in found if isinstance(key, int)}
    names = dict(
        Organization.objects.within(scope).filter(pk__in=keys).values_list("pk", "short_name")
        if keys
        else ()
    )
    return {slug: [keeper(*one, names) for one in found.items()] for slug, found in counted.items()}


def counts_of(found: Found, scope: Any, period: Period) -> dict[Any, int]:
    """How many rows each organization (by key) or department (by name) answers for."""
    side = found.check.counted
    if side is None:
        return {}
    path = DEPARTMENTS.get(side.register.slug) or path_of_keeper(side.register.model)
    rows = side.register.listed(side, scope, period).rows.order_by()
    counts = rows.values(keeper=F(path)).annotate(rows=Count("pk")).values_list("keeper", "rows")
    return dict(counts.order_by("-rows", "keeper"))


def keeper(key: Any, count: int, names: dict[int, str]) -> Keeper:
    if isinstance(key, str):
        return Keeper(key, count)
    return Keeper(names.get(key, ELSEWHERE), count, key if key in names else None)


@cache
def path_of_keeper(model: Any) -> str:
    """From a record to the organization that keeps it, along what puts it into a scope."""
    if model is Organization:
        return "pk"
    field = model._meta.get_field(model.inside[0])
    if field.related_model is Organization:
        return str(field.attname)
    return f"{field.name}__{path_of_keeper(field.related_model)}"


def roles_that_mend(found: Found) -> list[str]:
    """The roles that may change what a check counted, by name."""
    models = [register.model for register in found.check.registers]
    return [
        str(role.label) for role in Role if any("change" in verbs(role, model) for model in models)
    ]
