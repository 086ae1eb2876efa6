"""Taking an import back: what it made is deleted, what it changed is again as it was.

Only what the import did is undone; as soon as anything rests on it, nothing is. See
docs/adr/0009-imports-are-undone-through-history.md.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from reports.models import Batch, BatchRow

from .batches import WRITTEN_AT_ONCE, Settled, hold

REASON_LENGTH = 100
MOST_NAMED = 50  # of one kind of record: enough to see what is in the way


@dataclass(frozen=True)
class Obstacle:
    """A record because of which a batch cannot be undone, and why."""

    record: Model
    why: str


class Blocked(Exception):  # noqa: N818 - reads as what it is: "except Blocked"
    """The batch cannot be undone; `obstacles` are what stands in the way, if it can be named."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        self.obstacles = obstacles
        super().__init__(f"{len(obstacles)} in the way")


@dataclass
class Touched:
    """The records of one model that a batch wrote: {pk: first and last history row of it}."""

    model: Any
    content_type: ContentType
    batch: Batch
    written: dict[int, tuple[int, int]] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)

    @property
    def columns(self) -> list[str]:
        return [one.attname for one in self.model.history.model.tracked_fields]

    def keys(self, *, is_new: bool | None = None) -> QuerySet[Any, Any]:
        """The keys as a subquery: a list of them could be longer than a statement may be."""
        rows = BatchRow.objects.filter(batch=self.batch, content_type=self.content_type)
        if is_new is not None:
            rows = rows.filter(is_new=is_new)
        return rows.order_by().values("object_id")

    def stored(self) -> dict[int, dict[str, Any]]:
        """The values of each record as it is now; those deleted since are not there."""
        rows = self.model._base_manager.filter(pk__in=self.keys()).values(*self.columns)
        return {row["id"]: row for row in rows}

    def versions(self) -> dict[int, dict[str, dict[str, Any]]]:
        """By record its values "before" the import, at its "first" writing and "after" its last."""
        found: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
        rows = self.model.history.filter(id__in=self.keys()).order_by("history_id")
        for row in rows.values("history_id", *self.columns):
            moment, pk = row.pop("history_id"), row["id"]
            first, last = self.written[pk]
            if moment < first:
                found[pk]["before"] = row
            if moment == first:
                found[pk]["first"] = row
            if moment == last:
                found[pk]["after"] = row
        return found


def touched_by(batch: Batch) -> list[Touched]:
    """What the batch wrote, model by model, in the order of writing."""
    found: dict[int, Touched] = {}
    for row in batch.rows.order_by("pk").values_list(
        "content_type", "object_id", "history_id", "is_new"
    ):
        content_type, pk, moment, is_new = row
        if content_type not in found:
            kind = ContentType.objects.get_for_id(content_type)
            found[content_type] = Touched(kind.model_class(), kind, batch)
        touched = found[content_type]
        first, last = touched.written.get(pk, (moment, moment))
        touched.written[pk] = (min(first, moment), max(last, moment))
        if is_new:
            touched.made.add(pk)
    return list(found.values())


def undo(batch: Batch, *, user: Any) -> None:
    """Undo the batch, all of it. Raises Settled or Blocked, having changed nothing."""
    try:
        with transaction.atomic():
            _mark_undone(batch, user)
            touched = touched_by(batch)
            hold(one.model for one in touched)
            _refuse(obstacles(touched))
            _take_back(touched, user)
            _refuse(_quarrels(touched))
    except IntegrityError as error:
        # A rule of the database that rows entered since would break.
        raise Blocked([]) from error


def _mark_undone(batch: Batch, user: Any) -> None:
    imported = Batch.objects.filter(pk=batch.pk, state=Batch.State.IMPORTED)
    now = timezone.now()
    if not imported.update(state=Batch.State.UNDONE, undone_by=user, undone_at=now):
        raise Settled


def _refuse(found: list[Obstacle]) -> None:
    if found:
        raise Blocked(found)


def obstacles(touched: list[Touched]) -> list[Obstacle]:
    """What rests on the import: records edited since, and others that refer to those it made."""
    return [
        obstacle
        for one in touched
        for obstacle in (*_edited_since(one), *_references_to(one, touched))
    ]


