"""The sections of an office's summary or plan: begun, in order, each with what is open about it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from dangjian.lib import prose
from dangjian.lib.figures import UnknownFigure, figure_named
from orgs.middleware import Request
from reports.documents.build import UNIT
from reports.documents.paper import Block, numbered
from reports.documents.preview import mistakes
from reports.documents.writing import add_section, begin, defaults, move, part_of
from reports.forms.sections import NewSectionForm
from reports.models import Draft, Kind, Section
from reports.models.documents import name_of

from .written import is_whole, page_of, refuse_readers

# Whoever has typed since is editing now.
EDITING = timedelta(minutes=15)
EXCERPT = 60  # characters
START_AGAIN, LAST_YEAR = "default", "last"
UP, DOWN = -1, 1


@dataclass(frozen=True)
class Row:
    """A section in the list: its heading as numbered, and what is to be known before opening it."""

    section: Section
    heading: str
    excerpt: str
    is_default: bool
    has_default: bool
    mistakes: int
    drafts: list[Draft]


def edit(request: Request, year: int, kind: Kind) -> HttpResponse:
    refuse_readers(request)
    if request.unit is None:
        raise Http404("没有可以编写文稿的党组织。")
    written = sections_of(request, kind, year)
    if request.method == "POST" and not written:
        return begun(request, kind, year)
    if not written:
        return start_page(request, kind, year)
    if request.method == "POST":
        return changed(request, kind, written)
    return edit_page(request, kind, written, new_form(written))


def sections_of(request: Request, kind: Kind, year: int) -> list[Section]:
    found = Section.objects.of(request.scope.organization_id, kind, year)
    return list(found.select_related("report__organization", "updated_by"))


def new_form(written: list[Section], data: Any = None) -> NewSectionForm:
    return NewSectionForm(data, sections=written)


# — beginning —


def start_page(request: Request, kind: Kind, year: int) -> HttpResponse:
    last = sections_of(request, kind, year - 1)
    context = {
        "label": kind.label,
        "name": name_of(kind, year),
        "year": year,
        "last_year": year - 1,
        "last": last,
        "last_edited": max((one.updated_at for one in last), default=None),
        "reading": reading_page(request, kind, year),
        "removed": page_of(f"{kind}_history", request, year=year),
    }
    return render(request, "reports/documents/editor/start.html", context)


def begun(request: Request, kind: Kind, year: int) -> HttpResponse:
    asked = request.POST.get("start")
    if asked == START_AGAIN:
        parts = list(defaults(kind, is_whole=is_whole(request)))
    elif asked == LAST_YEAR:
        parts = [part_of(one) for one in sections_of(request, kind, year - 1)]
    else:
        parts = []
    if not parts:
        messages.error(request, "没有开始：请选择从默认文本还是从上一年度的文稿开始。")
        return start_page(request, kind, year)
    begin(organization=request.unit, kind=kind, year=year, parts=parts)
    messages.success(request, f"已建立{name_of(kind, year)}，共{len(parts)}段，可以逐段编辑。")
    return redirect(page_of(f"{kind}_edit", request, year=year))


# — the list —


def edit_page(
    request: Request, kind: Kind, written: list[Section], form: NewSectionForm
) -> HttpResponse:
    report = written[0].report
    context = {
        "label": kind.label,
        "report": report,
        "sections": rows_of(request, kind, written),
        "form": form,
        "reading": reading_page(request, kind, report.year),
        "history": page_of(f"{kind}_history", request, year=report.year),
    }
    status = 400 if form.errors else 200
    return render(request, "reports/documents/editor/edit.html", context, status=status)


def rows_of(request: Request, kind: Kind, written: list[Section]) -> list[Row]:
    """The sections, with who else is at them: one query."""
    drafts = Draft.objects.filter(section__in=written).select_related("user")
    fresh = [one for one in drafts if is_editing(one) or one.user == request.user]
    original = {part.code: part for part in defaults(kind, is_whole=is_whole(request))}
    return [
        Row(
            section=section,
            heading=heading,
            excerpt=excerpt(section.text.replace(UNIT, request.unit_name)),
            is_default=section.code in original and part_of(section) == original[section.code],
            has_default=section.code in original,
            mistakes=len(mistakes(section.heading)) + len(mistakes(section.text)),
            drafts=[draft for draft in fresh if draft.section_id == section.pk],
        )
        for section, heading in zip(written, headings(written), strict=True)
    ]


def is_editing(draft: Draft) -> bool:
    """Whether its author was typing just now."""
    return draft.updated_at > timezone.now() - EDITING


def headings(written: list[Section]) -> list[str]:
    blocks = [Block(one.level, [prose.Text(in_names(str(one)))]) for one in written]
    return [prose.plain(block.pieces) for block in numbered(blocks)]


def excerpt(text: str) -> str:
    """The beginning of a text, its figures by their names."""
    words = in_names(text.strip())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"


def in_names(text: str) -> str:
    return "".join(
        f"【{figure_name(token.slug)}】" if isinstance(token, prose.Reference) else token.text
        for token in prose.parse(text).tokens
        if isinstance(token, prose.Reference | prose.Literal)
    )


def figure_name(slug: str) -> str:
    try:
        return figure_named(slug).name
    except UnknownFigure:
        return slug


def reading_page(request: Request, kind: Kind, year: int) -> str:
    return page_of(str(kind), request, year=year)


# — changing it —


def changed(request: Request, kind: Kind, written: list[Section]) -> HttpResponse:
    by_key = {str(section.pk): section for section in written}
    for name, by in (("up", UP), ("down", DOWN)):
        if section := by_key.get(request.POST.get(name, "")):
            told = f"已移动“{section}”。" if move(section=section, by=by) else "已经到头了。"
            messages.info(request, told)
            return redirect(page_of(f"{kind}_edit", request, year=section.report.year))
    form = new_form(written, request.POST)
    if not form.is_valid():
        return edit_page(request, kind, written, form)
    added = add_section(report=written[0].report, **form.cleaned_data)
    messages.success(request, f"已添加“{added}”，请写正文。")
    return redirect(page_of("section", request, added.pk))
