"""Reports of progress before the office: accepted, sent back, and what the pages say of them."""

from datetime import date

import pytest
from django.utils import timezone

from orgs.models import Role
from tasks.actions import accept, send_back, submit
from tasks.models import Progress
from tests.factories import KeyTaskFactory, ProgressFactory
from tests.tasks.answers import errors, form_url, text

pytestmark = pytest.mark.django_db

RETURNED = {"state": "returned", "times_returned": 1, "returned_because": "缺名单"}


# — reviewing —


def reviewed(client, report, **data):
    report.refresh_from_db()
    return client.post(f"/tasks/progress/{report.pk}/", {"version": str(report.version), **data})


def test_report_is_accepted(clerk, task):
    report = ProgressFactory(task=task, state="submitted")

    response = reviewed(clerk, report, verdict="accept")

    report.refresh_from_db()
    assert (response.status_code, report.state) == (302, "accepted")
    assert report.reviewed_on == timezone.localdate()
    assert report.reviewed_by.role == Role.CLERK


def test_report_is_sent_back_with_a_reason(clerk, task):
    report = ProgressFactory(task=task, state="submitted")

    reviewed(clerk, report, verdict="return", returned_because="缺名单")

    report.refresh_from_db()
    assert (report.state, report.times_returned, report.returned_because) == (
        "returned",
        1,
        "缺名单",
    )


def test_accepting_keeps_the_reason_it_was_sent_back_for(clerk, task):
    report = ProgressFactory(task=task, **{**RETURNED, "state": "submitted"})

    reviewed(clerk, report, verdict="accept", returned_because="改主意了")

    report.refresh_from_db()
    assert (report.state, report.times_returned, report.returned_because) == (
        "accepted",
        1,
        "缺名单",
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"verdict": "return"}, {"returned_because": ["请写明退回原因。"]}),
        (
            {"verdict": "return", "returned_because": " "},
            {"returned_because": ["请写明退回原因。"]},
        ),
        ({"returned_because": "缺名单"}, {"verdict": ["请选择采纳或退回。"]}),
    ],
)
def test_verdict_needs_its_words(clerk, task, data, found):
    report = ProgressFactory(task=task, state="submitted")

    response = reviewed(clerk, report, **data)

    report.refresh_from_db()
    assert (response.status_code, errors(response), report.state) == (400, found, "submitted")


def test_accepting_the_whole_completes_the_task(clerk, task):
    report = ProgressFactory(task=task, state="submitted", percent=100)

    reviewed(clerk, report, verdict="accept", completed_on="2025-06-28")

    task.refresh_from_db()
    assert task.completed_on == date(2025, 6, 28)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("", "进度100%的，采纳时填写完成日期。"),
        ("2024-12-31", "完成日期不能早于开始日期。"),
        ("2025-06-31", "输入一个有效的日期。"),
    ],
)
def test_whole_is_not_accepted_without_a_day_of_completion(clerk, task, day, told):
    report = ProgressFactory(task=task, state="submitted", percent=100)

    response = reviewed(clerk, report, verdict="accept", completed_on=day)

    assert errors(response) == {"completed_on": [told]}
    assert Progress.objects.get().state == "submitted"


def test_whole_may_be_sent_back_without_a_day_of_completion(clerk, task):
    report = ProgressFactory(task=task, state="submitted", percent=100)

    reviewed(clerk, report, verdict="return", returned_because="缺验收", completed_on="")

    task.refresh_from_db()
    assert (Progress.objects.get().state, task.completed_on) == ("returned", None)


def test_report_changed_since_it_was_read_is_read_again_first(clerk, task):
    report = ProgressFactory(task=task, state="submitted", percent=50)
    report.percent = 90
    report.save()

    data = {"version": "1", "verdict": "return", "returned_because": "缺名单"}
    response = clerk.post(f"/tasks/progress/{report.pk}/", data)

    html = text(response)
    assert (response.status_code, Progress.objects.get().state) == (400, "submitted")
    assert ("90%" in html, "缺名单" in html) == (True, True)
    assert '<input type="hidden" name="version" value="2"' in html


@pytest.mark.parametrize("state", [{"state": "accepted"}, RETURNED])
def test_what_was_reviewed_is_not_reviewed_again(clerk, task, state):
    report = ProgressFactory(task=task, **state)

    response = reviewed(clerk, report, verdict="return", returned_because="再改改")

    report.refresh_from_db()
    assert (response.status_code, report.version) == (400, 1)
    assert ("不能再审核" in text(response), "再改改" in text(response)) == (True, True)


def test_course_of_a_report_is_told(clerk, task, reporter):
    report = Progress(task=task, percent=40, note="完成摸底")
    submit(report=report, day=date(2025, 6, 1), by=reporter)
    send_back(report=report, reason="缺名单", day=date(2025, 6, 2), by=reporter)
    submit(report=report, day=date(2025, 6, 3), by=reporter)
    accept(report=report, day=date(2025, 6, 4), by=reporter)

    course = clerk.get(f"/tasks/progress/{report.pk}/").context["course"]

    assert [step.state for step in course] == ["submitted", "returned", "submitted", "accepted"]
    assert (report.reported_on, report.reviewed_on) == (date(2025, 6, 1), date(2025, 6, 4))


def test_reviews_list_what_waits_the_longest_first(clerk, task):
    later = ProgressFactory(state="submitted", task__programme=task.programme, note="后交的")
    first = ProgressFactory(task=task, state="submitted", note="先交的")
    ProgressFactory(task__programme=task.programme, **RETURNED)
    later.save()

    assert list(clerk.get("/tasks/reviews/").context["waiting"]) == [first, later]


# — what the board and the task's page say —


def test_board_says_who_has_it(department, task):
    ProgressFactory(task=task, state="submitted")

    html = text(department.get("/tasks/"))

    assert ("待党建办审核" in html, form_url(task) in html) == (True, True)


def test_board_offers_no_report_of_another_department(department, task):
    other = KeyTaskFactory(programme=task.programme)

    html = text(department.get("/tasks/"))

    assert (form_url(other) in html, form_url(task) in html) == (False, True)


def test_page_of_a_past_day_tells_of_later_reports(clerk, task):
    ProgressFactory(task=task, reported_on=date(2025, 3, 1))
    ProgressFactory(task=task, reported_on=date(2025, 9, 1))

    context = clerk.get(f"/tasks/{task.pk}/?on=2025-06-30").context

    assert ([one.reported_on for one in context["progress"]], context["later"]) == (
        [date(2025, 3, 1)],
        1,
    )
