"""How figures and rows stand on a page: a figure is a link onto its rows, and written only here."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from dangjian.lib.figures import Figure, Value
from dangjian.lib.periods import Period

OPENING = '<a class="figure" data-figure="{}"'
REST = ' href="{}?figure={}&amp;{}" title="{}：{}（截至{}）">'
BASELINE_ANCHOR = (
    '<a class="figure" data-baseline-of="{}" href="{}?figure={}&amp;{}" title="{}（{}）">{}</a>'
)
EDIT = 'title="修改这条记录" aria-label="修改这条记录"'
WEAK = '<td class="num weak"><span class="visually-hidden">最弱：</span>'

CELL_ANCHOR = (
    '<a class="figure" data-figure="{}" data-value="{}" href="{}?figure={}&amp;{}" '
    'title="{}">{}</a>'
)
SIDE = '<a class="figure" data-check="{}" data-value="{}" href="{}?check={}&amp;{}"'
SIDE_TITLE = ' title="{}：{}">{}</a>'


@cache
def register_address(slug: str) -> str:
    return reverse("register", args=[slug])


def figure_address(figure: Figure, carry: str) -> str:
    """Where the rows behind a figure are listed, as an address not escaped yet."""
    return f"{register_address(figure.register.slug)}?figure={figure.slug}&{carry}"


def figure_link(value: Value, *, carry: str, period: Period, text: str | None = None) -> SafeString:
    """The value as a link to its rows. `carry` is the query that says whose and when."""
    opening, rest = _around(value.figure, carry, period)
    plain, shown = value.plain, value.text if text is None else text
    written = "" if plain is None else str(plain)
    return mark_safe(f'{opening} data-value="{written}"{rest}{escape(shown)}</a>')  # noqa: S308 - a number and escaped parts


# A page prints sixty figures and more, and all but their values is the same the next time.
@lru_cache(maxsize=4096)
def _around(figure: Figure, carry: str, period: Period) -> tuple[SafeString, SafeString]:
    """What stands before and after the value in a figure's link."""
    address, day = register_address(figure.register.slug), day_in_chinese(period)
    rest = format_html(REST, address, figure.slug, carry, figure.name, figure.definition, day)
    return format_html(OPENING, figure.declared_slug), rest


def cell_digits(value: Value) -> str:
    """The number as a table's cell shows it, under a heading that names it: of a fall, negative."""
    falls = value.number is not None and value.number < 0
    return f"-{value.digits.removeprefix('-')}" if falls else value.digits


def cell_link(value: Value, text: str, *, query: str, title: str) -> SafeString:
    """A table's cell as a link to its rows. `query` says whose, when and which of the rows."""
    return format_html(
        CELL_ANCHOR,
        value.figure.slug,
        "" if value.plain is None else value.plain,
        register_address(value.figure.register.slug),
        value.figure.slug,
        query,
        title,
        text,
    )


def side_link(value: Value, *, carry: str, text: str) -> SafeString:
    """What a check counted outside the catalogue, as a link to exactly those rows."""
    figure = value.figure
    return format_html(
        SIDE + SIDE_TITLE,
        figure.slug,
        "" if value.plain is None else value.plain,
        register_address(figure.register.slug),
        figure.slug,
        carry,
        figure.name,
        figure.definition,
        text,
    )


def baseline_link(value: Value, *, carry: str) -> SafeString:
    """The baseline of a change, as a link to the rows it was counted from."""
    figure = value.figure
    return format_html(
        BASELINE_ANCHOR,
        figure.slug,
        register_address(figure.register.slug),
        figure.slug,
        carry,
        figure.measured.name,
        figure.baseline.name if figure.baseline else "",
        value.before_text,
    )


