"""The work plan of a year on paper, and what the writer of it may lean on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from dangjian.lib import periods
from orgs.middleware import Request
from reports.documents.build import build_plan
from reports.models import Kind
from reports.shortcomings import evidence_for

from .editions import editions_of

CHANGE = "tasks.change_planitem"


def plan(request: Request, year: int) -> HttpResponse:
    office = request.office.name if request.office else ""
    paper = build_plan(request.scope, request.period, unit=request.unit_name, office=office)
    context: dict[str, Any] = {
        "paper": paper,
        "may_edit": request.user.has_perm(CHANGE),
        "next_year": year + 1 if request.office and year <= request.office.working_year else None,
        "editions": editions_of(request, Kind.PLAN, year),
    }
    before = periods.last_year(request.period)
    if context["may_edit"] and before and "evidence" in request.GET:
        # A plan answers what the year before was short of.
        context["evidence"] = evidence_for(request, before)
    return render(request, "reports/documents/plan.html", context)
