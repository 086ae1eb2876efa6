"""Pages of key tasks take as many queries for sixty tasks as for two."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orgs.models import Role
from tests.factories import (
    EvidenceFactory,
    KeyTaskFactory,
    ProgrammeFactory,
    ProgressFactory,
    TaskVillageFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db

SIZES = [2, 60]


def grow(programme, size):
    """So many tasks, each with villages, a report accepted and one that waits, with evidence."""
    villages = VillageFactory.create_batch(2, organization=programme.organization)
    for _ in range(size):
        task = KeyTaskFactory(programme=programme)
        for village in villages:
            TaskVillageFactory(task=task, village=village)
        ProgressFactory(task=task, reported_on=date(2025, 3, 31))
        waiting = ProgressFactory(task=task, state="submitted")
        EvidenceFactory(progress=waiting)
    return task, waiting


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.fixture
def client(root):
    client = Client()
    client.force_login(UserFactory(role=Role.CLERK, organization=root))
    client.get("/figures/")
    return client


# Session, user, office, units to narrow the page to; and then what the page is about.
FRAME = 4
PAGES = {
    # Two registers of figures; tasks, their villages, those themselves, reports not accepted.
    "/tasks/": FRAME + 2 + 4,
    "/tasks/reviews/": FRAME + 1,
    # The task with villages and open report, reports by the day and all, villages in reach.
    "/tasks/{task}/": FRAME + 4 + 2 + 1,
    # The report, that accepted last, evidence, course.
    "/tasks/progress/{report}/": FRAME + 4,
}


@pytest.mark.parametrize(("address", "number"), PAGES.items())
def test_number_of_queries_is_the_same_for_two_tasks_as_for_sixty(root, client, address, number):
    programme, found = ProgrammeFactory(organization=root), []
    for size in SIZES:
        task, report = grow(programme, size)
        path = address.format(task=task.pk, report=report.pk)
        queries_of(client, path)  # statements are compiled once
        found.append(queries_of(client, path))

    assert found == [number, number]


def test_lists_read_no_files(root, client):
    task, report = grow(ProgrammeFactory(organization=root), 2)

    with CaptureQueriesContext(connection) as queries:
        for address in PAGES:
            client.get(address.format(task=task.pk, report=report.pk))

    read = [one["sql"] for one in queries if '"tasks_evidence"."content"' in one["sql"]]
    assert read == []
