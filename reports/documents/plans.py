"""What a plan's items are on paper: numbered below their headings, and judged at the year's end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from dangjian.lib.figures import Value
from dangjian.lib.periods import Period
from dangjian.lib.prose import NO_VALUE, Piece, Printed, Prose, Text, escape, parse
from tasks.models import PlanItem
from tasks.promises import Fulfilment, judge, promised

from .paper import RECORD, Appendix, Block, Line

HEADERS = ["序号", "计划事项", "承诺", "完成", "结果", "说明"]
Values = Mapping[str, Value]


def plan_of(scope: Any, year: int) -> list[PlanItem]:
    """The items of the scope's own organization for a year. One query."""
    items = PlanItem.objects.within(scope).of(scope.organization_id, year)
    return list(items.select_related("department", "lead__person", "key_task"))


def fulfilments(items: Iterable[PlanItem], values: Values, period: Period) -> list[Fulfilment]:
    """What became of each item, by the figures of its year (see tasks.promises.judge)."""
    return [judge(item, values.get(item.figure), period) for item in items]


# — the plan —


def with_items(
    lines: list[tuple[int, Prose]], items: Iterable[PlanItem], values: Values
) -> Iterator[Line]:
    """The lines of a plan, each item at the end of the section with its heading.

    Items whose section the text does not have follow under a heading of their own: after the last
    section that has items, so that what the office adds below its tasks stays below them.
    """
    waiting = defaultdict(list)
    for item in items:
        waiting[item.section].append(item)
    sections = list(sections_of(lines))
    placed = [(section, waiting.pop(heading_of(section), [])) for section in sections]
    last = max((at for at, (_, found) in enumerate(placed) if found), default=len(placed) - 1)
    for at, (section, found) in enumerate(placed):
        yield from section
        yield from printed(found, values)
        if at == last:
            yield from in_own_sections(waiting, values)


def sections_of(lines: Iterable[tuple[int, Prose]]) -> Iterator[list[tuple[int, Prose]]]:
    """The lines from each heading to the next; first those before any heading, if only none."""
    section: list[tuple[int, Prose]] = []
    for level, text in lines:
        if level:
            yield section
            section = []
        section.append((level, text))
    yield section


def heading_of(section: list[tuple[int, Prose]]) -> str:
    return section[0][1].source if section and section[0][0] else ""


def in_own_sections(waiting: Mapping[str, list[PlanItem]], values: Values) -> Iterator[Line]:
    for heading, items in waiting.items():
        yield 1, parse(escape(heading))
        yield from printed(items, values)


def printed(items: Iterable[PlanItem], values: Values) -> Iterator[Block]:
    """The items of a section, numbered from 1."""
    for number, item in enumerate(items, 1):
        text = item.text.rstrip("。")
        pieces: list[Piece] = [Text(f"{number}. {text}")]
        if terms := list(terms_of(item, values)):
            pieces += [Text("（"), *joined(terms), Text("）")]
        yield Block(0, [*pieces, Text("。")], RECORD)


def terms_of(item: PlanItem, values: Values) -> Iterator[list[Piece]]:
    """Who, until when, how often and how much, as far as the item says."""
    if item.lead:
        yield [Text(f"责任领导：{item.lead.person.name}")]
    if item.department:
        yield [Text(f"责任科室：{item.department.name}")]
    if item.due_on:
        yield [Text(f"时限：{day_of(item.due_on, item.year)}")]
    if item.rhythm:
        yield [Text(item.get_rhythm_display())]
    if value := values.get(item.figure):
        name = Printed(item.figure, value.figure.name, value, "name")
        yield [Text("考核指标："), name, Text(amount(item, value))]


def joined(terms: Iterable[list[Piece]]) -> Iterator[Piece]:
    for number, term in enumerate(terms):
        if number:
            yield Text("；")
        yield from term


def amount(item: PlanItem, value: Value) -> str:
    """What is promised with its unit; nothing where only the rhythm says how much."""
    words = promised(item)
    return f"{words}{value.figure.unit}" if words else ""


def day_of(day: date, year: int) -> str:
    shown = f"{day.month}月{day.day}日"
    return shown if day.year == year else f"{day.year}年{shown}"


# — its fulfilment —


def fulfilment_table(items: Iterable[PlanItem], values: Values, period: Period) -> Appendix:
    """兑现表: of every item what was promised, what became of it, and why."""
    rows = [row_of(number, one) for number, one in enumerate(fulfilments(items, values, period), 1)]
    return Appendix(f"{period.label}工作计划兑现情况", HEADERS, rows, source=RECORD)


def row_of(number: int, found: Fulfilment) -> list[list[Piece]]:
    item = found.item
    return [
        [Text(str(number))],
        [Text(item.text)],
        [Text(promise_of(found))],
        achieved(found),
        [Text(found.verdict.label)],
        [Text(item.outcome_reason)] if item.outcome_reason else [],
    ]


def promise_of(found: Fulfilment) -> str:
    """What the item promised: how much, how often, or by when."""
    item, value = found.item, found.value
    if isinstance(value, Value) and (words := amount(item, value)):
        return words
    if item.rhythm:
        return str(item.get_rhythm_display())
    return f"{day_of(item.due_on, item.year)}前完成" if item.due_on else NO_VALUE


def achieved(found: Fulfilment) -> list[Piece]:
    """What the figure came to, or when the key task was completed."""
    item, value = found.item, found.value
    if isinstance(value, Value):
        return [Printed(value.figure.slug, value.text, value)]
    if item.key_task and item.key_task.completed_on:
        return [Text(f"{day_of(item.key_task.completed_on, item.year)}完成")]
    return [Text(NO_VALUE)]
