"""Empty workbooks to fill in: a sheet per target, with the lists its columns choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_range_abs

from orgs.resources import NAMINGS, Lookups, Reference
from orgs.resources.columns import Choice, Day, DayKnown, Number, YesNo

from .sheets import Book

LAST_ROW = 2000  # so far down the lists reach
NAMES = 1000  # of more names no list is made: nobody scrolls through them
INLINE = 250  # characters of a list Excel takes without a range
LISTS = "选项"
WIDTH = 16


@dataclass(frozen=True)
class Blank:
    """One column to fill in: its title, how it is filled, an example, and what it chooses from."""

    title: str
    how: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()
    is_open: bool = False  # other values than the choices may be right
    style: str = ""


def template_workbook(targets: Sequence[Any], scope: Any) -> BytesIO:
    """A workbook with a sheet for each target: headers, notes, drop-down lists.

    Examples stand in the sheet 说明, which is not read back.
    """
    book = Book("导入模板", "")
    lookups = Lookups(scope)
    blanks = [(target, blanks_of(target, lookups)) for target in targets]
    write_guide(book, blanks)
    ranges = Ranges()
    for target, columns in blanks:
        write_sheet(book, target, columns, ranges)
    ranges.write(book)
    return book.finish()


class Ranges:
    """The lists too long to stand in a cell's rule, in a hidden sheet, each once."""

    def __init__(self) -> None:
        self.lists: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        if len(",".join(choices)) <= INLINE and not any("," in choice for choice in choices):
            return list(choices)
        column = self.lists.setdefault(choices, len(self.lists))
        return f"={LISTS}!{xl_range_abs(0, column, len(choices) - 1, column)}"

    def write(self, book: Book) -> None:
        if not self.lists:
            return
        sheet = book.workbook.add_worksheet(LISTS)
        sheet.hide()
        for row in range(max(map(len, self.lists))):
            for choices, column in self.lists.items():
                if row < len(choices):
                    sheet.write_string(row, column, choices[row])


def write_guide(book: Book, blanks: Iterable[tuple[Any, list[Blank]]]) -> None:
    """说明: what each column of each sheet wants, with an example."""
    sheet = book.workbook.add_worksheet("说明")
    for column, width in enumerate((18, 22, 8, 60, 30)):
        sheet.set_column(column, column, width)
    titles = ("工作表", "列", "必填", "怎样填", "示例")
    sheet.write_row(0, 0, titles, book.formats["header"])
    row = 1
    for target, columns in blanks:
        for blank in columns:
            must = "是" if blank.required else ""
            texts = (target.name, blank.title, must, blank.how, blank.example)
            for place, text in enumerate(texts):
                sheet.write_string(row, place, text, book.formats["text"])
            row += 1
    sheet.freeze_panes(1, 2)


def write_sheet(book: Book, target: Any, columns: list[Blank], ranges: Ranges) -> None:
    """The titles of a target's columns; below each, its format, its note and its list."""
    sheet = book.workbook.add_worksheet(target.name)
    sheet.set_row(0, 30)
    formats = {
        "": None,
        "text": book.workbook.add_format({"num_format": "@"}),
        "date": book.workbook.add_format({"num_format": "yyyy-mm-dd"}),
        "month": book.workbook.add_format({"num_format": "yyyy-mm"}),
    }
    for place, blank in enumerate(columns):
        sheet.set_column(place, place, max(WIDTH, 2 * len(blank.title) + 4), formats[blank.style])
        sheet.write_string(0, place, blank.title, book.formats["header"])
        sheet.data_validation(1, place, LAST_ROW, place, rule_of(blank, ranges))
    sheet.freeze_panes(1, 0)


def rule_of(blank: Blank, ranges: Ranges) -> dict[str, Any]:
    """What Excel offers, and says, where a cell of the column is chosen."""
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": blank.title[:32],
        "input_message": f"{'必填。' if blank.required else ''}{blank.how}"[:255],
    }
    if blank.choices:
        rule |= {
            "validate": "list",
            "source": ranges.source(blank.choices),
            "error_type": "information" if blank.is_open else "stop",
            "error_title": "不在选项中",
            "error_message": f"{blank.title}一般从列表中选择。",
        }
    return rule


def blanks_of(target: Any, lookups: Lookups) -> list[Blank]:
    """The columns of a target, in the order of the form."""
    resource = target.resource(scope=lookups.scope, lookups=lookups)
    required = set(resource.required_columns())
    found: dict[str, Blank] = {}
    for field in resource.get_import_fields():
        model_field = target.model._meta.get_field(field.attribute)
        title = field.column_name
        if title in found or isinstance(field.widget, DayKnown):
            continue
        must = title in required or not (
            model_field.null or model_field.blank or model_field.has_default()
        )
        blank = blank_of(title, field.widget, lookups)
        found[title] = replace(blank, required=must, how=f"{blank.how}{model_field.help_text}")
        for other in getattr(field.widget, "others", ()):
            found.setdefault(other, Blank(other, f"与“{title}”一起说明是哪一个。", "", must))
    return list(found.values())


def blank_of(title: str, widget: Any, lookups: Lookups) -> Blank:
    """How a column with that widget is filled."""
    kinds: list[tuple[type, Any]] = [
        (Reference, lambda: named(title, widget, lookups)),
        (Choice, lambda: chosen(title, tuple(widget.values))),
        (YesNo, lambda: chosen(title, ("是", "否"))),
        (Day, lambda: dated(title, month_is_enough=widget.month_is_enough)),
        (Number, lambda: Blank(title, "整数。" if widget.kind is int else "数字。", "12")),
    ]
    made = (make for kind, make in kinds if isinstance(widget, kind))
    blank: Blank = next(made, lambda: Blank(title, "文字。", "", style="text"))()
    return blank


def chosen(title: str, choices: tuple[str, ...]) -> Blank:
    return Blank(title, f"从中选一个：{'、'.join(choices)}。", choices[0], choices=choices)


def dated(title: str, *, month_is_enough: bool) -> Blank:
    if month_is_enough:
        return Blank(title, "年月或年月日，如 1975.3、1975-03-05。", "1975-03", style="text")
    return Blank(title, "日期，如 2025-03-01。", "2025-03-01", style="date")


def named(title: str, widget: Any, lookups: Lookups) -> Blank:
    """A record of another register, by its name; the names there are, if they are not too many."""
    names = tuple(dict.fromkeys(name[0] for name in lookups.names(widget.model)))
    kept = names if len(names) <= NAMES and len(NAMINGS[widget.model].readers) == 1 else ()
    what = widget.model._meta.verbose_name
    how = f"{what}的名称，要与系统中或同一文件里的一致。"
    return Blank(title, how, kept[0] if kept else "", choices=kept, is_open=True, style="text")
