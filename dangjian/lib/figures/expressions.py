"""SQL the two databases spell differently."""

from typing import Any

from django.db.models import (
    Aggregate,
    DateField,
    Expression,
    F,
    Func,
    IntegerField,
    JSONField,
    Value,
)


def date_source(value: Any) -> Any:
    """A day as SQL sees it: a field name or an expression as it is, a date as a typed value."""
    is_source = isinstance(value, str | Expression | F)
    return value if is_source else Value(value, output_field=DateField())


class Years(Func):
    """Completed years from a birth date to a day: Years("birth_on", period.as_of).

    `birth` is a field name or expression; `on` a date, a field name or an expression. Native on
    both databases and equal to Python's comparison of (month, day), leap days included. NULL when
    either is NULL. Where `on` comes first, the completed years the other way round, negative.
    """

    arity = 2
    output_field = IntegerField()

    def __init__(self, birth: Any, on: Any, **extra: Any) -> None:
        super().__init__(birth, date_source(on), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Dates are text YYYY-MM-DD: as integers YYYYMMDD their difference over 10000 is years.
        number = "CAST(REPLACE(%s, '-', '') AS INTEGER)"
        birth, on = (compiler.compile(source) for source in self.get_source_expressions())
        sql = f"(({number % on[0]} - {number % birth[0]}) / 10000)"
        return sql, (*on[1], *birth[1])

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        birth, on = (compiler.compile(source) for source in self.get_source_expressions())
        sql = f"EXTRACT(YEAR FROM AGE({on[0]}, {birth[0]}))::integer"
        return sql, (*on[1], *birth[1])


class Days(Func):
    """Days from one date to another: Days("begins_on", period.as_of); native on both databases.

    Arguments as for Years. NULL when either is NULL.
    """

    arity = 2
    output_field = IntegerField()

    def __init__(self, first: Any, last: Any, **extra: Any) -> None:
        super().__init__(*(date_source(end) for end in (first, last)), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        first, last = (compiler.compile(source) for source in self.get_source_expressions())
        sql = f"CAST(JULIANDAY({last[0]}) - JULIANDAY({first[0]}) AS INTEGER)"
        return sql, (*last[1], *first[1])

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        first, last = (compiler.compile(source) for source in self.get_source_expressions())
        return f"({last[0]}::date - {first[0]}::date)", (*last[1], *first[1])


class Gathered(Aggregate):
    """Every value of a group, as a list: medians are taken in Python, the same on any database.

    JSON's fractions lose nothing of a decimal of up to 15 digits (values.exact).
    """

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)
