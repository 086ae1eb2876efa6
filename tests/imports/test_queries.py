"""How many queries the pages of an import take: as many for forty rows as for one.

The numbers are exact. One that rises is a page that got slower; say why where it is raised.
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.models import Person, Role
from tests.imports.files import confirm, roster, upload, uploaded
from tests.reports.test_queries import FRAME

# The batch, its twin, and examining: everything is written, told and rolled back. On PostgreSQL
# the engine also sets the sequence of keys.
DRY_RUN = {"sqlite": 24, "postgresql": 25}[connection.vendor]
SIZES = [1, 3, 40]  # SQLite takes about 45 rows of history in one statement


@pytest.fixture
def clerk(root, as_role):
    client = as_role(Role.CLERK, root)
    client.get("/figures/")  # the first page of a session stores its beginning, too
    ContentType.objects.get_for_model(Person)  # kept for as long as the server runs
    return client


def queries_of(client, address, status=200, **posted):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, address
    return len(queries)


def names(size):
    return [f"人员{n}" for n in range(size)]


def imported(client, root, size):
    """A batch of so many people, half of them stored before and now changed."""
    confirm(client, uploaded(client, roster(root, *names(size)[: (size + 1) // 2])))
    batch = uploaded(client, roster(root, *names(size), education="高中"))
    confirm(client, batch)
    return batch


@pytest.mark.parametrize("size", SIZES)
def test_findings(clerk, root, size):
    batch = uploaded(clerk, roster(root, *names(size)))
    clerk.get(f"/imports/{batch.pk}/")

    assert queries_of(clerk, f"/imports/{batch.pk}/") == FRAME + DRY_RUN


@pytest.mark.parametrize("size", SIZES)
def test_outcome(clerk, root, size):
    batch = imported(clerk, root, size)

    assert queries_of(clerk, f"/imports/{batch.pk}/") == FRAME + 7


@pytest.mark.parametrize("size", SIZES)
def test_asking_before_undoing(clerk, root, size):
    batch = imported(clerk, root, size)

    assert queries_of(clerk, f"/imports/{batch.pk}/undo/") == FRAME + 2


@pytest.mark.parametrize("size", SIZES)
def test_list(clerk, root, size):
    for n in range(size):
        upload(clerk, roster(root, f"人员{n}"))

    assert queries_of(clerk, "/imports/") == FRAME + 1


def test_choosing_a_file(clerk):
    assert queries_of(clerk, "/imports/new/") == FRAME
