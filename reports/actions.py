"""What happens to records of several apps at once."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from orgs.models import ChecklistItem, ChecklistScheme, Office
from reports.documents.writing import begin, part_of
from reports.models import Kind
from reports.years import items_to_begin, programmes_to_copy, schemes_to_copy, text_to_copy
from tasks.actions import list_as_key_task
from tasks.models import Programme


@dataclass(frozen=True)
class Opened:
    """How much was copied into a year that was opened, and how many items of its plan began."""

    programmes: int
    schemes: int
    tasks: int = 0
    sections: int = 0


@transaction.atomic
def open_year(*, office: Office, year: int) -> Opened | None:
    """Make the year after the working year the working year, with last year's frame copied.

    Programmes, checklists with their items and what the office wrote as its summary are copied
    where the year lacks them, and the items its plan lists as key tasks become key tasks. All that
    is dated goes on by itself. None, and nothing is done: the year was opened already.
    """
    locked = Office.objects.select_for_update().get(pk=office.pk)
    if locked.working_year >= year:
        return None
    programmes = [copy_programme(one, year) for one in programmes_to_copy(locked, year)]
    schemes = [copy_scheme(one, year) for one in schemes_to_copy(locked, year)]
    tasks = [list_as_key_task(item=one) for one in items_to_begin(locked, year)]
    parts = [part_of(section) for section in text_to_copy(locked, year)]
    if parts:
        begin(organization=locked.organization, kind=Kind.SUMMARY, year=year, parts=parts)
    locked.working_year = year
    locked.save()
    return Opened(len(programmes), len(schemes), len(tasks), len(parts))


def copy_programme(programme: Programme, year: int) -> Any:
    return Programme.objects.create(
        organization=programme.organization,
        year=year,
        name=programme.name,
        order=programme.order,
    )


def copy_scheme(scheme: ChecklistScheme, year: int) -> Any:
    """The scheme with its items, but not its source: that was a paper of last year."""
    copied = ChecklistScheme.objects.create(
        organization=scheme.organization,
        code=scheme.code,
        name=scheme.name,
        year=year,
        threshold=scheme.threshold,
    )
    for item in scheme.items.all():
        ChecklistItem.objects.create(scheme=copied, order=item.order, text=item.text)
    return copied
