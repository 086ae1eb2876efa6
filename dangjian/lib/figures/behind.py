"""The rows behind figures: everything their values are computed from, in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from dangjian.lib.periods import Period

from .conditions import Condition, filtered_by, source
from .kinds import NOW, Atom, Figure
from .periods import Baseline
from .registers import mark
from .values import Number, exact

# By the key of each row counted, the value that enters the measure; 1 where rows are counted.
Rows = dict[Any, Number | None]
# The period each moment (NOW, or a baseline) stands for; None: there is none.
Moments = Mapping[Any, Period | None]


@dataclass(frozen=True)
class Column:
    """What one aggregate of a figure is taken over, now or at its baseline."""

    atom: Atom
    period: Period
    moment: str

    @property
    def counts(self) -> bool:
        """Whether its rows are only counted; else each has the value that is measured."""
        return self.atom.function == "rows"

    def rows(self, scope: Any) -> QuerySet[Any]:
        """The rows as a query, `measured` in each of them where they are not only counted."""
        rows = self.atom.register.all_rows(scope, self.period)
        found = filtered_by(rows, self.atom.condition, self.period)
        if self.counts:
            return found
        return found.annotate(measured=source(self.atom.of, self.period))


def moments_of(figures: Iterable[Figure], scope: Any, period: Period) -> Moments:
    """Now and the baselines of the figures, each asked for its period once."""
    baselines: dict[Baseline, None] = dict.fromkeys(one.baseline for one in figures if one.baseline)
    return {NOW: period, **{one: one.find(scope, period) for one in baselines}}


def columns_of(figure: Figure, moments: Moments) -> list[Column]:
    """What the figure's value depends on, and nothing else: of these rows it is computed."""
    found = {
        Column(alike(atom, period), period, moment.name if moment else NOW): None
        for moment in dict.fromkeys([None, figure.baseline])
        if (period := moments[moment or NOW])
        for atom in figure.atoms
    }
    return list(found)


def alike(atom: Atom, period: Period) -> Atom:
    """What tells an atom's rows from all others: a sum and a mean of one value share them."""
    plain = atom.simplified(period)
    return plain if plain.function == "rows" else replace(plain, function="values")


def rows_behind(columns: Iterable[Column], scope: Any) -> dict[Column, Rows]:
    """The rows of each column: one query per register and period."""
    together: dict[Any, dict[Column, None]] = defaultdict(dict)
    for column in columns:
        together[column.atom.register, column.period][column] = None
    found: dict[Column, Rows] = {}
    for (register, period), asked in together.items():
        found |= _rows_of(list(asked), register.all_rows(scope, period), period)
    return found


def _rows_of(columns: list[Column], rows: QuerySet[Any], period: Period) -> dict[Column, Rows]:
    """Marks tell who is counted; a condition marks once, however many values are measured."""
    conditions: dict[Condition, str] = {}
    for column in columns:
        conditions.setdefault(column.atom.condition, f"mark{len(conditions)}")
    marks = {name: mark(condition, period) for condition, name in conditions.items()}
    values = {
        f"value{place}": source(column.atom.of, period)
        for place, column in enumerate(columns)
        if not column.counts
    }
    names = ["pk", *marks, *values]
    place_of = {name: place for place, name in enumerate(names)}
    found: dict[Column, Rows] = {column: {} for column in columns}
    into = [
        (
            found[column],
            place_of[conditions[column.atom.condition]],
            place_of.get(f"value{place}"),
        )
        for place, column in enumerate(columns)
    ]
    for row in rows.order_by().annotate(**marks, **values).values_list(*names):
        for kept, marked, value in into:
            if row[marked]:
                measured = 1 if value is None else row[value]
                kept[row[0]] = None if measured is None else exact(measured)
    return found
