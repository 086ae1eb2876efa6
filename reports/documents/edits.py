"""Edits since a moment, told from history: which of them can have touched some rows, and how."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import BinaryField, Model, prefetch_related_objects

from dangjian.lib.figures.reads import Place, Step
from reports.imports.batches import names_of
from reports.imports.changes import KEPT_BY_ITSELF, texts_of
from reports.imports.examine import CellChange

Values = dict[str, Any]
VERBS = {"+": "新增", "~": "修改", "-": "删除"}
# What a history row says besides the record's own values.
ABOUT = ("history_id", "history_date", "history_type", "history_user__name")


@dataclass(frozen=True)
class Edit:
    """One saving of a record: who, when, which record, what became of it."""

    model: type[Model]
    pk: int
    history_id: int
    at: datetime
    by: str
    verb: str
    before: Values = field(repr=False, hash=False, compare=False)
    after: Values = field(repr=False, hash=False, compare=False)

    def touches(self, columns: Iterable[str]) -> bool:
        """Whether it made or deleted the record, or changed any of these columns."""
        is_whole = self.verb != VERBS["~"]
        return is_whole or any(self.before.get(one) != self.after.get(one) for one in columns)


@dataclass(frozen=True)
class Edited:
    """A record edited since: as it was then (None: it was not there), as it is, and the edits."""

    before: Values | None
    after: Values | None
    edits: list[Edit]

    @property
    def ends(self) -> list[Values]:
        return [one for one in (self.before, self.after) if one is not None]

    def differs_in(self, columns: Iterable[str]) -> set[str]:
        """Those of the columns that are not what they were; all where the record came or went."""
        if self.before is None or self.after is None:
            return set(columns) if self.ends else set()
        return {one for one in columns if self.before[one] != self.after[one]}

    def because_of(self, columns: Iterable[str]) -> list[Edit]:
        """The edits that made it differ in the columns: none where it does not."""
        differing = self.differs_in(columns)
        if not self.ends or (not differing and len(self.ends) == 2):
            return []
        if self.after is None:
            return [one for one in self.edits if one.verb == VERBS["-"]][-1:]
        return [one for one in self.edits if one.touches(differing)]


class Since:
    """What was edited since a moment. Each table is asked once, and each way between tables."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.edited: dict[type[Model], dict[int, Edited]] = {}
        self.met: dict[tuple[type[Model], str], dict[Any, list[Values]]] = {}

    def of(self, model: Any) -> dict[int, Edited]:
        """The records of a model edited since, by key; of one without history, none."""
        if model not in self.edited:
            self.edited[model] = dict(self._read(model)) if hasattr(model, "history") else {}
        return self.edited[model]

    def _read(self, model: Any) -> Iterator[tuple[int, Edited]]:
        history = model.history.model
        columns = [one.attname for one in history.tracked_fields]
        since = history.objects.filter(history_date__gt=self.moment).values("id")
        rows = history.objects.filter(id__in=since).order_by("history_id").values(*ABOUT, *columns)
        versions: dict[int, list[Values]] = defaultdict(list)
        for row in rows:
            versions[row["id"]].append(row)
        for pk, listed in versions.items():
            yield pk, self._told(model, pk, listed)

    def _told(self, model: Any, pk: int, versions: list[Values]) -> Edited:
        then: Values | None = None
        last: Values | None = None
        edits = []
        for row in versions:
            is_gone = row["history_type"] == "-"
            if row["history_date"] <= self.moment:
                then = None if is_gone else row
            else:
                before = last or {}
                verb, by = VERBS[row["history_type"]], row["history_user__name"] or ""
                at = row["history_date"]
                edits.append(Edit(model, pk, row["history_id"], at, by, verb, before, row))
            last = None if is_gone else row
        return Edited(then, last, edits)

    def reached(self, rows: Iterable[int], root: type[Model], path: tuple[Step, ...]) -> set[Any]:
        """The values by which the last step of a path, from these rows, arrives at records."""
        model, column, values = root, "id", set(rows)
        for step in path:
            values = {
                one[step.leaves]
                for value in values
                for one in self.records(model, column, values)[value]
            }
            values.discard(None)
            model, column = step.model, step.arrives
        return values

    def records(self, model: Any, column: str, values: set[Any]) -> dict[Any, list[Values]]:
        """The records with these values in the column, now or then, by value."""
        met = self.met.setdefault((model, column), {})
        if asked := values - met.keys():
            met.update((value, []) for value in asked)
            names = [
                one.attname
                for one in model._meta.concrete_fields
                if not isinstance(one, BinaryField)
            ]
            live = model._base_manager.filter(**{f"{column}__in": asked}).values(*names)
            then = (one.before for one in self.of(model).values() if one.before)
            for one in (*live, *then):
                if one[column] in asked:
                    met[one[column]].append(one)
        return met

    def touching(self, rows: set[int], root: type[Model], places: Iterable[Place]) -> list[Edit]:
        """The edits that can have touched what a query, reading at these places, says of the rows.

        An edit counts where the query reads the record, and reads what was changed in it.
        """
        found: dict[Edit, None] = {}
        for place in places:
            edited = self.of(place.model)
            if not edited:
                continue
            column = place.path[-1].arrives if place.path else "id"
            values = self.reached(rows, root, place.path or ())
            for one in edited.values():
                is_tied = place.path is None or any(end[column] in values for end in one.ends)
                if is_tied:
                    found |= dict.fromkeys(one.because_of(place.columns))
        return list(found)


def names_of_records(model: Any, keys: set[int], since: Since) -> dict[int, str]:
    """What records are called; those that are gone by what history remembers of them."""
    names = names_of(model, keys)
    gone = {pk: one for pk, one in since.of(model).items() if pk in keys - names.keys()}
    return names | names_of_gone(model, gone)


def names_of_gone(model: Any, gone: dict[int, Edited]) -> dict[int, str]:
    columns = {one.attname for one in model._meta.concrete_fields}
    remembered = {
        pk: model(**{name: value for name, value in one.edits[-1].after.items() if name in columns})
        for pk, one in gone.items()
    }
    keys = [one.name for one in model._meta.concrete_fields if one.is_relation]
    prefetch_related_objects(list(remembered.values()), *keys)
    return {pk: name_of(record) for pk, record in remembered.items()}


def name_of(record: Model) -> str:
    try:
        return str(record)
    except ObjectDoesNotExist:  # what it is named by is gone, too
        return f"{record._meta.verbose_name}（记录号{record.pk}）"


def cells_of(edits: list[Edit]) -> dict[Edit, tuple[CellChange, ...]]:
    """What each change of a record changed, in the words of the forms."""
    by_model = defaultdict(list)
    for edit in edits:
        if edit.verb == VERBS["~"] and edit.before:
            by_model[edit.model].append(edit)
    return {
        edit: cells
        for model, of_model in by_model.items()
        for edit, cells in cells_of_model(model, of_model)
    }


def cells_of_model(model: Any, edits: list[Edit]) -> Iterator[tuple[Edit, tuple[CellChange, ...]]]:
    pairs = [(edit.before, edit.after) for edit in edits]
    fields = [
        one
        for one in model.history.model.tracked_fields
        if one.attname not in KEPT_BY_ITSELF
        and any(before[one.attname] != after[one.attname] for before, after in pairs)
    ]
    words = {one.attname: texts_of(one, pairs) for one in fields}
    for edit in edits:
        yield (
            edit,
            tuple(
                CellChange(
                    str(one.verbose_name),
                    words[one.attname](edit.before),
                    words[one.attname](edit.after),
                )
                for one in fields
                if edit.before[one.attname] != edit.after[one.attname]
            ),
        )
