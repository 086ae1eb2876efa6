"""`manage.py figures`: every figure of a year, for people and for programs."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dangjian.lib import periods
from dangjian.lib.figures import (
    BadDefinition,
    Figure,
    Value,
    all_figures,
    compute,
    compute_by_village,
    define,
)
from elections.figures import LAST_TERM
from orgs.middleware import scope_below
from orgs.models import Organization, Village
from orgs.scope import EVERYTHING, Scope
from reports.custom_figures import figures_of


class Command(BaseCommand):
    help = "Print the figures of a year: {slug: value}, null where there is no value."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--organization", help="full or short name; default: everything")
        parser.add_argument("--by-village", action="store_true")
        parser.add_argument(
            "--define", type=Path, help="JSON file of definitions to compute instead"
        )
        parser.add_argument("--json", action="store_true", help="plain numbers for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = periods.year(options["year"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        scope = scope_named(options["organization"])
        # The office's own figures come after the declared ones.
        known = [*all_figures(), *figures_of(scope).values()]
        figures = definitions(options["define"]) if options["define"] else known
        if options["by_village"]:
            found = compute_by_village(figures, scope, period)
            names = names_of_villages(found)
            result = {names[pk]: shown(values, options) for pk, values in found.items()}
        else:
            result = shown(compute(figures, scope, period), options)
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))


def shown(values: dict[str, Value], options: dict[str, Any]) -> dict[str, Any]:
    return {slug: value.plain if options["json"] else value.text for slug, value in values.items()}


def names_of_villages(keys: Iterable[int | None]) -> dict[int | None, str]:
    """What each village is called; rows without one "". Of the same name: with their keeper's."""
    villages = Village.objects.filter(pk__in=[pk for pk in keys if pk]).select_related(
        "organization"
    )
    shared = Counter(village.name for village in villages)
    return {None: ""} | {
        village.pk: f"{village.name}（{village.organization}）"
        if shared[village.name] > 1
        else village.name
        for village in villages
    }


def scope_named(name: str | None) -> Scope:
    return scope_below(organization_named(name)) if name else EVERYTHING


def organization_named(name: str) -> Organization:
    found = Organization.objects.filter(name=name) | Organization.objects.filter(short_name=name)
    if found.count() != 1:
        raise CommandError(f"{found.count()} organizations are called {name}")
    return found.get()


def definitions(path: Path) -> list[Figure]:
    """The figures a JSON file defines: one definition, or a list of them."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
    found: dict[str, Figure] = {}
    for number, definition in enumerate(given if isinstance(given, list) else [given], 1):
        try:
            figure = define(definition, {"last_term": LAST_TERM})
        except BadDefinition as error:
            raise CommandError(f"{path} #{number}: {error}") from error
        if figure.slug in found:
            raise CommandError(f"{path} #{number}: slug：“{figure.slug}”定义了两次。")
        found[figure.slug] = figure
    return list(found.values())