def _edited_since(touched: Touched) -> Iterator[Obstacle]:
    stored, versions = touched.stored(), touched.versions()
    for pk in touched.written:
        version, is_new = versions[pk], pk in touched.made
        if pk not in stored:
            # One it made and somebody deleted is gone already, as undoing would have it.
            if not is_new:
                yield Obstacle(touched.model(**version["after"]), "导入后已被删除")
        elif stored[pk] != version["after"]:
            yield Obstacle(touched.model(**stored[pk]), "导入后又有修改")
        elif not is_new and not _follows(version):
            yield Obstacle(touched.model(**stored[pk]), "没有导入前的历史可以还原")


def _follows(version: dict[str, dict[str, Any]]) -> bool:
    """Whether history holds the version just before the import's own."""
    before = version.get("before")
    return before is not None and before["version"] == version["first"]["version"] - 1


def _references_to(touched: Touched, all_touched: list[Touched]) -> Iterator[Obstacle]:
    """Records that lead to one the batch made, but for those it wrote itself."""
    if not touched.made:
        return
    own = {one.model: one for one in all_touched}
    for relation in touched.model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete) or relation.many_to_many:
            continue
        model = relation.related_model
        if hasattr(model, "instance_type"):
            continue  # history remembers, it does not depend
        made = touched.keys(is_new=True)
        found = model._base_manager.filter(**{f"{relation.field.name}__in": made})
        if model in own:
            found = found.exclude(pk__in=own[model].keys())
        for record in found[:MOST_NAMED]:
            yield Obstacle(record, f"引用了导入的{touched.model._meta.verbose_name}")


def _take_back(all_touched: list[Touched], user: Any) -> None:
    """Reverse what the import wrote, last first: each step leads back to a state once valid."""
    for touched in reversed(all_touched):
        stored, versions = touched.stored(), touched.versions()
        gone = [stored[pk] for pk in touched.written if pk in touched.made and pk in stored]
        changed = sorted(
            (pk for pk in touched.written if pk not in touched.made),
            key=lambda pk: touched.written[pk],
            reverse=True,
        )
        earlier = [versions[pk]["before"] for pk in changed]
        rows = touched.model._base_manager.filter(pk__in=touched.keys(is_new=True))
        # Not delete(): it would refuse rows that others of the batch still lead to, and ask for
        # each of them what _references_to has asked for all. Foreign keys are checked at the end.
        rows.order_by()._raw_delete(rows.db)
        for values in earlier:
            others = {name: value for name, value in values.items() if name != "id"}
            touched.model._base_manager.filter(pk=values["id"]).update(**others)
        _keep_history(touched, user, {"-": gone, "~": earlier})


def _keep_history(touched: Touched, user: Any, rows: dict[str, list[dict[str, Any]]]) -> None:
    history, now = touched.model.history.model, timezone.now()
    reason = f"撤销导入：{touched.batch.name}"[:REASON_LENGTH]
    entries = [
        history(
            **values,
            history_type=kind,
            history_date=now,
            history_user=user,
            history_change_reason=reason,
        )
        for kind, of_kind in rows.items()
        for values in of_kind
    ]
    history.objects.bulk_create(entries, batch_size=WRITTEN_AT_ONCE)


def _quarrels(all_touched: list[Touched]) -> list[Obstacle]:
    """Restored rows that cannot stand beside rows of the same parent entered since."""
    return [obstacle for touched in all_touched for obstacle in _quarrels_of(touched)]


def _quarrels_of(touched: Touched) -> Iterator[Obstacle]:
    key = touched.model.sibling_key
    if not key:
        return
    restored = list(touched.model._base_manager.filter(pk__in=touched.keys()))
    parents = {getattr(row, f"{key}_id") for row in restored}
    families = defaultdict(list)
    for row in touched.model._base_manager.filter(**{f"{key}__in": parents}):
        families[getattr(row, f"{key}_id")].append(row)
    for row in restored:
        siblings = [one for one in families[getattr(row, f"{key}_id")] if one.pk != row.pk]
        try:
            row.clean_among(siblings)
        except ValidationError as error:
            yield Obstacle(row, f"还原后与现有记录冲突：{'；'.join(error.messages)}")
