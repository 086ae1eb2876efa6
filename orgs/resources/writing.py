"""How the changes of a file are written: together while all is well, else row by row."""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import chain
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from orgs.models.record import StaleRecordError, acting_user

PARAMETERS = 900  # of one statement: older SQLite takes 999
# Fields whose values the database takes as they are in Python.
AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)
TOGETHER = 200  # rows written at once where one of the file is refused


@dataclass
class Change:
    """A record a file makes or alters, the row that says so, and its values before, if any."""

    record: models.Model
    number: int
    row: dict
    before: tuple | None

    def __post_init__(self):
        # As it was read: that of the database may be another by now.
        self.version = getattr(self.record, "version", None)

    @property
    def creates(self):
        return self.before is None


def siblings_of(model, changes, unsure):
    """A function giving the rows beside a record, as they will be once the changes are made.

    Stored rows of the keys `unsure` are left out: the file alters them in a row that is wrong.
    """
    parent = f"{model.sibling_key}_id"
    families = defaultdict(list)
    for change in changes:
        families[getattr(change.record, parent)].append(change.record)
    known = {change.record.pk for change in changes} | unsure
    for record in model._base_manager.filter(**{f"{parent}__in": list(families)}):
        if record.pk not in known:
            families[getattr(record, parent)].append(record)
    return lambda record: [one for one in families[getattr(record, parent)] if one is not record]


def clash_of(record, family_of):
    """Why the record cannot stand beside its siblings, or None."""
    try:
        record.clean_among(family_of(record))
    except ValidationError as error:
        return error
    return None


def write_all(changes):
    """Write the changes with their history; the refused ones, as an error for each row number.

    First what is altered, so that one link has ended before the next begins.
    """
    ordered = sorted(changes, key=lambda change: change.creates)
    if _is_written(ordered):
        return {}
    errors = {}
    for first in range(0, len(ordered), TOGETHER):
        part = ordered[first : first + TOGETHER]
        if not _is_written(part):
            errors |= _refused(part)
    return errors


def _is_written(changes):
    try:
        with transaction.atomic():
            _alter([change.record for change in changes if not change.creates])
            _create([change.record for change in changes if change.creates])
    except (IntegrityError, StaleRecordError):
        _undo(changes)
        return False
    return True


def _alter(records):
    """Store the records in this order, each as its next version, and their history.

    Raises StaleRecordError when somebody saved one of them since it was read.
    """
    if not records:
        return
    user = acting_user()
    for record in records:
        record.updated_by_id = user and user.pk
        record.version += 1
    meta, quoted = records[0]._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if _is_stored_again(field)]
    columns = [_prepared(records, field) for field in fields]
    as_read = [(record.pk, record.version - 1) for record in records]
    values = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    known = f"{quoted(meta.pk.column)} = %s AND {quoted('version')} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(meta.db_table)} SET {values} WHERE {known}",  # noqa: S608 - names of our own
            [(*row, *one) for row, one in zip(zip(*columns, strict=True), as_read, strict=True)],
        )
        if cursor.rowcount != len(records):
            raise StaleRecordError(records[0])
    _remember([record.pk for record in records], meta.model, "~")


def _is_stored_again(field):
    return not (field.primary_key or getattr(field, "auto_now_add", False))


def _create(records):
    """Insert the records and their history, together.

    Django's bulk_create and the history's bulk helper give the same rows; for 10,000 of them they
    take six times as long, most of it in preparing values that are what they are.
    """
    if not records:
        return
    user = acting_user()
    written_by = {"created_by_id": user and user.pk, "updated_by_id": user and user.pk}
    for record in records:
        vars(record).update(written_by)
    meta = records[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = [_prepared(records, field) for field in fields]
    rows = list(zip(*columns, strict=True))
    size = max(1, PARAMETERS // len(fields))
    for first in range(0, len(rows), size):
        keys = _inserted(meta, fields, rows[first : first + size])
        for record, key in zip(records[first : first + size], keys, strict=True):
            vars(record)[meta.pk.attname] = key
            record._state.adding, record._state.db = False, connection.alias
    _remember([record.pk for record in records], meta.model, "+")


def _prepared(records, field):
    """What the database is given for a field of each record."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        now = field.pre_save(records[0], add=True)
        for record in records:
            vars(record)[field.attname] = now
        return [field.get_db_prep_save(now, connection)] * len(records)
    values = list(map(attrgetter(field.attname), records))
    different = set(values)
    if isinstance(field, AS_THEY_ARE) and not any(isinstance(one, Enum) for one in different):
        return values
    if type(field) is models.DateField:
        adapt = connection.ops.adapt_datefield_value
    else:
        adapt = partial(field.get_db_prep_save, connection=connection)
    prepared = {value: adapt(value) for value in different}
    return [prepared[value] for value in values]


def _inserted(meta, fields, rows):
    """Insert rows of values; their keys, in the same order."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    statement = (
        f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES {places}"  # noqa: S608 - names of our own
        f" RETURNING {quoted(meta.pk.column)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(chain.from_iterable(rows)))
        return [key for (key,) in cursor.fetchall()]


def _remember(keys, model, kind):
    """The history of records just written, copied from their rows."""
    history, quoted = model.history.model._meta, connection.ops.quote_name
    user = acting_user()
    own = {"history_date": timezone.now(), "history_type": kind}
    own |= {"history_user_id": user and user.pk, "history_change_reason": None}
    names = [field.column for field in history.concrete_fields if not field.primary_key]
    said = [name for name in names if name in own]
    copied = ", ".join(quoted(name) for name in names if name not in own)
    of_column = {field.column: field for field in history.concrete_fields}
    values = [of_column[name].get_db_prep_save(own[name], connection) for name in said]
    into = ", ".join([copied, *map(quoted, said)])
    # What was altered is undone in the opposite order, so its history keeps that order.
    together = PARAMETERS - len(said) if kind == "+" else 1
    with connection.cursor() as cursor:
        for first in range(0, len(keys), together):
            some = keys[first : first + together]
            cursor.execute(
                f"INSERT INTO {quoted(history.db_table)} ({into})"  # noqa: S608 - names of our own
                f" SELECT {copied}, {', '.join(['%s'] * len(said))}"
                f" FROM {quoted(model._meta.db_table)}"
                f" WHERE {quoted(model._meta.pk.column)} IN ({', '.join(['%s'] * len(some))})"
                f" ORDER BY {quoted(model._meta.pk.column)}",
                [*values, *some],
            )


def _undo(changes):
    """Let the records be as they were before they were written in vain."""
    for change in changes:
        if change.creates:
            change.record.pk, change.record._state.adding = None, True
        else:
            change.record.version = change.version


def _refused(changes):
    """Write row by row, to learn which rows the database refuses and why."""
    errors = {}
    for change in changes:
        try:
            with transaction.atomic():
                change.record.full_clean()
                change.record.save()
        except ValidationError as error:
            errors[change.number] = error
        except IntegrityError:
            errors[change.number] = ValidationError("与已有的记录冲突，数据库拒绝了这一行。")
        except StaleRecordError:
            errors[change.number] = ValidationError("这条记录刚被别人改过，请重新检查。")
        if change.number in errors:
            _undo([change])
    return errors
