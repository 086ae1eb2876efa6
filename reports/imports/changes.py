"""What an import did to each record, told from history in the words of the forms."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey

from reports.models import BatchRow

from .batches import names_of
from .examine import CellChange

NOTHING = "（空）"
KEPT_BY_ITSELF = {"id", "version", "created_at", "created_by_id", "updated_at", "updated_by_id"}


@dataclass(frozen=True)
class Described:
    """A written record: its row, the kind of record it is, and for a changed one its cells."""

    row: BatchRow
    kind: str
    cells: tuple[CellChange, ...] = ()


def described(rows: list[BatchRow]) -> list[Described]:
    """Each of the rows with what changed, in a few queries for all of them."""
    by_type = defaultdict(list)
    for row in rows:
        by_type[row.content_type].append(row)
    found = {}
    for content_type, of_type in by_type.items():
        model: Any = content_type.model_class()
        cells = cells_of(model, [row for row in of_type if not row.is_new])
        for row in of_type:
            kind = str(model._meta.verbose_name)
            found[row.pk] = Described(row, kind, cells.get(row.pk, ()))
    return [found[row.pk] for row in rows]


def cells_of(model: Any, rows: list[BatchRow]) -> dict[int, tuple[CellChange, ...]]:
    """By key of the row what its writing changed, against the history row just before it."""
    if not rows:
        return {}
    versions = defaultdict(list)
    history = model.history.filter(id__in={row.object_id for row in rows}).order_by("history_id")
    for values in history.values():
        versions[values["id"]].append(values)
    pairs = {row.pk: pair_of(row, versions[row.object_id]) for row in rows}
    fields = [
        field for field in model.history.model.tracked_fields if field.attname not in KEPT_BY_ITSELF
    ]
    words = {field.attname: texts_of(field, pairs.values()) for field in fields}
    return {
        key: tuple(
            CellChange(str(field.verbose_name), *(words[field.attname](one) for one in pair))
            for field in fields
            if pair[0][field.attname] != pair[1][field.attname]
        )
        for key, pair in pairs.items()
    }


def pair_of(row: BatchRow, versions: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The record's values before and after the row's writing; the same where none is known."""
    after = next(one for one in versions if one["history_id"] == row.history_id)
    before = [one for one in versions if one["history_id"] < row.history_id]
    return (before[-1] if before else after), after


def texts_of(field: "Field[Any, Any]", pairs: Any) -> Any:
    """A function from a record's values to the field's as a form prints it."""
    names: dict[Any, str] = {key: str(label) for key, label in field.flatchoices}
    names |= {None: NOTHING, "": NOTHING}
    if isinstance(field, ForeignKey):
        keys = {values[field.attname] for pair in pairs for values in pair} - {None}
        names |= names_of(field.related_model, keys)
    else:
        names |= {True: "是", False: "否"} if field.get_internal_type() == "BooleanField" else {}

    def text(values: dict[str, Any]) -> str:
        value = values[field.attname]
        return names.get(value, str(value))

    return text
