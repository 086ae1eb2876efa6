"""A new installation in a temporary directory, with the demo in it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import django


@contextmanager
def demo_installation() -> Iterator[None]:
    """Real settings, a database file and collected static files; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dangjian-bench-") as directory:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="dangjian.settings",
            DATA_DIR=directory,
            DATABASE_URL=f"sqlite:///{directory}/bench.sqlite3",
            SECRET_KEY="only-for-the-benchmark",
            DEBUG="off",
            HTTPS="off",
            ALLOWED_HOSTS="testserver",
            DEMO_PASSWORD="Daqiao-2025",
        )
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - after setup
        from django.db import connections  # noqa: PLC0415 - after setup

        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield
        connections.close_all()
