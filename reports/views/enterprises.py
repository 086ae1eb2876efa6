"""One enterprise on one page: who covers it, and since when; and having another cover it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cadres.models import Posting
from orgs.actions import cover
from orgs.middleware import Request, carry_on
from orgs.models import Coverage, Enterprise
from reports.forms.coverage import CoveringForm

NEEDED = ("orgs.add_coverage", "orgs.change_coverage", "orgs.change_organizingplan")


def enterprise(request: Request, pk: int) -> HttpResponse:
    enterprises = Enterprise.objects.within(request.scope)
    if request.method != "POST":
        related = enterprises.select_related("village", "organization", "head")
        found = get_object_or_404(related, pk=pk)
        form = first_form(request, found) if may_cover(request, found) else None
        return page(request, found, form)
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied
    with transaction.atomic():  # who moves the same enterprise waits
        found = get_object_or_404(enterprises.select_for_update(of=("self",)), pk=pk)
        if not may_cover(request, found):
            raise PermissionDenied
        return moved(request, found)


def may_cover(request: Request, found: Enterprise) -> bool:
    """Whether the user may end what covers it now: that lies inside their scope, too."""
    link = found.open_coverage()
    inside = Coverage.objects.within(request.scope)
    is_inside = link is None or inside.filter(pk=link.pk).exists()
    return request.user.has_perms(NEEDED) and is_inside


def first_form(request: Request, found: Enterprise) -> CoveringForm:
    day = request.day or timezone.localdate()
    initial = {"since": day, "organization": request.GET.get("branch"), "seen": seen(found)}
    return CoveringForm(request.scope, initial=initial)


def moved(request: Request, found: Enterprise) -> HttpResponse:
    typed = request.POST.copy()
    typed["seen"] = seen(found)
    form = CoveringForm(request.scope, typed)
    if request.POST.get("seen") != typed["seen"]:
        form.add_error(None, "您填写期间，他人修改了这家企业的组织覆盖。请核对下面列出的再保存。")
        return page(request, found, form, status=409)
    if not form.is_valid():
        return page(request, found, form)
    try:
        link = cover(enterprise=found, **form.values())
    except ValidationError as error:
        form.add_error(None, error)
        return page(request, found, form)
    messages.success(
        request,
        f"“{found}”自{link.since}起由“{link.organization}”覆盖（{link.get_mode_display()}）。",
    )
    day = min(link.since, timezone.localdate())
    return redirect(f"{reverse('coverage')}?{carry_on(request, day)}")


def seen(found: Enterprise) -> str:
    """Which link, and which version of it, the form was opened over."""
    link = found.open_coverage()
    return f"{link.pk}-{link.version}" if link else ""


def page(
    request: Request, found: Enterprise, form: CoveringForm | None, status: int = 200
) -> HttpResponse:
    context = {
        "enterprise": found,
        "links": found.coverages.select_related("organization").order_by("-since"),
        "plans": found.plans.select_related("owner").order_by("-since"),
        "facts": known_by(found, request),
        "instructors": instructors_of(found, request),
        "form": form,
        "day": request.period.as_of,
    }
    return render(request, "reports/enterprise.html", context, status=status)


def known_by(found: Enterprise, request: Request) -> QuerySet[Any]:
    """What was counted by the day, the newest of each kind first."""
    facts = found.facts.filter(counted_on__lte=request.period.as_of).select_related("kind")
    return facts.order_by("kind__order", "kind", "-counted_on")


def instructors_of(found: Enterprise, request: Request) -> QuerySet[Any]:
    """The instructors and liaisons in office on the day."""
    sent = Posting.objects.of_kind(Posting.Kind.INSTRUCTOR, Posting.Kind.LIAISON)
    current = sent.current_on(request.period.as_of).filter(targets__enterprise=found)
    return current.select_related("person").order_by("pk")
