"""The columns right of a register's own: which rows each figure counts, and what it measures there.

Why columns of 0 and 1, and why a column for every measured value: docs/adr/0007.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from dangjian.lib.figures import Atom, Figure, Measured, Register, Share
from dangjian.lib.figures.conditions import source
from dangjian.lib.figures.registers import mark
from dangjian.lib.periods import Period


@dataclass(frozen=True)
class Mark:
    """One column: of an atom that counts rows 0 or 1; else the value that enters the measure.

    A row that is not counted has no value.
    """

    code: str
    title: str
    atom: Atom

    @property
    def counts(self) -> bool:
        return self.atom.function == "rows"


def atom_of_column(atom: Atom, period: Period) -> Atom:
    """What tells an atom's column from all others: a sum and a mean of one value share one."""
    alike = atom.simplified(period)
    return alike if alike.function == "rows" else replace(alike, function="values")


@dataclass(frozen=True)
class Marks:
    """The columns of a register in a period that the figures need, each once."""

    register: Register
    period: Period
    figures: tuple[Figure, ...]

    @cached_property
    def columns(self) -> list[Mark]:
        # Counts first: a share's whole is then headed with the name of the count it is.
        ordered = sorted(self.figures, key=lambda figure: not isinstance(figure, Measured))
        found: dict[Atom, Mark] = {}
        for one in (column for figure in ordered for column in columns_of(figure)):
            if one.atom.register == self.register:
                atom = atom_of_column(one.atom, self.period)
                found.setdefault(atom, replace(one, atom=atom))
        return list(found.values())

    @cached_property
    def names(self) -> list[str]:
        """What the annotations of `annotated` are called, a column each."""
        return [f"mark{place}" for place, _ in enumerate(self.columns)]

    def annotated(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with their marks, and the values measured, whether counted or not."""
        expressions = (
            mark(one.atom.condition, self.period)
            if one.counts
            else source(one.atom.of, self.period)
            for one in self.columns
        )
        return rows.annotate(**dict(zip(self.names, expressions, strict=True)))

    def of_row(self, values: Sequence[Any]) -> Iterator[Any]:
        """What stands in the columns, from the annotations of a row.

        Values of a row that is not counted are left out.
        """
        for value, counting in zip(values, self._counting, strict=True):
            yield value if counting is None or values[counting] else None

    @cached_property
    def _counting(self) -> list[int | None]:
        """For each column of values the place of the mark that says which of them count."""
        places = {one.atom: place for place, one in enumerate(self.columns)}
        return [None if one.counts else places[rows_of(one.atom)] for one in self.columns]


def rows_of(atom: Atom) -> Atom:
    """The atom that counts the rows another one measures."""
    return Atom(atom.register, "rows", atom.condition)


def columns_of(figure: Figure) -> Iterable[Mark]:
    """The columns a figure is counted from: of each side its mark, then its values."""
    measured = figure.measured
    if isinstance(measured, Measured):
        yield Mark(measured.slug, measured.name, rows_of(measured.atoms[0]))
        if measured.measure != "count":
            yield Mark(measured.slug, f"{measured.name}（取值）", measured.atoms[0])
    elif isinstance(measured, Share):
        part, whole = measured.atoms
        yield Mark(measured.slug, f"{measured.name}（其中）", part)
        yield Mark(measured.whole.slug, measured.whole.name, whole)
    else:
        for side in measured.sides():
            yield from columns_of(side)
