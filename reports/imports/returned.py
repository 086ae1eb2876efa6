"""The user's workbook back, with what is wrong written beside each row."""

import json
from collections import defaultdict
from io import BytesIO
from typing import Any

from .findings import Fault, Findings, SheetFindings
from .guard import ZIP
from .headers import layout_of
from .reading import Sheet, read_file, worked

WHOLE_SHEET = 0


def annotated(content: bytes, findings: Findings) -> BytesIO:
    """The same workbook with a column 错误 per sheet; the faulty cells are marked.

    Of a CSV file, a workbook with its rows. Raises BadFile when it cannot be read again.
    """
    is_workbook = content.startswith(ZIP)
    book = read_file("a.xlsx" if is_workbook else "a.csv", content)
    told = [sheet for sheet in findings.sheets if sheet.target and sheet.faults]
    if is_workbook:
        sheets = {sheet.title: sheet for sheet in book.sheets}
        marks = [marks_on(sheets[found.title], found) for found in told]
    else:
        rows = [
            ["" if value is None else str(value) for value in row] for row in book.sheets[0].rows
        ]
        marks = [{**marks_on(book.sheets[0], found), "rows": rows} for found in told]
    request = json.dumps(marks).encode() + b"\n" + (content if is_workbook else b"")
    return BytesIO(worked("mark", request))


def marks_on(sheet: Sheet, found: SheetFindings) -> dict[str, Any]:
    """What the worker writes: a text for each faulty row, and the places of the faulty cells."""
    assert found.target  # noqa: S101 - for the type checker: annotated() left the others out
    layout = layout_of(sheet, found.target)
    place_of = {column: place + 1 for place, column in layout.columns.items()}
    header = max(layout.first, 1)
    texts: dict[int, list[str]] = defaultdict(list)
    for fault in found.faults:
        texts[fault.row if fault.row != WHOLE_SHEET else header + 1].append(text_of_fault(fault))
    cells = [
        (fault.row, place_of[fault.column])
        for fault in found.faults
        if fault.row != WHOLE_SHEET and fault.column in place_of
    ]
    return {
        "title": found.title[:31],
        "header": header,
        "texts": [(row, "\n".join(lines)) for row, lines in texts.items()],
        "cells": cells,
    }


def text_of_fault(fault: Fault) -> str:
    return f"“{fault.column}”列：{fault.message}" if fault.column else fault.message
