"""What a workbook would change: everything is tried in a transaction that is rolled back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from .findings import (
    CellChange,
    Fault,
    Findings,
    Question,
    RowChange,
    SheetFindings,
    Written,
)
from .garbage import without_collections
from .reading import Book
from .runs import Run

__all__ = [
    "CellChange",
    "Fault",
    "Findings",
    "Question",
    "Refused",
    "RowChange",
    "SheetFindings",
    "Written",
    "examine",
    "write",
]


class Refused(Exception):  # noqa: N818 - reads as what it is: "except Refused"
    """The workbook cannot be written; `findings` says why."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        super().__init__(str(findings.counts))


def examine(
    book: Book,
    *,
    scope: Any,
    targets: Mapping[str, str] = {},
    answers: Mapping[str, str] = {},
) -> Findings:
    """Try the whole workbook and store nothing.

    `targets` gives the target's slug of a sheet title where the user chose; other sheets are
    recognised by title, then by headers; a slug of "" leaves the sheet out. `answers` gives the
    answer of a question's key.
    """
    with transaction.atomic(), without_collections():
        found = Findings(Run(book, scope, targets, answers).found())
        transaction.set_rollback(True)
    return found


def write(
    book: Book,
    *,
    scope: Any,
    targets: Mapping[str, str] = {},
    answers: Mapping[str, str] = {},
) -> list[Written]:
    """Write it inside the caller's transaction, all or nothing. Raises Refused.

    What is written is what examine() found, or else Refused tells what is found now. Records that
    keep no history (tags) are written and not listed: they cannot be taken back by their history.
    """
    with transaction.atomic(), without_collections():
        run = Run(book, scope, targets, answers)
        found = Findings(run.found())
        if not found.is_clean:
            raise Refused(found)
    return list(run.written.values())
