"""The rows behind every figure of an edition: kept when it is signed, compared when it is read."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dangjian.lib.figures import Figure
from dangjian.lib.figures.behind import Column, Rows, columns_of, moments_of, rows_behind
from dangjian.lib.figures.values import Number
from dangjian.lib.periods import Period


@dataclass(frozen=True)
class Evidence:
    """What each figure is computed from: its columns by slug, and the rows of every column."""

    columns: Mapping[str, list[Column]]
    rows: Mapping[Column, Rows]


def gather(figures: Iterable[Figure], scope: Any, period: Period) -> Evidence:
    """The rows behind the figures as they are now: one query per register and period."""
    asked = list(figures)
    moments = moments_of(asked, scope, period)
    columns = {figure.slug: columns_of(figure, moments) for figure in asked}
    return Evidence(columns, rows_behind([one for few in columns.values() for one in few], scope))


def packed(evidence: Evidence) -> bytes:
    """As an edition keeps it: JSON, compressed. A column that figures share is written once."""
    place = {column: number for number, column in enumerate(evidence.rows)}
    data = {
        "columns": [column_as_data(column, rows) for column, rows in evidence.rows.items()],
        "figures": {
            slug: [place[column] for column in columns]
            for slug, columns in evidence.columns.items()
        },
    }
    return zlib.compress(json.dumps(data, separators=(",", ":")).encode(), level=9)


def column_as_data(column: Column, rows: Rows) -> dict[str, Any]:
    """Rows that are only counted as a list of keys, others as pairs with what was measured."""
    keys = sorted(rows)
    return {
        "register": column.atom.register.slug,
        "moment": column.moment,
        "counts": column.counts,
        "rows": keys if column.counts else [[key, as_text(rows[key])] for key in keys],
    }


def as_text(number: Number | None) -> str | None:
    """The number so that it is equal when read back."""
    return None if number is None else str(number)


def columns_signed(unpacked: Mapping[str, Any], slug: str) -> list[dict[str, Any]]:
    """What a figure was computed from when it was signed: register, moment, rows; maybe nothing.

    `counts` says whether the rows were only counted.
    """
    columns = (unpacked["columns"][place] for place in unpacked["figures"].get(slug, []))
    return [{**one, "rows": rows_of(one)} for one in columns]


def signed_rows(unpacked: Mapping[str, Any], slug: str) -> list[Rows]:
    """The rows of each column of a figure as they were signed."""
    return [column["rows"] for column in columns_signed(unpacked, slug)]


def rows_of(column: Mapping[str, Any]) -> Rows:
    if column["counts"]:
        return dict.fromkeys(column["rows"], 1)
    return {key: None if value is None else Decimal(value) for key, value in column["rows"]}
