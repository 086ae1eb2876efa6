"""The system check that keeps every figure countable."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

from django.core.checks import Error
from django.core.exceptions import EmptyResultSet, FieldError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql import Query

from dangjian.lib import periods

from .engine import Question, aggregated
from .kinds import Figure, Measured
from .registers import Register, all_figures, all_registers

SAMPLE = periods.year(2000)


class DatabaseAsked(Exception):  # noqa: N818 - what happened, caught below
    """A query was sent while another was being built."""


def check_figures(everything: Any) -> Callable[..., list[Error]]:
    """A system check that builds every query; `everything` is the scope without limits.

    figures.E001: a join over a to-many relation, which multiplies the rows of every *other* figure
    of the register; such a condition must be an Exists. E002: a field that does not exist. E003,
    E004: no definition, no unit. E005: rows that cannot be aggregated. E006: rows or a condition
    that ask the database while they are built; what is built is kept, and would grow stale.
    """

    def check(**options: Any) -> list[Error]:
        with connections[DEFAULT_DB_ALIAS].execute_wrapper(_refuse):
            errors = [error for one in all_registers() for error in _of_register(one, everything)]
        return errors + [error for figure in all_figures() for error in _of_texts(figure)]

    return check


def errors_of_measured(figures: Iterable[Measured], everything: Any) -> list[Error]:
    """The same errors of measures that are counted without being in the catalogue."""
    with connections[DEFAULT_DB_ALIAS].execute_wrapper(_refuse):
        counted = [
            (figure, Question(figure.register, (), everything, SAMPLE, grouped=False))
            for figure in figures
        ]
        errors = [error for figure, asked in counted for error in _of_measured(figure, asked)]
    return errors + [error for figure, _ in counted for error in _of_texts(figure)]


def _refuse(execute: Any, sql: str, *rest: Any) -> Any:
    raise DatabaseAsked


def _of_register(register: Register, everything: Any) -> list[Error]:
    """The first error of its rows, village and dimensions; without one, those of its figures."""
    question = Question(register, (), everything, SAMPLE, grouped=register.village is not None)
    own = chain(
        _of_query(register.slug, lambda: register.rows(everything, SAMPLE), plain=True),
        _of_query(register.slug, lambda: _split(question)),
    )
    for error in own:
        return [error]
    counted = [figure for figure in register.figures if isinstance(figure, Measured)]
    return [error for figure in counted for error in _of_measured(figure, question)]


def _split(question: Question) -> QuerySet[Any]:
    axes = question.register.dimensions.values()
    return aggregated(question, [axis.source(question.period) for axis in axes])


def _of_measured(figure: Measured, question: Question) -> Iterator[Error]:
    def build() -> QuerySet[Any]:
        atoms = figure.atoms
        return aggregated(question, [atom.expression(question.period) for atom in atoms])

    return _of_query(figure.slug, build)


def _of_query(
    slug: str, build: Callable[[], QuerySet[Any]], *, plain: bool = False
) -> Iterator[Error]:
    """What is wrong with the query built; `plain`: it is to be aggregated, not aggregated yet."""
    try:
        query = build().query
        if plain and (query.is_sliced or query.distinct or query.combinator or query.group_by):
            yield Error(
                f"{slug} has rows that cannot be aggregated: sliced, distinct, combined, grouped.",
                id="figures.E005",
            )
            return
        with suppress(EmptyResultSet):
            query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except FieldError as error:
        yield Error(f"{slug}: {error}", id="figures.E002")
    except DatabaseAsked:
        yield Error(
            f"{slug} asks the database while its query is built.",
            hint="Say it with a subquery: the query is kept, and what it was given grows stale.",
            id="figures.E006",
        )
    else:
        yield from _of_joins(slug, query)


def _of_joins(slug: str, query: Query) -> Iterator[Error]:
    for join in query.alias_map.values():
        field = getattr(join, "join_field", None)
        if field is not None and (field.one_to_many or field.many_to_many):
            yield Error(
                f"{slug} joins the to-many relation {join.table_name}.",
                hint="Say it with Exists(…): a join multiplies the rows of every other figure.",
                id="figures.E001",
            )


def _of_texts(figure: Figure) -> Iterator[Error]:
    if not figure.definition.strip():
        yield Error(f"{figure.slug} has no definition (口径).", id="figures.E003")
    if not figure.unit:
        yield Error(f"{figure.slug} has no unit.", id="figures.E004")
