"""The catalogue: every figure, what it means, what it comes to now."""

from django.http import HttpResponse
from django.shortcuts import render

from dangjian.lib.figures import FigureSet, all_sets, compute
from orgs.middleware import Request
from reports.access import figures_of


def figures(request: Request) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    matching = [
        figure
        for figure_set in all_sets()
        for figure in figures_of(request.user, figure_set)
        if query in figure.name or query in figure.slug or query in figure.definition
    ]
    values = compute(matching, request.scope, request.period)
    groups = [
        {"set": figure_set, "found": values_of(figure_set, values)} for figure_set in all_sets()
    ]
    context = {
        "groups": [group for group in groups if group["found"]],
        "query": query,
        "count": len(matching),
    }
    return render(request, "reports/figures.html", context)


def values_of(figure_set: FigureSet, values: dict) -> list:
    return [values[figure.slug] for figure in figure_set.figures if figure.slug in values]
