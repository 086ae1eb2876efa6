"""A table behind the text of a paper as a sheet: what it counts as formulas over 指标."""

from collections.abc import Mapping, Sequence

from dangjian.lib.figures import Value
from dangjian.lib.prose import Piece, Printed, plain
from reports.documents.build import Document
from reports.documents.paper import Appendix

from .sheets import FIRST_DATA_ROW, LINE_HEIGHT, ROW_HEIGHT, SIGNATURES, Sheet, lines_of, wide

NARROWEST, WIDEST = 8, 44
SHORT = 20


def write_appendix(
    sheet: Sheet, appendix: Appendix, document: Document, cells: Mapping[str, str]
) -> None:
    """The table in the shell of an office ledger.

    `cells` maps a figure's slug to where its number stands: a cell that is nothing but a figure is
    a formula of it with its unit, the text stored beside it.
    """
    widths = columns_of(appendix)
    columns = list(zip(appendix.headers, widths, strict=True))
    title = f"{document.unit}{appendix.title}"
    sheet.head(title=title, unit=document.unit, day=document.period.as_of, columns=columns)
    row = FIRST_DATA_ROW
    for row, found in enumerate(appendix.rows, FIRST_DATA_ROW):
        sheet.open_row(row, [plain(cell) for cell in found])
        for column, cell in enumerate(found):
            write_cell(sheet, row, column, cell, cells)
    last = len(widths) - 1
    if appendix.note:
        row += 1
        lines = lines_of(appendix.note, sum(widths))
        sheet.raw.set_row(row, ROW_HEIGHT + LINE_HEIGHT * (lines - 1))
        sheet.line(row, (0, last), f"注：{appendix.note}", "line")
    sheet.raw.set_row(row + 1, 30)
    sheet.line(row + 1, (0, last), SIGNATURES, "line")


def columns_of(appendix: Appendix) -> list[int]:
    """How wide each column is: as its longest text, within limits."""
    texts = zip(
        appendix.headers, *([plain(cell) for cell in row] for row in appendix.rows), strict=True
    )
    longest = [max(wide(text) for text in column) for column in texts]
    return [min(max(length + 2, NARROWEST), WIDEST) for length in longest]


def write_cell(
    sheet: Sheet, row: int, column: int, cell: Sequence[Piece], cells: Mapping[str, str]
) -> None:
    text = plain(cell)
    value = cell[0].value if len(cell) == 1 and isinstance(cell[0], Printed) else None
    if isinstance(value, Value) and value.figure.slug in cells and is_a_number(value):
        formula = f"={in_words(cells[value.figure.slug], value)}"
        sheet.raw.write_formula(row, column, formula, sheet.formats["centre"], text)
    else:
        sheet.value(row, column, text, "centre" if wide(text) < SHORT else "text")


def is_a_number(value: Value) -> bool:
    """Whether it prints as number and unit: there is a value, and no verb of rise or fall."""
    return value.plain is not None and not value.figure.is_change


def in_words(cell: str, value: Value) -> str:
    """The number of a cell as a sentence prints it, with its unit.

    As many decimals as the figure has; one that trims a whole number to none as it was printed.
    """
    decimals = len(value.digits.partition(".")[2])
    number = f'TEXT({cell},"0{"." if decimals else ""}{"0" * decimals}")'
    return f'{number}&"{value.figure.unit}"'
