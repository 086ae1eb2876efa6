import sqlite3

import pytest
from django.conf import settings
from django.core.checks import registry
from django.db import connection
from django.db.utils import ConnectionHandler

from dangjian import checks
from dangjian.checks import check_databases, network_drive, wal_is_safe

SAFE = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;",
}


@pytest.fixture
def problems(db, tmp_path, monkeypatch):
    """`problems(OPTION=…)`: the ids of the problems of a new SQLite file opened that way."""
    handlers = []

    def found(**options):
        database = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": tmp_path / "office.sqlite3",
            "OPTIONS": SAFE | options,
        }
        handlers.append(ConnectionHandler({"default": database}))
        monkeypatch.setattr(checks, "connections", handlers[-1])
        return [problem.id for problem in check_databases(databases=["default"])]

    yield found
    for handler in handlers:
        handler.close_all()


def test_databases_safe_options(problems):
    assert problems() == []


def test_databases_wal_with_the_reset_bug(problems, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))

    assert problems(init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;") == [
        "dangjian.E001"
    ]


def test_databases_wal_with_the_fix(problems, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))

    assert problems(init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;") == []


@pytest.mark.parametrize("mode", [None, "DEFERRED", "EXCLUSIVE"])
def test_databases_transaction_mode(problems, mode):
    assert problems(transaction_mode=mode) == ["dangjian.E002"]


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_databases_synchronous(problems, synchronous):
    command = f"PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous={synchronous};"

    assert problems(init_command=command) == ["dangjian.E003"]


def test_databases_on_network_drive(problems, tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/share {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(checks, "MOUNTS", mounts)

    assert problems() == ["dangjian.W001"]


def test_databases_none_named():
    assert check_databases(databases=None) == []


@pytest.mark.django_db
def test_databases_of_the_tests():
    assert check_databases(databases=[connection.alias]) == []


def test_databases_check_is_registered():
    assert check_databases in registry.registry.get_checks(include_deployment_checks=False)


def test_settings_of_sqlite_are_safe():
    if connection.vendor != "sqlite":
        pytest.skip("these tests run on PostgreSQL")

    assert settings.DATABASES["default"]["OPTIONS"] == {**SAFE, "timeout": 20}


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_wal_is_safe(version, safe):
    assert wal_is_safe(version) is safe


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("/dev/sda / ext4 rw 0 0\n", ""),
        ("/dev/sda / ext4 rw 0 0\nC:\\134 {place} 9p rw 0 0\n", "9p"),
        ("//server/share {place} cifs rw 0 0\n/dev/sdb {place}/data ext4 rw 0 0\n", ""),
        ("//server/share {place}/dat cifs rw 0 0\n", ""),
        ("/dev/sdb {place} ext4 rw 0 0\nserver:/share {place} nfs rw 0 0\n", "nfs"),
        ("server:/share {place}/data/our\\040files nfs rw 0 0\n", "nfs"),
    ],
    ids=["local", "shared folder", "disk inside", "longer name", "mounted over", "space"],
)
def test_network_drive(tmp_path, monkeypatch, mounts, kind):
    monkeypatch.setattr(checks, "MOUNTS", tmp_path / "mounts")
    checks.MOUNTS.write_text(mounts.format(place=tmp_path))

    assert network_drive(tmp_path / "data" / "our files" / "office.sqlite3") == kind


def test_network_drive_cannot_be_told(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "MOUNTS", tmp_path / "nothing")

    assert network_drive(tmp_path) == ""