def figure_rows(
    rows: Iterable[Mapping[str, Any]],
    *,
    carry: str,
    period: Period,
    opens: Callable[[Figure], bool],
) -> SafeString:
    """The rows of a table of figures as `<tr>`: mappings of `name`, `url`, `more` and `cells`.

    A cell has `value`, and `weak` where it is the worst of its column. `more` adds filters to the
    addresses of a row; figures that the reader may not open (`opens`) stand without a link.
    """
    may = cache(opens)

    def cell(one: Mapping[str, Any], carried: str) -> str:
        value, weak = one["value"], one["weak"]
        shown = (
            figure_link(value, carry=carried, period=period, text=value.digits)
            if may(value.figure)
            else escape(value.digits)
        )
        return f"{WEAK}{shown}</td>" if weak else f'<td class="num">{shown}</td>'

    def row(one: Mapping[str, Any]) -> str:
        cells = "".join(cell(each, carry + one["more"]) for each in one["cells"])
        name = f'<a href="{escape(one["url"])}">{escape(one["name"])}</a>'
        return f'<tr><th scope="row">{name}</th>{cells}</tr>'

    return mark_safe("".join(map(row, rows)))  # noqa: S308 - every part is escaped by row and cell


def figure_list(
    labelled: Iterable[tuple[str, Value]],
    *,
    carry: str,
    period: Period,
    opens: Callable[[Figure], bool],
) -> SafeString:
    """Figures under their labels, as the groups of a `<dl>`; without a link where not `opens`."""

    def group(label: str, value: Value) -> str:
        shown = (
            figure_link(value, carry=carry, period=period)
            if opens(value.figure)
            else escape(value.text)
        )
        return f"<div><dt>{escape(label)}</dt><dd>{shown}</dd></div>"

    return mark_safe("".join(group(*pair) for pair in labelled))  # noqa: S308 - every part is escaped by group


def table_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows of a table's body as `<tr>`: a mapping each, with `url` and `cells`.

    A cell has `text` and `css`, and may have a `url` of its own; where the first one has, the
    row's stands beside it, for changing the record. All is plain text, and escaped here. Fifty rows
    are 450 cells: in a template they would cost more than the rest of the page.
    """
    return mark_safe("".join(_row(row) for row in rows))  # noqa: S308 - every part is escaped by _row


def _row(row: Mapping[str, Any]) -> str:
    cells = [(escaped(cell["css"]), _linked(cell)) for cell in row["cells"]]
    (css, name), *others = cells
    if row["url"] and "url" in row["cells"][0]:
        name = f'{name}<a class="edit" href="{escape(row["url"])}" {EDIT}></a>'
    elif row["url"]:
        name = f'<a href="{escape(row["url"])}">{name}</a>'
    values = "".join(f'<td class="{style}">{text}</td>' for style, text in others)
    return f'<tr><th scope="row" class="{css}">{name}</th>{values}</tr>'


def _linked(cell: Mapping[str, Any]) -> str:
    text = escaped(cell["text"])
    return f'<a href="{escape(cell["url"])}">{text}</a>' if "url" in cell else text


def escaped(text: str) -> str:
    """The text safe in HTML; letters and digits alone, as most cells are, are so already."""
    return text if text.isalnum() or not text else escape(text)


def select_options(choices: Iterable[tuple[Any, Any]], *chosen: Any) -> SafeString:
    """The `<option>`s of a select, from pairs of value and label; both are escaped."""
    marked = {str(value) for value in chosen}
    return mark_safe("".join(_option(str(value), label, marked) for value, label in choices))  # noqa: S308 - escaped by _option


def _option(value: str, label: Any, marked: set[str]) -> str:
    selected = " selected" if value in marked else ""
    return f'<option value="{escaped(value)}"{selected}>{escaped(str(label))}</option>'


def day_in_chinese(period: Period) -> str:
    """2025年12月31日: no leading zeros (GB/T 9704-2012)."""
    day = period.as_of
    return f"{day.year}年{day.month}月{day.day}日"


def ago(moment: datetime) -> str:
    """How long ago, in its largest unit: 刚刚, 3分钟前, 2小时前, 5天前."""
    minutes = int((timezone.now() - moment).total_seconds() // 60)
    units = ((24 * 60, "天"), (60, "小时"), (1, "分钟"))
    told = (f"{minutes // length}{name}前" for length, name in units if minutes >= length)
    return next(told, "刚刚")
