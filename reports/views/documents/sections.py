"""Writing one section: its text beside what it prints, and who else is writing it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dangjian.lib.differences import differences
from orgs.middleware import Request
from reports.documents.preview import preview
from reports.documents.writing import (
    default_of,
    give_up_draft,
    keep_draft,
    part_of,
    remove,
    rewrite,
)
from reports.forms.sections import SectionForm
from reports.models import Draft, Section
from reports.shortcomings import evidence_for
from reports.texts import Part

from .editing import is_editing
from .written import (
    edit_page,
    is_whole,
    page_of,
    refuse_readers,
    removed_or_404,
    section_or_404,
)

# The section of a default text beside which figures are offered to write it with.
SHORTCOMINGS = "shortcomings"
CHANGED_MEANWHILE = "您打开之后，他人又保存了本段，请看过现在的内容再确认。"


def section(request: Request, pk: int) -> HttpResponse:
    refuse_readers(request)
    refuse_other_writers(request)
    try:
        found = section_or_404(request, pk)
    except Http404:
        return removed_page(request, pk)
    if request.method != "POST":
        return elsewhere(request, found) or section_page(request, found, first_form(request, found))
    if "discard" in request.POST:
        give_up_draft(section=found, user=request.user)
        messages.info(request, "草稿已放弃，下面是已保存的内容。")
        return redirect(page_of("section", request, pk))
    form = SectionForm(request.POST, instance=found)
    if not form.is_valid():
        return section_page(request, Section.objects.get(pk=pk), form)
    return saved(request, form)


def refuse_other_writers(request: Request) -> None:
    """A page opened by somebody who signed in to this browser before is not this user's typing."""
    if request.POST.get("writer", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied


def elsewhere(request: Request, found: Section) -> HttpResponse | None:
    """Where the header's switches lead from here: the same paper of another year or unit."""
    report = found.report
    year = request.GET.get("year") or str(report.year)
    unit = request.GET.get("org") or str(request.own_scope.organization_id)
    is_other_unit = "org" in request.GET and unit != str(report.organization_id)
    if year == str(report.year) and not is_other_unit:
        return None
    unit = unit if "org" in request.GET else str(report.organization_id)
    address = reverse(f"{report.kind}_edit", kwargs={"year": int(year)})
    return redirect(f"{address}?{urlencode({'org': unit})}")


def first_form(request: Request, found: Section) -> SectionForm:
    """The section as stored, or as the user left it without saving."""
    draft = Draft.objects.filter(section=found, user=request.user).first()
    if draft is None:
        return SectionForm(instance=found)
    typed = {"level": draft.level, "heading": draft.heading, "text": draft.text}
    form = SectionForm(instance=found, initial=typed)
    form.initial["version"] = draft.version
    return form


def section_page(request: Request, found: Section, form: SectionForm) -> HttpResponse:
    part = typed_part(found, *(form[name].value() for name in ("level", "heading", "text")))
    default = default_of(found, is_whole=is_whole(request))
    context = {
        "section": found,
        "form": form,
        "edit_page": edit_page(request, found.report),
        "has_default": default not in (None, part_of(found)),
        "evidence": evidence_for(request, request.period) if found.code == SHORTCOMINGS else None,
        **preview_context(request, found, part),
    }
    status = 400 if form.errors else 200
    return render(request, "reports/documents/editor/section.html", context, status=status)


def preview_context(request: Request, found: Section, part: Part) -> dict[str, Any]:
    drafts = list(Draft.objects.filter(section=found).select_related("user"))
    return {
        "preview": preview(part, request.scope, request.period, unit=request.unit_name),
        "draft": next((one for one in drafts if one.user == request.user), None),
        "others": [one for one in drafts if one.user != request.user and is_editing(one)],
    }


def typed_part(found: Section, level: Any, heading: Any, text: Any) -> Part:
    """What is being typed, in the shape of what is stored; it may be wrong in every way."""
    levels = {str(one.value): one.value for one in Section.Level}
    lines = (text or "").replace("\r\n", "\n").rstrip()
    return Part(found.code, levels.get(str(level), found.level), (heading or "").strip(), lines)


def saved(request: Request, form: SectionForm) -> HttpResponse:
    found = form.instance
    if form.has_changed():
        rewrite(section=found, part=part_of(found))
    give_up_draft(section=found, user=request.user)
    messages.success(request, f"已保存“{found}”。")
    if "next" in request.POST:
        return redirect(page_of("section", request, found.pk))
    return redirect(edit_page(request, found.report))


@require_POST
def section_preview(request: Request, pk: int) -> HttpResponse:
    """What is being typed as it would print; it is kept on the way, until saved or given up."""
    refuse_readers(request)
    refuse_other_writers(request)
    found = section_or_404(request, pk)
    typed = request.POST
    part = typed_part(found, typed.get("level"), typed.get("heading"), typed.get("text"))
    version = typed.get("version", "")
    keep_draft(
        section=found,
        user=request.user,
        part=part,
        version=int(version) if version.isdecimal() else found.version,
    )
    context = {**preview_context(request, found, part), "now": timezone.localtime()}
    return render(request, "reports/documents/editor/_preview.html", context)


def section_default(request: Request, pk: int) -> HttpResponse:
    """Give a section the words it began with; the differences are shown before."""
    refuse_readers(request)
    found = section_or_404(request, pk)
    part = default_of(found, is_whole=is_whole(request))
    if part is None:
        raise Http404("这一段没有默认文本。")
    if is_confirmed(request, found):
        rewrite(section=found, part=part)
        give_up_draft(section=found, user=request.user)
        messages.success(request, f"“{found}”已恢复默认文本，原来的文字在修改历史里。")
        return redirect(edit_page(request, found.report))
    context = {
        "section": found,
        "heading": differences(found.heading, part.heading),
        "lines": differences(found.text, part.text),
        "edit_page": edit_page(request, found.report),
    }
    return render(request, "reports/documents/editor/default.html", context)


def section_remove(request: Request, pk: int) -> HttpResponse:
    """Remove a section, with what goes along; it can be brought back from the report's history."""
    refuse_readers(request)
    found = section_or_404(request, pk)
    if is_confirmed(request, found):
        remove(section=found)
        messages.success(request, f"已删除“{found}”，可在文稿的修改历史里恢复。")
        return redirect(edit_page(request, found.report))
    context = {
        "section": found,
        "drafts": Draft.objects.filter(section=found).select_related("user"),
        "edit_page": edit_page(request, found.report),
    }
    return render(request, "reports/documents/editor/remove.html", context)


def is_confirmed(request: Request, found: Section) -> bool:
    """Whether the user has seen the section as it is now, and said yes."""
    if request.method != "POST":
        return False
    if request.POST.get("version") == str(found.version):
        return True
    messages.warning(request, CHANGED_MEANWHILE)
    return False


def removed_page(request: Request, pk: int) -> HttpResponse:
    """A section somebody removed: what was being typed in it is shown, to be copied from."""
    row = removed_or_404(request, pk)
    posted = request.method == "POST"
    context = {
        "removed": row,
        "typed": request.POST.get("text", "") if posted else "",
        "edit_page": edit_page(request, row.report),
        "history": page_of(f"{row.report.kind}_history", request, year=row.report.year),
    }
    return render(
        request, "reports/documents/editor/removed.html", context, status=409 if posted else 404
    )
