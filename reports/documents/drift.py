"""Drift: in what an edition's figures differ from today's records, and which edits did it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from dangjian.lib.figures import Figure, Register, UnknownFigure, Value, compute, figure_named
from dangjian.lib.figures.behind import Column, Rows, alike
from dangjian.lib.figures.kinds import NOW, Atom
from dangjian.lib.figures.reads import places_of
from dangjian.lib.figures.values import rounded
from orgs.middleware import scope_below
from reports.imports.examine import CellChange
from reports.models import Edition

from .edits import Edit, Since, cells_of, names_of_records
from .evidence import gather, signed_rows
from .stored import SignedFigure, figures_of

MOST_NAMED = 100  # rows of one side of a figure: enough to see what happened


@dataclass(frozen=True)
class RowDrift:
    """A row that is counted now and was not, or was and is not, or with another value."""

    pk: int
    what: str
    name: str = ""


@dataclass(frozen=True)
class SideDrift:
    """The rows on one side of a figure that differ."""

    title: str
    column: Column
    rows: list[RowDrift]

    @property
    def register(self) -> Register:
        return self.column.atom.register

    @property
    def shown(self) -> list[RowDrift]:
        return self.rows[:MOST_NAMED]

    @property
    def not_shown(self) -> int:
        return max(len(self.rows) - MOST_NAMED, 0)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind of difference."""
        found: dict[str, int] = defaultdict(int)
        for row in self.rows:
            found[row.what.partition("：")[0]] += 1
        return dict(found)


@dataclass(frozen=True)
class FigureDrift:
    """A figure that differs: as it was signed, what it is now (None: it is no longer declared)."""

    signed: SignedFigure
    now: Value | None
    sides: list[SideDrift]
    edits: list[Edit] = field(default_factory=list)

    @property
    def now_text(self) -> str:
        return self.now.text if self.now else "（指标已不存在）"

    @property
    def is_redefined(self) -> bool:
        """Whether the figure means something else now than what was signed."""
        now = self.now
        return now is None or now.figure.definition != self.signed.definition

    @property
    def difference(self) -> str:
        """By how much it differs, in words; a dash where one of the two has no value."""
        then, now = self.signed.number, self.now.exact if self.now else None
        if then is None or now is None or self.now is None:
            return "—"
        figure = self.now.figure
        moved = (rounded(now, figure.decimals) or 0) - (rounded(then, figure.decimals) or 0)
        if moved == 0:
            return "数未变" if now == then else "四舍五入后未变"
        rise, fall = figure.words_of_change
        digits = figure.measured.in_digits(abs(Decimal(moved)))
        return f"{rise if moved > 0 else fall}{digits}{figure.unit_of_change}"


@dataclass(frozen=True)
class EditDrift:
    """An edit, in words, and the figures it touched."""

    edit: Edit
    kind: str
    name: str
    cells: tuple[CellChange, ...]
    figures: list[str]


@dataclass(frozen=True)
class Drift:
    """All of it; nothing where the records still say what was signed."""

    figures: list[FigureDrift]
    edits: list[EditDrift]

    @property
    def in_text(self) -> list[FigureDrift]:
        return [one for one in self.figures if one.signed.in_text]

    @property
    def elsewhere(self) -> list[FigureDrift]:
        """Of figures that only the workbook has."""
        return [one for one in self.figures if not one.signed.in_text]


def drift_of(edition: Edition, registers: Iterable[Register]) -> Drift:
    """How the edition differs from the records now, over the registers the reader may see.

    The queries grow with the registers and tables concerned, not with rows or edits.
    """
    open_to_reader = {register.slug for register in registers}
    signed = {
        slug: one
        for slug, one in figures_of(edition.values).items()
        if open_to_reader.issuperset(one.registers)
    }
    comparison = Comparison(edition, signed)
    return told(comparison.found, comparison.since)


def changed_in_text(edition: Edition, registers: Iterable[Register]) -> list[FigureDrift]:
    """The figures of the text whose number is another now; what is behind it is `drift_of`.

    One query per register and baseline, as for the document itself.
    """
    open_to_reader = {register.slug for register in registers}
    signed = [
        one
        for one in figures_of(edition.values).values()
        if one.in_text and open_to_reader.issuperset(one.registers)
    ]
    figures = {one.slug: declared(one.slug) for one in signed}
    known = [figure for figure in figures.values() if figure is not None]
    values = compute(known, scope_below(edition.organization), edition.period)
    compared = [FigureDrift(one, values.get(one.slug), []) for one in signed]
    return [one for one in compared if differs(one)]


