"""`python -m tests.bench [pages] [sixty] [workbooks] [imports] [province]`: all, or only those."""

import sys
from importlib import import_module

from django.test import override_settings

from .installation import demo_installation

MEASURES = ["pages", "sixty", "workbooks", "imports", "province"]


def main(chosen: list[str]) -> int:
    missed = 0
    with demo_installation(), override_settings(ROOT_URLCONF="tests.bench.hello"):
        for measure in chosen or MEASURES:
            # Imported here: models exist only in a running installation.
            for result in import_module(f"tests.bench.{measure}").results():
                print(result, flush=True)  # noqa: T201 - the report
                missed += not result.held
    print(f"{missed} gates missed" if missed else "all gates held")  # noqa: T201
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
