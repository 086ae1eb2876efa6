"""Confirming an import in a process of its own, which can be killed in the middle.

    python -m tests.imports.process import BATCH SEEN [TABLE]   killed once it has written to TABLE
    python -m tests.imports.process together BATCH SEEN         eight threads at once
    python -m tests.imports.process show BATCH                  what the database holds

Prints JSON. The database is that of DATABASE_URL, as everywhere.
"""

import json
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import django
from django.db import connection

THREADS = 8


class KilledAt:
    """Kills this process right after the import's own writing to a table.

    The dry run inside the transaction writes it first, and is rolled back.
    """

    def __init__(self, table):
        self.start = f'INSERT INTO "{table}"'
        self.left = 1 if table == "reports_batchrow" else 2

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.left -= sql.startswith(self.start)
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def confirm_as_uploader(key, seen):
    from reports.imports.batches import Settled, confirm  # noqa: PLC0415 - needs loaded apps
    from reports.models import Batch  # noqa: PLC0415

    batch = Batch.objects.get(pk=key)
    try:
        confirm(batch, user=batch.uploaded_by, seen=seen)
    except Settled:
        return "settled"
    finally:
        connection.close()
    return "imported"


def import_one(key, seen, table=None):
    if table is None:
        return confirm_as_uploader(key, seen)
    with connection.execute_wrapper(KilledAt(table)):
        return confirm_as_uploader(key, seen)


def together(key, seen):
    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pool.map(lambda _: confirm_as_uploader(key, seen), range(THREADS)))


def show(key):
    from reports.models import Batch, BatchRow  # noqa: PLC0415 - needs loaded apps
    from tests.imports.batches import dump  # noqa: PLC0415

    batch = Batch.objects.get(pk=key)
    rows = {
        label: [[str(value) for value in row] for row in rows] for label, rows in dump().items()
    }
    return {"state": batch.state, "written": BatchRow.objects.count(), "rows": rows}


if __name__ == "__main__":
    django.setup()
    action, *arguments = sys.argv[1:]
    answer = {"import": import_one, "together": together, "show": show}[action](*arguments)
    sys.stdout.write(json.dumps(answer))
