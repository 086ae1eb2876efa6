"""Signing a paper, and reading what was signed."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dangjian.lib.checks import Outcome
from dangjian.lib.figures import UnknownFigure, figure_named, register_named
from dangjian.lib.figures.kinds import NOW
from dangjian.lib.prose import Piece, Printed
from orgs.middleware import Request
from reports.access import log_reading, registers_of
from reports.desk import desk_of
from reports.documents.build import build_document
from reports.documents.drift import changed_in_text, drift_of
from reports.documents.edits import Since, names_of_records
from reports.documents.evidence import columns_signed
from reports.documents.signing import NotReady, Prepared, prepare, sign
from reports.documents.stored import SignedFigure, appendices_of, blocks_of, figures_of
from reports.forms.signing import SigningForm
from reports.models import Edition, EditionFile, Kind
from reports.views.downloads import download

PAGE_SIZE = 100
MAY_PREPARE = ("reports.add_edition", "reports.change_report")
SIGNED_FIGURE = '<a class="figure" data-figure="{}" data-value="{}" href="{}" title="{}：{}">{}</a>'


def signing(request: Request, year: int, kind: Kind) -> HttpResponse:
    """What stands in the way of signing a paper; for leaders, signing it."""
    if not any(request.user.has_perm(one) for one in MAY_PREPARE):
        raise PermissionDenied
    may_sign = request.user.has_perm("reports.add_edition")
    if request.method == "POST" and not may_sign:
        raise PermissionDenied
    prepared = prepared_for(request, kind)
    form = SigningForm(
        request.POST if request.method == "POST" else None,
        fingerprint=prepared.fingerprint,
        corrects=prepared.last is not None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data.get("reason", "")
            edition = sign(prepared=prepared, by=request.user, reason=reason)
        except NotReady as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已定稿：{edition}。")
            return redirect(f"{edition.get_absolute_url()}?{request.carry}")
    context = {
        "prepared": prepared,
        "document": prepared.document,
        "form": form,
        "may_sign": may_sign,
        "paper_url": f"{reverse(kind.value, args=[year])}?{request.carry}",
    }
    return render(
        request, "reports/documents/signing.html", context, status=400 if form.errors else 200
    )


def prepared_for(request: Request, kind: Kind) -> Prepared:
    if request.unit is None:
        raise Http404("没有可以定稿的文稿。")
    office = request.office.name if request.office else ""
    document = build_document(
        kind, request.scope, request.period, unit=request.unit_name, office=office
    )
    desk = desk_of(request, with_changes=kind == Kind.SUMMARY)
    return prepare(request.unit, request.scope, document, desk)


def edition(request: Request, pk: int) -> HttpResponse:
    """The paper as it was signed, who signed it, its files, and whether its numbers still hold."""
    found = edition_or_404(request, pk)
    files = list(found.files.all())
    figures = figures_of(found.values)
    context = {
        "edition": found,
        "day": found.period,
        "files": files,
        "is_intact": found.digest(files) == found.sha256,
        "counted_only": found.paper["counted_only"],
        "dated": found.paper["dated"],
        "checks": checks_open_to(request, found),
        "blocks": [
            {
                "level": block.level,
                "text": linked(block.pieces, found, figures),
                "source": block.source,
            }
            for block in blocks_of(found.paper)
        ],
        "appendices": [
            {
                "title": one.title,
                "headers": one.headers,
                "note": one.note,
                "source": one.source,
                "rows": [[linked(cell, found, figures) for cell in row] for row in one.rows],
            }
            for one in appendices_of(found.paper)
        ],
        "changed": changed_in_text(found, registers_of(request.user)),
        "figures_in_text": sum(one.in_text for one in figures.values()),
        "editions": editions_beside(found),
        "paper_url": f"{reverse(found.kind, args=[found.year])}?{carry_of(request, found)}",
        "carry": carry_of(request, found),
    }
    return render(request, "reports/documents/edition.html", context)


def checks_open_to(request: Request, found: Edition) -> dict[str, Any]:
    """How the checks stood when the edition was signed, over what the reader may see."""
    mine = {register.slug for register in registers_of(request.user)}
    shown = [one for one in found.checks if mine.issuperset(one["registers"])]
    return {
        "count": len(shown),
        "passed": sum(one["outcome"] == Outcome.PASSED for one in shown),
        "failed": [one for one in shown if one["outcome"] == Outcome.FAILED],
    }


def edition_drift(request: Request, pk: int) -> HttpResponse:
    """Which figures of an edition differ from the records now, and which edits did it."""
    found = edition_or_404(request, pk)
    drift = drift_of(found, registers_of(request.user))
    log_reading(request, [side.register for one in drift.figures for side in one.sides])
    context = {
        "edition": found,
        "drift": drift,
        "groups": [
            ("文中的指标", drift.in_text),
            ("报表中的其他指标", drift.elsewhere),
        ],
        "carry": carry_of(request, found),
    }
    return render(request, "reports/documents/edition_drift.html", context)


def edition_rows(request: Request, pk: int) -> HttpResponse:
    """The rows behind a figure as they were when the edition was signed."""
    found = edition_or_404(request, pk)
    figure = figures_of(found.values).get(request.GET.get("figure", ""))
    if figure is None:
        raise Http404("这一版没有这个指标。")
    registers = {register.slug: register for register in registers_of(request.user)}
    if not registers.keys() >= set(figure.registers):
        raise PermissionDenied
    log_reading(request, [registers[slug] for slug in figure.registers])
    since = Since(found.created_at)
    carry = carry_of(request, found)
    context = {
        "edition": found,
        "figure": figure,
        "sides": [
            side_context(request, column, place, since)
            for place, column in enumerate(columns_signed(found.rows, figure.slug))
        ],
        "now_url": address_now(figure, carry),
        "carry": carry,
    }
    return render(request, "reports/documents/edition_rows.html", context)


def edition_file(request: Request, pk: int) -> FileResponse:
    """The Word or Excel file of an edition, byte for byte."""
    if not request.user.has_perm("reports.view_editionfile"):
        raise PermissionDenied
    found = get_object_or_404(EditionFile.objects.within(request.scope), pk=pk)
    return download(request, BytesIO(bytes(found.content)), found.name)


def edition_or_404(request: Request, pk: int) -> Edition:
    if not request.user.has_perm("reports.view_edition"):
        raise PermissionDenied
    editions = Edition.objects.within(request.scope).select_related("organization")
    found: Edition = get_object_or_404(editions, pk=pk)
    return found


def editions_of(request: Request, kind: Kind, year: int) -> list[Edition]:
    """The editions of the paper a reading page shows, the latest first."""
    unit = request.unit.pk if request.unit else None
    return list(Edition.objects.of(unit, kind, year).without_content())


def editions_beside(found: Edition) -> list[Edition]:
    same = Edition.objects.of(found.organization_id, Kind(found.kind), found.year)
    return list(same.without_content())


def carry_of(request: Request, found: Edition) -> str:
    """The query that leads to today's records of the edition's unit and period."""
    period = found.period
    # Of a year that is over, or has not begun, the year alone leads to the same day.
    is_of_year = period.as_of == period.last_day or period.as_of > timezone.localdate()
    carried = {"year": str(found.year)} if is_of_year else {"on": period.as_of.isoformat()}
    if found.organization_id != request.user.organization_id:
        carried["org"] = str(found.organization_id)
    return urlencode(carried)


def linked(pieces: list[Piece], found: Edition, figures: dict[str, SignedFigure]) -> SafeString:
    """Text as it was signed, every number in it linked to the rows it was counted from then."""
    return format_html_join("", "{}", ((piece_of(one, found, figures),) for one in pieces))


def piece_of(piece: Piece, found: Edition, figures: dict[str, SignedFigure]) -> SafeString | str:
    if not isinstance(piece, Printed) or piece.slug not in figures:
        return piece.text
    figure = figures[piece.slug]
    address = f"{reverse('edition_rows', args=[found.pk])}?{urlencode({'figure': piece.slug})}"
    plain = figure.plain if piece.form != "before" else ""
    return format_html(
        SIGNED_FIGURE, piece.slug, plain, address, figure.name, figure.definition, piece.text
    )


def address_now(figure: SignedFigure, carry: str) -> str:
    """Where the figure's rows of today are; empty where the figure is no longer declared."""
    try:
        now = figure_named(figure.slug)
    except UnknownFigure:
        return ""
    return f"{reverse('register', args=[now.register.slug])}?figure={figure.slug}&{carry}"


def side_context(
    request: Request, column: dict[str, Any], place: int, since: Since
) -> dict[str, Any]:
    """A page of the rows of one side of a figure, by name, with what was measured."""
    register = register_named(column["register"])
    page_key = "page" if place == 0 else f"page{place + 1}"
    page = Paginator(list(column["rows"].items()), PAGE_SIZE).get_page(request.GET.get(page_key))
    keys = {key for key, _ in page}
    names = names_of_records(register.model, keys, since)
    query = request.GET.copy()
    query.pop(page_key, None)
    moment = "" if column["moment"] == NOW else f"（{column['moment']}）"
    return {
        "title": f"{register.name}{moment}",
        "counts": column["counts"],
        "rows": [(names.get(key, f"记录号{key}"), value) for key, value in page],
        "row_count": len(column["rows"]),
        "page": page,
        "page_query": f"?{query.urlencode()}&{page_key}=",
    }
