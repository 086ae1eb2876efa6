"""Sixty figures of one subdistrict, against the same SQL sent to the database as it is."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from dangjian.lib import periods
from dangjian.lib.figures import all_figures, compute
from orgs.scope import EVERYTHING

from .timing import Result, ratio

PERIOD = periods.year(2025)


def results() -> Iterator[Result]:
    sixty = all_figures()[:60]

    def ours() -> object:
        return compute(sixty, EVERYTHING, PERIOD)

    statements = sent_by(ours)
    raw = connection.connection.cursor()

    def as_it_is() -> None:
        for sql, params in statements:
            raw.execute(sql, params).fetchall()

    yield ratio("60 figures / the same SQL", as_it_is, ours, gate=10, stretch=2)


def sent_by(call: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements a call sends, in the words of SQLite's own driver."""
    statements = []

    def record(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        statements.append((sql % (("?",) * len(params)), params))
        return execute(sql, params, *rest)

    call()
    with connection.execute_wrapper(record):
        call()
    return statements
