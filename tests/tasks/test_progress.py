"""Reports of progress from the department's form, with their evidence."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import strip_tags

from tasks.actions import submit
from tasks.models import Evidence, KeyTask, Progress
from tests.factories import EvidenceFactory, ProgressFactory
from tests.tasks.answers import errors, form_url, text

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 evidence"
RETURNED = {"state": "returned", "times_returned": 1, "returned_because": "缺名单"}


def posted(client, task, *files, **typed):
    data = {"percent": "40", "note": "完成摸底", **typed, "files": list(files)}
    return client.post(form_url(task), data)


def pdf(name="纪要.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_report_is_handed_in_with_its_evidence(department, reporter, task):
    response = posted(department, task, pdf())

    report = Progress.objects.get()
    today = timezone.localdate()
    assert (response.status_code, response["Location"]) == (302, f"/tasks/{task.pk}/?year=2025")
    assert (report.task, report.percent, report.note) == (task, 40, "完成摸底")
    assert (report.state, report.reported_on, report.created_by) == ("submitted", today, reporter)
    file = report.evidence.get()
    assert (file.name, file.kind, file.size, bytes(file.content)) == (
        "纪要.pdf",
        "pdf",
        len(PDF),
        PDF,
    )
    assert file.uploaded_by == reporter


def test_due_day_is_that_of_the_span(task, reporter):
    report = Progress(task=task, percent=40, note="完成摸底")

    submit(report=report, day=date(2025, 2, 3), by=reporter)

    assert (report.reported_on, report.due_on) == (date(2025, 2, 3), date(2025, 3, 31))


def test_report_sent_back_is_handed_in_again(department, task):
    report = ProgressFactory(task=task, due_on=date(2025, 6, 30), **RETURNED)

    posted(department, task, percent="55", version="1")

    report.refresh_from_db()
    assert (report.state, report.percent, report.version) == ("submitted", 55, 2)
    assert (report.times_returned, report.returned_because) == (1, "缺名单")
    # It was in time, and stays so.
    assert (report.reported_on, report.due_on) == (date(2025, 6, 30), date(2025, 6, 30))


def test_reason_stands_above_the_form(department, task):
    ProgressFactory(task=task, **RETURNED, reviewed_on=date(2025, 7, 1))

    html = text(department.get(form_url(task)))

    assert "7月1日退回：<strong>缺名单</strong>" in html


def test_evidence_is_added_and_taken_away(department, task):
    report = ProgressFactory(task=task, **RETURNED)
    wrong = EvidenceFactory(progress=report, content=b"%PDF-wrong")
    EvidenceFactory(progress=report, content=b"%PDF-kept", name="留下.pdf")

    posted(department, task, pdf(), version="1", dropped=[wrong.pk])

    assert list(report.evidence.values_list("name", flat=True)) == ["留下.pdf", "纪要.pdf"]


def test_same_file_is_kept_once(department, task):
    report = ProgressFactory(task=task, **RETURNED)
    EvidenceFactory(progress=report, content=PDF, name="纪要.pdf")

    posted(department, task, pdf(), pdf("又一份.pdf"), version="1", percent="41")

    assert list(report.evidence.values_list("name", flat=True)) == ["纪要.pdf"]


def test_evidence_of_another_report_is_not_taken_away(department, task):
    other = EvidenceFactory(progress=ProgressFactory(task=task))
    ProgressFactory(task=task, reported_on=date(2025, 7, 1), **RETURNED)
    EvidenceFactory(progress=task.progress.open().get())

    response = posted(department, task, version="1", dropped=[other.pk])

    assert (response.status_code, list(errors(response))) == (400, ["dropped"])
    assert Evidence.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"percent": "101"}, {"percent": ["完成进度不能超过100。"]}),
        ({"percent": ""}, {"percent": ["这个字段是必填项。"]}),
        ({"note": " "}, {"note": ["这个字段是必填项。"]}),
    ],
)
def test_wrong_report_is_not_stored_and_nothing_typed_is_lost(department, task, typed, found):
    response = posted(department, task, **{"note": "完成摸底和建档", **typed})

    assert (response.status_code, errors(response)) == (400, found)
    assert Progress.objects.count() == 0
    assert ("完成摸底和建档" in text(response)) == ("note" not in typed)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([pdf("程序.exe")], ["“程序.exe”：只收 PDF、JPG、PNG、DOCX、XLSX 文件。"]),
        ([pdf(content=b"MZ")], ["“纪要.pdf”：内容不是 PDF，只是用了这个扩展名。"]),
        (
            [pdf("页.html"), pdf("图.svg"), pdf()],
            [
                "“页.html”：只收 PDF、JPG、PNG、DOCX、XLSX 文件。",
                "“图.svg”：只收 PDF、JPG、PNG、DOCX、XLSX 文件。",
            ],
        ),
        (
            [pdf(f"{n}.pdf", b"%PDF-" + bytes([n])) for n in range(6)],
            ["最多附5份材料，现在共6份。"],
        ),
    ],
)
def test_wrong_file_is_refused_by_name(department, task, files, told):
    for file in files:
        file.seek(0)

    response = posted(department, task, *files)

    assert (response.status_code, errors(response)) == (400, {"files": told})
    assert (Progress.objects.count(), Evidence.objects.count()) == (0, 0)


def test_files_over_the_limit_are_refused_in_words(department, task):
    half = b"%PDF-" + bytes(6 * 2**20)

    response = posted(department, task, pdf("甲.pdf", half), pdf("乙.pdf", half + b"1"))

    assert (response.status_code, errors(response)) == (
        400,
        {"files": ["材料合计超过10MB，没有接收。请压缩或分次提交。"]},
    )
    assert "完成摸底" in text(response)
    assert Progress.objects.count() == 0


def test_second_report_of_a_day_is_refused(department, task):
    ProgressFactory(task=task, reported_on=timezone.localdate())

    response = posted(department, task)

    told = "这项工作今天已有一条进展，请明天再报，或请党建办修改。"
    assert (response.status_code, errors(response)) == (400, {"__all__": [told]})


def test_completed_task_asks_for_no_report(department, task):
    KeyTask.objects.filter(pk=task.pk).update(completed_on=date(2025, 5, 1))

    response = posted(department, task)

    assert (response.status_code, Progress.objects.count()) == (302, 0)


def test_report_changed_by_a_colleague_leads_to_the_conflict_page(department, task):
    ProgressFactory(task=task, state="submitted", note="同事写的").save()

    response = posted(department, task, version="1", note="我写的")

    words = strip_tags(text(response))  # the page marks where the two differ
    assert (response.status_code, "同事写的" in words, "我写的" in words) == (409, True, True)
    assert Progress.objects.get().note == "同事写的"


def test_first_report_of_two_at_once_leads_the_second_to_the_conflict_page(department, task):
    ProgressFactory(task=task, state="submitted", note="同事写的")

    response = posted(department, task, note="我写的")

    assert (response.status_code, Progress.objects.get().note) == (409, "同事写的")


def test_report_accepted_meanwhile_is_not_reported_anew_unasked(department, task):
    ProgressFactory(task=task)

    response = posted(department, task, version="1")

    html = text(response)
    assert (response.status_code, "已经审核采纳" in html, "完成摸底" in html) == (400, True, True)
    assert 'name="version" value' not in html
    assert Progress.objects.count() == 1
