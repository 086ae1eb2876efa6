"""What the pages of an office's own text share: who may write, and whose text of which year."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from dangjian.lib import periods
from orgs.middleware import Request, name_of_unit, scope_below
from reports.models import Report, Section

NEEDED = "reports.change_section"


def refuse_readers(request: Request) -> None:
    if not request.user.has_perm(NEEDED):
        raise PermissionDenied


def section_or_404(request: Request, pk: int) -> Section:
    """The section, and the request turned to what its report is about."""
    sections = Section.objects.within(request.own_scope)
    found: Section = get_object_or_404(
        sections.select_related("report__organization", "updated_by"), pk=pk
    )
    turn_to(request, found.report)
    return found


def removed_or_404(request: Request, pk: int) -> Any:
    """The row of the history in which the section was removed; its report is inside the scope."""
    row = Section.history.filter(id=pk).order_by("-history_id").first()
    if row is None or row.history_type != "-":
        raise Http404("没有这个段落。")
    reports = Report.objects.within(request.own_scope).select_related("organization")
    turn_to(request, get_object_or_404(reports, pk=row.report_id))
    return row


def turn_to(request: Request, report: Report) -> None:
    """Look at the unit and year of the report, whatever the address says."""
    unit = report.organization
    is_own = unit.pk == request.own_scope.organization_id
    request.scope = request.own_scope if is_own else scope_below(unit)
    request.unit = unit
    request.unit_name = name_of_unit(unit, request.office)
    request.period, request.day = periods.year(report.year), None
    request.carry = carry_of(request, report)


def carry_of(request: Request, report: Report) -> str:
    carried: dict[str, Any] = {"year": report.year}
    if request.scope != request.own_scope:
        carried["org"] = report.organization_id
    return urlencode(carried)


def is_whole(request: Request) -> bool:
    """Whether the text is the office's own, and not that of a unit of it."""
    return request.office is not None and request.unit_name == request.office.name


def page_of(name: str, request: Request, *args: Any, **kwargs: Any) -> str:
    """The address of a page over the same unit and year."""
    return f"{reverse(name, args=args, kwargs=kwargs)}?{request.carry}"


def edit_page(request: Request, report: Report) -> str:
    return page_of(f"{report.kind}_edit", request, year=report.year)
