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
    working_year = request.office.working_year if request.office else year
    paper = build_plan(request.scope, request.period, unit=request.unit_name, office=office)
    may_edit = request.user.has_perm(CHANGE)
    context: dict[str, Any] = {
        "paper": paper,
        "may_edit": may_edit,
        # Of a year that is over nobody writes the plan any more.
        "is_written": may_edit and year >= working_year,
        "next_year": year + 1 if year <= working_year else None,
        "editions": editions_of(request, Kind.PLAN, year),
    }
    before = periods.last_year(request.period)
    if context["is_written"] and before and "evidence" in request.GET:
        # A plan answers what the year before was short of.
        context["evidence"] = evidence_for(request, before)
    return render(request, "reports/documents/plan.html", context)
