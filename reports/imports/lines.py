"""The rows of a sheet as the resource's engine takes them."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from orgs.resources import ABSENT, RECORD_NUMBER, RecordResource

from .displayed import Displayed, left_alone, number_in
from .headers import Layout, text_of
from .reading import Sheet


@dataclass
class Lines:
    """A dataset: titles, rows of as many values, and the row of the sheet of each."""

    headers: list[str]
    rows: list[list[Any]]
    numbers: list[int]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[list[Any]]:
        return iter(self.rows)

    def text(self, place: int, column: str) -> str:
        """What a cell shows; `place` counts rows from 0."""
        if column not in self.headers:
            return ""
        value = self.rows[place][self.headers.index(column)]
        return "" if value is ABSENT else text_of(value)

    def only(self, places: Sequence[int], columns: Sequence[str]) -> "Lines":
        """Some of the rows, with some of the columns."""
        at = [self.headers.index(column) for column in columns]
        rows = [[self.rows[place][one] for one in at] for place in places]
        return Lines(list(columns), rows, [self.numbers[place] for place in places])


def lines_of(sheet: Sheet, layout: Layout, shown: Displayed, resource: RecordResource) -> Lines:
    """The rows of a sheet under the titles of the resource; what nobody changed is ABSENT."""
    places = list(layout.columns)
    lines = Lines([layout.columns[place] for place in places], [], [])
    if layout.number_at is not None:
        lines.headers.append(RECORD_NUMBER)
    for number, row in layout.rows(sheet):
        values = [row[place] if place < len(row) else None for place in places]
        if layout.number_at is not None:
            record = number_in(row, layout)
            if record in shown.values:
                values = changed_values(values, record, layout, shown, resource)
            values.append(record)
        lines.rows.append(values)
        lines.numbers.append(number)
    return arranged(lines, resource) if resource.superior in lines.headers else lines


def changed_values(
    values: list[Any], record: str, layout: Layout, shown: Displayed, resource: RecordResource
) -> list[Any]:
    columns = list(layout.columns.values())
    changed = {
        column
        for (place, column), value in zip(layout.columns.items(), values, strict=True)
        if not shown.untouched(record, place, value)
    }
    if not changed:
        return [ABSENT] * len(values)
    absent = left_alone(resource, changed, columns)
    return [absent.get(column, value) for column, value in zip(columns, values, strict=True)]


def arranged(lines: Lines, resource: RecordResource) -> Lines:
    """Superiors before those below them; within a ring of rows, as they stand."""
    names = [lines.text(place, resource.key_columns()[0]) for place in range(len(lines))]
    place_of = {name: place for place, name in enumerate(names)}
    order: dict[int, None] = {}

    for place in range(len(lines)):
        chain: list[int] = []
        above: int | None = place
        while above is not None and above not in chain and above not in order:
            chain.append(above)
            above = place_of.get(lines.text(above, resource.superior))
        order.update(dict.fromkeys(reversed(chain)))
    places = list(order)
    return Lines(
        lines.headers,
        [lines.rows[place] for place in places],
        [lines.numbers[place] for place in places],
    )


def postponed(lines: Lines, resource: Any, coming: Container[str]) -> Lines | None:
    """Take out of the lines what names records of a later sheet, as lines to import after it.

    `coming` holds the names of that sheet's rows.
    """
    column = next((one for one in resource.later if one in lines.headers), "")
    if not column:
        return None
    at = lines.headers.index(column)
    places = [place for place, row in enumerate(lines.rows) if text_of(row[at]) in coming]
    if not places:
        return None
    rest = lines.only(places, [resource.key_columns()[0], column])
    for place in places:
        lines.rows[place][at] = ABSENT
    return rest
