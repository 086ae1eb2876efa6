"""When a report is due, who has it now, and how reports are counted."""

from dataclasses import replace
from datetime import date

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import compute
from orgs.scope import EVERYTHING
from tasks import reporting
from tasks.figures import progress_register
from tasks.models import KeyTask, Progress, Rhythm
from tests.factories import EvidenceFactory, KeyTaskFactory, ProgressFactory

QUARTERLY, MONTHLY = Rhythm.QUARTERLY, Rhythm.MONTHLY
YEAR = periods.year(2025, today=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("rhythm", "day", "first", "last"),
    [
        (MONTHLY, date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 31)),
        (MONTHLY, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (MONTHLY, date(2025, 12, 31), date(2025, 12, 1), date(2025, 12, 31)),
        (QUARTERLY, date(2025, 1, 1), date(2025, 1, 1), date(2025, 3, 31)),
        (QUARTERLY, date(2025, 6, 30), date(2025, 4, 1), date(2025, 6, 30)),
        (QUARTERLY, date(2025, 11, 5), date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_span_of_a_day(rhythm, day, first, last):
    assert rhythm.span_of(day) == (first, last)


@pytest.mark.parametrize(
    ("rhythm", "day", "last"),
    [
        (MONTHLY, date(2025, 3, 1), date(2025, 2, 28)),
        (MONTHLY, date(2025, 1, 31), date(2024, 12, 31)),
        (QUARTERLY, date(2025, 12, 31), date(2025, 9, 30)),
        (QUARTERLY, date(2025, 1, 1), date(2024, 12, 31)),
    ],
)
def test_span_that_was_over_before_a_day(rhythm, day, last):
    assert rhythm.last_over(day).last == last


# What was reported (due day, or none, and the day), the day of the next report, its due day.
DUE = [
    ([], date(2025, 2, 10), date(2025, 3, 31)),
    ([], date(2025, 3, 31), date(2025, 3, 31)),
    ([], date(2025, 4, 1), date(2025, 3, 31)),
    # Of several missed only the last is still asked for.
    ([], date(2025, 8, 1), date(2025, 6, 30)),
    ([(date(2025, 3, 31), date(2025, 4, 5))], date(2025, 4, 20), date(2025, 6, 30)),
    ([(date(2025, 3, 31), date(2025, 3, 5))], date(2025, 7, 1), date(2025, 6, 30)),
    ([(date(2025, 6, 30), date(2025, 6, 5))], date(2025, 7, 1), date(2025, 9, 30)),
    # One without a due day answers the span it was made in, and those before.
    ([(None, date(2025, 1, 20))], date(2025, 4, 1), date(2025, 6, 30)),
    ([(None, date(2025, 1, 20))], date(2025, 7, 1), date(2025, 6, 30)),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("reports", "day", "due"), DUE)
def test_report_answers_the_last_span_nobody_reported_for(reports, day, due):
    task = KeyTaskFactory(begins_on=date(2025, 1, 15))
    for due_on, reported_on in reports:
        ProgressFactory(task=task, due_on=due_on, reported_on=reported_on)

    assert task.due_for(day) == due


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begins", "due"),
    [(date(2025, 3, 31), date(2025, 3, 31)), (date(2025, 4, 1), date(2025, 6, 30))],
)
def test_nothing_was_due_before_the_task_began(begins, due):
    assert KeyTaskFactory(begins_on=begins).due_for(date(2025, 4, 2)) == due


APRIL = replace(YEAR, as_of=date(2025, 4, 2))
# A task's fields and its reports; how many are unreported on the second of April.
MISSING = [
    ({}, [], 1),
    ({}, [{"due_on": date(2025, 3, 31), "reported_on": date(2025, 4, 1)}], 0),
    ({}, [{"due_on": date(2025, 3, 31), "reported_on": date(2025, 4, 3)}], 1),
    ({}, [{"due_on": date(2024, 12, 31), "reported_on": date(2025, 2, 3)}], 1),
    ({}, [{"reported_on": date(2025, 1, 1)}], 0),
    ({}, [{"reported_on": date(2024, 12, 31)}], 1),
    ({"report_rhythm": MONTHLY}, [{"reported_on": date(2025, 2, 28)}], 1),
    ({"report_rhythm": MONTHLY}, [{"reported_on": date(2025, 3, 1)}], 0),
    ({}, [{"reported_on": date(2025, 2, 1), "state": "submitted"}], 0),
    ({"begins_on": date(2025, 4, 1)}, [], 0),
    ({"begins_on": date(2025, 3, 31)}, [], 1),
    ({"completed_on": date(2025, 4, 2)}, [], 0),
    ({"completed_on": date(2025, 4, 3)}, [], 1),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "reports", "number"), MISSING)
def test_task_is_unreported_when_the_last_span_over_has_no_report(fields, reports, number):
    task = KeyTaskFactory(**{"begins_on": date(2024, 12, 1), **fields})
    for report in reports:
        ProgressFactory(task=task, **report)

    found = compute(["tasks.tasks_unreported"], EVERYTHING, APRIL)

    assert found["tasks.tasks_unreported"].number == number


ACCEPTED = {"state": "accepted", "due_on": date(2025, 3, 31)}
HOLDERS = [
    ({}, [{**ACCEPTED, "reported_on": date(2025, 3, 30)}], reporting.TO_REPORT),
    ({}, [], reporting.UNREPORTED),
    (
        {},
        [{"state": "accepted", "due_on": date(2025, 6, 30), "reported_on": date(2025, 4, 1)}],
        reporting.ACCEPTED,
    ),
    ({}, [{"state": "submitted"}], reporting.SUBMITTED),
    (
        {},
        [{"state": "returned", "times_returned": 1, "returned_because": "缺材料"}],
        reporting.RETURNED,
    ),
    ({"begins_on": date(2025, 4, 3)}, [], None),
    ({"completed_on": date(2025, 4, 2)}, [], None),
    ({"completed_on": date(2025, 4, 3)}, [], reporting.UNREPORTED),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "reports", "found"), HOLDERS)
