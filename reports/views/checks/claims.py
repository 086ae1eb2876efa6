"""The numbers papers state: each beside the records, entered one by one or pasted."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dangjian.lib.stated import Agreement
from orgs.middleware import Request
from orgs.models import Organization
from reports.access import figures_open_to
from reports.claims import Judged, judge_all
from reports.forms.claims import ClaimForm, PasteForm
from reports.models import Claim

TONES = {
    Agreement.AGREES: "success",
    Agreement.TRUNCATED: "warning",
    Agreement.DIFFERS: "danger",
    Agreement.NO_RECORD: "secondary",
    Agreement.IMPOSSIBLE: "danger",
}


def claims(request: Request, year: int) -> HttpResponse:
    """Every number stated for the unit and year, paper by paper, with what it comes to."""
    figures = figures_open_to(request.user)
    judged = judge_all(claims_of(request), request.scope, request.period, figures)
    counted = Counter(one.agreement for one in judged)
    context = {
        "papers": by_source(judged),
        "badges": [(one.label, TONES[one], counted[one]) for one in Agreement if counted[one]],
        "count": len(judged),
        "may_write": may_write(request),
    }
    return render(request, "reports/checks/claims.html", context)


def claims_of(request: Request) -> QuerySet[Claim]:
    """Those of the very unit looked at: its numbers are what the scope adds up to."""
    within: QuerySet[Claim] = Claim.objects.within(request.scope)
    return within.filter(organization=request.unit, year=request.period.first_day.year)


def by_source(judged: list[Judged]) -> dict[str, list[tuple[Judged, str]]]:
    """The claims of each paper, with the tone of what each came to."""
    papers: dict[str, list[tuple[Judged, str]]] = {}
    for one in judged:
        papers.setdefault(one.claim.source, []).append((one, TONES[one.agreement]))
    return papers


def may_write(request: Request) -> bool:
    verbs = ("add", "change", "delete")
    return request.user.has_perms([f"reports.{verb}_claim" for verb in verbs])


def unit_written_for(request: Request) -> Organization:
    """The unit looked at, for those who may write for it."""
    if not may_write(request) or request.unit is None:
        raise PermissionDenied
    return request.unit


def new(request: Request, year: int) -> HttpResponse:
    unit, source = unit_written_for(request), request.GET.get("source", "")
    return answered(request, Claim(organization=unit, year=year, source=source))


def claim(request: Request, pk: int) -> HttpResponse:
    unit_written_for(request)
    return answered(request, get_object_or_404(Claim.objects.within(request.scope), pk=pk))


def answered(request: Request, found: Claim) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ClaimForm(data, instance=found, figures=figures_open_to(request.user))
    if form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, f"已保存“{found}”。")
        if "next" in request.POST:
            query = f"{request.carry}&{urlencode({'source': found.source})}"
            return redirect(f"{reverse('claim_new', args=[found.year])}?{query}")
        return redirect(page_of(request, found.year))
    context = {"form": form, "cancel_url": page_of(request, found.year)}
    return render(request, "reports/checks/claim.html", context, status=400 if form.errors else 200)


def paste(request: Request, year: int) -> HttpResponse:
    unit = unit_written_for(request)
    form = PasteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with transaction.atomic():
            found = form.claims(unit, year)
            for one in found:
                one.full_clean()
                one.save()
        messages.success(request, f"已登记{len(found)}个数，请逐条选择对照指标。")
        return redirect(page_of(request, year))
    context = {"form": form, "cancel_url": page_of(request, year)}
    return render(
        request, "reports/checks/claims_paste.html", context, status=400 if form.errors else 200
    )


def delete(request: Request, pk: int) -> HttpResponse:
    unit_written_for(request)
    found = get_object_or_404(Claim.objects.within(request.scope), pk=pk)
    if request.method != "POST":
        context: dict[str, Any] = {"object": found, "cancel_url": page_of(request, found.year)}
        return render(request, "generic/confirm_delete.html", context)
    found.delete()
    messages.success(request, f"已删除“{found}”。")
    return redirect(page_of(request, found.year))


def page_of(request: Request, year: int) -> str:
    """The list of the claim's own year, of the unit looked at."""
    org = request.GET.get("org")
    return f"{reverse('claims', args=[year])}{f'?org={org}' if org else ''}"
