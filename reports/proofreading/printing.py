"""A checked text as HTML: every number in its place, with a colour, an icon and a word."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from dangjian.lib.icons import bs_icon

from .marks import Mark, Proofread

MARK = (
    '<a class="mark status-{tone}" id="number-{number}" href="#row-{number}" title="{title}"'
    ' data-verdict="{verdict}">{icon}{text}<small class="{css}">{label}</small></a>'
)
# Said aloud only: a hundred words of agreement would bury the numbers that are wrong.
ALOUD = "visually-hidden"


def marked_text(checked: Proofread) -> SafeString:
    """The text with each number a link to its row below. Line breaks stay line breaks."""
    written = "".join(_mark(mark) if mark else escape(text) for text, mark in checked.pieces)
    return mark_safe(written)  # noqa: S308 - every part is escaped here or by _mark


def _mark(mark: Mark) -> str:
    verdict = mark.verdict
    figures = "、".join(f"{one.figure.name}{one.text}" for one in mark.candidates)
    title = f"{verdict.label}：{figures}{'。' if figures and mark.reason else ''}{mark.reason}"
    return MARK.format(
        tone=verdict.tone,
        number=mark.number,
        title=escape(title.rstrip("：")),
        verdict=verdict.value,
        icon=bs_icon(verdict.icon, 12),
        text=escape(mark.quantity.text),
        css="" if verdict.tone in ("danger", "warning") else ALOUD,
        label=verdict.label,
    )
