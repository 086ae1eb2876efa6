"""The consistency checks: what blocks the report, what has to be explained, what agrees."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dangjian.lib.checks import Found
from orgs.middleware import Request
from reports.desk import desk_of


def checks(request: Request, year: int) -> HttpResponse:
    desk = desk_of(request)
    figures, rows = by_kind(desk.passed)
    groups = [
        Group("blocking", "阻断", desk.blocking, "改正以后才能上报。"),
        Group("to_explain", "需说明", desk.to_explain, "核对属实的，在上报时说明原因。"),
        Group("not_compared", "未比较", desk.not_compared, "没有可以比较的数，例如没有上届。"),
        Group("passed_figures", "通过：指标勾稽", figures, "两边的数相符。", explains=False),
        Group("passed_rows", "通过：逐行核查", rows, "没有一行不合要求。", compares=False),
    ]
    context = {"desk": desk, "groups": [group for group in groups if group.found]}
    return render(request, "reports/checks.html", context)


def failing(request: Request, year: int) -> HttpResponse:
    """How many checks failed, as a piece of the dashboard, which does not wait for it.

    Counting all that the checks count takes as long as the whole dashboard.
    """
    desk = desk_of(request)
    kinds = [
        ("blocking", desk.blocking, "项校核阻断", "danger"),
        ("to_explain", desk.to_explain, "项校核需说明", "warning"),
    ]
    context = {
        "failing": [
            (kind, f"{len(found)}{words}", tone) for kind, found, words, tone in kinds if found
        ],
        "address": f"{reverse('checks', args=[year])}?{request.carry}",
    }
    return render(request, "reports/_failing.html", context)


@dataclass(frozen=True)
class Group:
    """A table of the page, and which columns it has."""

    code: str
    title: str
    found: list[Found]
    about: str
    compares: bool = True
    explains: bool = True


def by_kind(listed: Iterable[Found]) -> tuple[list[Found], list[Found]]:
    """Those that compare figures, then those that count rows."""
    figures: list[Found] = []
    rows: list[Found] = []
    for found in listed:
        (rows if found.check.counted else figures).append(found)
    return figures, rows
