"""A document as it stands now: text and figures of one unit and year."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dangjian.lib import prose
from dangjian.lib.figures import UnknownFigure, Value, compute, figure_named
from dangjian.lib.periods import Period, on
from dangjian.lib.printing import day_in_chinese
from reports.explanations import explanations_appendix
from reports.models import Kind, Section
from reports.texts import Part, default_parts
from tasks.models import PlanItem

from .paper import Appendix, Block, numbered, written
from .plans import fulfilment_table, plan_of, with_items
from .rows import counts_behind, rows_in_words

# Stands for the name of whose document it is; not a figure.
UNIT = "{unit}"
TITLES = {Kind.SUMMARY: "{unit}{year}年度党建工作总结", Kind.PLAN: "{unit}{year}年党建工作计划"}


@dataclass(frozen=True)
class Document:
    """A summary or plan: what it is called, its blocks and tables, and every value in it."""

    kind: Kind
    unit: str
    period: Period
    title: str
    blocks: list[Block]
    values: dict[str, Value]
    # Named where the numbers are not those of the whole subdistrict.
    counted_only: str
    appendices: list[Appendix] = field(default_factory=list)
    # How many rows each figure was counted from, in words.
    rows: dict[str, str] = field(default_factory=dict)

    @property
    def dated(self) -> str:
        """The date below the text: a plan is made for a year, a summary written at its end."""
        period = self.period
        return day_in_chinese(on(period.first_day) if self.kind == Kind.PLAN else period)


def build_document(kind: Kind, scope: Any, period: Period, *, unit: str, office: str) -> Document:
    """The document of `unit` for the period. One query per register and baseline."""
    lines = parsed(parts_of(kind, scope, period, is_whole=unit == office), unit)
    items = plan_of(scope, period.first_day.year)
    slugs = [slug for _, text in lines for slug in text.slugs] + [one.figure for one in items]
    figures = list(known(dict.fromkeys(slugs)))
    counts = [count for figure in figures for count in counts_behind(figure)]
    computed = compute([*figures, *counts], scope, period)
    values = {figure.slug: computed[figure.slug] for figure in figures}
    is_plan = kind == Kind.PLAN
    placed = with_items(lines, items, values) if is_plan else lines
    return Document(
        kind=kind,
        unit=unit,
        period=period,
        title=TITLES[kind].format(unit=unit, year=period.first_day.year),
        blocks=list(numbered(written(placed, values))),
        values=values,
        counted_only="" if unit == office else unit,
        appendices=[] if is_plan else appendices_of(items, values, scope, period),
        rows=rows_in_words(figures, computed),
    )


def appendices_of(
    items: list[PlanItem], values: dict[str, Value], scope: Any, period: Period
) -> list[Appendix]:
    """What follows the text of a summary: how the plan was kept, and what was explained."""
    fulfilled = [fulfilment_table(items, values, period)] if items else []
    return [*fulfilled, *explanations_appendix(scope.organization_id, period.first_day.year)]


def build_summary(scope: Any, period: Period, *, unit: str, office: str) -> Document:
    """The annual summary of `unit` for the period."""
    return build_document(Kind.SUMMARY, scope, period, unit=unit, office=office)


def build_plan(scope: Any, period: Period, *, unit: str, office: str) -> Document:
    """The work plan of `unit` for the period's year, items below the headings they belong to."""
    return build_document(Kind.PLAN, scope, period, unit=unit, office=office)


def parts_of(kind: Kind, scope: Any, period: Period, *, is_whole: bool) -> tuple[Part, ...]:
    """The sections the unit has written, in order; where it has written nothing, the default."""
    sections = Section.objects.of(scope.organization_id, kind, period.first_day.year)
    stored = tuple(Part(*row) for row in sections.values_list("code", "level", "heading", "text"))
    return stored or default_parts(kind if is_whole else f"unit_{kind}")


@lru_cache(maxsize=256)
def parsed(parts: tuple[Part, ...], unit: str) -> list[tuple[int, prose.Prose]]:
    """Sections with the unit's name in them, as level and prose per line."""
    return [
        (level, prose.parse(line.replace(UNIT, prose.escape(unit))))
        for part in parts
        for level, line in part.lines
    ]


def known(slugs: Iterable[str]) -> Iterable[Any]:
    """The figures of these slugs; one whose definition is gone prints as no value."""
    for slug in slugs:
        try:
            yield figure_named(slug)
        except UnknownFigure:
            continue
