"""What every request knows: whose records are looked at, and of which year."""

from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from dangjian.lib import periods
from dangjian.lib.periods import Period
from orgs.models import Office, Organization, User
from orgs.scope import NOTHING, Scope


class Request(HttpRequest):
    """A signed-in user's request after ScopeMiddleware: what every view may rely on."""

    user: User
    # The user's own scope, and the one looked at: the same, or narrowed by `?org=`.
    own_scope: Scope
    scope: Scope
    # The organization looked at (none: the user has none), and what titles call it.
    unit: Organization | None
    unit_name: str
    office: Office | None
    period: Period
    # The day the year is read on, where one was chosen by `?on=`.
    day: date | None
    # The query every link over figures carries on: whose and when.
    carry: str


# UNION, not UNION ALL: see orgs.scope.SUBTREE.
OFFICE = """
WITH RECURSIVE line(id, depth) AS (
    SELECT id, 0 FROM orgs_organization WHERE id = %s
    UNION
    SELECT above.parent_id, line.depth + 1 FROM orgs_organization above JOIN line
    ON above.id = line.id WHERE above.parent_id IS NOT NULL AND line.depth < 20
)
SELECT orgs_office.*, (SELECT COUNT(*) FROM orgs_organization WHERE parent_id IS NULL) AS roots
FROM orgs_office JOIN line ON orgs_office.organization_id = line.id
ORDER BY line.depth LIMIT 1
"""


def scope_below(organization, *, roots=None):
    """The subtree of an organization, nothing without one; the only root is simply everything.

    `roots` is how many roots the tree has, where that is known already.
    """
    if organization is None:
        return NOTHING
    if organization.parent_id is not None:
        return Scope(organization.pk)
    if roots is None:
        roots = Organization.objects.roots().count()
    return Scope(organization.pk, everything=roots == 1)


def office_of(organization):
    """The office the organization belongs to: its own, or that of the nearest one above.

    It comes with `roots`, how many roots the tree has: every page's scope asks.
    """
    return next(iter(Office.objects.raw(OFFICE, [organization.pk])), None)


class ScopeMiddleware:
    """Sets request.scope, .unit, .office, .period and .carry before each view.

    The year comes from the address's path, else `?year=`, else the office's working year;
    `?on=` reads that year on one of its days, and counts for nothing beside another year (the
    header's year switch sends both); `?org=` narrows the user's own scope. Whatever is outside its
    range is a 404, a day that is still to come among it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.scope = NOTHING
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.resolver_match.namespace == "admin" and not request.user.is_staff:
            raise PermissionDenied  # Django's admin would send them to log in, again and again
        if request.resolver_match.view_name == "admin:view_on_site":
            raise Http404("没有这个页面。")  # it would tell of any row whether it exists
        asked_year = request.GET.get("year")
        if "year" in kwargs and asked_year and asked_year != str(kwargs["year"]):
            return redirect_to_year(request, asked_year)
        self.look_at(request, kwargs)
        return None

    def look_at(self, request, kwargs):
        request.unit = getattr(request.user, "organization", None)
        request.office = office_of(request.unit) if request.unit else None
        roots = request.office.roots if request.office else None
        request.own_scope = request.scope = scope_below(request.unit, roots=roots)
        in_admin = request.resolver_match.namespace == "admin"
        asked = {} if in_admin else request.GET
        working_year = request.office.working_year if request.office else timezone.localdate().year
        request.period = period_asked(kwargs.get("year", asked.get("year") or working_year))
        request.day = None if "year" in kwargs else day_asked(asked.get("on"), asked.get("year"))
        carried = {"year": request.period.first_day.year}
        if request.day:
            request.period = periods.up_to(request.day)
            carried = {"on": request.day.isoformat()}
        if asked.get("org"):
            request.unit = unit_asked(request.own_scope, asked["org"])
            request.scope = scope_below(request.unit)
            carried["org"] = request.unit.pk
        request.unit_name = name_of_unit(request.unit, request.office)
        request.carry = urlencode(carried)


def carry_on(request, day):
    """The query that carries on whose figures a page shows, but read on another day."""
    carried = {"on": day.isoformat()}
    if request.scope != request.own_scope:
        carried["org"] = request.unit.pk
    return urlencode(carried)


def name_of_unit(unit, office):
    """What the unit looked at is called in titles: the office itself by its own name."""
    if office and unit and office.organization_id == unit.pk:
        return office.name
    return unit.short_name if unit else ""


def redirect_to_year(request, year):
    """The header's year switch, on a page whose year stands in its path."""
    match = request.resolver_match
    period = period_asked(year)
    kwargs = {**match.kwargs, "year": period.first_day.year}
    query = {key: value for key, value in request.GET.items() if key != "year"}
    address = reverse(match.view_name, kwargs=kwargs)
    return redirect(f"{address}?{urlencode(query)}" if query else address)


def period_asked(year):
    try:
        return periods.year(int(year))
    except ValueError as error:
        raise Http404("没有这个年度。") from error


def day_asked(text, year):
    """The day asked for, or None: there is none, or it lies in another year than the one asked."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404("没有这一天。") from error
    if day > timezone.localdate() or day.year < periods.FIRST_YEAR:
        raise Http404("这一天还没有到，或者太早。")
    return day if year in (None, "", str(day.year)) else None


def unit_asked(scope, pk):
    try:
        return Organization.objects.within(scope).get(pk=pk)
    except (ValueError, Organization.DoesNotExist) as error:
        raise Http404("没有这个党组织。") from error
