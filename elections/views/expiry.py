"""Terms that end within half a year, and those that ended without an election."""

from dataclasses import dataclass
from datetime import date

from django.shortcuts import render
from django.urls import reverse

from dangjian.lib.figures import compute
from elections.figures import (
    bodies_expired,
    bodies_expiring,
    organizations_expired,
    organizations_expiring,
)
from elections.tables import term_of_body_ends_on

from .rosters import NEEDED

FIGURES = [
    (organizations_expired, "党组织已届满"),
    (organizations_expiring, "党组织6个月内届满"),
    (bodies_expired, "班子已届满"),
    (bodies_expiring, "班子6个月内届满"),
]


@dataclass(frozen=True)
class Ending:
    """A term that ends on a day; `url` leads to where a new one is entered, for who may."""

    name: str
    village: object
    ends_on: date
    days_left: int
    url: str

    @property
    def days_over(self):
        return -self.days_left


def expiry(request):
    values = compute([figure for figure, _ in FIGURES], request.scope, request.period)
    context = {
        "values": [(label, values[figure.slug]) for figure, label in FIGURES],
        "organizations": terms_of_organizations(request),
        "bodies": terms_of_bodies(request),
    }
    return render(request, "elections/expiry.html", context)


def terms_of_organizations(request):
    """Those of party organizations that have ended, then those about to."""
    may_enter = request.user.is_staff and request.user.has_perm("orgs.change_organization")
    return [
        Ending(
            organization.name,
            organization.village,
            organization.term_ends_on,
            (organization.term_ends_on - request.period.as_of).days,
            reverse("admin:orgs_organization_change", args=[organization.pk]) if may_enter else "",
        )
        for figure in (organizations_expired, organizations_expiring)
        for organization in listed(request, figure)
        .select_related("village")
        .order_by("term_ends_on", "pk")
    ]


def terms_of_bodies(request):
    """Those of elected bodies that have ended, then those about to."""
    may_enter = request.user.has_perms(NEEDED)
    return [
        Ending(
            election.body.name,
            election.body.village,
            election.ends_on,
            (election.ends_on - request.period.as_of).days,
            f"{reverse('roster', args=[election.pk])}?{request.carry}" if may_enter else "",
        )
        for figure in (bodies_expired, bodies_expiring)
        for election in listed(request, figure)
        .annotate(ends_on=term_of_body_ends_on(request.period))
        .select_related("body__village")
        .order_by("ends_on", "pk")
    ]


def listed(request, figure):
    return figure.register.listed(figure, request.scope, request.period).rows
