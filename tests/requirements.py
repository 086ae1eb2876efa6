"""What some tests need of the machine, and whether it is there.

A missing one skips its tests with the reason; named in DANGJIAN_REQUIRE it fails them instead.
`python -m tests.requirements postgres` answers for the Makefile: exit code 0 (there),
3 (missing: skip) or 1 (missing, but required).
"""

import os
import shutil
import sys

import psycopg

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LIBREOFFICE = ("soffice", "libreoffice")


def first_on_path(names):
    """The full path of the first of these programs that is installed, or None."""
    return next(filter(None, map(shutil.which, names)), None)


def missing_browser():
    return "" if first_on_path(CHROMIUM) else "Chromium is not installed"


def missing_libreoffice():
    return "" if first_on_path(LIBREOFFICE) else "LibreOffice is not installed"


def missing_postgres():
    try:
        psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return f"PostgreSQL is not reachable ({str(error).splitlines()[0]})"
    return ""


# The names of DANGJIAN_REQUIRE; `browser` and `libreoffice` are also the markers of their tests.
REQUIREMENTS = {
    "browser": missing_browser,
    "libreoffice": missing_libreoffice,
    "postgres": missing_postgres,
}


def required():
    """The requirements that DANGJIAN_REQUIRE names. Raises ValueError for an unknown one."""
    names = {name.strip() for name in os.environ.get("DANGJIAN_REQUIRE", "").split(",")} - {""}
    if unknown := names - set(REQUIREMENTS):
        raise ValueError(f"DANGJIAN_REQUIRE names what nothing needs: {', '.join(sorted(unknown))}")
    return names


def main(name):
    reason = REQUIREMENTS[name]()
    if not reason:
        return 0
    is_required = name in required()
    verdict = "required by DANGJIAN_REQUIRE" if is_required else "its tests are skipped"
    sys.stderr.write(f"{reason}: {verdict}.\n")
    return 1 if is_required else 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
