"""Where the table of a sheet begins and ends, and which column each of its titles means."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any

from dangjian.lib.figures import all_registers
from orgs.resources import RECORD_NUMBER, RecordResource
from orgs.resources.columns import BadCell
from orgs.resources.spellings import column_titled, spelled

from .reading import Book, Sheet
from .targets import TARGETS, Target

ROWS_SEARCHED = 30
LIKE = 0.6  # how near a title must be to a known one to be asked about
NUMBERING = "序号"
ERROR = "错误"  # heads the column of a workbook that was given back
# A row whose first cell begins so closes the table: it is no record.
CLOSING = (
    "合计",
    "总计",
    "小计",
    "单位负责人",
    "负责人(签",
    "审核人",
    "填表人",
    "制表人",
    "填报人",
    "填报单位",
    "联系电话",
    "注:",
    "说明:",
)
CLOSING_INITIALS = {text[0] for text in CLOSING}
NOT_READ = {"说明", "填表说明", "封面"}


@dataclass(frozen=True)
class Layout:
    """How a sheet is read: `columns` by place, the place of the record numbers, what is told.

    `first` is the place of the first row under the headers; `computed` are the titles, by place, of
    columns that are counted or belong to another register.
    """

    target: Target
    first: int
    titles: tuple[str, ...]
    columns: Mapping[int, str]
    computed: Mapping[int, str]
    number_at: int | None = None
    notes: tuple[str, ...] = ()
    wrong: str = ""

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, list[Any]]]:
        """The rows that stand for records, with the number Excel gives them."""
        header = [text for text in self.titles if text]
        for number, row in enumerate(sheet.rows[self.first :], self.first + 1):
            first = next((text for value in row if (text := text_of(value))), "")
            if not first or closes_table(first):
                continue
            if first != header[0] or [text for one in row if (text := text_of(one))] != header:
                yield number, row


@dataclass
class Reading:
    """One way to read the titles of a sheet, while they are sorted out."""

    titles: tuple[str, ...]
    columns: dict[int, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    computed: dict[int, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    number_at: int | None = None


def text_of(value: Any) -> str:
    """What a cell shows, on one line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isalnum() else " ".join(value.split())
    return value.text if isinstance(value, BadCell) else str(value)


def closes_table(text: str) -> bool:
    if text[0] not in CLOSING_INITIALS:
        return False
    plain = "".join(text.replace("：", ":").replace("（", "(").split())
    return plain.startswith(CLOSING)


def is_exported(book: Book) -> bool:
    """Whether the book is a year-end workbook: a sheet of it has record numbers."""
    tops = (row for sheet in book.sheets for row in sheet.rows[:ROWS_SEARCHED])
    return any(RECORD_NUMBER in row for row in tops)


def target_of(sheet: Sheet, chosen: str | None, *, exported: bool) -> tuple[Target | None, str]:
    """What the sheet is imported into, and why not where it is not; `chosen` is a slug or "".

    Of a year-end workbook only the registers of its year come back, under their own names: the
    other sheets show them in other ways, or as they were before.
    """
    if chosen is not None:
        return TARGETS.get(chosen), "" if chosen in TARGETS else "按选择不导入。"
    title = spelled(sheet.title)
    if title in NOT_READ or not sheet.rows:
        return None, ""
    if title in derived_sheets():
        return None, "这张表由其他台账汇总而成，不导入；请在原来的台账中修改。"
    named = sheets_by_title().get(title) or sheets_by_title().get(title.rstrip("0123456789()表"))
    if named is None and exported:
        return None, "年终报表中由系统计算的表，或上年、上届的数据，不导入。"
    return (named, "") if named else target_by_headers(sheet)


@cache
def sheets_by_title() -> dict[str, Target]:
    registers = {register.slug: register for register in all_registers()}
    found: dict[str, Target] = {}
    for target in TARGETS.values():
        register = registers.get(target.register or "")
        for name in (target.name, register.name if register else target.name):
            found[spelled(name)[:28]] = target
    return found


@cache
def derived_sheets() -> set[str]:
    """Titles of registers that have no target: their rows are read off other registers."""
    taken_back = {target.register for target in TARGETS.values()}
    names = [one.name for one in all_registers() if one.slug not in taken_back]
    return {spelled(name)[:28] for name in names}


def target_by_headers(sheet: Sheet) -> tuple[Target | None, str]:
    """The target whose key columns are all there and which knows the most titles, if one does."""
    scores: dict[str, int] = {}
    for target in TARGETS.values():
        layout = layout_of(sheet, target)
        known = set(layout.columns.values())
        if set(columns_of(target).key) <= known and len(known) > 1:
            filled = len([title for title in layout.titles if title])
            if 2 * len(known) > filled:
                scores[target.slug] = 2 * len(known) - filled
    best = [slug for slug, score in scores.items() if score == max(scores.values())]
    if len(best) == 1:
        return TARGETS[best[0]], ""
    if best:
        names = "、".join(TARGETS[slug].name for slug in best)
        return None, f"看起来可能是{names}，请选择导入到哪里。"
    return None, "没有认出这张表，不导入；需要导入的，请选择导入到哪里。"


