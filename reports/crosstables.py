"""Cross-tables in a scope: their lines, and where each number on the page leads."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from dangjian.lib.crosstables import (
    Counted,
    Crosstable,
    Line,
    Listed,
    RowTable,
    VillageTable,
    all_crosstables,
)
from dangjian.lib.figures import Baseline, Register, Value
from dangjian.lib.periods import Period
from dangjian.lib.printing import cell_digits, cell_link
from dangjian.lib.template_tags import may_open
from orgs.figures import village_names
from orgs.middleware import Request


def tables_over(registers: list[Register]) -> list[Crosstable]:
    """The tables for a reader of those registers: the rows of others are shown to nobody else.

    Numbers are shown to everyone, as elsewhere; they lead to rows only where those may be seen.
    """
    return [
        table
        for table in all_crosstables()
        if not isinstance(table, RowTable) or table.register in registers
    ]


def lines_of(table: VillageTable, scope: Any, period: Period) -> tuple[list[Line], Line]:
    """A line for each village of the scope that stands on the day or is counted in, and 合计."""
    standing = [village for village, _ in village_names(scope, period.as_of)]
    return table.counted(scope, period, dict(village_names(scope)), standing)


@dataclass(frozen=True)
class Opening:
    """How the cells of one column lead to their rows, for one reader.

    `query` is what their addresses have in common; None where there are no rows to lead to.
    """

    column: Counted | Listed
    path: str
    request: Request
    query: str | None

    def cell(self, value: Value, line: Line | None = None) -> SafeString | str:
        """The value as a link to the rows counted in a line, or as plain digits."""
        digits = cell_digits(value)
        village = line.village if line else ""
        if self.query is None or village is None or not may_open(self.request.user, value):
            return digits
        query = f"{self.query}&{urlencode({'village': village})}" if village else self.query
        name = f"{line.name} · " if line else ""
        return cell_link(value, digits, query=query, title=f"{name}{self.path}：{value.text}")


def openings(table: Crosstable, request: Request) -> list[Opening]:
    """An opening for each column."""
    columns = zip(table.columns, table.paths, strict=True)
    carries: dict[Baseline | None, str | None] = {None: request.carry}
    return [
        Opening(column, " · ".join(path), request, query_of(column, request, carries))
        for column, path in columns
    ]


def query_of(
    column: Counted | Listed, request: Request, carries: dict[Baseline | None, str | None]
) -> str | None:
    """Whose, when and which rows a column counts; each baseline is looked for once."""
    if isinstance(column, Listed):
        return request.carry
    if column.before not in carries:
        carries[column.before] = carry_to(request, column.before)
    carry = carries[column.before]
    return f"{carry}&{column.query}" if carry and column.query else carry


def carry_to(request: Request, baseline: Baseline | None) -> str | None:
    """The request's unit on the last day of a baseline; None where there is none."""
    period = baseline.find(request.scope, request.period) if baseline else None
    if period is None:
        return None
    carried = {"on": period.as_of.isoformat()}
    if request.scope != request.own_scope and request.unit:
        carried["org"] = str(request.unit.pk)
    return urlencode(carried)
