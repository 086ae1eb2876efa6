"""From an uploaded file to stored records: kept, shown, confirmed once, or given up."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.utils import timezone

from orgs.middleware import scope_below
from orgs.models import StaleRecordError
from reports.models import Batch, BatchRow
from reports.models.batches import NAME_LENGTH

from .examine import Findings, Refused, Written, examine, write
from .guard import BadFile
from .reading import Book, read_file
from .targets import TARGETS, targets_for

WRITTEN_AT_ONCE = 500


class Settled(Exception):  # noqa: N818 - reads as what it is: "except Settled"
    """Somebody has confirmed, given up or taken back the batch already."""


class Differs(Exception):  # noqa: N818 - reads as what it is: "except Differs"
    """What the import would do is not what was confirmed: records changed in between."""


def keep_upload(*, user: Any, name: str, content: bytes, replaces: Batch | None = None) -> Batch:
    """Read and examine an uploaded file, and keep it as a batch; raises BadFile, keeping nothing.

    It takes the place of an earlier upload that still waited, where one is given.
    """
    book = read_file(name, content)
    scope = scope_below(user.organization)
    findings = examine(book, scope=scope)
    refuse_closed_targets(user, findings)
    with transaction.atomic():
        if replaces is not None:
            settle(replaces, Batch.State.DISCARDED, user=user)
        return Batch.objects.create(
            organization=user.organization,
            uploaded_by=user,
            name=name[-NAME_LENGTH:],
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            sheets=sheets_of(findings),
        )


def refuse_closed_targets(user: Any, findings: Findings) -> None:
    """Raise BadFile for sheets whose register is not this user's to fill."""
    mine = {target.slug for target in targets_for(user)}
    closed = [
        f"“{sheet.title}”（{sheet.target.name}）"
        for sheet in findings.sheets
        if sheet.target and sheet.target.slug not in mine
    ]
    if closed:
        raise BadFile(f"您无权导入这些工作表：{'、'.join(closed)}。请从文件中删去后再上传。")


def may_open(user: Any, batch: Batch) -> bool:
    """Whether every sheet of the batch is of a register this user may fill."""
    mine = {target.slug for target in targets_for(user)}
    return {sheet["target"] for sheet in batch.sheets} <= {*mine, ""}


def book_of(batch: Batch) -> Book:
    return read_file(batch.name, bytes(batch.content or b""))


def findings_of(batch: Batch, book: Book | None = None) -> Findings:
    """What importing the batch would do now."""
    return examine(
        book or book_of(batch),
        scope=scope_below(batch.organization),
        targets=batch.targets,
        answers=batch.answers,
    )


def decide(
    batch: Batch, *, user: Any, targets: dict[str, str], answers: dict[str, str]
) -> Findings:
    """Keep what the user chose for sheets and possible duplicates; what follows from it."""
    batch.targets |= targets
    batch.answers |= answers
    findings = findings_of(batch)
    refuse_closed_targets(user, findings)
    batch.sheets = sheets_of(findings)
    decided = {"targets": batch.targets, "answers": batch.answers, "sheets": batch.sheets}
    Batch.objects.pending().filter(pk=batch.pk).update(**decided)
    return findings


def sheets_of(findings: Findings) -> list[dict[str, Any]]:
    return [
        {
            "title": sheet.title,
            "target": sheet.target.slug if sheet.target else "",
            "faults": len(sheet.faults),
            "created": len(sheet.created),
            "changed": len(sheet.changed),
            "same": sheet.same,
        }
        for sheet in findings.sheets
    ]


def fingerprint(findings: Findings) -> str:
    """Tells whether two examinations of a file found the same to do."""
    done = [
        (sheet.title, sheet.target and sheet.target.slug, sheet.created, sheet.changed, sheet.same)
        for sheet in findings.sheets
    ]
    return hashlib.sha256(repr(done).encode()).hexdigest()


def confirm(batch: Batch, *, user: Any, seen: str) -> None:
    """Import the batch: all of it, once, and exactly what was shown under the fingerprint `seen`.

    Raises Settled or Differs, having stored nothing.
    """
    if batch.state != Batch.State.PENDING:
        raise Settled
    book = book_of(batch)
    with transaction.atomic():
        settle(batch, Batch.State.IMPORTED, user=user)
        hold(TARGETS[slug].model for slug in {sheet["target"] for sheet in batch.sheets} - {""})
        findings = findings_of(batch, book)
        if not findings.is_clean or fingerprint(findings) != seen:
            raise Differs
        try:
            written = write(
                book,
                scope=scope_below(batch.organization),
                targets=batch.targets,
                answers=batch.answers,
            )
        except (Refused, StaleRecordError) as error:
            raise Differs from error
        keep_rows(batch, written)
        Batch.objects.filter(pk=batch.pk).update(sheets=sheets_of(findings))


def discard(batch: Batch, *, user: Any) -> None:
    """Give the batch up: its file is not kept. Raises Settled."""
    settle(batch, Batch.State.DISCARDED, user=user)


def settle(batch: Batch, state: str, *, user: Any) -> None:
    """Move a waiting batch to a state, if nobody has: of two at once, one waits and then fails."""
    now = timezone.now()
    waiting = Batch.objects.pending().filter(pk=batch.pk)
    if not waiting.update(state=state, content=None, settled_by=user, settled_at=now):
        raise Settled


def hold(written: Iterable[type[Model]]) -> None:
    """Let nobody else write these tables until the transaction ends.

    SQLite's transactions hold the whole database; PostgreSQL's would let an edit slip in between
    examining and writing.
    """
    tables = sorted({model._meta.db_table for model in written})
    if connection.vendor == "postgresql" and tables:
        names = ", ".join(connection.ops.quote_name(table) for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def keep_rows(batch: Batch, written: list[Written]) -> None:
    """Put on record which records the import wrote, by the names they have now."""
    of_model = defaultdict(set)
    for one in written:
        of_model[one.model].add(one.pk)
    names = {model: names_of(model, keys) for model, keys in of_model.items()}
    types = ContentType.objects.get_for_models(*of_model)
    BatchRow.objects.bulk_create(
        [
            BatchRow(
                batch=batch,
                content_type=types[one.model],
                object_id=one.pk,
                history_id=one.history_id,
                is_new=one.is_new,
                name=names[one.model][one.pk],
            )
            for one in written
        ],
        batch_size=WRITTEN_AT_ONCE,
    )


def names_of(model: type[Model], keys: set[int]) -> dict[int, str]:
    """What each of these records is called, without a query per record."""
    rows = model._base_manager.select_related(*named_by(model)).in_bulk(keys)
    return {pk: str(row)[:NAME_LENGTH] for pk, row in rows.items()}


def named_by(model: type[Model], depth: int = 2) -> list[str]:
    """The records a record's name may be made of: those it refers to, and those they do."""
    paths = []
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.editable:
            paths.append(field.name)
            deeper = named_by(field.related_model, depth - 1) if depth > 1 else []
            paths += [f"{field.name}__{path}" for path in deeper]
    return paths
