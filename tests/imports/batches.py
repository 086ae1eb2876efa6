"""Imports without a file: records written by hand, and the batch that says so."""

from django.apps import apps
from django.utils import timezone

from orgs.models.record import Record
from reports.imports.batches import keep_rows
from reports.imports.examine import Written
from reports.models import Batch
from tests.factories import BatchFactory

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


def dump():
    """Every row of every kind of record, as stored."""
    return {model._meta.label: sorted(model._base_manager.values_list()) for model in RECORDS}


def batch_of(organization, *records):
    """An imported batch whose last writings of the records were its own."""
    return batch_that_wrote(organization, *(writing(record) for record in records))


def batch_that_wrote(organization, *written):
    batch = BatchFactory(
        organization=organization,
        content=None,
        state=Batch.State.IMPORTED,
        settled_at=timezone.now(),
    )
    keep_rows(batch, list(written))
    return batch


def writing(record):
    """The record's last writing, as an import would report it."""
    entry = record.history.first()
    return Written(type(record), record.pk, entry.history_type == "+", entry.pk)
