"""Conditions of figures: callables from a period to what Django filters by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from dangjian.lib.periods import Period

# From a period to a Q, an Exists or another conditional expression; None: every row counts. It
# must depend on nothing else: what it gives is compiled once and kept (see engine).
Condition = Callable[[Period], Any]


def any_of(conditions: Iterable[Q]) -> Q:
    """That a row meets any of them; of none, no row does, where Q() would let all of them in."""
    return Q(Q(pk__isnull=True), *conditions, _connector=Q.OR)


def every_row(period: Period) -> None:
    """The condition that holds of every row of the register."""


@dataclass(frozen=True)
class Both:
    """Two conditions at once; equal when made of the same two, so their aggregate is shared."""

    first: Condition
    second: Condition

    def __call__(self, period: Period) -> Q:
        parts = [met(condition, period) for condition in (self.first, self.second)]
        return Q(*(part for part in parts if part is not None))


def simplified(condition: Condition, period: Period) -> Condition:
    """The condition without the parts that every row meets in the period."""
    if not isinstance(condition, Both):
        return condition
    first, second = (simplified(part, period) for part in (condition.first, condition.second))
    if met(first, period) is None:
        return second
    return first if met(second, period) is None else Both(first, second)


def met(condition: Condition, period: Period) -> Any:
    """What `condition` asks in `period`, or None where every row meets it."""
    asked = condition(period)
    return None if isinstance(asked, Q) and not asked else asked


def filtered_by(rows: Any, condition: Condition, period: Period) -> Any:
    """The queryset `rows` with the condition applied, so that it lists what the figure counts."""
    asked = met(condition, period)
    return rows if asked is None else rows.filter(asked)


def resolved(of: Any, period: Period) -> Any:
    """`of`, or what it gives for the period where it is callable."""
    return of(period) if callable(of) else of


def source(of: Any, period: Period) -> Any:
    """The expression of a field path, of an expression, or of a callable giving either."""
    found = resolved(of, period)
    return F(found) if isinstance(found, str) else found
