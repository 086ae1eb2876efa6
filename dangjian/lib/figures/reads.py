"""What a query reads: which tables, which of their columns, and how they hang on its rows.

A figure's number can only have changed because a record changed that its query reads. Which these
are is not declared a second time: it is read off the query itself.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.expressions import Col, RawSQL
from django.db.models.lookups import Exact, In
from django.db.models.sql import Query


@dataclass(frozen=True)
class Step:
    """From a record to those of `model` whose `arrives` equals its `leaves`: names of columns."""

    leaves: str
    model: type[Model]
    arrives: str


@dataclass(frozen=True)
class Place:
    """A table where a query reads it.

    `path` leads from the row counted to the records that matter to it, without steps for the row
    itself; None: no column ties them to the row, so each of them matters to every row. `columns`
    are those read there (attribute names); besides them it matters whether the record exists.
    """

    model: type[Model]
    columns: frozenset[str]
    path: tuple[Step, ...] | None


@dataclass(eq=False)
class _Table:
    """A table of the query, under one alias."""

    model: type[Model]
    columns: set[str] = field(default_factory=set)
    # Columns here that must equal columns there.
    ties: list[tuple[str, "_Table", str]] = field(default_factory=list)

    def tie(self, own: str, other: "_Table", others: str) -> None:
        self.columns.add(own)
        other.columns.add(others)
        self.ties.append((own, other, others))
        other.ties.append((others, self, own))


# The tables by alias, of a query and of those around it, the innermost first.
_Around = tuple[dict[str, _Table], ...]


def places_of(rows: QuerySet[Any]) -> list[Place]:
    """Every place where the query reads, the table of its rows first."""
    found: list[_Table] = []
    _read(rows.query, (), found)
    paths = _paths(found[0])
    return [Place(one.model, frozenset(one.columns), paths.get(id(one))) for one in found]


def _paths(root: _Table) -> dict[int, tuple[Step, ...]]:
    """The shortest way from the row counted to each table tied to it."""
    found: dict[int, tuple[Step, ...]] = {id(root): ()}
    waiting = deque([root])
    while waiting:
        table = waiting.popleft()
        for leaves, other, arrives in table.ties:
            if id(other) not in found:
                found[id(other)] = (*found[id(table)], Step(leaves, other.model, arrives))
                waiting.append(other)
    return found


def _read(query: Query, around: _Around, found: list[_Table]) -> dict[str, _Table]:
    """Add the tables of the query and of those inside it; its own by alias."""
    tables: dict[str, _Table] = {}
    for alias, join in query.alias_map.items():
        model = _model_of(join.table_name)
        if model is None or not query.alias_refcount.get(alias):
            continue
        tables[alias] = _Table(model)
        found.append(tables[alias])
        for left, right in getattr(join, "join_cols", ()):
            above = _table(join.parent_alias, (tables, *around))
            if above:
                own, others = _attribute(model, right), _attribute(above.model, left)
                tables[alias].tie(own, above, others)
    inside = (tables, *around)
    for expression in (query.where, *query.annotations.values(), *query.select):
        _read_expression(expression, inside, found)
    for combined in query.combined_queries:
        _read(combined, around, found)
    return tables


def _read_expression(expression: Any, around: _Around, found: list[_Table]) -> None:
    match expression:
        case Query():
            _read(expression, around, found)
        case Col():
            if table := _table(expression.alias, around):
                table.columns.add(expression.target.attname)
        case Exact(lhs=Col() as left, rhs=Col() as right):
            _tie(left, right, around, around)
        case In(lhs=Col()):
            _read_choice(expression, around, found)
        case _:
            for part in _parts(expression):
                _read_expression(part, around, found)


def _read_choice(choice: In, around: _Around, found: list[_Table]) -> None:
    """A column among what a subquery, SQL of our own or a list of values gives."""
    left, right = choice.lhs, choice.rhs
    table = _table(left.alias, around)
    if table is None:
        return
    table.columns.add(left.target.attname)
    if isinstance(right, RawSQL):
        _read_tree(left.target, table, found)
    elif isinstance(right, Query):
        tables = _read(right, around, found)
        for selected in _selected(right):
            _tie(left, selected, around, (tables, *around))


def _parts(expression: Any) -> Iterator[Any]:
    inner = getattr(expression, "query", None)
    if isinstance(inner, Query):
        yield inner
        return
    get_parts = getattr(expression, "get_source_expressions", None)
    if get_parts:
        yield from (part for part in get_parts() if part is not None)


def _selected(query: Query) -> list[Col]:
    """The one column that a subquery gives, where it is a table's own."""
    given = [*query.select, *query.annotation_select.values()][:1]
    return [one for one in given if isinstance(one, Col)]


def _tie(left: Col, right: Col, around: _Around, around_right: _Around) -> None:
    one, other = _table(left.alias, around), _table(right.alias, around_right)
    if one and other:
        one.tie(left.target.attname, other, right.target.attname)


def _read_tree(key: Any, table: _Table, found: list[_Table]) -> None:
    """Keys among which SQL of our own chooses: it reads the tree they lie in (see orgs.scope)."""
    table.columns.add(key.attname)
    if isinstance(key, ForeignKey):
        found.append(_Table(key.related_model))
        table.tie(key.attname, found[-1], key.target_field.attname)
        table = found[-1]
    table.columns |= {
        one.attname
        for one in table.model._meta.concrete_fields
        if isinstance(one, ForeignKey) and one.related_model is table.model
    }


def _table(alias: str, around: _Around) -> _Table | None:
    return next((tables[alias] for tables in around if alias in tables), None)


@cache
def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def _model_of(table: str) -> type[Model] | None:
    return _models().get(table)


@cache
def _attributes(model: type[Model]) -> dict[str, str]:
    return {str(one.column): one.attname for one in model._meta.concrete_fields}


def _attribute(model: type[Model], column: str) -> str:
    return _attributes(model)[column]