@dataclass(frozen=True)
class Columns:
    """What a target's resource reads: all columns, those of its key, those it cannot do without."""

    every: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]


@cache
def columns_of(target: Target) -> Columns:
    resource = target.resource(scope=None)
    return Columns(
        tuple(resource.columns()),
        tuple(resource.key_columns()),
        tuple(resource.required_columns()),
    )


def layout_of(sheet: Sheet, target: Target) -> Layout:
    """The best reading of the sheet's first rows as the titles of the target's columns.

    Titles may take two rows: one under another that spans several columns.
    """
    best: tuple[int, int] = (0, 0)
    found: tuple[int, tuple[str, ...]] = (0, ())
    for first, texts in title_rows(sheet):
        known = {column_titled(target.resource, text) for text in texts if text} - {None}
        # A title over the table holds one text; of two readings the one with fewer strangers.
        score = (len(known), -len([text for text in texts if text]))
        if known and score > best:
            best, found = score, (first, texts)
    reading = read_titles(target.resource, found[1])
    return Layout(
        target,
        found[0],
        tuple(found[1]),
        reading.columns,
        reading.computed,
        reading.number_at,
        tuple(notes_on(reading, target, sheet.hidden_columns)),
        wrong_with(reading, target),
    )


def title_rows(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row that may hold the titles, and each two, with the place of the row after them."""
    rows = [[text_of(value) for value in row] for row in sheet.rows[: ROWS_SEARCHED + 1]]
    for place, row in enumerate(rows[:ROWS_SEARCHED]):
        if not any(row):
            continue
        yield place + 1, tuple(row)
        if place + 1 < len(rows) and any(rows[place + 1]):
            below = rows[place + 1] + [""] * (len(row) - len(rows[place + 1]))
            above = row + [""] * (len(below) - len(row))
            both = (lower or upper for upper, lower in zip(above, below, strict=True))
            yield place + 2, tuple(both)


def read_titles(resource: type[RecordResource], titles: Sequence[str]) -> Reading:
    """Sort the titles of a sheet out."""
    reading = Reading(tuple(titles))
    places = [place for place, title in enumerate(titles) if spelled(title) == RECORD_NUMBER]
    reading.number_at = places[0] if places else None
    computed: set[str] = set(map(spelled, resource.computed))
    # What stands right of the record numbers are marks of figures.
    for place, title in enumerate(titles[: reading.number_at]):
        column: str | None = column_titled(resource, title) if title else None
        is_numbering = spelled(title) == NUMBERING and place == 0
        if is_numbering and (reading.number_at is not None or column is None):
            continue
        if title == ERROR:
            continue
        if spelled(title) in computed and (reading.number_at is not None or column is None):
            reading.computed[place] = title
        elif column is None:
            reading.unknown += [title] if title else []
        elif column in reading.columns.values():
            reading.twice.append(column)
        else:
            reading.columns[place] = column
    return reading


def wrong_with(reading: Reading, target: Target) -> str:
    """What keeps the sheet as a whole from being read, or nothing."""
    columns = columns_of(target)
    missing = [column for column in columns.required if column not in reading.columns.values()]
    if reading.twice:
        named = "、".join(f"“{column}”" for column in dict.fromkeys(reading.twice))
        return f"{named}列出现了不止一次，请只留一列。"
    if missing and reading.number_at is None:
        return f"缺少列：{'、'.join(missing)}。这张表可以有的列：{'、'.join(columns.every)}。"
    return ""


def notes_on(reading: Reading, target: Target, hidden: Container[int]) -> Iterator[str]:
    """What is not imported, column by column, with what may have been meant; what is, unseen."""
    unseen = [reading.titles[place] for place in reading.columns if place in hidden]
    if unseen:
        yield f"{'、'.join(f'“{title}”' for title in unseen)}列是隐藏的，也已读取。"
    free = [one for one in columns_of(target).every if one not in reading.columns.values()]
    for title in reading.unknown:
        yield f"“{title}”列不认识，不导入。{suggestion(title, free)}"
    if reading.computed:
        named = "、".join(f"“{title}”" for title in dict.fromkeys(reading.computed.values()))
        yield f"{named}由系统计算，或记在别的台账里，不导入。"
    if reading.number_at is not None:
        marks = [title for title in reading.titles[reading.number_at + 1 :] if title]
        if marks:
            yield f"“{RECORD_NUMBER}”右边的{len(marks)}列是各指标的标记，不导入。"


def suggestion(title: str, columns: Sequence[str]) -> str:
    """The column whose title is nearest, as a question."""
    near = get_close_matches(title, columns, 1, LIKE)
    return f"您是否要找“{near[0]}”？" if near else ""
