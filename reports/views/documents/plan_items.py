"""Entering the items of a plan one by one, and at its end what became of them."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dangjian.lib import periods
from dangjian.lib.figures import compute
from orgs.middleware import Request
from orgs.models import Organization
from orgs.scope import Scope
from reports.access import figures_open_to
from reports.documents.build import known, parts_of
from reports.documents.plans import fulfilments, plan_of, promise_of
from reports.forms.plans import OutcomeForm, PlanItemForm, next_number
from reports.models import Kind
from tasks.models import PlanItem, Programme
from tasks.promises import Verdict

NEEDED = ("tasks.add_planitem", "tasks.change_planitem")
CHANGE = "tasks.change_planitem"
# What the next item of the same section most often shares with the one just entered.
KEPT = ("section", "kind", "department", "lead")


# — one item —


def new(request: Request) -> HttpResponse:
    refuse_those_who_may_not(request)
    item = PlanItem(organization=request.unit, year=request.period.first_day.year)
    if request.method != "POST":
        given = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
        initial = {"number": next_number(item), **given}
        return page(request, PlanItemForm(instance=item, scope=request.scope, initial=initial))
    with transaction.atomic():  # who adds to the same plan waits
        Organization.objects.select_for_update(of=("self",)).get(pk=item.organization_id)
        return saved(request, item)


def item(request: Request, pk: int) -> HttpResponse:
    refuse_those_who_may_not(request)
    items = PlanItem.objects.within(request.scope)
    if request.method != "POST":
        found = get_object_or_404(items, pk=pk)
        return page(request, PlanItemForm(instance=found, scope=request.scope))
    with transaction.atomic():  # who saves the same item waits
        return saved(request, get_object_or_404(items.select_for_update(of=("self",)), pk=pk))


def refuse_those_who_may_not(request: Request) -> None:
    if not request.user.has_perms(NEEDED) or request.unit is None:
        raise PermissionDenied


def saved(request: Request, item: PlanItem) -> HttpResponse:
    form = PlanItemForm(request.POST, instance=item, scope=request.scope)
    if not form.is_valid():
        return page(request, form)
    form.save()
    messages.success(request, f"已保存计划事项“{item}”。")
    if "next" in request.POST:
        kept = {name: form[name].data or "" for name in KEPT}
        return redirect(f"{reverse('plan_item_new')}?{request.carry}&{urlencode(kept)}")
    return redirect(f"{reverse('plan', args=[item.year])}{narrowed(request)}")


def narrowed(request: Request) -> str:
    """The query that keeps to the unit looked at, on a page whose path has the year."""
    is_narrow = request.unit and request.scope != request.own_scope
    return f"?org={request.unit.pk}" if is_narrow and request.unit else ""


def page(request: Request, form: PlanItemForm) -> HttpResponse:
    item = form.instance
    programmes = Programme.objects.within(request.scope).filter(year__in=[item.year - 1, item.year])
    context = {
        "form": form,
        "item": item,
        "is_new": item.pk is None,
        "back": reverse("plan", args=[item.year]) + narrowed(request),
        "sections": headings(request, item),
        "programmes": programmes.order_by("order").values_list("name", flat=True).distinct(),
        "figures": figures_open_to(request.user),
    }
    return render(
        request, "reports/documents/plan_item.html", context, status=400 if form.errors else 200
    )


def headings(request: Request, item: PlanItem) -> list[str]:
    """What sections the text of the plan has."""
    is_whole = request.office is not None and item.organization_id == request.office.organization_id
    scope, period = Scope(item.organization_id), periods.year(item.year)
    parts = parts_of(Kind.PLAN, scope, period, is_whole=is_whole)
    return [part.heading for part in parts if part.heading]


# — the year's end —


def fulfilment(request: Request, year: int) -> HttpResponse:
    items = plan_of(request.scope, year)
    figures = list(known(dict.fromkeys(item.figure for item in items)))
    values = compute(figures, request.scope, request.period)
    found = fulfilments(items, values, request.period)
    may_judge = request.user.has_perm(CHANGE)
    if request.method == "POST" and not may_judge:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    forms = [OutcomeForm(data, found=one) for one in found] if may_judge else [None] * len(found)
    valid = [form.is_valid() for form in forms if form]  # each, so that all errors are told
    if data is not None and all(valid):
        return recorded(request, [form for form in forms if form and form.has_changed()])
    counted = Counter(one.verdict for one in found)
    context = {
        "rows": [(one, promise_of(one), form) for one, form in zip(found, forms, strict=True)],
        "counts": [(one, counted[one]) for one in Verdict if counted[one]],
        "lacking": sum(one.lacks_reason for one in found),
        "may_judge": may_judge,
        "year": year,
        "problems": problems(forms),
    }
    return render(request, "reports/documents/fulfilment.html", context)


def recorded(request: Request, forms: list[Any]) -> HttpResponse:
    with transaction.atomic():
        for form in forms:
            form.save()
    messages.success(request, f"已保存{len(forms)}项。" if forms else "没有改动。")
    return redirect(request.get_full_path())


def problems(forms: list[Any]) -> list[tuple[Any, str, str]]:
    """What is wrong: the field, what it is called on this page, and the message."""
    return [
        (field, field.field.widget.attrs["aria-label"], error)
        for form in forms
        if form and form.is_bound
        for field in form.visible_fields()
        for error in field.errors
    ]
