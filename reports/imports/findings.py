"""What is said of a workbook before it is imported."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Model

from .targets import Target


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell. Row as Excel counts, 0 for the whole sheet; column by title."""

    row: int
    column: str
    value: str
    message: str


class CellChange(NamedTuple):
    column: str
    old: str
    new: str


class RowChange(NamedTuple):
    """A row that makes a record, or alters one; `cells` is empty when it makes one."""

    row: int
    name: str
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True)
class Question:
    """A possible duplicate nobody has decided on yet; `options` are (answer, label).

    `key` stays the same from run to run; once answered, the question is gone.
    """

    row: int
    name: str
    key: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SheetFindings:
    """`target` is None where the sheet is not recognised: then nothing of it is imported.

    `missing` names records that are in the register and not in the file: never deleted. `in_vain`
    are edits of cells that are not read: they are told, and keep nothing from being imported.
    """

    title: str
    target: Target | None
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    created: tuple[RowChange, ...] = ()
    changed: tuple[RowChange, ...] = ()
    same: int = 0
    missing: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    in_vain: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Findings:
    sheets: tuple[SheetFindings, ...]

    @property
    def is_clean(self) -> bool:
        """Whether it can be written: a sheet is recognised, no fault, every question answered."""
        known = [sheet for sheet in self.sheets if sheet.target]
        return bool(known) and not any(sheet.faults or sheet.questions for sheet in self.sheets)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are created, changed, same, missing; how many faults and questions."""
        parts = ("created", "changed", "missing", "faults", "questions")
        totals = {part: sum(len(getattr(sheet, part)) for sheet in self.sheets) for part in parts}
        return {**totals, "same": sum(sheet.same for sheet in self.sheets)}


class Written(NamedTuple):
    """A record the import made or changed, and the history row it made of that."""

    model: type[Model]
    pk: int
    is_new: bool
    history_id: int
