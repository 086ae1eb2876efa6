"""Checking an organization by a checklist such as 六个一, all items at once."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from orgs.figures.nonpublic import NONPUBLIC_BRANCH
from orgs.forms.checklists import Round
from orgs.models import ChecklistResult, ChecklistScheme, Organization

NEEDED = ("orgs.add_checklistresult", "orgs.change_checklistresult")


def overview(request):
    """The organizations that are checked, with how many items each stands at."""
    year, day = request.period.first_day.year, request.period.as_of
    schemes = list(ChecklistScheme.objects.filter(year=year).annotate(size=Count("items")))
    results = ChecklistResult.objects.within(request.scope).filter(item__scheme__in=schemes)
    standing = results.standing_on(day).by_organization()
    organizations = Organization.objects.within(request.scope).existing_on(day).with_line()
    shown = organizations.filter(NONPUBLIC_BRANCH | Q(pk__in=results.values("organization")))
    rows = [
        (scheme, organization, *standing.get((organization.pk, scheme.pk), (None, None)))
        for organization in shown.order_by("pk")
        for scheme in schemes
        if scheme.organization_id in organization.line()
    ]
    context = {"rows": rows, "may_enter": request.user.has_perms(NEEDED)}
    return render(request, "orgs/checklists.html", context)


def round_of(request, pk):
    """A new round of the organization; with `?round=` a stored one, by its day."""
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied
    organizations = Organization.objects.within(request.scope).with_line()
    if request.method != "POST":
        organization = get_object_or_404(organizations, pk=pk)
        return page(request, organization, *asked(request, organization))
    with transaction.atomic():  # who saves a round of the same organization waits
        organizations = organizations.select_for_update(of=("self",))
        organization = get_object_or_404(organizations, pk=pk)
        return saved(request, organization, *asked(request, organization, request.POST))


def asked(request, organization, data=None):
    """The scheme asked for, or the year's first, with the round; None, None without a scheme."""
    schemes = ChecklistScheme.objects.of(organization, request.period.first_day.year)
    code = request.GET.get("scheme")
    scheme = schemes.filter(code=code).first() if code else schemes.order_by("pk").first()
    if scheme is None:
        if code or data:
            raise Http404("没有这个达标标准。")
        return None, None
    found = Round(scheme, organization, day_asked(request), data)
    if found.day and not found.stored:
        raise Http404("没有这一次检查。")
    return scheme, found


def day_asked(request):
    try:
        return date.fromisoformat(request.GET["round"]) if "round" in request.GET else None
    except ValueError as error:
        raise Http404("没有这一次检查。") from error


def saved(request, organization, scheme, found):
    if not found.is_valid():
        return page(request, organization, scheme, found)
    found.save()
    messages.success(request, f"已保存{organization}的{scheme.name}检查。")
    return redirect(f"{reverse('checklists')}?{request.carry}")


def page(request, organization, scheme, found):
    context = {"organization": organization, "scheme": scheme, "round": found}
    return render(request, "orgs/checklist_round.html", context)
