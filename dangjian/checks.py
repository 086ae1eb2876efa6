"""System checks of the database: SQLite only where and as it is safe.

They read the open connection, not the settings, so they are tagged `database`: `migrate` runs
them, and so does every `make run`. Why these rules: docs/adr/0003-sqlite-by-default.md.
"""

import sqlite3
from pathlib import Path, PurePosixPath

from django.core import checks
from django.db import connections

MOUNTS = Path("/proc/mounts")
NETWORK_DRIVES = {"9p", "afs", "ceph", "cifs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs"}
NETWORK_DRIVES |= {"nfs4", "smb3", "smbfs", "vboxsf"}
FULL, EXTRA = 2, 3  # as PRAGMA synchronous answers


def check_databases(databases=None, **options):
    """Every SQLite database among the aliases `databases`; nothing where none is named."""
    chosen = [connections[alias] for alias in databases or []]
    return [
        problem
        for connection in chosen
        if connection.vendor == "sqlite" and not connection.is_in_memory_db()
        for problem in problems_of(connection)
    ]


def problems_of(connection):
    name = connection.settings_dict["NAME"]
    journal_mode = pragma(connection, "journal_mode")
    if journal_mode == "wal" and not wal_is_safe(sqlite3.sqlite_version_info):
        yield checks.Error(
            f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode ({name}).",
            hint="Set journal_mode=TRUNCATE, or use SQLite 3.51.3 or newer.",
            id="dangjian.E001",
        )
    mode = connection.settings_dict["OPTIONS"].get("transaction_mode") or "DEFERRED"
    if mode.upper() != "IMMEDIATE":
        yield checks.Error(
            f"Transactions on {name} are {mode}: two people saving at once meet a locked database.",
            hint='Set OPTIONS["transaction_mode"] = "IMMEDIATE".',
            id="dangjian.E002",
        )
    if pragma(connection, "synchronous") not in {FULL, EXTRA}:
        yield checks.Error(
            f"What was saved to {name} can be lost when the power fails.",
            hint="Set synchronous=FULL.",
            id="dangjian.E003",
        )
    if kind := network_drive(Path(name)):
        yield checks.Warning(
            f"{name} lies on a network drive ({kind}), whose locks SQLite cannot rely on.",
            hint="Put DATA_DIR on a disk of this machine, or use PostgreSQL.",
            id="dangjian.W001",
        )


def pragma(connection, name):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def wal_is_safe(version):
    """Whether this SQLite has the fix of the WAL-reset bug: from 3.51.3, and in two older branches.

    Source: https://sqlite.org/wal.html#walresetbug
    """
    fixed_in_branch = (3, 44, 6) <= version < (3, 45) or (3, 50, 7) <= version < (3, 51)
    return fixed_in_branch or version >= (3, 51, 3)


def network_drive(path):
    """The kind of network drive the path lies on; empty when on none, or when it cannot be told."""
    if not MOUNTS.exists():
        return ""
    path = PurePosixPath(path.resolve())
    mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    above = [(unescaped(place), kind) for place, kind in mounts]
    above = [(place, kind) for place, kind in above if path.is_relative_to(place)]
    # Of several mounts on one place, the last one is seen.
    _, kind = max(reversed(above), key=lambda mount: len(mount[0]), default=("", ""))
    return kind if kind in NETWORK_DRIVES else ""


def unescaped(place):
    r"""A place of /proc/mounts, where a space is written \040."""
    return place.encode().decode("unicode_escape").encode("latin-1").decode()
