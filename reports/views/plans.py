"""The work plan of a year: on paper, its items entered, and what became of them."""

from django.http import HttpResponse
from django.shortcuts import render

from dangjian.lib import periods
from orgs.middleware import Request
from reports.documents.build import build_plan
from reports.shortcomings import evidence

CHANGE = "tasks.change_planitem"


def plan(request: Request, year: int) -> HttpResponse:
    office = request.office.name if request.office else ""
    paper = build_plan(request.scope, request.period, unit=request.unit_name, office=office)
    context = {
        "paper": paper,
        "may_edit": request.user.has_perm(CHANGE),
        "next_year": year + 1,
        "previous_year": year - 1,
    }
    before = periods.last_year(request.period)
    if context["may_edit"] and before:
        org = request.unit.pk if request.unit and request.scope != request.own_scope else ""
        # A plan answers what the year before was short of.
        context["evidence"] = evidence(request.scope, before, org=org)
    return render(request, "reports/plan.html", context)
