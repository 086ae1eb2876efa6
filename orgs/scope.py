"""Who may see which rows: the subtree of an organization, and nothing else.

`Model.objects.within(scope)` is the only rights code for rows. Why one recursive query and no
tree library: docs/adr/0002-scope-by-one-recursive-query.md.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

# UNION, not UNION ALL: a ring of parents, should one ever be stored, ends instead of looping.
SUBTREE = """
WITH RECURSIVE subtree(id) AS (
    SELECT id FROM orgs_organization WHERE id = %s
    UNION
    SELECT child.id FROM orgs_organization child JOIN subtree ON child.parent_id = subtree.id
)
SELECT id FROM subtree
"""


@dataclass(frozen=True)
class Scope:
    """An organization and everything below it; without one, nothing.

    `everything` is true when the organization is the root of the whole tree: no filter is needed.
    """

    organization_id: int | None
    everything: bool = False

    def organization_ids(self):
        """The ids of the subtree, as a subquery for `organization__in`."""
        return RawSQL(SUBTREE, [self.organization_id])  # noqa: S611 - constant SQL, id as parameter


def leads_inside(scope):
    """That a row leads to an organization, an enterprise or a village inside the scope."""
    return (
        Q(party_organization__in=scope.organization_ids())
        | Q(enterprise__organization__in=scope.organization_ids())
        | Q(village__party_organization__in=scope.organization_ids())
    )


NOTHING = Scope(None)
EVERYTHING = Scope(None, everything=True)


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to organizations.

    The model's `inside` names the foreign keys that put a row into a scope; a row is inside when
    any of them is. A foreign key to another record defers to that record's own `within`.
    """

    def within(self, scope):
        if scope.everything:
            return self
        if scope.organization_id is None:
            return self.none()
        return self.filter(self.inside(scope))

    def inside(self, scope):
        """The condition of `within`, for a scope that is neither everything nor nothing."""
        condition = Q()
        for name in self.model.inside:
            field = self.model._meta.get_field(name)
            if field.related_model._meta.label == "orgs.Organization":
                condition |= Q(**{f"{name}__in": scope.organization_ids()})
            else:
                keepers = field.related_model._default_manager.within(scope)
                condition |= Q(**{f"{name}__in": keepers.order_by().values("pk")})
        return condition


class DatedQuerySet(ScopedQuerySet):
    """Rows that hold from `since` until the day before `until`."""

    def current_on(self, day):
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def held_in(self, period):
        """Rows that hold on some day from the period's first to the one it is read on."""
        goes_on = Q(until__isnull=True) | Q(until__gt=period.first_day)
        return self.filter(goes_on, since__lte=period.as_of)
