"""One page for every register; with `?figure=` it is the drill-down of that figure.

With `?check=` it lists what a consistency check counted, each row leading to where it is mended.
"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dangjian.lib.checks import CHECKS, UnknownCheck, side_named
from dangjian.lib.figures import (
    DEFINED,
    BadFilter,
    Figure,
    Register,
    UnknownFigure,
    compute,
    figure_named,
    register_named,
)
from dangjian.lib.tables import Row, Table
from orgs.middleware import Request
from orgs.scope import NOTHING
from reports.access import log_reading, may_define, may_view
from reports.custom_figures import address_of
from reports.entry import pages_of_parents
from reports.exporters.ledgers import register_workbook
from reports.forms.registers import FilterForm
from reports.listing import Section, sections_of_figure, sections_of_register
from reports.models import CustomFigure

from .downloads import download

PAGE_SIZE = 30  # two screens of rows
# What filtering carries along: whose and when, which figure, in what order, and
# which of the office's own figures is being defined anew.
KEPT = {"year", "on", "org", "figure", "check", "sort", "define"}


def register(request: Request, slug: str) -> HttpResponse:
    shown = register_or_404(request, slug)
    figure = figure_or_404(request, shown)
    form = FilterForm(shown, request.scope, request.GET)
    sections = sections_asked(request, shown, figure, form)
    log_reading(request, [shown])
    tables = [section_context(request, section, place) for place, section in enumerate(sections)]
    by_check = "check" in request.GET
    context = {
        "register": shown,
        "figure": figure,
        "by_check": by_check,
        "check": CHECKS.get(figure.slug) if figure and by_check else None,
        "form": form,
        "filtered": bool(form.filters()),
        "tables": tables,
        "value": compute([figure], request.scope, request.period)[figure.slug] if figure else None,
        "query": query_without(request, "page"),
        "kept": [(key, value) for key, value in request.GET.items() if key in KEPT],
        "reset_url": f"?{request.carry}{asked_for(request)}",
        "add_url": add_url(request, shown),
        "define_url": define_url(request, shown),
        "change_url": change_url(request, figure),
    }
    return render(request, "reports/register.html", context)


def register_xlsx(request: Request, slug: str) -> FileResponse:
    shown = register_or_404(request, slug)
    figure = figure_or_404(request, shown)
    form = FilterForm(shown, request.scope, request.GET)
    sections = sections_asked(request, shown, figure, form)
    log_reading(request, [shown])
    title = f"{figure.name if figure else shown.name}"
    stream = register_workbook(sections, unit=request.unit_name, sort=request.GET.get("sort", ""))
    name = f"{request.unit_name}{request.period.label}{title}.xlsx"
    return download(request, stream, name)


def register_or_404(request: Request, slug: str) -> Register:
    try:
        found = register_named(slug)
    except UnknownFigure as error:
        raise Http404("没有这个台账。") from error
    if not may_view(request.user, found):
        raise PermissionDenied
    return found


def figure_or_404(request: Request, shown: Register) -> Figure | None:
    """The figure asked for, or what a check counted; it must be of the register shown."""
    figure, check = request.GET.get("figure"), request.GET.get("check")
    if not figure and not check:
        return None
    try:
        found = side_named(check) if check else figure_named(figure or "")
    except (UnknownFigure, UnknownCheck) as error:
        raise Http404("没有这个指标。") from error
    if found.register != shown:
        raise Http404("这个指标不属于这个台账。")
    return found


def asked_for(request: Request) -> str:
    """The figure or check of the address, to carry along."""
    asked = [(key, request.GET.get(key)) for key in ("figure", "check")]
    return "".join(f"&{urlencode({key: slug})}" for key, slug in asked if slug)


def sections_asked(
    request: Request, shown: Register, figure: Figure | None, form: FilterForm
) -> list[Section]:
    """What to list. Filters that make no sense list nothing: never more than was asked for."""
    try:
        if figure:
            found = sections_of_figure(figure, request.scope, request.period, form.filters())
        else:
            found = sections_of_register(shown, request.scope, request.period, form.filters())
    except BadFilter as error:
        form.add_error(None, str(error))
        found = sections_of_register(shown, NOTHING, request.period, {})
    return found if form.is_valid() else [replace(section, scope=NOTHING) for section in found]


def section_context(request: Request, section: Section, place: int) -> dict[str, Any]:
    count, total, sums = section.counted()
    page_key = "page" if place == 0 else f"page{place + 1}"
    page = Paginator(range(count), PAGE_SIZE).get_page(request.GET.get(page_key))
    return {
        "title": section.title,
        "period": section.period,
        "side": section.side,
        "caption": section.title,
        "headers": headers(request, section),
        "body": body(request, section, rows_on(request, section, page)),
        "footer": footer(section, sums) if count and section.table.has_totals else [],
        "row_count": count,
        "total": "" if total is None else total,
        "page": page,
        "page_query": f"?{query_without(request, page_key)}&{page_key}=",
    }


def headers(request: Request, section: Section) -> list[dict[str, Any]]:
    sort = request.GET.get("sort", "")
    query = query_without(request, "sort", *(key for key in request.GET if key.startswith("page")))
    return [
        {
            "label": column.label,
            "css": "num" if column.kind == "number" else "",
            "sort_url": f"?{query}&sort={'-' if sort == column.name else ''}{column.name}",
            "sorted": {column.name: "asc", f"-{column.name}": "desc"}.get(sort, ""),
        }
        for column in section.table.columns
    ]


def rows_on(request: Request, section: Section, page: Page[Any]) -> list[Row]:
    first = page.start_index() - 1 if page.paginator.count else 0
    return section.page(request.GET.get("sort", ""), first, PAGE_SIZE)


def body(request: Request, section: Section, rows: list[Row]) -> list[dict[str, Any]]:
    """Rows of a section as the table of a page: text, links to records, the way to mend them."""
    table = section.table
    addresses = row_addresses(request, section.register, [row.pk for row in rows])
    css = ["num" if column.kind == "number" else "" for column in table.columns]
    links = link_addresses(request, table)
    found = []
    for row in rows:
        cells = [
            {"text": column.text(value), "css": style}
            for column, value, style in zip(table.columns, row.values, css, strict=True)
        ]
        for (position, page_of_record), key in zip(links, row.also, strict=True):
            if page_of_record and key is not None:
                cells[position]["url"] = page_of_record.replace("/0/", f"/{key}/")
        found.append({"url": addresses.get(row.pk, ""), "cells": cells})
    return found


def link_addresses(request: Request, table: Table) -> list[tuple[int, str]]:
    """Of each link of a table its column, and where it leads, with 0 for the key.

    The address is empty where this user may open no such page.
    """
    return [
        (
            position,
            f"{reverse(column.link.name, args=[0])}?{request.carry}"
            if request.user.has_perm(column.link.permission)
            else "",
        )
        for position, column in enumerate(table.columns)
        if column.link
    ]


def footer(section: Section, totals: list[Any]) -> list[dict[str, str]]:
    cells = [
        {"text": "" if total is None else column.text(total), "css": "num"}
        for column, total in zip(section.table.columns, totals, strict=True)
    ]
    return [{"text": "合计", "css": ""}, *cells[1:]]


def row_addresses(request: Request, shown: Register, pks: list[Any]) -> dict[Any, str]:
    """Where each row leads; the rows of a check lead to where they are mended."""
    if "check" in request.GET and not admin.site.is_registered(shown.model):
        return pages_of_parents(request.user, shown.model, pks)
    address = row_address(request, shown)
    return {pk: address.replace("/0/", f"/{pk}/") for pk in pks}


def define_url(request: Request, shown: Register) -> str:
    """Where the rows as they are filtered become a figure; empty for those who define none."""
    if not may_define(request):
        return ""
    blank = [key for key, value in request.GET.items() if not value or key.startswith("page")]
    query = query_without(request, "sort", *blank)
    return f"{reverse('define_figure', args=[shown.slug])}?{query}"


def change_url(request: Request, figure: Figure | None) -> str:
    """Where a figure of the user's own office is changed; empty for any other."""
    if figure is None or not figure.slug.startswith(DEFINED) or not may_define(request):
        return ""
    kept = CustomFigure.objects.within(request.own_scope)
    row = kept.filter(pk=figure.slug.removeprefix(DEFINED)).first()
    return address_of(row, "define_figure", request.carry) if row else ""


def row_address(request: Request, shown: Register) -> str:
    """Where a row leads, with 0 for its key; empty where this user has nowhere to go."""
    return admin_address(request, shown, "change", args=[0])


def add_url(request: Request, shown: Register) -> str:
    return admin_address(request, shown, "add")


def admin_address(
    request: Request, shown: Register, verb: str, args: list[int] | None = None
) -> str:
    """The data-entry page of the register's records, or nothing where this user has none."""
    may = request.user.is_staff and request.user.has_perm(shown.permission(verb))
    if not may or not admin.site.is_registered(shown.model):
        return ""
    meta = shown.model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{verb}", args=args)


def query_without(request: Request, *keys: str) -> str:
    """The address's query without some keys, the year always in it."""
    query = request.GET.copy()
    if "on" not in query:
        query.setdefault("year", str(request.period.first_day.year))
    for key in keys:
        query.pop(key, None)
    return query.urlencode()
