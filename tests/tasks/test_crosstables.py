"""重点工作情况表: where a task is carried out, and how far it was at the end of each quarter."""

from dataclasses import replace
from datetime import date

import pytest

from dangjian.lib import periods
from dangjian.lib.crosstables import CROSSTABLES
from orgs.scope import EVERYTHING
from tests.factories import KeyTaskFactory, ProgressFactory, TaskVillageFactory, VillageFactory

pytestmark = pytest.mark.django_db

TABLE = CROSSTABLES["tasks"]
YEAR = periods.year(2025)
QUARTERS = slice(6, 10)


def shown(period=YEAR):
    (row,) = TABLE.listed(TABLE.rows(EVERYTHING, period), period)
    return row.values


def test_task_names_its_villages_in_the_order_they_are_kept():
    task = KeyTaskFactory()
    villages = [
        VillageFactory(organization=task.organization, name=name)
        for name in ("丁 村", "甲村", "丙村")
    ]
    for village in reversed(villages):
        TaskVillageFactory(task=task, village=village)

    assert shown()[3] == "丁 村、甲村、丙村"


def test_task_of_no_village_is_everybodys():
    KeyTaskFactory()

    assert shown()[3] == "全街道"


def test_quarters_have_the_progress_last_reported():
    task = KeyTaskFactory()
    for day, percent in [(date(2025, 3, 31), 10), (date(2025, 4, 1), 30), (date(2025, 12, 31), 90)]:
        ProgressFactory(task=task, reported_on=day, percent=percent)

    assert shown()[QUARTERS] == (10, 30, 30, 90)


def test_quarters_not_begun_are_empty():
    ProgressFactory(reported_on=date(2025, 2, 1), percent=20)

    assert shown(replace(YEAR, as_of=date(2025, 4, 15)))[QUARTERS] == (20, 20, None, None)


def test_progress_after_the_day_has_not_been_reported_yet():
    task = KeyTaskFactory()
    ProgressFactory(task=task, reported_on=date(2025, 2, 1), percent=20)
    ProgressFactory(task=task, reported_on=date(2025, 3, 1), percent=40)

    assert shown(replace(YEAR, as_of=date(2025, 2, 15)))[QUARTERS] == (20, None, None, None)
