"""The grid of party life on a day: organizations by the kinds of activity they have to hold."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max
from django.db.models.functions import ExtractMonth

from dangjian.lib.spans import Span, span_of, spans_over

from .models import Activity, Organization, Rhythm
from .models.party_life import SILENT_DAYS

MOST_NAMED = 2  # spans missed that are named; more are only counted


@dataclass(frozen=True)
class Cell:
    """How an organization keeps a rhythm: its span of the day, what it held, what it missed."""

    rhythm: Rhythm
    span: Span
    held: int
    missed: tuple

    @property
    def is_met(self):
        return self.held >= self.rhythm.times

    @property
    def missed_label(self):
        if len(self.missed) <= MOST_NAMED:
            return "、".join(span.label for span in self.missed)
        return f"{len(self.missed)}个{self.rhythm.get_every_display().removeprefix('每')}"


@dataclass(frozen=True)
class Row:
    """An organization with its cells by kind, and the day it last held anything."""

    organization: Organization
    cells: dict
    last_on: date | None
    is_silent: bool

    @property
    def missed(self):
        return sum(len(cell.missed) for cells in self.cells.values() for cell in cells)


@dataclass(frozen=True)
class Grid:
    """The kinds of activity that are columns, and a row for each organization."""

    kinds: list
    rows: list

    def behind(self, kind):
        """How many organizations missed a span of the kind."""
        return sum(any(cell.missed for cell in row.cells.get(kind, ())) for row in self.rows)


def grid(scope, period):
    """Every branch and whoever a rhythm binds: silent ones first, then those most behind."""
    organizations = list(
        Organization.objects.within(scope).existing_on(period.as_of).with_line().order_by("pk")
    )
    rhythms = rhythms_of(organizations, period)
    held, last_on = held_by_month(scope, period), last_days(scope, period)
    rows = [
        row(organization, rhythms, held, last_on.get(organization.pk), period)
        for organization in organizations
    ]
    shown = [one for one in rows if one.cells or one.organization.is_branch]
    shown.sort(key=lambda one: (not one.is_silent, -one.missed))
    bound = {kind for one in shown for kind in one.cells}
    kinds = {rhythm.kind: None for rhythm in rhythms if rhythm.kind in bound}
    return Grid(sorted(kinds, key=lambda kind: (kind.order, kind.pk)), shown)


def rhythms_of(organizations, period):
    """Those of the period that organizations of the lines set."""
    setters = {key for organization in organizations for key in organization.line()}
    found = Rhythm.objects.held_in(period).filter(organization__in=setters)
    return list(found.select_related("kind").order_by("pk"))


def held_by_month(scope, period):
    """How many activities: {(organization, kind): {month: number}}."""
    found = Activity.objects.within(scope).held_in(period).order_by()
    months = found.values_list("organization", "kind", ExtractMonth("held_on"))
    held = {}
    for organization, kind, month, number in months.annotate(Count("pk")):
        held.setdefault((organization, kind), Counter())[month] = number
    return held


def last_days(scope, period):
    found = Activity.objects.within(scope).filter(held_on__lte=period.as_of).order_by()
    return dict(found.values_list("organization").annotate(Max("held_on")))


def row(organization, rhythms, held, last_on, period):
    cells = {}
    for rhythm in rhythms:
        if rhythm.binds(organization):
            by_month = held.get((organization.pk, rhythm.kind_id), Counter())
            cells.setdefault(rhythm.kind, []).append(cell(organization, rhythm, by_month, period))
    return Row(organization, cells, last_on, is_silent(organization, last_on, period.as_of))


def cell(organization, rhythm, by_month, period):
    def held_in(span):
        return sum(by_month[month] for month in range(span.first.month, span.last.month + 1))

    current = span_of(period.as_of, rhythm.every)
    missed = tuple(
        span
        for span in spans_over(period, rhythm.every)
        if rhythm.asks(span, organization.founded_on) and held_in(span) < rhythm.times
    )
    return Cell(rhythm, current, held_in(current), missed)


def is_silent(organization, last_on, day):
    """Whether a branch, as old as that, held nothing in the days before."""
    since = day - timedelta(days=SILENT_DAYS)
    is_old = organization.founded_on is None or organization.founded_on <= since
    return organization.is_branch and is_old and (last_on is None or last_on < since)
