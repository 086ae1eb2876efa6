"""What an uploaded file would do, sheet by sheet, and what an imported one did."""

from collections import defaultdict
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render

from orgs.middleware import Request
from orgs.scope import ScopedQuerySet
from reports.entry import entry_page
from reports.forms.imports import UploadForm
from reports.imports.batches import findings_of, fingerprint
from reports.imports.changes import described
from reports.imports.examine import Findings, SheetFindings
from reports.imports.guard import BadFile
from reports.imports.targets import targets_for
from reports.imports.undo import Obstacle
from reports.models import Batch

ROWS_ON_PAGE = 50
FAULTS_ON_PAGE = 100
# The lists of a sheet that are folded, and what they are called.
LISTS = [("created", "新增"), ("changed", "修改"), ("missing", "台账中有、文件中没有")]


def findings_page(request: Request, shown: Batch) -> HttpResponse:
    """The file examined against the records of this moment, and what can be done about it."""
    context: dict[str, Any] = {
        "batch": shown,
        "form": UploadForm(),
        "twin": twin_of(request, shown),
    }
    try:
        findings = findings_of(shown)
    except BadFile as error:
        return render(request, "reports/imports/unreadable.html", {**context, "error": str(error)})
    counts = findings.counts
    context |= {
        "counts": counts,
        "writes": counts["created"] + counts["changed"],
        "in_vain": any(sheet.in_vain for sheet in findings.sheets),
        "is_clean": findings.is_clean,
        "is_known": any(sheet.target for sheet in findings.sheets),
        "seen": fingerprint(findings),
        "sheets": [
            sheet_context(request, findings, place) for place in range(len(findings.sheets))
        ],
        "choices": [(target.slug, target.name) for target in targets_for(request.user)],
    }
    return render(request, "reports/imports/findings.html", context)


def twin_of(request: Request, shown: Batch) -> Batch | None:
    """An earlier import of the very same file, to be warned of."""
    imported = Batch.objects.within(request.own_scope).filter(state=Batch.State.IMPORTED)
    return imported.filter(sha256=shown.sha256).defer("content").first()


def sheet_context(request: Request, findings: Findings, place: int) -> dict[str, Any]:
    sheet = findings.sheets[place]
    return {
        "title": sheet.title,
        "target": sheet.target,
        "notes": sheet.notes,
        "badges": badges_of(sheet),
        "faults": paged(request, sheet.faults, f"faults{place}", FAULTS_ON_PAGE),
        "in_vain": paged(request, sheet.in_vain, f"vain{place}", FAULTS_ON_PAGE),
        "questions": paged(request, sheet.questions, f"questions{place}", ROWS_ON_PAGE),
        "lists": [
            {"kind": kind, "title": title, **paged(request, rows, f"{kind}{place}", ROWS_ON_PAGE)}
            for kind, title in LISTS
            if (rows := getattr(sheet, kind))
        ],
    }


def badges_of(sheet: SheetFindings) -> list[tuple[str, str]]:
    """The counts of a sheet that are not zero, each with the colour of its badge."""
    if sheet.target is None:
        return [("不导入", "secondary")]
    counts = [
        (len(sheet.faults), "处错误", "danger"),
        (len(sheet.in_vain), "处修改无效", "warning"),
        (len(sheet.questions), "个疑似重复待选择", "warning"),
        (len(sheet.created), "行新增", "success"),
        (len(sheet.changed), "行修改", "success"),
        (sheet.same, "行相同", "secondary"),
        (len(sheet.missing), "条文件中没有", "secondary"),
    ]
    return [(f"{count}{label}", tone) for count, label, tone in counts if count]


def paged(request: Request, rows: Any, key: str, size: int) -> dict[str, Any]:
    """A page of rows; the key in the address says which, and that the list is unfolded."""
    page: Page[Any] = Paginator(rows, size).get_page(request.GET.get(key))
    return {"page": page, "query": f"?{request.carry}&{key}=", "is_open": key in request.GET}


def outcome_page(request: Request, shown: Batch) -> HttpResponse:
    """What became of a batch, with every record it wrote."""
    rows = shown.rows.select_related("content_type").order_by("pk")
    page = Paginator(rows, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": shown,
        "page": page,
        "page_query": f"?{request.carry}&page=",
        "rows": [
            {"described": one, "url": "" if is_gone(shown, one.row) else address_of(one.row)}
            for one in described(list(page))
        ],
    }
    return render(request, "reports/imports/outcome.html", context)


def is_gone(shown: Batch, row: Any) -> bool:
    return row.is_new and shown.state == Batch.State.UNDONE


def address_of(row: Any) -> str:
    model: Any = row.content_type.model_class()
    return entry_page(model, row.object_id)


def named_in_sight(request: Request, obstacles: list[Obstacle]) -> dict[str, Any]:
    """`obstacles` the user may know of, each with its page, and the number of `hidden` ones."""
    by_model = defaultdict(list)
    for obstacle in obstacles:
        by_model[type(obstacle.record)].append(obstacle)
    named = [
        {
            "kind": model._meta.verbose_name,
            "name": str(one.record),
            "why": one.why,
            "url": entry_page(model, one.record),
        }
        for model, of_model in by_model.items()
        for one in in_sight(request, model, of_model)
    ]
    return {"obstacles": named, "hidden": len(obstacles) - len(named)}


def in_sight(request: Request, model: type[Model], obstacles: list[Obstacle]) -> list[Obstacle]:
    meta = model._meta
    if not request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        return []
    rows: Any = model._default_manager.filter(pk__in=[one.record.pk for one in obstacles])
    if isinstance(rows, ScopedQuerySet):
        rows = rows.within(request.own_scope)
    known = set(rows.values_list("pk", flat=True))
    return [one for one in obstacles if one.record.pk in known]
