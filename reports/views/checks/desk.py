"""The consistency checks: what blocks the report, what has to be explained, what agrees."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dangjian.lib.checks import Found
from dangjian.lib.periods import last_year
from orgs.middleware import Request
from reports.access import registers_of
from reports.desk import Desk, desk_of
from reports.explanations import explained_name
from reports.forms.explanations import ExplanationForm, TogetherForm
from reports.mending import Keeper, keepers_of, roles_that_mend
from reports.models import Explanation


def checks(request: Request, year: int) -> HttpResponse:
    desk = desk_of(request, with_changes=True)
    figures, rows = by_kind(desk.passed)
    failed = [
        Group("blocking", "阻断", desk.blocking, "改正以后才能上报。", mends=True),
        Group(
            "to_explain",
            "需说明",
            desk.to_explain,
            "改正，或核对属实后说明原因。",
            mends=True,
            explains=True,
        ),
    ]
    others = [
        Group("not_compared", "未比较", desk.not_compared, "没有可以比较的数，例如没有上届。"),
        Group("passed_figures", "通过：指标勾稽", figures, "两边的数相符。", defines=False),
        Group("passed_rows", "通过：逐行核查", rows, "没有一行不合要求。", compares=False),
    ]
    wrong = [*desk.blocking, *desk.to_explain]
    keepers = keepers_of(wrong, request.scope, request.period)
    context = {
        "desk": desk,
        "failed": [(group, lines_of(group, desk, keepers)) for group in failed if group.found],
        "others": [(group, lines_of(group, desk, {})) for group in others if group.found],
        "moved": [(one, desk.said_of_change(one)) for one in desk.moved],
        "before": year_before(request),
        "threshold": request.office.change_threshold if request.office else None,
        "may_explain": may_explain(request),
    }
    return render(request, "reports/checks/desk.html", context)


def lines_of(group: "Group", desk: Desk, keepers: dict[str, list[Keeper]]) -> list["Line"]:
    return [
        Line(
            found,
            desk.said_of_check(found),
            keepers.get(found.check.slug, []) if group.mends else [],
            roles_that_mend(found) if group.mends else [],
        )
        for found in group.found
    ]


def year_before(request: Request) -> dict[str, Any]:
    """The period and query of last year, for links onto its rows."""
    period = last_year(request.period)
    org = request.GET.get("org")
    carried = {"year": period.first_day.year if period else "", **({"org": org} if org else {})}
    return {"period": period, "carry": urlencode(carried)}


def may_explain(request: Request) -> bool:
    verbs = ("add", "change", "delete")
    return request.user.has_perms([f"reports.{verb}_explanation" for verb in verbs])


def explanation(request: Request, year: int, about: str, slug: str) -> HttpResponse:
    """Why a check fails though the records are right, or why a number moved so far."""
    if not may_explain(request) or request.unit is None:
        raise PermissionDenied
    name = explained_name(about, slug, registers_of(request.user))
    if not name:
        raise Http404("没有这个校核项。")
    of_unit: QuerySet[Explanation] = Explanation.objects.within(request.scope)
    key = {"organization": request.unit, "year": year, "about": about, "slug": slug}
    back = f"{reverse('checks', args=[year])}?{request.carry}"
    if request.method != "POST":
        form = ExplanationForm(instance=of_unit.filter(**key).first() or Explanation(**key))
        return explanation_page(request, form, name, back)
    with transaction.atomic():  # who explains the same waits
        stored = of_unit.select_for_update(of=("self",)).filter(**key).first()
        form = ExplanationForm(request.POST, instance=stored or Explanation(**key))
        if not form.is_valid():
            return explanation_page(request, form, name, back)
        form.keep()
    messages.success(request, f"已保存“{name}”的说明。")
    return redirect(back)


def explain_together(request: Request, year: int) -> HttpResponse:
    """One reason for several numbers that moved so far since last year."""
    if not may_explain(request) or request.unit is None:
        raise PermissionDenied
    desk = desk_of(request, with_changes=True)
    unexplained = desk.unexplained_moves
    back = f"{reverse('checks', args=[year])}?{request.carry}#moved"
    form = TogetherForm(request.POST or None, unexplained=unexplained)
    if not form.is_valid():
        return explanation_page(request, form, "较上年变动较大的指标", back)
    try:
        with transaction.atomic():
            kept = form.keep(organization=request.unit, year=year, about=Explanation.About.CHANGE)
    except IntegrityError:
        form.add_error("slugs", "有的指标刚刚已有人说明，请重新选择。")
        return explanation_page(request, form, "较上年变动较大的指标", back)
    messages.success(request, f"已保存{kept}项的说明。")
    return redirect(back)


def explanation_page(request: Request, form: Any, name: str, back: str) -> HttpResponse:
    context = {"form": form, "name": name, "cancel_url": back}
    status = 400 if form.errors else 200
    return render(request, "reports/checks/explanation.html", context, status=status)


def failing(request: Request, year: int) -> HttpResponse:
    """How many checks failed, as a piece of the dashboard, which does not wait for it.

    Counting all that the checks count takes as long as the whole dashboard.
    """
    desk = desk_of(request)
    kinds = [
        ("blocking", desk.blocking, "项校核阻断", "danger"),
        ("to_explain", desk.unexplained_checks, "项校核待说明", "warning"),
    ]
    context = {
        "failing": [
            (kind, f"{len(found)}{words}", tone) for kind, found, words, tone in kinds if found
        ],
        "address": f"{reverse('checks', args=[year])}?{request.carry}",
    }
    return render(request, "reports/checks/_failing.html", context)


@dataclass(frozen=True)
class Group:
    """A table of the page, and which columns it has."""

    code: str
    title: str
    found: list[Found]
    about: str
    compares: bool = True
    defines: bool = True
    mends: bool = False
    explains: bool = False


@dataclass(frozen=True)
class Line:
    """A check on the page: what it came to, what was said of it, who can mend it."""

    found: Found
    said: Explanation | None
    keepers: list[Keeper]
    roles: list[str]


def by_kind(listed: Iterable[Found]) -> tuple[list[Found], list[Found]]:
    """Those that compare figures, then those that count rows."""
    figures: list[Found] = []
    rows: list[Found] = []
    for found in listed:
        (rows if found.check.counted else figures).append(found)
    return figures, rows
