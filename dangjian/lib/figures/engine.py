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
Answers = dict[Period, dict[Atom, Any]]
Needs = dict[tuple[Register, Period], dict[Atom, None]]


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
    return compute_both(figures, [], scope, period)[0]


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
    return compute_both([], figures, scope, period)[1]


def compute_both(
    figures: Iterable[Figure | str], by_village: Iterable[Figure | str], scope: Any, period: Period
) -> tuple[dict[str, Value], dict[Any, dict[str, Value]]]:
    """What compute gives for `figures` and compute_by_village for `by_village`, asked together.

    A register that both need is asked once, by village: as every row belongs to one village or to
    none, the whole is put together from its parts.
    """
    wanted = [figure_named(f) if isinstance(f, str) else f for f in figures]
    split = [figure_named(f) if isinstance(f, str) else f for f in by_village]
    split = [f for f in split if all(side.register.village is not None for side in f.sides())]
    moments = _moments([*wanted, *split], scope, period)
    of_villages, of_all = _needs(split, moments), _needs(wanted, moments)
    answers: Answers = defaultdict(dict)
    villages: dict[Any, Answers] = defaultdict(lambda: defaultdict(dict))
    for key in {**of_all, **of_villages}:
        register, when = key
        atoms = tuple({**of_villages.get(key, {}), **of_all.get(key, {})})
        question = Question(register, atoms, scope, when, grouped=key in of_villages)
        rows = _ask(question)
        if question.grouped:
            for village, *found in rows:
                villages[village][when].update(zip(atoms, found, strict=True))
        parts = zip(atoms, zip(*(row[1:] for row in rows), strict=True), strict=False)
        answers[when].update((atom, atom.together(found)) for atom, found in parts)
    read = _reading(answers, moments)
    return {figure.slug: figure.value(read) for figure in wanted}, {
        village: {figure.slug: figure.value(read) for figure in split}
        for village, found in villages.items()
        for read in [_reading(found, moments)]
    }


def _moments(figures: list[Figure], scope: Any, period: Period) -> Moments:
    """Now and every baseline, each asked for its period once."""
    moments: Moments = {NOW: period}
    for figure in figures:
        baseline = figure.baseline
        if baseline is not None and baseline not in moments:
            moments[baseline] = baseline.find(scope, period)
    return moments


def _needs(figures: list[Figure], moments: Moments) -> Needs:
    """What to ask of each register in each period: its atoms in stable order, each once."""
    needs: Needs = defaultdict(dict)
    for figure in figures:
        for moment in {NOW: None, figure.baseline or NOW: None}:
            period = moments[moment]
            if period is not None:
                for atom in figure.atoms:
                    needs[atom.register, period][atom] = None
    return needs


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
