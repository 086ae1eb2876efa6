"""The cross-tables of the year-end report: a list of them, and each as a sheet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dangjian.lib.crosstables import (
    CROSSTABLES,
    Crosstable,
    Heading,
    Line,
    RowTable,
    VillageTable,
)
from dangjian.lib.tables import Row
from orgs.middleware import Request
from reports.access import may_view, registers_of
from reports.crosstables import Opening, lines_of, openings, tables_over
from reports.exporters.crosstables import crosstable_workbook
from tasks.models import KeyTask

from .registers import row_address

MOST_ROWS = 200  # on a page; the workbook has them all
WIDE, MIDDLE = 20, 8  # characters across: text of a wide column is not centred


def crosstables(request: Request, year: int) -> HttpResponse:
    tables = tables_over(registers_of(request.user))
    return render(request, "reports/crosstables.html", {"tables": tables})


def crosstable(request: Request, year: int, slug: str) -> HttpResponse:
    table = table_or_404(request, slug)
    columns = openings(table, request)
    if isinstance(table, VillageTable):
        filled = village_lines(request, table, columns)
    else:
        filled = record_lines(request, table, columns)
    context = {
        "table": table,
        "headings": [
            [(one, css_of(table, one)) for one in table.headings if one.row == row]
            for row in range(table.depth)
        ],
        **filled,
    }
    return render(request, "reports/crosstable.html", context)


def crosstable_xlsx(request: Request, year: int, slug: str) -> FileResponse:
    table = table_or_404(request, slug)
    stream = crosstable_workbook(
        table, unit=request.unit_name, scope=request.scope, period=request.period
    )
    name = f"{request.unit_name}{request.period.label}{table.title}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)


def table_or_404(request: Request, slug: str) -> Crosstable:
    table = CROSSTABLES.get(slug)
    if table is None:
        raise Http404("没有这个统计表。")
    if isinstance(table, RowTable) and not may_view(request.user, table.register):
        raise PermissionDenied
    return table


def css_of(table: Crosstable, heading: Heading) -> str:
    """How a heading stands: the first two columns stay in sight, long ones are wide."""
    if heading.columns > 1:
        return ""
    width = table.widths[heading.column]
    kept = {0: "front", 1: "name"}.get(heading.column, "")
    return f"{kept} {css_of_width(width)}".strip()


def css_of_width(width: int) -> str:
    return "wide" if width >= WIDE else "middle" if width >= MIDDLE else ""


def village_lines(request: Request, table: VillageTable, columns: list[Opening]) -> dict[str, Any]:
    lines, total = lines_of(table, request.scope, request.period)
    return {
        "lines": [
            {
                "name": line.name,
                "url": village_address(request, line),
                "cells": [
                    {"text": column.cell(value, line), "css": ""}
                    for column, value in zip(columns, line.values, strict=True)
                ],
            }
            for line in lines
        ],
        "totals": [column.cell(value) for column, value in zip(columns, total.values, strict=True)],
        "front": 2,
        "units": table.units,
    }


def village_address(request: Request, line: Line) -> str:
    if not (line.village or "").isdigit() or not request.user.has_perm("orgs.view_village"):
        return ""
    return f"{reverse('village', args=[line.village])}?{request.carry}"


def record_lines(request: Request, table: RowTable, columns: list[Opening]) -> dict[str, Any]:
    rows = table.rows(request.scope, request.period)[: MOST_ROWS + 1]
    listed = list(table.listed(rows, request.period))
    address = address_of_rows(request, table)
    totals = table.totals(request.scope, request.period)
    return {
        "lines": [record_line(table, row, address) for row in listed[:MOST_ROWS]],
        "more": MOST_ROWS if len(listed) > MOST_ROWS else 0,
        "totals": [
            column.cell(value) if value else ""
            for column, value in zip(columns, totals, strict=True)
        ],
        "front": 1,
    }


def address_of_rows(request: Request, table: RowTable) -> str:
    """Where a row leads, with 0 for its key: to its own page where it has one."""
    if table.register.model is KeyTask:
        return f"{reverse('task', args=[0])}?{request.carry}"
    return row_address(request, table.register)


def record_line(table: RowTable, row: Row, address: str) -> dict[str, Any]:
    texts = [
        column.column.text(value) for column, value in zip(table.columns, row.values, strict=True)
    ]
    styles = [css_of_width(width) for width in table.own_widths]
    cells = [{"text": text, "css": css} for text, css in zip(texts, styles, strict=True)]
    url = address.replace("/0/", f"/{row.pk}/") if address else ""
    return {"name": texts[0], "url": url, "cells": cells[1:]}
