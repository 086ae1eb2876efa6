"""Computing figures: one aggregate query per register and baseline, compiled once and reused."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.db.models import Value as Constant

from dangjian.lib.periods import Period
from dangjian.lib.statements import Statement, fetch, prepare, vendor

from .kinds import NOW, Atom, Figure, Reading
from .registers import Register, figure_named
from .values import Value

# The period each moment (NOW, or a baseline) stands for; None: there is none.
Moments = dict[Any, Period | None]


@dataclass(frozen=True)
class Question:
    """Aggregates over one register in one period, for everyone in scope or for each village.

    Everything its SQL depends on: a scope that is equal must see the same rows.
    """

    register: Register
    atoms: tuple[Atom, ...]
    scope: Any
    period: Period
    grouped: bool


def compute(figures: Iterable[Figure | str], scope: Any, period: Period) -> dict[str, Value]:
    """The value of each figure (or slug) in a scope and period, by slug.

    One query per register and baseline, whatever the number of figures. Raises UnknownFigure.
    """
    wanted = [figure_named(f) if isinstance(f, str) else f for f in figures]
    moments = _moments(wanted, scope, period)
    answers: dict[Period, dict[Atom, Any]] = defaultdict(dict)
    for question in _questions(wanted, moments, scope, grouped=False):
        for row in _ask(question):
            answers[question.period].update(zip(question.atoms, row[1:], strict=True))
    read = _reading(answers, moments)
    return {figure.slug: figure.value(read) for figure in wanted}


def aggregate(atoms: Sequence[Atom], scope: Any, period: Period) -> list[Any]:
    """The value of each atom, all of them of one register, in one query."""
    question = Question(atoms[0].register, tuple(atoms), scope, period, grouped=False)
    answered = _ask(question)
    return answered[0][1:] if answered else [atom.of_no_rows for atom in atoms]


def compute_by_village(
    figures: Iterable[Figure | str], scope: Any, period: Period
) -> dict[Any, dict[str, Value]]:
    """The values by village: {village id, or None for rows without one: {slug: value}}.

    Only figures whose registers all say which village a row belongs to are computed. A village
    without any row in a register reads as having none there; without any at all it is missing. One
    query per register and baseline. Raises UnknownFigure.
    """
    wanted = [figure_named(f) if isinstance(f, str) else f for f in figures]
    wanted = [f for f in wanted if all(side.register.village is not None for side in f.sides())]
    moments = _moments(wanted, scope, period)
    villages: dict[Any, dict[Period, dict[Atom, Any]]] = defaultdict(lambda: defaultdict(dict))
    for question in _questions(wanted, moments, scope, grouped=True):
        for row in _ask(question):
            answers = villages[row[0]][question.period]
            answers.update(zip(question.atoms, row[1:], strict=True))
    return {
        village: {figure.slug: figure.value(read) for figure in wanted}
        for village, answers in villages.items()
        for read in [_reading(answers, moments)]
    }


def _moments(figures: list[Figure], scope: Any, period: Period) -> Moments:
    """Now and every baseline, each asked for its period once."""
    moments: Moments = {NOW: period}
    for figure in figures:
        baseline = figure.baseline
        if baseline is not None and baseline not in moments:
            moments[baseline] = baseline.find(scope, period)
    return moments


def _questions(
    figures: list[Figure], moments: Moments, scope: Any, *, grouped: bool
) -> list[Question]:
    """What to ask: a question a register and period, its atoms in stable order, each once."""
    needs: dict[tuple[Register, Period], dict[Atom, None]] = defaultdict(dict)
    for figure in figures:
        for moment in {NOW: None, figure.baseline or NOW: None}:
            period = moments[moment]
            if period is not None:
                for atom in figure.atoms:
                    needs[atom.register, period][atom] = None
    return [
        Question(register, tuple(atoms), scope, period, grouped)
        for (register, period), atoms in needs.items()
    ]


def _reading(answers: Mapping[Period, Mapping[Atom, Any]], moments: Moments) -> Reading:
    found = {
        moment: answers.get(period, {}) if period else {} for moment, period in moments.items()
    }

    def read(atom: Atom, moment: Any) -> Any:
        return found[moment].get(atom, atom.of_no_rows)

    return read


def _ask(question: Question) -> list[list[Any]]:
    """The answer: rows of the village (0 when not grouped) and a value for each atom."""
    statement, columns = _compiled(question, vendor())
    return [[row[0], *(row[column] for column in columns)] for row in fetch(statement)]


@lru_cache(maxsize=512)
def _compiled(question: Question, database: str) -> tuple[Statement | None, list[int]]:
    """The SQL of a question, and the column that answers each of its atoms.

    Rows and conditions depend on nothing but scope and period; the system check sees to it that
    they ask the database nothing while they are built. A share of all rows counts the same as its
    part alone, and so shares that column.
    """
    period = question.period
    alike = [atom.simplified(period) for atom in question.atoms]
    columns = {atom: number for number, atom in enumerate(dict.fromkeys(alike), 1)}
    statement = prepare(aggregated(question, [atom.expression(period) for atom in columns]))
    return statement, [columns[atom] for atom in alike]


def aggregated(question: Question, expressions: Iterable[Any]) -> QuerySet[Any]:
    """The query of a question: its group, then the expressions, over the rows of its register."""
    rows = question.register.all_rows(question.scope, question.period).order_by()
    group = question.register.village_source(question.period) if question.grouped else Constant(0)
    aliases = {f"f{number}": expression for number, expression in enumerate(expressions)}
    return rows.values(grouping=group).annotate(**aliases)
