"""Register sheets as the year-end workbook holds them, with the record numbers at the right."""

from reports.exporters.sheets import FIRST_DATA_ROW, SIGNATURES, Book

KEY = "记录号"


def register_book(registers, scope, period):
    """The bytes of a workbook with a sheet for each register."""
    book = Book("年终报表", "大桥街道")
    for register in registers:
        write_register(book.sheet(register.name), register, scope, period)
    return book.finish().getvalue()


def write_register(sheet, register, scope, period):
    table = register.table
    labels = [("序号", 6), *((column.label, column.width) for column in table.columns), (KEY, 8)]
    day = period.as_of
    sheet.head(title=register.name, unit="大桥街道", day=day, columns=[*labels, ("某项指标", 8)])
    records = list(table.rows(register.all_rows(scope, period), period))
    for row, record in enumerate(records, FIRST_DATA_ROW):
        sheet.number(row, 0, row - FIRST_DATA_ROW + 1, 0)
        for place, (column, value) in enumerate(zip(table.columns, record.values, strict=True), 1):
            sheet.value(row, place, value, column.kind)
        sheet.number(row, len(labels) - 1, record.pk, 0)
        sheet.number(row, len(labels), 1, 0)
    end = FIRST_DATA_ROW + len(records)
    sheet.value(end, 0, "合计")
    sheet.value(end, 1, f"共{len(records)}行")
    sheet.line(end + 1, (0, len(labels)), SIGNATURES, "line")
