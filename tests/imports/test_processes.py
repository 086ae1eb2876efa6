"""Killed in the middle, or confirmed by many at once: all of it, once, or nothing."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core import serializers
from django.db import connection

from elections.models import BodyKind
from orgs.models import ActivityKind, EnterpriseFactKind, Role, VillageFactKind
from reports.models import Batch
from tests import factories as make
from tests.imports.files import fingerprint_on, roster, upload

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 30
KINDS = [ActivityKind, BodyKind, EnterpriseFactKind, VillageFactKind]


@pytest.fixture
def kinds_kept(django_db_setup, django_db_blocker):
    """A transactional test ends with a flush, of what migrations put in too: that is put back."""
    with django_db_blocker.unblock():
        kept = serializers.serialize("json", [row for kind in KINDS for row in kind.objects.all()])
    yield
    with django_db_blocker.unblock():
        for row in serializers.deserialize("json", kept):
            row.save()


@pytest.fixture
def waiting(kinds_kept, transactional_db, client):
    """A batch of thirty people and the fingerprint of what its page shows, committed."""
    root = make.OrganizationFactory(subdistrict=True)
    make.OfficeFactory(organization=root)
    client.force_login(make.UserFactory(role=Role.CLERK, organization=root))
    upload(client, roster(root, *(f"人员{n}" for n in range(PEOPLE))))
    batch = Batch.objects.get()
    return batch.pk, fingerprint_on(client.get(f"/imports/{batch.pk}/"))


@pytest.fixture
def in_process(waiting, tmp_path):
    """`in_process(action, …)` runs tests.imports.process over the batch in a real database."""
    environment = os.environ | {
        "DATABASE_URL": real_database(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }

    def run(action, *arguments):
        command = [sys.executable, "-m", "tests.imports.process", action, *map(str, arguments)]
        return subprocess.run(  # noqa: S603 - our own command
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    return run


def real_database(directory):
    """The address of a database other processes can open: a copy of one that is in memory."""
    at = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    path = directory / "copy.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{path}"


def answer(ended):
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("table", ["orgs_person", "orgs_historicalperson", "reports_batchrow"])
def test_killed_import_leaves_nothing_half_done(waiting, in_process, table):
    key, seen = waiting
    before = answer(in_process("show", key))

    killed = in_process("import", key, seen, table)

    assert killed.returncode == -signal.SIGKILL
    assert answer(in_process("show", key)) == before
    assert before["state"] == "pending"


def test_import_after_a_killed_one_works(waiting, in_process):
    key, seen = waiting
    in_process("import", key, seen, "reports_batchrow")

    assert answer(in_process("import", key, seen)) == "imported"

    after = answer(in_process("show", key))
    people = len(after["rows"]["orgs.Person"])
    assert (after["state"], after["written"], people) == ("imported", PEOPLE, PEOPLE)


def test_confirmed_by_many_at_once_is_imported_once(waiting, in_process):
    key, seen = waiting

    assert answer(in_process("together", key, seen)) == ["imported", *["settled"] * 7]

    after = answer(in_process("show", key))
    assert (after["written"], len(after["rows"]["orgs.Person"])) == (PEOPLE, PEOPLE)
