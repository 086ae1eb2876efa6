"""Checking the numbers of a pasted text. It is not stored: it may be a speech not given yet."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dangjian.lib.figures import Figure, all_sets, defined_figures
from orgs.middleware import Request
from orgs.models import Village
from reports.access import figures_of, may_view_figure
from reports.documents.build import parts_of
from reports.forms.proofread import TextForm
from reports.models import Kind
from reports.proofreading import Mark, Proofread, Verdict, proofread
from reports.proofreading.printing import marked_text


@sensitive_post_parameters("text")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proofread_text(request: Request) -> HttpResponse:
    form = TextForm(request.POST if request.method == "POST" else None)
    checked = checked_by(request, form.cleaned_data["text"]) if form.is_valid() else None
    context = {
        "form": form,
        "checked": checked,
        "marked": marked_text(checked) if checked else "",
        "groups": groups_of(checked) if checked else [],
        "verdicts": list(Verdict),
    }
    return render(request, "reports/checks/proofread.html", context)


def checked_by(request: Request, text: str) -> Proofread:
    """The text beside the figures the reader may see, of the unit and year they look at."""
    unit, office, period = request.unit, request.office, request.period
    is_whole = bool(unit and office and office.organization_id == unit.pk)
    return proofread(
        text,
        request.scope,
        period,
        unit=request.unit_name,
        figures=open_figures(request),
        written=[parts_of(kind, request.scope, period, is_whole=is_whole) for kind in Kind],
        places=places_in(request),
    )


def open_figures(request: Request) -> list[Figure]:
    """The figures whose rows the reader may see, declared and defined by the office."""
    declared = [one for each in all_sets() for one in figures_of(request.user, each)]
    own = [one for one in defined_figures().values() if may_view_figure(request.user, one)]
    return declared + own


def places_in(request: Request) -> list[str]:
    """The names of the villages inside the unit, but not of the one it is."""
    villages = Village.objects.within(request.scope).exclude(party_organization=request.unit)
    return list(villages.order_by("pk").values_list("name", flat=True))


@dataclass(frozen=True)
class Group:
    """A table of the page: numbers with verdicts that ask for the same."""

    code: str
    title: str
    marks: list[Mark]
    about: str
    tone: str


def groups_of(checked: Proofread) -> list[Group]:
    def having(*verdicts: Verdict) -> list[Mark]:
        return [one for one in checked.marks if one.verdict in verdicts]

    wrong, right = checked.alarms, having(Verdict.AGREES, Verdict.CONSISTENT)
    groups = [
        Group("wrong", "要改的", wrong, "与记录不符，或者前后算不通。", "danger"),
        Group("unsure", "拿不准的", having(Verdict.UNSURE), "看所列的指标，自己判断。", "warning"),
        Group(
            "right", "相符的", right, "数和所说的事都对得上指标，或者与前后的数相符。", "success"
        ),
        Group(
            "unknown",
            "没有对应指标的",
            having(Verdict.NONE),
            "平台没有这样的数，请另行核对。",
            "secondary",
        ),
    ]
    return [group for group in groups if group.marks]
