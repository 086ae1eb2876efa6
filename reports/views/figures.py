"""The catalogue: every figure, what it means, what it comes to now."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from dangjian.lib.figures import Figure, Value, all_sets, compute, defined_figures
from orgs.middleware import Request
from reports.access import figures_of, may_define, may_view_figure
from reports.custom_figures import address_of, figure_of
from reports.models import CustomFigure


def figures(request: Request) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    groups = [(one.title, matching(query, figures_of(request.user, one))) for one in all_sets()]
    own = [one for one in defined_figures().values() if may_view_figure(request.user, one)]
    groups.append(("自定义指标", matching(query, own)))
    found = [figure for _, group in groups for figure in group]
    values = compute(found, request.scope, request.period)
    kept = kept_by(request) if may_define(request) else {}
    context = {
        "groups": [
            {"title": title, "rows": [row_of(values[one.slug], kept) for one in group]}
            for title, group in groups
            if group
        ],
        "broken": [one for one in kept.values() if one["is_broken"]],
        "may_define": may_define(request),
        "query": query,
        "count": len(found),
    }
    return render(request, "reports/figures.html", context)


def matching(query: str, figures: Iterable[Figure]) -> list[Figure]:
    return [
        figure
        for figure in figures
        if query in figure.name or query in figure.slug or query in figure.definition
    ]


def row_of(value: Value, kept: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": value, "kept": kept.get(value.figure.slug)}


def kept_by(request: Request) -> dict[str, dict[str, Any]]:
    """The custom figures that the user may change, each with the pages for it."""
    return {
        row.slug: {
            "record": row,
            "change_url": address_of(row, "define_figure", request.carry),
            "is_broken": figure_of(row) is None,
        }
        for row in CustomFigure.objects.within(request.own_scope)
    }
