"""One trial of a workbook: every sheet into its register, inside the caller's transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Model, prefetch_related_objects

from dangjian.lib.figures import register_named
from orgs.models import Village
from orgs.resources import Lookups
from orgs.resources.references import FOLLOWS

from .displayed import Displayed, displayed, edited_in_vain, rows_of_period
from .findings import CellChange, Fault, Question, RowChange, SheetFindings, Written
from .headers import Layout, is_exported, layout_of, target_of, text_of
from .lines import Lines, lines_of, postponed
from .reading import Book, Sheet
from .targets import TARGETS

TOGETHER = 500  # records whose relations are read at once; Django writes an OR for each
OUTSIDE = "这条记录不在您管理的范围内，请检查它属于哪个党组织。"
HELD_BACK = "这一行引用的记录没有写入，请先解决那一行的问题。"


@dataclass
class Part:
    """A sheet, what it is read as, and what came of it."""

    sheet: Sheet
    target: Any  # a Target, and its layout; None where the sheet is not recognised
    layout: Any
    notes: list[str]
    shown: Displayed = field(default_factory=lambda: Displayed({}))
    faults: list[Fault] = field(default_factory=list)
    created: list[RowChange] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    same: int = 0
    held: list[int] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    in_vain: list[Fault] = field(default_factory=list)

    def found(self) -> SheetFindings:
        return SheetFindings(
            title=self.sheet.title,
            target=self.target,
            notes=tuple(self.notes),
            faults=tuple(sorted(dict.fromkeys(self.faults), key=lambda fault: fault.row)),
            created=tuple(sorted(self.created, key=lambda change: change.row)),
            changed=tuple(sorted(self.changed, key=lambda change: change.row)),
            same=self.same,
            missing=tuple(self.missing),
            questions=tuple(self.questions),
            in_vain=tuple(self.in_vain),
        )


class Run:
    """The sheets of a book, in the order in which they refer to each other."""

    def __init__(
        self, book: Book, scope: Any, targets: Mapping[str, str], answers: Mapping[str, str]
    ) -> None:
        self.scope, self.answers = scope, answers
        self.lookups = Lookups(scope)
        self.written: dict[tuple[type[Model], int], Written] = {}
        exported = is_exported(book)
        self.parts = [
            part_of(sheet, targets.get(sheet.title), exported=exported) for sheet in book.sheets
        ]
        order = list(TARGETS.values())
        known = [part for part in self.parts if part.target]
        self.ordered = sorted(known, key=lambda part: order.index(part.target))
        self.waiting: list[tuple[Part, Lines]] = []

    def found(self) -> tuple[SheetFindings, ...]:
        """Write every sheet, as far as it can be written, and tell what came of it."""
        for part in self.ordered:
            # Before anything is written: what the sheets show is what was stored before.
            if not part.layout.wrong:
                part.shown = displayed(part.sheet, part.layout, self.scope)
                part.in_vain += edited_in_vain(part.sheet, part.layout, part.shown)
        for place, part in enumerate(self.ordered):
            self.take(part, self.ordered[place + 1 :])
        for part, rest in self.waiting:
            self.take_rest(part, rest)
        if not any(part.faults or part.questions for part in self.parts):
            for part in self.parts:
                part.faults += [Fault(row, "", "", HELD_BACK) for row in part.held]
        return tuple(part.found() for part in self.parts)

    def take(self, part: Part, later: list[Part]) -> None:
        """Import one sheet; what its rows say of the sheets after it waits."""
        if part.layout.wrong:
            part.faults.append(Fault(0, "", "", part.layout.wrong))
            self.lookups.spoil(part.target.model, None)
            return
        resource = self.resource_of(part)
        lines = lines_of(part.sheet, part.layout, part.shown, resource)
        rest = postponed(lines, resource, names_in(later)) if resource.later else None
        if rest:
            self.waiting.append((part, rest))
        part.faults += merged_across(part.sheet, part.layout)
        result = self.run(part, resource, lines)
        part.same = result.totals["skip"]
        part.created = [
            RowChange(lines.numbers[change.number - 1], resource.called(change.record))
            for change in resource.changes
            if change.creates
        ]
        part.changed = changed_rows(resource, lines)
        if resource.changes and not hasattr(part.target.model, "history"):
            part.notes.append(f"{part.target.name}不留修改历史：撤销这次导入时，不会随之还原。")
        if [other.target for other in self.ordered].count(part.target) == 1:
            part.missing = missing_from(part, resource, self.scope)

    def take_rest(self, part: Part, rest: Lines) -> None:
        """Import what waited; a row made or altered before is one change with it."""
        wrong = {fault.row for fault in part.faults} | set(part.held)
        ready = [place for place, number in enumerate(rest.numbers) if number not in wrong]
        resource, lines = self.resource_of(part), rest.only(ready, rest.headers)
        self.run(part, resource, lines)
        changes = {change.row: change for change in part.changed}
        made = {change.row for change in part.created}
        for change in changed_rows(resource, lines):
            if change.row in made:
                continue
            before = changes.get(change.row)
            part.same -= before is None
            cells = (before.cells if before else ()) + change.cells
            changes[change.row] = RowChange(change.row, change.name, cells)
        part.changed = list(changes.values())

    def resource_of(self, part: Part) -> Any:
        resource: Any = part.target.resource
        return resource(scope=self.scope, lookups=self.lookups, answers=self.answers)

    def run(self, part: Part, resource: Any, lines: Lines) -> Any:
        """Import lines of a part; note the faults, the questions and what was written."""
        newest = newest_history(resource)
        result = resource.import_sound(lines)
        part.faults += faults_of(resource, result, lines)
        part.faults += outside_of(resource, self.scope, lines)
        part.questions += [
            Question(lines.numbers[asked.number - 1], asked.name, asked.key, asked.options)
            for asked in resource.questions
        ]
        told = {fault.row for fault in part.faults} | {asked.row for asked in part.questions}
        part.held += [
            lines.numbers[row.number - 1]
            for row in result.invalid_rows
            if FOLLOWS in str(row.error_dict) and lines.numbers[row.number - 1] not in told
        ]
        self.keep_written(resource, newest)
        return result

    def keep_written(self, resource: Any, newest: int) -> None:
        model = resource._meta.model
        if not hasattr(model, "history"):
            return
        rows = model.history.filter(history_id__gt=newest).order_by("history_id")
        history_of = dict(rows.values_list("id", "history_id"))
        for change in resource.changes:
            pk = change.record.pk
            before = self.written.get((model, pk))
            is_new = change.creates or bool(before and before.is_new)
            self.written[model, pk] = Written(model, pk, is_new, history_of[pk])


def part_of(sheet: Sheet, chosen: str | None, *, exported: bool) -> Part:
    target, why = target_of(sheet, chosen, exported=exported)
    layout = layout_of(sheet, target) if target else None
    notes = [*sheet.notes, *([why] if why else []), *(layout.notes if layout else [])]
    return Part(sheet, target, layout, notes)


def names_in(parts: list[Part]) -> set[str]:
    """The names of villages that later sheets hold."""
    found = set()
    for part in parts:
        if part.target.model is Village and not part.layout.wrong:
            resource: Any = part.target.resource(scope=None)
            places = {column: place for place, column in part.layout.columns.items()}
            at = places.get(resource.key_columns()[0])
            rows = [row for _, row in part.layout.rows(part.sheet)]
            found |= {text_of(row[at]) for row in rows if at is not None and at < len(row)}
    return found - {""}


def faults_of(resource: Any, result: Any, lines: Lines) -> Iterator[Fault]:
    for error in result.base_errors:
        yield Fault(0, "", "", str(error.error))
    for number, name, message in resource.faults(result):
        column = resource.column_title(name)
        value = lines.text(number - 1, column)
        yield Fault(lines.numbers[number - 1], column, value, message)


def merged_across(sheet: Sheet, layout: Layout) -> Iterator[Fault]:
    """Cells of a record merged sideways: the columns after the first would be read as empty."""
    rows = dict(layout.rows(sheet))
    for number, first, last in sheet.across:
        columns = [layout.columns[place] for place in layout.columns if first <= place <= last]
        if number in rows and len(columns) > 1:
            named = "、".join(f"“{column}”" for column in columns)
            message = f"{named}的单元格左右合并，不知道各填什么，请取消合并后分别填写。"
            yield Fault(number, columns[0], text_of(sheet.rows[number - 1][first]), message)


def outside_of(resource: Any, scope: Any, lines: Lines) -> Iterator[Fault]:
    """Records the user could not see once they are written, such as a second root."""
    if scope.everything:
        return
    keys = [change.record.pk for change in resource.changes]
    for first in range(0, len(keys), TOGETHER):
        some = resource.get_queryset().filter(pk__in=keys[first : first + TOGETHER])
        inside = set(some.values_list("pk", flat=True))
        for change in resource.changes[first : first + TOGETHER]:
            if change.record.pk not in inside:
                yield Fault(lines.numbers[change.number - 1], "", "", OUTSIDE)


def changed_rows(resource: Any, lines: Lines) -> list[RowChange]:
    return [
        RowChange(
            lines.numbers[change.number - 1],
            resource.called(change.record),
            tuple(CellChange(*cell) for cell in resource.differences(change)),
        )
        for change in resource.changes
        if not change.creates
    ]


def missing_from(part: Part, resource: Any, scope: Any) -> list[str]:
    """What the records are called that the sheet should have and has not.

    An exported sheet should have its register's rows of that year, another file all there are.
    """
    found = resource.missing()
    if part.layout.number_at is not None and part.target.register:
        wanted = rows_of_period(register_named(part.target.register), scope, part.sheet)
        found = [record for record in found if str(record.pk) in wanted]
    keys = [resource.fields[name].attribute for name in resource._meta.import_id_fields]
    related = [key for key in keys if resource._meta.model._meta.get_field(key).is_relation]
    for first in range(0, len(found), TOGETHER):
        prefetch_related_objects(found[first : first + TOGETHER], *related)
    return [resource.called(record) for record in found]


def newest_history(resource: Any) -> int:
    model = resource._meta.model
    if not hasattr(model, "history"):
        return 0
    return model.history.aggregate(newest=Max("history_id"))["newest"] or 0