@dataclass(frozen=True)
class Comparison:
    """An edition's figures beside the same figures now."""

    edition: Edition
    signed: Mapping[str, SignedFigure]

    @cached_property
    def since(self) -> Since:
        return Since(self.edition.created_at)

    @cached_property
    def scope(self) -> Any:
        return scope_below(self.edition.organization)

    @cached_property
    def found(self) -> list[FigureDrift]:
        figures = {slug: declared(slug) for slug in self.signed}
        known = [figure for figure in figures.values() if figure is not None]
        evidence = gather(known, self.scope, self.edition.period)
        values = compute(known, self.scope, self.edition.period)
        compared = [
            FigureDrift(one, values.get(slug), self.sides(slug, figures[slug], evidence))
            for slug, one in self.signed.items()
        ]
        differing = [one for one in compared if differs(one)]
        self.since_reached(differing)
        return [
            FigureDrift(one.signed, one.now, one.sides, self.edits(one.sides)) for one in differing
        ]

    def sides(self, slug: str, figure: Figure | None, evidence: Any) -> list[SideDrift]:
        """Where the figure's rows differ; nothing of one that is computed in another way now."""
        if figure is None:
            return []
        columns, then = evidence.columns[slug], signed_rows(self.edition.rows, slug)
        if len(columns) != len(then):
            return []
        compared = [
            SideDrift(title_of(column, figure), column, rows_between(before, evidence.rows[column]))
            for column, before in zip(columns, then, strict=True)
        ]
        return [one for one in compared if one.rows]

    def since_reached(self, differing: list[FigureDrift]) -> None:
        """Walk every way once for all rows of a register: then each figure finds it walked."""
        rows: dict[Register, set[int]] = defaultdict(set)
        sides = [side for one in differing for side in one.sides]
        for side in sides:
            rows[side.register] |= {row.pk for row in side.rows}
        for side in {side.column: side for side in sides}.values():
            self.edits_of(side.column, rows[side.register])

    def edits(self, sides: list[SideDrift]) -> list[Edit]:
        found: dict[Edit, None] = {}
        for side in sides:
            rows = {row.pk for row in side.rows}
            found |= dict.fromkeys(self.edits_of(side.column, rows))
        return sorted(found, key=lambda edit: (edit.at, edit.history_id))

    def edits_of(self, column: Column, rows: set[int]) -> list[Edit]:
        places = places_of(column.rows(self.scope))
        return self.since.touching(rows, column.atom.register.model, places)


def declared(slug: str) -> Figure | None:
    try:
        return figure_named(slug)
    except UnknownFigure:
        return None


def differs(one: FigureDrift) -> bool:
    """Whether its number, the rows behind that, or its meaning is another."""
    then, now = one.signed.number, one.now.exact if one.now else None
    has_rows = bool(one.sides) and not (then is None and now is None)
    return has_rows or one.is_redefined or then != now


def rows_between(then: Rows, now: Rows) -> list[RowDrift]:
    came = [RowDrift(pk, "新增计入") for pk in sorted(now.keys() - then.keys())]
    went = [RowDrift(pk, "不再计入") for pk in sorted(then.keys() - now.keys())]
    changed = [
        RowDrift(pk, f"取值变化：{shown(then[pk])}→{shown(now[pk])}")
        for pk in sorted(then.keys() & now.keys())
        if then[pk] != now[pk]
    ]
    return [*came, *went, *changed]


def shown(number: Any) -> str:
    return "—" if number is None else str(number)


def title_of(column: Column, figure: Figure) -> str:
    """Which side of the figure a column is: its name, and the baseline it is read at."""
    moment = "" if column.moment == NOW else f"{column.moment}："
    for side in figure.sides():
        rows = Atom(side.register, "rows", side.condition)
        if alike(rows, column.period).condition == column.atom.condition:
            return f"{moment}{side.name}"
    return f"{moment}{column.atom.register.name}"


def told(figures: list[FigureDrift], since: Since) -> Drift:
    """The drift with rows and records by name, each table asked once."""
    rows: dict[Any, set[int]] = defaultdict(set)
    for side in (side for one in figures for side in one.sides):
        rows[side.register.model] |= {row.pk for row in side.rows[:MOST_NAMED]}
    touched: dict[Edit, list[str]] = defaultdict(list)
    for one in figures:
        for edit in one.edits:
            touched[edit].append(one.signed.name)
            rows[edit.model].add(edit.pk)
    names = {model: names_of_records(model, keys, since) for model, keys in rows.items()}
    cells = cells_of(list(touched))
    return Drift(
        [named(one, names) for one in figures],
        [
            EditDrift(
                edit,
                str(edit.model._meta.verbose_name),
                names[edit.model].get(edit.pk, ""),
                cells.get(edit, ()),
                touched[edit],
            )
            for edit in sorted(touched, key=lambda edit: (edit.at, edit.history_id), reverse=True)
        ],
    )


def named(one: FigureDrift, names: Mapping[Any, Mapping[int, str]]) -> FigureDrift:
    sides = [
        SideDrift(
            side.title,
            side.column,
            [
                RowDrift(row.pk, row.what, names[side.register.model].get(row.pk, ""))
                for row in side.rows
            ],
        )
        for side in one.sides
    ]
    return FigureDrift(one.signed, one.now, sides, one.edits)
