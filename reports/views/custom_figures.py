"""Figures an office defines for itself, from the filters of a register's page."""

import json
from contextlib import nullcontext
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dangjian.lib.figures import BadFilter, Register
from dangjian.lib.printing import figure_address
from orgs.middleware import Request
from orgs.models import Organization
from orgs.scope import Scope
from reports.access import log_reading, may_define
from reports.custom_figures import Use, address_of, checked, uses_of
from reports.forms.custom_figures import CustomFigureForm
from reports.forms.registers import FilterForm
from reports.listing import sections_of_register
from reports.models import CustomFigure

from .registers import register_or_404


def define_figure(request: Request, slug: str) -> HttpResponse:
    """Define a figure over the filters of the address, or (`?define=`) define one anew."""
    register = register_or_404(request, slug)
    if not may_define(request):
        raise PermissionDenied
    with transaction.atomic() if request.method == "POST" else nullcontext():
        row = row_asked(request, register)
        filters = filters_asked(request, register)
        if filters is None:  # the register's page says what is wrong with them
            return redirect(f"{reverse('register', args=[slug])}?{request.GET.urlencode()}")
        form = CustomFigureForm(
            request.POST if request.method == "POST" else None,
            instance=row,
            register=register,
            filters=filters,
            scope=request.own_scope,
        )
        if not form.is_valid():
            return form_page(request, form)
        saved = form.save()
    messages.success(
        request, f"已保存自定义指标“{saved}”，代码{saved.slug}，文稿和计划里都可以用。"
    )
    return redirect(figure_address(checked(saved), request.carry))


def row_asked(request: Request, register: Register) -> CustomFigure:
    """The figure to be defined anew, or a new one of the user's own organization."""
    if request.method == "POST":  # who defines one of the same name waits
        Organization.objects.select_for_update().get(pk=request.user.organization_id or 0)
    asked = request.GET.get("define")
    if not asked:
        return CustomFigure(organization=request.user.organization, register=register.slug)
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404("没有这个自定义指标。")
    inside = CustomFigure.objects.within(request.own_scope)
    return get_object_or_404(inside, pk=int(asked), register=register.slug)


def filters_asked(request: Request, register: Register) -> dict[str, Any] | None:
    """The filters of the address; None where they make no sense."""
    form = FilterForm(register, request.own_scope, request.GET)
    try:
        register.inside(form.filters())
    except BadFilter:
        return None
    # As they are stored: days as text.
    stored: dict[str, Any] = json.loads(json.dumps(form.filters(), cls=DjangoJSONEncoder))
    return stored if form.is_valid() else None


def form_page(request: Request, form: CustomFigureForm) -> HttpResponse:
    row, register = form.instance, form.register
    (found,) = sections_of_register(register, request.scope, request.period, row.filters)
    log_reading(request, [register])
    context = {
        "form": form,
        "register": register,
        "conditions": list(form.words.values()),
        "matching": found.sums()[0],
        "is_new": row.pk is None,
        "rows_url": address_of(row, "register", request.carry),
        "uses": uses_in(uses_of(row), request.own_scope) if row.pk else None,
        "cancel_url": f"{reverse('figures')}?{request.carry}",
    }
    status = 400 if form.errors else 200
    return render(request, "reports/custom_figure.html", context, status=status)


def delete_figure(request: Request, pk: int) -> HttpResponse:
    """Delete a figure that no text and no plan item names."""
    if not request.user.has_perm("reports.delete_customfigure"):
        raise PermissionDenied
    back = f"{reverse('figures')}?{request.carry}"
    with transaction.atomic() if request.method == "POST" else nullcontext():
        row = get_object_or_404(CustomFigure.objects.within(request.own_scope), pk=pk)
        uses = uses_in(uses_of(row), request.own_scope)
        if request.method == "POST" and not uses["any"]:
            row.delete()
            messages.success(request, f"已删除自定义指标“{row}”。")
            return redirect(back)
    context = {"object": row, "uses": uses, "cancel_url": back}
    status = 409 if request.method == "POST" else 200
    return render(request, "reports/custom_figure_delete.html", context, status=status)


def uses_in(uses: list[Use], scope: Scope) -> dict[str, Any]:
    """The places inside a scope by name, and how many lie outside it."""
    keepers = {one.organization_id for one in uses}
    inside = Organization.objects.within(scope).filter(pk__in=keepers)
    known = set(inside.values_list("pk", flat=True)) if uses else set()
    shown = [one.place for one in uses if one.organization_id in known]
    return {"any": bool(uses), "places": shown, "elsewhere": len(uses) - len(shown)}
