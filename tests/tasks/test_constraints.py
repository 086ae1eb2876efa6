"""The database refuses each bad state, whoever writes it."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.access.rules import declared, refusal

DAY = date(2025, 3, 1)
RULES = declared("tasks")


def twice(factory, **values):
    factory(**values)
    factory(**values)


def twice_open(task):
    for day in (1, 2):
        make.ProgressFactory(task=task, state="submitted", reported_on=date(2025, 6, day))


# What each constraint refuses.
BROKEN = {
    "tasks_programme_once_a_year": lambda: twice(
        make.ProgrammeFactory, organization=make.OrganizationFactory(), name="强基工程"
    ),
    "tasks_keytask_number_once": lambda: twice(
        make.KeyTaskFactory, programme=make.ProgrammeFactory(), number=1
    ),
    "tasks_keytask_due_after_begin": lambda: make.KeyTaskFactory(
        begins_on=DAY, due_on=date(2025, 2, 28)
    ),
    "tasks_keytask_completed_after_begin": lambda: make.KeyTaskFactory(
        begins_on=DAY, completed_on=date(2025, 2, 28)
    ),
    "tasks_taskvillage_once": lambda: twice(
        make.TaskVillageFactory, task=make.KeyTaskFactory(), village=make.VillageFactory()
    ),
    "tasks_progress_percent_at_most_100": lambda: make.ProgressFactory(percent=101),
    "tasks_progress_once_a_day": lambda: twice(make.ProgressFactory, task=make.KeyTaskFactory()),
    "tasks_progress_one_open": lambda: twice_open(make.KeyTaskFactory()),
    "tasks_progress_returned_because": lambda: make.ProgressFactory(times_returned=1),
    "tasks_progress_returned_counted": lambda: make.ProgressFactory(state="returned"),
    "tasks_evidence_once": lambda: twice(make.EvidenceFactory, progress=make.ProgressFactory()),
    "tasks_evidence_size": lambda: make.EvidenceFactory(size=10 * 2**20 + 1),
    "tasks_planitem_number_once": lambda: twice(
        make.PlanItemFactory, organization=make.OrganizationFactory(), number=1
    ),
    "tasks_planitem_range": lambda: make.PlanItemFactory(at_least=2, at_most=1),
    "tasks_planitem_task_complete": lambda: make.PlanItemFactory(key_task_to_be=True, lead=None),
    "tasks_planitem_task_title": lambda: make.PlanItemFactory(key_task_to_be=True, text="长" * 81),
}


def test_every_constraint_has_a_row_it_refuses():
    assert sorted(BROKEN) == sorted(RULES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_database_refuses(name):
    with pytest.raises(IntegrityError, match=refusal(*RULES[name])), transaction.atomic():
        BROKEN[name]()


@pytest.mark.parametrize("name", RULES)
def test_constraint_explains_itself_in_chinese(name):
    _model, rule = RULES[name]

    assert re.fullmatch(r"[一-鿿（）、，0-9]+。", rule.violation_error_message)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "limits", [{}, {"at_least": 1}, {"at_most": 1}, {"at_least": 1, "at_most": 1}]
)
def test_plan_item_may_promise_either_limit(limits):
    item = make.PlanItemFactory(**limits)

    assert (item.at_least, item.at_most) == (limits.get("at_least"), limits.get("at_most"))


@pytest.mark.django_db
def test_report_may_be_open_beside_accepted_ones():
    task = make.KeyTaskFactory()

    states = [
        make.ProgressFactory(task=task, state=state, reported_on=date(2025, 6, day)).state
        for day, state in enumerate(["accepted", "accepted", "submitted"], start=1)
    ]

    assert states == ["accepted", "accepted", "submitted"]


@pytest.mark.django_db
def test_number_may_come_again_in_another_programme():
    tasks = [make.KeyTaskFactory(number=1) for _ in range(2)]

    assert [task.number for task in tasks] == [1, 1]
