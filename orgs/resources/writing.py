"""How the changes of a file are written: together while all is well, else row by row."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_create_with_history

from orgs.models.record import StaleRecordError, acting_user

TOGETHER = 200  # rows written at once where one of the file is refused


@dataclass
class Change:
    """A record a file makes or alters, the row that says so, and its values before, if any."""

    record: models.Model
    number: int
    row: dict
    before: list | None

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
            for change in changes:
                if not change.creates:
                    change.record.save()
            _create([change.record for change in changes if change.creates])
    except (IntegrityError, StaleRecordError):
        _undo(changes)
        return False
    return True


def _create(records):
    for record in records:
        record.created_by = record.updated_by = acting_user()
    if records:
        bulk_create_with_history(records, type(records[0]))


def _undo(changes):
    """Let the records be as they were before they were written in vain."""
    for change in changes:
        if change.creates:
            change.record.pk, change.record._state.adding = None, True
        else:
            change.record.refresh_from_db(fields=["version"])


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
