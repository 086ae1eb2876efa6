"""Writing an office's own text: begun, its sections added, moved, removed and brought back."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import F
from simple_history.utils import bulk_update_with_history

from orgs.models.record import acting_user
from reports.models import Draft, Kind, Report, Section
from reports.texts import Part, default_parts

# Where numbers are parked while sections trade theirs: a report has no two alike at any time.
OUT_OF_THE_WAY = 10_000


def part_of(section: Any) -> Part:
    """A section, or a version of one, as it is printed."""
    return Part(section.code, section.level, section.heading, section.text)


def default_of(section: Section, *, is_whole: bool) -> Part | None:
    """The section of the default text it began as; None where the office added it."""
    if not section.code:
        return None
    parts = defaults(Kind(section.report.kind), is_whole=is_whole)
    return next((part for part in parts if part.code == section.code), None)


def defaults(kind: Kind, *, is_whole: bool) -> tuple[Part, ...]:
    """The default text: the office's own, or that of a unit of it."""
    return default_parts(kind if is_whole else f"unit_{kind}")


@transaction.atomic
def begin(*, organization: Any, kind: Kind, year: int, parts: Iterable[Part]) -> Report:
    """The organization's text of the year, begun with `parts`; one that has sections stays."""
    report, _ = Report.objects.get_or_create(organization=organization, kind=kind, year=year)
    if not in_order(report):
        for number, part in enumerate(parts, 1):
            Section.objects.create(report=report, number=number, **part._asdict())
    return report


def in_order(report: Report) -> list[Section]:
    """The report's sections; who rearranges the same report waits."""
    Report.objects.select_for_update().get(pk=report.pk)
    return list(report.sections.order_by("number"))


@transaction.atomic
def add_section(*, report: Report, after: Section | None, level: int, heading: str) -> Section:
    """A new section behind another one, or in front of all."""
    order = in_order(report)
    number = order.index(after) + 2 if after in order else 1
    put_in_order(order, but=number)
    created: Section = Section.objects.create(
        report=report, number=number, level=level, heading=heading
    )
    return created


@transaction.atomic
def move(*, section: Section, by: int) -> bool:
    """Trade places with the section before (-1) or behind (+1); False: there is none."""
    order = in_order(section.report)
    place = order.index(section)
    other = place + by
    if not 0 <= other < len(order):
        return False
    order[place], order[other] = order[other], order[place]
    put_in_order(order)
    return True


def put_in_order(order: list[Section], *, but: int = 0) -> None:
    """Number the sections of a report in this order, and keep the number `but` free.

    A place is no edit of the text: the version stays, so that who is writing meets no conflict.
    """
    numbers = (number for number in count(1) if number != but)
    pairs = zip(numbers, order, strict=False)
    moved = [(number, one) for number, one in pairs if one.number != number]
    for number, section in moved:
        section.number = number
    sections = [section for _, section in moved]
    keys = [section.pk for section in sections]
    Section.objects.filter(pk__in=keys).update(number=F("number") + OUT_OF_THE_WAY)
    bulk_update_with_history(sections, Section, ["number"], default_user=acting_user())


@transaction.atomic
def rewrite(*, section: Section, part: Part) -> None:
    """Give a section the words of a part, as its next version. Raises StaleRecordError."""
    section.level, section.heading, section.text = part.level, part.heading, part.text
    section.save(update_fields=["level", "heading", "text"])


@transaction.atomic
def remove(*, section: Section) -> None:
    """Remove a section, with everybody's draft of it; its versions stay."""
    section.delete()


@transaction.atomic
def bring_back(*, removed: Any) -> Section:
    """The removed section of that row of the history, where it stood when it was removed."""
    section: Section = removed.instance
    order = in_order(section.report)
    section.number = sum(one.number < section.number for one in order) + 1
    put_in_order(order, but=section.number)
    section.save(force_insert=True)
    return section


@transaction.atomic
def keep_draft(*, section: Section, user: Any, part: Part, version: int) -> Draft | None:
    """Keep what the user is typing; None, and nothing is kept, where it is what is stored."""
    is_late = version < section.version and section.updated_by_id == user.pk
    if is_late or part == part_of(section):
        give_up_draft(section=section, user=user)
        return None
    typed = {**part._asdict(), "version": version}
    del typed["code"]
    draft, _ = Draft.objects.update_or_create(section=section, user=user, defaults=typed)
    return draft


def give_up_draft(*, section: Section, user: Any) -> None:
    Draft.objects.filter(section=section, user=user).delete()
