"""What light a task has on a day, and that figures count by the same rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib import periods
from tasks import lights
from tasks.lights import light
from tasks.models import KeyTask, Progress
from tests.factories import CadreFactory, DepartmentFactory, ProgrammeFactory
from tests.lib.random_rows import in_transaction, over_rows

BEGINS, DUE = date(2025, 1, 1), date(2025, 4, 11)  # a hundred days: one percent a day


def the_day(number):
    """The day `number` days after the task begins."""
    return BEGINS + timedelta(days=number)


@pytest.mark.parametrize(
    ("day", "percent", "completed", "found"),
    [
        # not begun
        (-1, None, None, lights.NOT_BEGUN),
        (-300, 0, None, lights.NOT_BEGUN),
        (0, None, None, lights.ON_TRACK),
        # on its way: more than 20 points behind is behind
        (10, None, None, lights.ON_TRACK),
        (20, 0, None, lights.ON_TRACK),
        (20, None, None, lights.ON_TRACK),
        (21, 0, None, lights.BEHIND),
        (21, None, None, lights.BEHIND),
        (21, 1, None, lights.ON_TRACK),
        (50, 30, None, lights.ON_TRACK),
        (50, 29, None, lights.BEHIND),
        (50, 100, None, lights.ON_TRACK),
        # two weeks before it is due
        (85, 70, None, lights.ON_TRACK),
        (86, 70, None, lights.DUE_SOON),
        (86, 65, None, lights.BEHIND),
        (100, 80, None, lights.DUE_SOON),
        (100, 79, None, lights.BEHIND),
        (100, 100, None, lights.DUE_SOON),
        # past the day it was due
        (101, 100, None, lights.OVERDUE),
        (101, None, None, lights.OVERDUE),
        (400, 10, None, lights.OVERDUE),
        # completed
        (60, 100, 60, lights.DONE),
        (100, None, 100, lights.DONE),
        (300, 100, 100, lights.DONE),
        (101, 100, 101, lights.DONE_LATE),
        (300, 0, 250, lights.DONE_LATE),
        # a completion after the day has not happened yet
        (59, 50, 60, lights.ON_TRACK),
        (59, 38, 60, lights.BEHIND),
        (99, 95, 100, lights.DUE_SOON),
        (101, 95, 150, lights.OVERDUE),
        (-5, None, 3, lights.NOT_BEGUN),
    ],
)
def test_light_is_the_first_rule_that_holds(day, percent, completed, found):
    completed_on = None if completed is None else the_day(completed)

    assert found == light(
        begins_on=BEGINS,
        due_on=DUE,
        completed_on=completed_on,
        percent=percent,
        day=the_day(day),
    )


def test_task_of_one_day_is_never_behind():
    begun = light(begins_on=DUE, due_on=DUE, completed_on=None, percent=None, day=DUE)

    assert begun == lights.DUE_SOON


TODAY = date(2025, 7, 1)
CONDITIONS = {
    lights.OVERDUE: lights.overdue,
    lights.BEHIND: lights.behind,
    lights.DUE_SOON: lights.due_soon,
}
# Days are counted from TODAY, so that all the limits are near.
TASKS = st.lists(
    st.fixed_dictionaries(
        {
            "begins": st.integers(-60, 5),
            "lasts": st.integers(0, 80),
            "completed_after": st.none() | st.integers(0, 100),
            "reports": st.dictionaries(st.integers(-20, 10), st.integers(0, 100), max_size=3),
        }
    ),
    min_size=1,
    max_size=8,
)


@pytest.fixture
def parts(root):
    """What tasks need: a programme, a lead and a department."""
    return {
        "organization": root,
        "programme": ProgrammeFactory(organization=root),
        "lead": CadreFactory(organization=root),
        "department": DepartmentFactory(organization=root),
    }


def stored_task(parts, number, *, begins, lasts, completed_after, reports):
    begins_on = TODAY + timedelta(days=begins)
    completed = None if completed_after is None else begins_on + timedelta(days=completed_after)
    task = KeyTask.objects.create(
        **parts,
        number=number,
        title=f"第{number}项",
        target="全部完成",
        begins_on=begins_on,
        due_on=begins_on + timedelta(days=lasts),
        completed_on=completed,
    )
    Progress.objects.bulk_create(
        Progress(task=task, reported_on=TODAY + timedelta(days=day), percent=percent, note="进展")
        for day, percent in reports.items()
    )
    return task


def light_of(task, reports):
    past = [day for day in reports if day <= 0]
    return light(
        begins_on=task.begins_on,
        due_on=task.due_on,
        completed_on=task.completed_on,
        percent=reports[max(past)] if past else None,
        day=TODAY,
    )


@over_rows
@given(rows=TASKS)
def test_conditions_agree_with_the_lights(parts, rows):
    with in_transaction():
        tasks = [stored_task(parts, number, **row) for number, row in enumerate(rows)]
        shown = [light_of(task, row["reports"]) for task, row in zip(tasks, rows, strict=True)]
        for found, condition in CONDITIONS.items():
            chosen = KeyTask.objects.filter(condition(periods.on(TODAY))).order_by("number")

            assert list(chosen) == [
                task for task, its in zip(tasks, shown, strict=True) if its == found
            ]


@over_rows
@given(rows=TASKS)
def test_label_says_the_light(parts, rows):
    with in_transaction():
        tasks = [stored_task(parts, number, **row) for number, row in enumerate(rows)]
        shown = [light_of(task, row["reports"]) for task, row in zip(tasks, rows, strict=True)]

        said = KeyTask.objects.annotate(said=lights.label(periods.on(TODAY))).order_by("number")

        assert [task.said for task in said] == [one.label for one in shown]
