"""`manage.py export_report`: the year-end report as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dangjian.lib import periods
from dangjian.lib.figures import all_registers
from orgs.middleware import name_of_unit, office_of, scope_below
from orgs.models import Organization
from reports.documents.build import build_document
from reports.exporters.word import write_word
from reports.exporters.workbook import write_workbook
from reports.models import Kind

from .figures import organization_named


class Command(BaseCommand):
    help = "Write the year-end report of a year to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--organization", help="full or short name; default: everything")
        parser.add_argument("--format", choices=["xlsx", "docx"], default="xlsx")
        parser.add_argument(
            "--kind",
            choices=Kind.values,
            default=Kind.SUMMARY.value,
            help="of a docx: the summary of the year, or the plan for it",
        )
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = periods.year(options["year"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        unit = unit_asked(options["organization"])
        office = office_of(unit)
        scope = scope_below(unit)
        name = name_of_unit(unit, office)
        is_word = options["format"] == "docx"
        kind = Kind(options["kind"]) if is_word else Kind.SUMMARY
        document = build_document(
            kind, scope, period, unit=name, office=office.name if office else ""
        )
        stream = (
            write_word(document) if is_word else write_workbook(document, scope, all_registers())
        )
        try:
            options["output"].write_bytes(stream.getbuffer())
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
        self.stdout.write(f"{options['output']}")


def unit_asked(name: str | None) -> Organization:
    """The organization of that name; without one, the only root of the tree."""
    if name:
        return organization_named(name)
    roots = list(Organization.objects.roots()[:2])
    if len(roots) != 1:
        raise CommandError("no organization, or several at the top: choose with --organization")
    return roots[0]
