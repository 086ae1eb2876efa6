"""A section as it would print now, and what its writer should look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dangjian.lib import prose
from dangjian.lib.figures import all_figures, compute, defined_figures
from dangjian.lib.periods import Period
from dangjian.lib.wording import contradictions
from reports.texts import Part

from .build import UNIT, known, parsed
from .paper import Block, written

# Stands in the text for the name of the unit while mistakes are looked for: places stay the same.
NAME = "\ufffc" * len(UNIT)


@dataclass(frozen=True)
class Remark:
    """Something to look at: what kind of thing it is, and what about it."""

    label: str
    message: str


@dataclass(frozen=True)
class Preview:
    """The blocks of a section and the remarks on it; mistakes are what saving refuses."""

    blocks: list[Block]
    mistakes: list[Remark]
    remarks: list[Remark]


def preview(part: Part, scope: Any, period: Period, *, unit: str) -> Preview:
    """The part as it would print; one query per register and baseline."""
    lines = parsed((part,), unit)
    slugs = dict.fromkeys(slug for _, text in lines for slug in text.slugs)
    values = compute(list(known(slugs)), scope, period)
    heading = [Block(level, prose.render(text, values)) for level, text in lines if level]
    paragraphs = written([(level, text) for level, text in lines if not level], values)
    found = [("标题", mistakes(part.heading)), ("正文", mistakes(part.text))]
    return Preview(
        blocks=[*heading, *paragraphs],
        mistakes=[Remark(where, str(one)) for where, problems in found for one in problems],
        remarks=[*against_figures([*heading, *paragraphs]), *typed_numbers(part)],
    )


def mistakes(text: str) -> list[prose.Problem]:
    """What saving refuses: mistakes of syntax and figures there are not, in the order written."""
    found: list[prose.Problem] = []
    for number, line in numbered_lines(text):
        parsed_line = prose.parse(line)
        problems = [*parsed_line.problems, *prose.unknown(parsed_line, existing(parsed_line))]
        found += [prose.Problem(one.message, number, one.column) for one in problems]
    return sorted(found, key=lambda one: (one.line, one.column))


def typed_numbers(part: Part) -> Iterator[Remark]:
    """The numbers typed by hand: they stay as they are when the records change."""
    for where, text in (("标题", part.heading), ("正文", part.text)):
        for number, line in numbered_lines(text):
            digits = [one.text for one in prose.typed_digits(prose.parse(line))]
            if digits:
                place = f"{where}第{number}行" if where == "正文" else where
                yield Remark(
                    "手工数字", f"{place}：{'、'.join(digits)}，不随台账更新，请自行核对。"
                )


def against_figures(blocks: Iterable[Block]) -> Iterator[Remark]:
    """The words that contradict the figure beside them as it is now."""
    for block in blocks:
        for one in contradictions(block.pieces):
            yield Remark("与数字不符", one.message)


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number: a line is a paragraph, and parsed by itself."""
    return enumerate((line.replace(UNIT, NAME) for line in text.splitlines()), 1)


def existing(text: prose.Prose) -> set[str]:
    """The slugs of all figures; of those defined without code, where the text may name one."""
    declared = {figure.slug for figure in all_figures()}
    return declared if declared.issuperset(text.slugs) else declared | set(defined_figures())
