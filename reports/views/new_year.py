"""Opening the next working year, and what the year before still has open."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dangjian.lib import periods
from dangjian.lib.figures import Value, compute
from dangjian.lib.periods import Period
from orgs.middleware import Request
from orgs.models import Office
from reports.actions import open_year
from reports.years import (
    items_to_begin,
    lacks,
    next_year,
    programmes_to_copy,
    schemes_to_copy,
    text_to_copy,
)
from tasks.lights import DONE, DONE_LATE, Standing, standings

NEEDED = (
    "orgs.add_checklistscheme",
    "orgs.add_checklistitem",
    "tasks.add_programme",
    "tasks.add_keytask",
    "tasks.change_planitem",
)
# Figures of the year before that somebody should still see to.
OPEN = [
    ("tasks.tasks_overdue", "逾期未完成的重点工作"),
    ("elections.elections_overdue", "逾期未换届的班子"),
    ("orgs.terms_expired", "当年任届期满的党组织"),
    ("orgs.uncovered", "应建未建的非公企业"),
    ("orgs.plans_overdue", "逾期未组建的计划"),
    ("orgs.checklist_missing", "未达标的检查项"),
    ("orgs.undersized_branches", "正式党员不足3名的非公企业党支部"),
]


@dataclass(frozen=True)
class OldYear:
    """The year before the one to open: its period, the query its links carry, what is open."""

    period: Period
    carry: str
    values: list[tuple[str, Value]]
    tasks: list[Standing]


def new_year(request: Request) -> HttpResponse:
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied
    office = office_or_404(request)
    upcoming = next_year(office)
    if request.method == "POST":
        return opened(request, office, upcoming)
    year = upcoming or office.working_year
    has = lacks(office, year)
    context = {
        "upcoming": upcoming,
        "year": year,
        "old": old_year(request, year - 1),
        "programmes": [one.name for one in programmes_to_copy(office, year)],
        "schemes": [one.name for one in schemes_to_copy(office, year)],
        "items": [str(one) for one in items_to_begin(office, year)] if upcoming else [],
        "sections": text_to_copy(office, year),
        "lacks": has,
        "lacks_any": any(one.is_missing for one in has),
    }
    return render(request, "reports/new_year.html", context)


def office_or_404(request: Request) -> Office:
    """The office whose year it is: those who keep only a part of it do not open its year."""
    office = request.office
    inside = Office.objects.within(request.own_scope)
    if office is None or not inside.filter(pk=office.pk).exists():
        raise Http404("没有可以开启新年度的单位。")
    return office


def opened(request: Request, office: Office, upcoming: int | None) -> HttpResponse:
    asked = request.POST.get("open", "")
    if asked == str(office.working_year):
        messages.info(request, f"{asked}年度已经开启，没有重复复制。")
    elif upcoming is None or asked != str(upcoming):
        messages.error(request, "没有开启：请求的年度不是下一个工作年度，请核对后再点。")
    elif done := open_year(office=office, year=upcoming):
        copied = f"复制了{done.programmes}项工程、{done.schemes}个达标标准"
        if done.sections:
            copied += f"、{done.sections}段总结文字"
        if done.tasks:
            copied += f"，{done.tasks}项计划事项列为重点工作"
        messages.success(request, f"已开启{upcoming}年度，{copied}。以后打开页面先看{upcoming}年。")
    else:
        messages.info(request, f"{asked}年度已由他人开启，没有重复复制。")
    return redirect(reverse("new_year"))


def old_year(request: Request, year: int) -> OldYear:
    period = periods.year(year)
    values = compute([slug for slug, _ in OPEN], request.own_scope, period)
    return OldYear(
        period,
        f"year={year}",
        [(label, values[slug]) for slug, label in OPEN if values[slug].number],
        [one for one in standings(request.own_scope, period) if not is_done(one)],
    )


def is_done(task: Any) -> bool:
    return task.light in (DONE, DONE_LATE)
