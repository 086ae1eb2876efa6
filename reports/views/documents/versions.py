"""What became of a text: every version of a section, and every change of a summary or plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dangjian.lib.differences import Line, differences
from orgs.middleware import Request
from reports.documents.writing import bring_back, part_of, rewrite
from reports.models import Kind, Report, Section
from reports.models.documents import name_of

from .sections import CHANGED_MEANWHILE
from .written import edit_page, page_of, refuse_readers, section_or_404

MOST_VERSIONS = 50
MOST_CHANGES = 100
WRITTEN, REWRITTEN, MOVED, REMOVED, BROUGHT_BACK = "新建", "修改", "移动", "删除", "恢复"


@dataclass(frozen=True)
class Version:
    """A row of a section's history, what happened then, and how it differs from the one before."""

    row: Any
    what: str
    heading: list[Line]
    lines: list[Line]
    level: str


def section_history(request: Request, pk: int) -> HttpResponse:
    refuse_readers(request)
    found = section_or_404(request, pk)
    if request.method == "POST":
        return restored(request, found)
    context = {
        "section": found,
        "versions": versions_of(found),
        "edit_page": edit_page(request, found.report),
        "most": MOST_VERSIONS,
    }
    return render(request, "reports/documents/editor/section_history.html", context)


def versions_of(section: Section) -> list[Version]:
    """The newest first; a version in which only the section's place changed is left out."""
    rows = list(
        Section.history.filter(id=section.pk)
        .select_related("history_user")
        .order_by("-history_id")[: MOST_VERSIONS + 1]
    )
    pairs = list(zip(rows, [*rows[1:], None], strict=True))
    return [
        version_of(row, older)
        for row, older in pairs[:MOST_VERSIONS]
        if what_happened(row, older) != MOVED
    ]


def version_of(row: Any, older: Any) -> Version:
    before = part_of(older if older is not None else row)
    is_other_level = older is not None and older.level != row.level
    return Version(
        row=row,
        what=what_happened(row, older),
        heading=differences(before.heading, row.heading),
        lines=differences(before.text, row.text),
        level=f"{older.get_level_display()} → {row.get_level_display()}" if is_other_level else "",
    )


def what_happened(row: Any, older: Any) -> str:
    """In a word; `older` is the row before it of the same section, if there is one at hand."""
    if row.history_type == "-":
        return REMOVED
    if row.history_type == "+":
        return BROUGHT_BACK if older is not None else WRITTEN
    return MOVED if older is not None and part_of(older) == part_of(row) else REWRITTEN


def restored(request: Request, found: Section) -> HttpResponse:
    """Give the section the words of an old version, as its next one."""
    here = page_of("section_history", request, found.pk)
    asked = request.POST.get("restore", "")
    rows = Section.history.filter(id=found.pk).exclude(history_type="-")
    if not asked.isdecimal():
        raise Http404("没有这个版本。")
    row = get_object_or_404(rows, history_id=asked)
    if request.POST.get("version") != str(found.version):
        messages.warning(request, CHANGED_MEANWHILE)
        return redirect(here)
    rewrite(section=found, part=part_of(row))
    messages.success(request, f"已恢复“{found}”的旧版本，恢复前的文字也在历史里。")
    return redirect(here)


# — the whole text —


@dataclass(frozen=True)
class Change:
    """What was done to a section of a report, and whether the section is still there."""

    row: Any
    what: str
    is_there: bool


def history(request: Request, year: int, kind: Kind) -> HttpResponse:
    refuse_readers(request)
    if request.unit is None:
        raise Http404("没有可以编写文稿的党组织。")
    report = Report.objects.filter(organization=request.unit, kind=kind, year=year).first()
    if request.method == "POST":
        return brought_back(request, report)
    rows = rows_of(report) if report else []
    there = set(report.sections.values_list("pk", flat=True)) if report else set()
    context = {
        "name": name_of(kind, year),
        "edit_page": page_of(f"{kind}_edit", request, year=year),
        "removed": removed_of(report, there) if report else [],
        "changes": changes_of(rows, there)[:MOST_CHANGES],
        "most": MOST_CHANGES,
    }
    return render(request, "reports/documents/editor/history.html", context)


def rows_of(report: Report) -> list[Any]:
    """The newest rows of the history of the report's sections, and one more of each to compare."""
    rows = Section.history.filter(report_id=report.pk).select_related("history_user")
    return list(rows.order_by("-history_id")[: 2 * MOST_CHANGES])


def removed_of(report: Report, there: set[int]) -> list[Any]:
    """The removed sections as they were last, the one removed last first."""
    rows = Section.history.filter(report_id=report.pk, history_type="-").exclude(id__in=there)
    newest = {row.id: row for row in rows.select_related("history_user").order_by("history_id")}
    return sorted(newest.values(), key=lambda row: -row.history_id)


def changes_of(rows: Iterable[Any], there: set[int]) -> list[Change]:
    """Each row with what was done; rows are the newest first."""
    found: list[Change] = []
    newer: dict[int, Any] = {}
    for row in rows:
        if row.id in newer:
            found.append(change(newer[row.id], row, there))
        newer[row.id] = row
    found += [change(row, None, there) for row in newer.values()]
    return sorted(found, key=lambda one: -one.row.history_id)


def change(row: Any, older: Any, there: set[int]) -> Change:
    return Change(row, what_happened(row, older), row.id in there)


def brought_back(request: Request, report: Report | None) -> HttpResponse:
    asked = request.POST.get("bring_back", "")
    rows = Section.history.filter(report_id=report.pk if report else None, history_type="-")
    if report is None or not asked.isdecimal():
        raise Http404("没有这个段落。")
    row = get_object_or_404(rows, history_id=asked)
    if Section.objects.filter(pk=row.id).exists():
        messages.info(request, "这一段已经恢复了。")
        return redirect(edit_page(request, report))
    section = bring_back(removed=row)
    messages.success(request, f"已恢复“{section}”，在原来的位置。")
    return redirect(edit_page(request, report))
