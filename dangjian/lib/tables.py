"""The columns of a register: declared once, read by the page, the Excel sheet and the tests.

Rows come from `values_list`, so a page of any width is one query and no row builds an object.
Why not a table package: docs/adr/0005-tables-are-plain-columns.md.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, CharField, F, Model, QuerySet, TextField, Value, When
from django.db.models.functions import NullIf

from dangjian.lib.figures.dimensions import field_at
from dangjian.lib.periods import Period

# text and number as they are; date a day; month a date known by its month; code an identifier.
KINDS = ("text", "number", "date", "month", "code")


@dataclass(frozen=True)
class Link:
    """That a column's text leads to a record's page: the page's URL name and whose it is.

    The model is a scoped record. `key` is the path of its key in the row ("pk": the row itself), or
    a callable of the period giving an expression of it.
    """

    name: str
    model: type[Model]
    key: str | Callable[[Period], Any]

    @property
    def permission(self) -> str:
        """What it takes to open any such page, such as orgs.view_person."""
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    def source(self, period: Period) -> Any:
        """The expression of the key."""
        return F(self.key) if isinstance(self.key, str) else self.key(period)

    def reach(self, key: str, scope: Any) -> Any:
        """The key annotated as `key`; nothing where the record is outside the scope."""
        records: Any = self.model._default_manager
        inside = records.within(scope).order_by()
        if not inside.query.where:
            return F(key)
        return Case(When(**{f"{key}__in": inside.values("pk")}, then=F(key)))


@dataclass(frozen=True)
class Column:
    """One column: the field path it shows, or a name and an expression of the period.

    `total` adds the column up in the totals row. `width` is in characters, for Excel. `link` leads
    from the page, and only from there, to the record named.
    """

    name: str
    label: str
    kind: str = "text"
    of: Callable[[Period], Any] | None = None
    labels: dict[Any, str] | None = None
    total: bool = False
    width: int = 12
    link: Link | None = None

    def expression(self, period: Period) -> Any:
        """What the database reads the column from."""
        return _expression(self.of, period) if self.of else F(self.name)

    def text(self, value: Any) -> str:
        """The value as the page prints it."""
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            return value.isoformat()[:7] if self.kind == "month" else value.isoformat()[:10]
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return str(value)


# A subquery takes longer to say than to answer, and depends on nothing but the period.
@lru_cache(maxsize=512)
def _expression(of: Callable[[Period], Any], period: Period) -> Any:
    return of(period)


@dataclass(frozen=True)
class Row:
    """A record as a table shows it: its key, one typed value per column, and what was asked beside.

    Of linked rows `also` has one key for each of the table's links; None: outside the reader's
    scope, or nothing.
    """

    pk: Any
    values: tuple[Any, ...]
    also: tuple[Any, ...] = ()


class Table:
    """The columns of one model's register, in the order of the paper ledger."""

    def __init__(self, model: type[Model], columns: Sequence[Column]) -> None:
        self.model = model
        self.columns = list(columns)

    def rows(self, queryset: QuerySet[Any], period: Period) -> Iterator[Row]:
        """The queryset's rows, choices as their labels, truth as 是 and 否. One query."""
        return self.streamed(self.selected(queryset, period))

    def streamed(self, selected: QuerySet[Any]) -> Iterator[Row]:
        """The rows of what `selected` gave, so many read at a time. One query."""
        return self.shown(selected.all().iterator(chunk_size=2000))

    def selected(
        self, queryset: QuerySet[Any], period: Period, also: Sequence[str] = ()
    ) -> QuerySet[Any]:
        """The queryset as plain values: the key, the columns, then the values named in `also`."""
        computed = queryset.annotate(**self._computed(period))
        return computed.values_list("pk", *self._sources(), *also)

    def linked(self, queryset: QuerySet[Any], period: Period, scope: Any) -> QuerySet[Any]:
        """What `selected` gives, and then for each link the key it leads to inside the scope."""
        keys = {f"key{position}": link for position, link in enumerate(self.links)}
        found = queryset.alias(**{key: link.source(period) for key, link in keys.items()})
        reached = {f"to_{key}": link.reach(key, scope) for key, link in keys.items()}
        return self.selected(found.annotate(**reached), period, list(reached))

    def shown(self, selected: Iterable[Sequence[Any]]) -> Iterator[Row]:
        """Plain values, with others after those of the columns or without, as rows."""
        labels = [self._labels(column) for column in self.columns]
        named = [(place, names) for place, names in enumerate(labels) if names is not None]
        width = len(labels)
        for pk, *values in selected:
            for place, names in named:
                values[place] = names.get(values[place], values[place])
            yield Row(pk, tuple(values[:width]), tuple(values[width:]))

    def ordered(self, queryset: QuerySet[Any], period: Period, sort: str) -> QuerySet[Any]:
        """The queryset sorted by a column's name, `-` before it for descending; empty values last.

        An unknown name leaves the register's own order.
        """
        name = sort.removeprefix("-")
        column = next((column for column in self.columns if column.name == name), None)
        if column is None:
            return queryset
        sorted_by = queryset.annotate(sorted_by=column.expression(period))
        source: F | NullIf = F("sorted_by")
        if isinstance(sorted_by.query.annotations["sorted_by"].output_field, CharField | TextField):
            source = NullIf(source, Value(""))
        order = source.desc if sort.startswith("-") else source.asc
        return sorted_by.order_by(order(nulls_last=True), "pk")

    @cached_property
    def links(self) -> list[Link]:
        """The links of its columns, in their order."""
        return [column.link for column in self.columns if column.link]

    @property
    def has_totals(self) -> bool:
        return any(column.total for column in self.columns)

    def _computed(self, period: Period) -> dict[str, Any]:
        return {
            f"column{position}": column.expression(period)
            for position, column in enumerate(self.columns)
            if column.of
        }

    def _sources(self) -> list[str]:
        return [
            f"column{position}" if column.of else column.name
            for position, column in enumerate(self.columns)
        ]

    def _labels(self, column: Column) -> dict[Any, str] | None:
        if column.labels is not None or column.of:
            return column.labels
        try:
            field = field_at(self.model, column.name)
        except FieldDoesNotExist:
            return None
        if field.choices:
            return dict(field.flatchoices)
        is_truth = field.get_internal_type() == "BooleanField"
        return {True: "是", False: "否"} if is_truth else None
