"""Importing files: what was uploaded, what it would do, confirming and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from orgs.middleware import Request
from reports.exporters.templates import template_workbook
from reports.forms.imports import UploadForm
from reports.imports.batches import (
    Differs,
    Settled,
    confirm,
    decide,
    discard,
    findings_of,
    keep_upload,
    may_open,
)
from reports.imports.guard import BadFile
from reports.imports.returned import annotated
from reports.imports.targets import targets_for
from reports.imports.undo import Blocked, undo
from reports.models import Batch

from .findings import findings_page, named_in_sight, outcome_page

BATCHES_ON_PAGE = 30
ALREADY = "这个批次已经处理过，没有重复处理。"
CHANGED = "您核对之后台账有了变动，所以没有导入。下面是按现在的台账重新核对的结果，请再确认一次。"

may_import = permission_required("reports.add_batch", raise_exception=True)


@may_import
def batches(request: Request) -> HttpResponse:
    found = Batch.objects.within(request.own_scope).without_file()
    people = ("uploaded_by", "settled_by", "undone_by")
    shown = [batch for batch in found.select_related(*people) if may_open(request.user, batch)]
    page = Paginator(shown, BATCHES_ON_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "page_query": f"?{request.carry}&page="}
    return render(request, "reports/imports/batches.html", context)


@may_import
def new(request: Request) -> HttpResponse:
    """What can be imported, and where to upload it."""
    form = UploadForm(request)
    if request.method == "POST" and request.user.organization_id and form.is_valid():
        try:
            batch = keep_upload(
                user=request.user,
                name=form.cleaned_data["file"].name,
                content=form.cleaned_data["file"].read(),
                replaces=replaced(request),
            )
        except BadFile as error:
            form.add_error("file", str(error))
        except Settled:
            form.add_error(None, ALREADY)
        else:
            return redirect(page_of(batch, request))
    context = {"form": form, "targets": targets_for(request.user)}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "reports/imports/new.html", context, status=status)


def replaced(request: Request) -> Batch | None:
    """The waiting batch that an upload on its page takes the place of."""
    key = request.POST.get("replaces", "")
    return batch_or_404(request, int(key)) if key.isdecimal() else None


@may_import
def template(request: Request) -> FileResponse:
    """Empty sheets to fill in: of the targets asked for, or of all."""
    mine = {target.slug: target for target in targets_for(request.user)}
    asked = request.GET.getlist("target") or list(mine)
    if not set(asked) <= set(mine):
        raise Http404("没有这个模板。")
    chosen = [target for slug, target in mine.items() if slug in asked]
    title = "全部台账" if len(chosen) == len(mine) else "、".join(one.name for one in chosen)
    stream = template_workbook(chosen, request.own_scope)
    return FileResponse(stream, as_attachment=True, filename=f"{title}导入模板.xlsx")


@may_import
def batch(request: Request, pk: int) -> HttpResponse:
    shown = batch_or_404(request, pk)
    if request.method == "POST":
        return act(request, shown)
    if shown.state != Batch.State.PENDING:
        return outcome_page(request, shown)
    return findings_page(request, shown)


def act(request: Request, shown: Batch) -> HttpResponse:
    """What a button of the batch's page asks for; back to the page."""
    actions = {"confirm": confirmed, "decide": decided, "discard": discarded}
    action = actions.get(request.POST.get("do", ""))
    if action is None:
        raise Http404("没有这个操作。")
    try:
        level, text = action(request, shown)
    except Settled:
        level, text = messages.WARNING, ALREADY
    except BadFile as error:
        level, text = messages.ERROR, str(error)
    if text:
        messages.add_message(request, level, text)
    return redirect(page_of(shown, request))


def confirmed(request: Request, shown: Batch) -> tuple[int, str]:
    try:
        confirm(shown, user=request.user, seen=request.POST.get("seen", ""))
    except Differs:
        return messages.WARNING, CHANGED
    return messages.SUCCESS, "已导入。发现不对可以整批撤销。"


def decided(request: Request, shown: Batch) -> tuple[int, str]:
    if shown.state != Batch.State.PENDING:
        raise Settled
    decide(
        shown,
        user=request.user,
        targets=posted(request, "target:"),
        answers=posted(request, "answer:"),
    )
    return messages.INFO, ""


def discarded(request: Request, shown: Batch) -> tuple[int, str]:
    discard(shown, user=request.user)
    return messages.INFO, "已放弃，文件不再保留，台账没有改动。"


def batch_or_404(request: Request, pk: int) -> Batch:
    """The batch, where the user may fill every register in it.

    The whole of the user's scope counts, not what the page is narrowed to: an import is the
    user's own, and takes place there.
    """
    found = get_object_or_404(Batch.objects.within(request.own_scope), pk=pk)
    if not may_open(request.user, found):
        raise Http404("没有这个批次。")
    return found


def page_of(shown: Batch, request: Request) -> str:
    return f"{shown.get_absolute_url()}?{request.carry}"


def posted(request: Request, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): str(value)
        for name, value in request.POST.items()
        if name.startswith(prefix)
    }


@may_import
def annotated_file(request: Request, pk: int) -> FileResponse:
    """The uploaded workbook with what is wrong written beside each row."""
    shown = batch_or_404(request, pk)
    if shown.content is None:
        raise Http404("这个批次的文件已不再保留。")
    stream = annotated(bytes(shown.content), findings_of(shown))
    stem = shown.name.rpartition(".")[0] or shown.name
    return FileResponse(stream, as_attachment=True, filename=f"{stem}（标注）.xlsx")


@may_import
def undo_batch(request: Request, pk: int) -> HttpResponse:
    """Ask whether to take a batch back, and say what stands in the way."""
    shown = batch_or_404(request, pk)
    blocked: Blocked | None = None
    if request.method == "POST":
        try:
            undo(shown, user=request.user)
        except Settled:
            messages.warning(request, "这个批次没有导入，或者已经撤销过。")
            return redirect(page_of(shown, request))
        except Blocked as error:
            blocked = error
        else:
            messages.success(request, "已撤销，台账恢复到导入之前。")
            return redirect(page_of(shown, request))
    elif shown.state != Batch.State.IMPORTED:
        return redirect(page_of(shown, request))
    context = {
        "batch": shown,
        "blocked": blocked is not None,
        **named_in_sight(request, blocked.obstacles if blocked else []),
        "cancel_url": page_of(shown, request),
    }
    status = 409 if blocked else 200
    return render(request, "reports/imports/undo.html", context, status=status)
