"""Figures and prose in templates; settings make `{% load figures %}` find this module."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from dangjian.lib.charts import Chart
from dangjian.lib.checks import SIDES, Found, Term
from dangjian.lib.figures import Figure, Value
from dangjian.lib.prose import DIGITS, Piece, Printed, Text

from .periods import Period
from .printing import (
    ago,
    baseline_link,
    day_in_chinese,
    figure_link,
    figure_list,
    figure_rows,
    select_options,
    side_link,
    table_rows,
)

TYPED = '<mark class="typed" title="手工输入的数字，不随台账更新">{}</mark>'

register = template.Library()
register.filter("ago", ago)
register.filter("day_in_chinese", day_in_chinese)
register.simple_tag(table_rows)
register.simple_tag(select_options)


@register.simple_tag(takes_context=True)
def figure(  # noqa: PLR0913 - a template tag has no other way to be told
    context: Any,
    value: Value,
    *,
    more: str = "",
    carry: str = "",
    period: Period | None = None,
    digits: bool = False,
) -> SafeString:
    """The value linked to its rows: with its unit, or in digits under a heading that names it.

    `more` adds filters to the address; `carry` and `period` stand in for the request's.
    """
    request = context["request"]
    if not may_open(request.user, value):
        return format_html("{}", value.digits if digits else value.text)
    return figure_link(
        value,
        carry=(carry or request.carry) + more,
        period=period or request.period,
        text=value.digits if digits else None,
    )


@register.simple_tag(takes_context=True)
def baseline(context: Any, value: Value) -> SafeString:
    """What a change is measured against, linked to the rows of then."""
    request = context["request"]
    if not may_open(request.user, value):
        return format_html("{}", value.before_text)
    return baseline_link(value, carry=request.carry)


@register.simple_tag(takes_context=True)
def term(context: Any, term: Term, found: Found) -> SafeString:
    """One number on a side of a check, linked to its rows."""
    request, value = context["request"], found.values[term.figure.slug]
    if term.before:
        return baseline_link(value, carry=request.carry)
    if value.figure.slug in SIDES:
        text = value.text if found.check.counted else value.digits
        return side_link(value, carry=request.carry, text=text)
    return figure_link(value, carry=request.carry, period=request.period, text=value.digits)


def may_open(user: Any, value: Value) -> bool:
    """Whether the user may see the rows behind a value; elsewhere it is printed without a link."""
    return may_open_figure(user, value.figure)


def may_open_figure(user: Any, shown: Figure) -> bool:
    return user.has_perms(permissions_behind(shown))


@lru_cache(maxsize=1024)
def permissions_behind(figure: Figure) -> frozenset[str]:
    """What it takes to see the rows of every side of a figure."""
    return frozenset(side.register.permission("view") for side in figure.sides())


@register.simple_tag(name="figure_rows", takes_context=True)
def rows_of_figures(context: Any, rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The body of a table of figures of the request's period (see printing.figure_rows)."""
    request = context["request"]
    opens = partial(may_open_figure, request.user)
    return figure_rows(rows, carry=request.carry, period=request.period, opens=opens)


@register.simple_tag(name="figure_list", takes_context=True)
def list_of_figures(
    context: Any, labelled: Iterable[tuple[str, Value]], *, more: str = ""
) -> SafeString:
    """Figures of the request's period under their labels; `more` adds filters to addresses."""
    request = context["request"]
    opens = partial(may_open_figure, request.user)
    carry = request.carry + more
    return figure_list(labelled, carry=carry, period=request.period, opens=opens)


@register.simple_tag(name="chart")
@lru_cache(maxsize=512)
def drawn(chart: Chart) -> SafeString:
    """The chart as SVG. Equal charts print the same, so one drawn before is not drawn again."""
    return render_to_string(f"charts/{chart.kind}.html", {"chart": chart})


@register.simple_tag
@cache
def badge(label: str, tone: str) -> SafeString:
    """A status in a word, a colour and an icon."""
    return render_to_string("includes/_badge.html", {"label": label, "tone": tone})


@register.simple_tag(takes_context=True)
def prose(context: Any, pieces: list[Piece], *, typed: bool = False) -> SafeString:
    """Text with every number in it linked to its rows; `typed` marks those typed by hand."""
    request = context["request"]
    written = (
        _with_typed_marked(piece.text)
        if typed and isinstance(piece, Text)
        else _piece(piece, request)
        for piece in pieces
    )
    return mark_safe("".join(written))  # noqa: S308 - every piece is escaped by the two


def _with_typed_marked(text: str) -> str:
    """Escaped piece by piece: what stands for a quote has digits, too."""
    parts = re.split(f"({DIGITS.pattern})", text)
    return "".join(
        TYPED.format(escape(part)) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )


def _piece(piece: Piece, request: Any) -> str:
    if not isinstance(piece, Printed) or not isinstance(piece.value, Value):
        return escape(piece.text)
    if not may_open(request.user, piece.value):
        return escape(piece.text)
    if piece.form == "before":
        return baseline_link(piece.value, carry=request.carry)
    return figure_link(piece.value, carry=request.carry, period=request.period, text=piece.text)
