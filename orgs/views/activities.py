"""Entering activities week by week, and who is behind with them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from dangjian.lib import periods
from dangjian.lib.figures import compute
from orgs.activity_grid import grid
from orgs.forms.activities import ActivityForm, Attendances
from orgs.middleware import carry_on
from orgs.models import Activity, Organization, Person
from orgs.scope import Scope

NEEDED = (
    "orgs.add_activity",
    "orgs.change_activity",
    "orgs.add_attendance",
    "orgs.change_attendance",
    "orgs.delete_attendance",
)
FIGURES = {
    "orgs.silent_party_branches": "60天没有活动的党支部",
    "orgs.behind_rhythm": "未达频次的党组织",
    "orgs.behind_rhythm_rate": "未达频次比例",
    "orgs.activities": "本年活动",
    "orgs.activity_attendance": "参加活动",
    "orgs.absences": "登记原因的缺席",
}
MOST_NAMES = 300  # offered while typing a name
MOST_RECENT = 15
PAGE_SIZE = 100  # organizations; more than a subdistrict of villages has
# What the next activity of the same branch most often shares with the one just entered.
KEPT = ("organization", "kind", "place", "due")


def overview(request):
    found = grid(request.scope, request.period)
    values = compute(FIGURES, request.scope, request.period)
    recent = Activity.objects.within(request.scope).held_in(request.period)
    shown = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "values": [(label, values[slug]) for slug, label in FIGURES.items()],
        "columns": [(kind, found.behind(kind)) for kind in found.kinds],
        "rows": [(row, [row.cells.get(kind, ()) for kind in found.kinds]) for row in shown],
        "page": shown,
        "page_query": f"?{request.carry}&page=",
        "recent": recent.select_related("organization", "kind")[:MOST_RECENT],
        "may_enter": request.user.has_perms(NEEDED),
        "earlier": month_end(request, -1),
        "later": month_end(request, 1),
    }
    return render(request, "orgs/activities.html", context)


def month_end(request, step):
    """The last day of the month before or after the one shown, and its address; None outside."""
    year, month = request.period.first_day.year, request.period.as_of.month + step
    if not 1 <= month <= 12:
        return None
    day = min(periods.month_ends(year)[month - 1], timezone.localdate())
    if step > 0 and day <= request.period.as_of:
        return None
    return {"label": f"{month}月", "query": carry_on(request, day)}


def new(request):
    refuse_those_who_may_not(request)
    activity = Activity()
    if request.method != "POST":
        return page(request, *forms_of(request, activity, initial=preset(request)))
    with transaction.atomic():
        return saved(request, activity)


def activity(request, pk):
    refuse_those_who_may_not(request)
    activities = Activity.objects.within(request.scope).select_related("organization")
    if request.method != "POST":
        return page(request, *forms_of(request, get_object_or_404(activities, pk=pk)))
    with transaction.atomic():  # who saves the same activity waits
        return saved(request, get_object_or_404(activities.select_for_update(of=("self",)), pk=pk))


def refuse_those_who_may_not(request):
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied


def forms_of(request, activity, data=None, initial=None):
    form = ActivityForm(
        data, instance=activity, initial=initial, scope=request.scope, period=request.period
    )
    return form, Attendances(data, instance=activity, scope=request.scope)


def preset(request):
    """What the address fills in; the organization also where there is only one to choose."""
    given = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    only = Organization.objects.within(request.scope).values_list("pk", flat=True)[:2]
    return {"organization": only[0], **given} if len(only) == 1 else given


def saved(request, activity):
    form, rows = forms_of(request, activity, request.POST)
    # The head first: rows are checked against it. Both, so that all errors are told at once.
    if not all([form.is_valid(), rows.is_valid()]):
        return page(request, form, rows)
    form.save()
    rows.save()
    messages.success(request, f"已保存{activity.organization}“{activity}”。")
    return redirect(after(request, form))


def after(request, form):
    """Where saving leads: an empty page for the next one of the same kind, or the overview."""
    if "next" not in request.POST:
        return f"{reverse('activities')}?{request.carry}"
    kept = {name: form[name].data for name in KEPT}
    return f"{reverse('activity_new')}?{request.carry}&{urlencode(kept)}"


def page(request, form, rows):
    context = {
        "form": form,
        "rows": rows,
        "names": names_offered(request, form["organization"].value()),
        "is_new": form.instance.pk is None,
    }
    return render(request, "orgs/activity.html", context)


def names_offered(request, organization):
    """Members in the organization or below it, inside the scope: offered while typing a name."""
    if not str(organization or "").isdecimal():
        return []
    below = Scope(int(organization)).organization_ids()
    people = Person.objects.within(request.scope).filter(memberships__organization__in=below)
    return people.order_by("name").distinct().values_list("name", "birth_on")[:MOST_NAMES]
