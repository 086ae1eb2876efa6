"""A task's progress on its way: reported, reviewed, sent back, accepted, with its evidence."""

from contextlib import nullcontext
from functools import partial
from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from tasks.actions import accept, send_back, submit
from tasks.forms import ReportForm, ReviewForm
from tasks.models import Evidence, KeyTask, Progress
from tasks.reporting import may_report, may_report_at_all, may_review

MIME = {
    Evidence.Kind.PDF: "application/pdf",
    Evidence.Kind.JPG: "image/jpeg",
    Evidence.Kind.PNG: "image/png",
    Evidence.Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Evidence.Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def report(request, pk):
    """Report how far a task is; the report not accepted yet is changed instead."""
    if not may_report_at_all(request.user):
        raise PermissionDenied
    with while_writing(request):
        tasks = KeyTask.objects.within(request.scope).select_related("department")
        task = get_object_or_404(locked(request, tasks), pk=pk)
        if not may_report(request.user, task):
            raise PermissionDenied
        found = task.progress.open().first()
        if found is None and task.completed_on:
            messages.info(request, "这项工作已经完成，不再填报进展。")
            return redirect(page_of(task, request))
        form = report_form(request, found or Progress(task=task))
        if not form.is_valid():
            return report_page(request, task, form)
        submit(
            report=form.instance,
            day=form.day,
            by=request.user,
            files=form.cleaned_data["files"],
            dropped=form.cleaned_data.get("dropped", ()),
        )
    messages.success(request, "已提交，待党建办审核。")
    return redirect(page_of(task, request))


def report_form(request, report):
    make = partial(ReportForm, instance=report, day=timezone.localdate())
    if request.method != "POST":
        return make()
    typed, files = request.POST, request.FILES  # read here: only then it shows that it is too much
    return make(typed, files, upload_refused=getattr(request, "upload_refused", False))


def report_page(request, task, form):
    found = form.instance if form.instance.pk else None
    context = {
        "form": form,
        "task": task,
        "report": found,
        "due_on": found.due_on if found else task.due_for(form.day),
        "today": form.day,
        "last": task.progress.accepted().first(),
        "submit_label": "重新提交" if found else "提交",
        "cancel_url": page_of(task, request),
    }
    return render(request, "tasks/report.html", context, status=400 if form.errors else 200)


def progress(request, pk):
    """A report with its evidence and its course, and the office's verdict on it."""
    reports = Progress.objects.within(request.scope).select_related(
        "task__department", "task__programme", "created_by", "reviewed_by"
    )
    if request.method != "POST":
        return progress_page(request, get_object_or_404(reports, pk=pk))
    if not may_review(request.user):
        raise PermissionDenied
    with transaction.atomic():  # who reviews the same report waits
        found = get_object_or_404(locked(request, reports), pk=pk)
        form = ReviewForm(request.POST, instance=found)
        if not form.is_valid():
            # Read anew: the form has left its typing on the record.
            return progress_page(request, reports.get(pk=pk), form)
        told = reviewed(form, by=request.user)
    messages.success(request, told)
    return redirect(page_of(found.task, request))


def progress_page(request, found, form=None):
    waits = found.state == Progress.State.SUBMITTED
    if form is None and waits and may_review(request.user):
        form = ReviewForm(instance=found)
    context = {
        "report": found,
        "task": found.task,
        "last": found.task.progress.accepted().filter(reported_on__lt=found.reported_on).first(),
        "evidence": found.evidence.without_file(),
        "course": found.history.select_related("history_user").order_by("history_id"),
        "form": form,
        "may_change": not found.is_accepted and may_report(request.user, found.task),
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "tasks/progress.html", context, status=status)


def reviewed(form, *, by):
    """Do what the form says; the words that tell so."""
    report, today = form.instance, timezone.localdate()
    if form.cleaned_data["verdict"] == ReviewForm.SEND_BACK:
        reason = form.cleaned_data["returned_because"]
        send_back(report=report, reason=reason, day=today, by=by)
        return "已退回，待科室修改。"
    completed_on = form.cleaned_data.get("completed_on")
    accept(report=report, day=today, by=by, completed_on=completed_on)
    return "已采纳，这项工作已完成。" if completed_on else "已采纳。"


def reviews(request):
    """What waits for the office's verdict, the longest waiting first."""
    if not may_review(request.user):
        raise PermissionDenied
    waiting = Progress.objects.within(request.scope).waiting().order_by("updated_at")
    related = ("task__department", "task__programme", "created_by")
    return render(request, "tasks/reviews.html", {"waiting": waiting.select_related(*related)})


def evidence(request, pk):
    """The file, always as a download: nothing handed in is shown by the browser on our pages."""
    if not request.user.has_perm("tasks.view_evidence"):
        raise PermissionDenied
    found = get_object_or_404(Evidence.objects.within(request.scope), pk=pk)
    return FileResponse(
        BytesIO(bytes(found.content)),
        as_attachment=True,
        filename=found.name,
        content_type=MIME[found.kind],
    )


def while_writing(request):
    """A transaction, where something is posted: on SQLite it keeps others from writing."""
    return transaction.atomic() if request.method == "POST" else nullcontext()


def locked(request, rows):
    """The rows, so that who writes to the same one waits."""
    return rows.select_for_update(of=("self",)) if request.method == "POST" else rows


def page_of(task, request):
    return f"{task.get_absolute_url()}?{request.carry}"
