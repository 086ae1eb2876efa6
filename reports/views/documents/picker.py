"""Looking for a figure while writing: by name, code or definition, with its value now."""

from django.http import HttpResponse
from django.shortcuts import render

from dangjian.lib.figures import Figure, compute
from orgs.middleware import Request
from reports.access import figures_open_to

MOST = 8


def figure_picker(request: Request) -> HttpResponse:
    words = request.GET.get("q", "").split()
    found = matching(request, words) if words else []
    values = compute(found[:MOST], request.scope, request.period)
    context = {
        "found": [values[figure.slug] for figure in found[:MOST]],
        "more": max(len(found) - MOST, 0),
        "words": " ".join(words),
    }
    return render(request, "reports/documents/editor/_figures.html", context)


def matching(request: Request, words: list[str]) -> list[Figure]:
    """The figures with all the words, those that have them in their name or code first."""
    found = [(rank(figure, words), figure) for figure in figures_open_to(request.user)]
    return [
        figure for place, figure in sorted(found, key=lambda pair: pair[0]) if place < NOT_AT_ALL
    ]


NOT_AT_ALL = 3


def rank(figure: Figure, words: list[str]) -> int:
    """How near the words are: the whole name or code, in one of the two, in the definition."""
    if words in ([figure.name], [figure.slug]):
        return 0
    called = f"{figure.name} {figure.slug}"
    if all(word in called for word in words):
        return 1
    if all(word in f"{called} {figure.definition}" for word in words):
        return 2
    return NOT_AT_ALL