def test_holder_is_who_has_to_do_something(fields, reports, found):
    stored = KeyTaskFactory(**{"begins_on": date(2025, 1, 15), **fields})
    for report in reports:
        ProgressFactory(task=stored, **report)

    task = reporting.with_reporting(KeyTask.objects.all(), APRIL).get()

    assert reporting.holder(task, stored.progress.open().first(), APRIL) == found


RETURNED = {"times_returned": 1, "returned_because": "缺材料"}
# A report, and the figures that count it beside progress_reports.
COUNTED = [
    ({"state": "submitted"}, ["waiting"]),
    ({"state": "submitted", **RETURNED}, ["waiting"]),
    ({"state": "returned", **RETURNED}, ["returned"]),
    ({}, ["accepted"]),
    ({"due_on": date(2025, 6, 30)}, ["accepted", "first_time"]),
    ({"due_on": date(2025, 6, 29)}, ["accepted", "late"]),
    ({"due_on": date(2025, 6, 30), **RETURNED}, ["accepted", "after_return"]),
    ({"due_on": date(2025, 6, 29), **RETURNED}, ["accepted", "after_return"]),
]
WAYS = ["waiting", "returned", "accepted", "first_time", "late", "after_return"]


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "ways"), COUNTED)
def test_report_is_counted_by_how_it_came_through(fields, ways):
    ProgressFactory(**fields)
    slugs = [f"tasks.progress_{way}" for way in WAYS]

    found = compute(["tasks.progress_reports", *slugs], EVERYTHING, YEAR)

    assert found["tasks.progress_reports"].number == 1
    assert [way for way in WAYS if found[f"tasks.progress_{way}"].number] == ways


@pytest.mark.django_db
@pytest.mark.parametrize("programme_year", [2024, 2025])
@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 1)])
def test_reports_of_the_year_made_by_the_day_are_counted(programme_year, day):
    ProgressFactory(task__programme__year=programme_year, reported_on=day)

    found = compute(["tasks.progress_reports"], EVERYTHING, YEAR)

    is_counted = (programme_year, day.year) == (2025, 2025)
    assert found["tasks.progress_reports"].number == int(is_counted)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "percent"), [("accepted", 80), ("submitted", 40), ("returned", 40)]
)
def test_progress_moves_a_task_once_it_is_accepted(state, percent):
    task = KeyTaskFactory()
    ProgressFactory(task=task, percent=40, reported_on=date(2025, 3, 1))
    back = RETURNED if state == "returned" else {}
    ProgressFactory(task=task, percent=80, reported_on=date(2025, 6, 1), state=state, **back)

    found = KeyTask.objects.values_list(Progress.objects.latest_percent(date(2025, 12, 31)))

    assert list(found) == [(percent,)]


@pytest.mark.django_db
def test_register_counts_the_evidence_of_a_report():
    report = ProgressFactory()
    EvidenceFactory(progress=report, content=b"%PDF-1")
    EvidenceFactory(progress=report, content=b"%PDF-2")

    rows = progress_register.table.rows(progress_register.rows(EVERYTHING, YEAR), YEAR)

    assert [row.values[-1] for row in rows] == [2]
