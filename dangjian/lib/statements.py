"""Querysets as SQL, compiled once and run many times.

Building a query of many expressions costs Django far more than one subdistrict's database takes to
answer it. Whoever keeps a statement must key it by everything the queryset was made of, its scope
first of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet, Value


@dataclass(frozen=True)
class Statement:
    """A queryset of values as SQL, with what turns each column into a Python value."""

    sql: str
    params: tuple[Any, ...]
    converters: dict[int, tuple[Any, Any]]


def vendor() -> str:
    """The database's kind: part of the key of whatever is kept compiled."""
    return connections[DEFAULT_DB_ALIAS].vendor


def prepare(queryset: QuerySet[Any]) -> Statement | None:
    """The statement of a queryset made by values() or values_list(); None when it is empty."""
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    converters = {
        # A plain value of the same field stands in for the expression, whose tree of queries would
        # be twenty times the size of everything else that is kept.
        position: (functions, Value(None, output_field=expression.output_field))
        for position, (functions, expression) in compiler.get_converters(
            [column[0] for column in compiler.select]
        ).items()
    }
    return Statement(sql, tuple(params), converters)


def fetch(statement: Statement | None) -> list[list[Any]]:
    """The rows of a statement, in the order of the queryset's columns."""
    if statement is None:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        rows = [list(row) for row in cursor.fetchall()]
    for position, (functions, expression) in statement.converters.items():
        for row in rows:
            for function in functions:
                row[position] = function(row[position], expression, connection)
    return rows


@cache
def columns_of(model: type[Model]) -> list[str]:
    """The names of a model's columns, for values_list(), in the order `record` takes them."""
    return [field.attname for field in model._meta.concrete_fields]


def record(model: type[Model], values: Sequence[Any]) -> Any:
    """The record with these values in its columns, as a queryset would have given it."""
    return model.from_db(DEFAULT_DB_ALIAS, columns_of(model), values)
