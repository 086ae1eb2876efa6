"""The year-end workbook: cover, figures, charts, and the rows of every register behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from dangjian.lib.figures import Baseline, Figure, Quotient, Register, compute
from dangjian.lib.periods import Period
from dangjian.lib.printing import day_in_chinese
from reports.changes import compared, moved_over
from reports.desk import Desk, open_checks
from reports.documents.build import Document
from reports.explanations import explained_to, figures_explained
from reports.listing import Section

from .appendices import write_appendix
from .charts import TITLE as CHARTS
from .charts import Source, write_charts
from .checks import TITLE as CHECKS
from .checks import write_checks
from .crosstables import write_crosstables
from .formulas import Formulas
from .indicators import TITLE as FIGURES
from .indicators import Indicators, cells_before, cells_of, figures_over, name_of
from .ledgers import Ledger, write_ledger
from .marks import Marks
from .sheets import Book


def write_workbook(summary: Document, scope: Any, registers: Iterable[Register]) -> BytesIO:
    """The workbook of a summary: the same scope, period and values, and the rows behind them.

    `registers` are those the reader may see; the others' figures are left out with them. Sheets
    stand in the order they are made in, whenever they are filled: formulas need to know where the
    rows are that they count.
    """
    shown = list(registers)
    figures = figures_over(shown)
    is_whole = not summary.counted_only
    checks = open_checks(shown, is_whole=is_whole)
    explained = explained_to(scope.organization_id, summary.period.first_day.year, shown)
    changes = compared(figures_explained(explained))
    of_checks = [one for check in checks for one in check.figures]
    counted = [*with_sides(figures), *of_checks, *changes]
    values = {**compute(counted, scope, summary.period), **summary.values}
    found, moved = [check.judge(values) for check in checks], moved_over(0, changes, values)
    desk = Desk(summary.unit, summary.period, found, moved, explained)
    book = Book(f"{summary.period.label}度党建工作报表", summary.unit)
    write_cover(book, summary)
    check_sheet, figure_sheet = book.sheet(CHECKS), book.sheet(FIGURES)
    chart_sheet = book.sheet(CHARTS, landscape=False)
    appendices = [(one, book.sheet(one.title)) for one in summary.appendices]
    write_crosstables(book, summary, scope, shown)
    rows = RegisterSheets(summary, scope, [*figures, *desk.sides])
    formulas = rows.write(book, shown)
    Indicators(summary, values, formulas, rows.before).write(book, figure_sheet, figures)
    for appendix, sheet in appendices:
        write_appendix(sheet, appendix, summary, cells_of(figures))
    write_charts(book, chart_sheet, Source(summary, scope, formulas, rows.before))
    write_checks(book, check_sheet, desk, counted_cells(figures, desk, formulas))
    return book.finish()


def counted_cells(figures: list[Figure], desk: Desk, formulas: Formulas) -> dict[str, str]:
    """What checks compare, as parts of formulas: cells of 指标, or sums of the marks of rows."""
    before = {f"{slug}:before": cell for slug, cell in cells_before(figures).items()}
    sides = {one.slug: formulas.number(one, desk.period).text for one in desk.sides}
    return {**sides, **cells_of(figures), **before}


def with_sides(figures: list[Figure]) -> list[Figure]:
    """The figures, and what quotients among them divide."""
    divided = [figure for figure in figures if isinstance(figure, Quotient)]
    return [*figures, *(side for figure in divided for side in figure.sides())]


@dataclass(frozen=True)
class RegisterSheets:
    """The rows of every register now, and of those that a change compares at its baseline."""

    summary: Document
    scope: Any
    figures: list[Figure]

    @cached_property
    def before(self) -> dict[Baseline, Period | None]:
        """The period of each baseline, asked for once."""
        found = dict.fromkeys(one.baseline for one in self.figures if one.baseline)
        return {one: one.find(self.scope, self.summary.period) for one in found}

    def write(self, book: Book, registers: list[Register]) -> Formulas:
        """A sheet a register, and right after it one for each baseline it is needed at."""
        ledgers = {}
        now = self.summary.period
        for register in registers:
            section = Section(register.name, register, self.scope, now)
            ledgers[register, now] = self.sheet(book, register.name, section, self.figures)
            for before, name in self.names.items():
                if compared := self.compared(register, before):
                    title = f"{register.name}（{name}：{before.label}）"
                    section = Section(title, register, self.scope, before)
                    title = f"{register.name}（{name}）"
                    ledgers[register, before] = self.sheet(book, title, section, compared)
        return Formulas(ledgers)

    @cached_property
    def names(self) -> dict[Period, str]:
        """The periods of the baselines, and what a reader calls them."""
        return {period: one.name for one, period in self.before.items() if period}

    def compared(self, register: Register, before: Period) -> list[Figure]:
        """The changes that compare rows of the register with those of a period."""
        return [
            one
            for one in self.figures
            if one.baseline
            and self.before[one.baseline] == before
            and any(side.register == register for side in one.sides())
        ]

    def sheet(self, book: Book, name: str, section: Section, figures: list[Figure]) -> Ledger:
        marks = Marks(section.register, section.period, tuple(figures))
        ledger = write_ledger(book.sheet(name), section, unit=self.summary.unit, marks=marks)
        book.workbook.define_name(name_of(name), f"={ledger.table()}")
        return ledger


def write_cover(book: Book, summary: Document) -> None:
    """Unit, period, prepared by, checked by, date: the cover of the national form."""
    sheet = book.sheet("封面", landscape=False)
    sheet.raw.hide_gridlines(2)
    sheet.raw.set_column(0, 6, 10)
    title = f"{summary.period.label}度党建工作报表"
    sheet.raw.set_row(6, 60)
    sheet.line(6, (0, 6), title, "cover")
    year, day = summary.period.first_day.year, day_in_chinese(summary.period)
    lines = [
        ("填报单位（盖章）：", summary.unit),
        ("统计期间：", f"{year}年1月1日至{day}"),
        ("单位负责人（签名）：", ""),
        ("审核人（签名）：", ""),
        ("填表人（签名）：", ""),
        ("联系电话：", ""),
        ("报出日期：", "　　　年　　月　　日"),
    ]
    for row, (label, text) in enumerate(lines, 16):
        sheet.raw.set_row(row, 40)
        sheet.line(row, (0, 2), label, "cover_label")
        sheet.line(row, (3, 6), text, "cover_line")
