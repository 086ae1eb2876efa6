"""The checks desk: what the consistency checks of one unit and year came to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dangjian.lib.checks import SIDES, Check, Found, Outcome, all_checks
from dangjian.lib.figures import Change, Figure, Measured, Register, compute
from dangjian.lib.periods import Period
from orgs.middleware import Request

from .access import registers_of
from .changes import Moved, compared, is_closing, moved_over
from .documents.build import known, parsed, parts_of
from .explanations import Subject, explained_to
from .models import Explanation, Kind


@dataclass(frozen=True)
class Desk:
    """Whose records were checked, in which period, and what each check came to."""

    unit: str
    period: Period
    found: list[Found]
    # Numbers of the summary that moved further than the office's threshold since last year.
    moved: Sequence[Moved] = ()
    explained: Mapping[Subject, Explanation] = field(default_factory=dict)

    @property
    def sides(self) -> list[Measured]:
        """What the checks count that is not in the catalogue, each once."""
        counted = {one.slug: one for found in self.found for one in found.check.figures}
        return [SIDES[slug] for slug in counted if slug in SIDES]

    @property
    def blocking(self) -> list[Found]:
        return [one for one in self.found if one.is_blocking]

    @property
    def to_explain(self) -> list[Found]:
        return [one for one in self.found if one.is_to_explain]

    def said_of_check(self, found: Found) -> Explanation | None:
        return self.explained.get((Explanation.About.CHECK, found.check.slug))

    def said_of_change(self, moved: Moved) -> Explanation | None:
        return self.explained.get((Explanation.About.CHANGE, moved.figure.slug))

    @property
    def unexplained_checks(self) -> list[Found]:
        """Checks that failed and for which nobody has said why."""
        return [one for one in self.to_explain if self.said_of_check(one) is None]

    @property
    def unexplained_moves(self) -> list[Moved]:
        """Numbers far from last year's, for which nobody has said why."""
        return [one for one in self.moved if self.said_of_change(one) is None]

    @property
    def unexplained(self) -> int:
        """How many checks and changes somebody still has to say why of."""
        return len(self.unexplained_checks) + len(self.unexplained_moves)

    @property
    def stale(self) -> list[Explanation]:
        """Explanations of what needs none now: the check passes, the number moved back."""
        needed = {(Explanation.About.CHECK, one.check.slug) for one in self.to_explain}
        needed |= {(Explanation.About.CHANGE, one.figure.slug) for one in self.moved}
        return [one for key, one in self.explained.items() if key not in needed]

    @property
    def passed(self) -> list[Found]:
        return [one for one in self.found if one.outcome == Outcome.PASSED]

    @property
    def not_compared(self) -> list[Found]:
        return [one for one in self.found if one.outcome == Outcome.NOT_COMPARED]


def look_over(  # noqa: PLR0913 - who asks, of what, and since when
    scope: Any,
    period: Period,
    *,
    unit: str,
    is_whole: bool,
    registers: Iterable[Register],
    threshold: int | None = None,
) -> Desk:
    """Run the checks that may be shown to somebody who may see these registers.

    `is_whole`: the unit is the office itself, not a part of it. `threshold`: how many percent a
    number of the unit's summary may move without a word; None: that is not asked. One query a
    register and baseline, and one for what was explained.
    """
    shown = list(registers)
    checks = open_checks(shown, is_whole=is_whole)
    changes: list[Change] = []
    if threshold is not None and is_closing(period):
        named = figures_named(scope, period, is_whole=is_whole)
        changes = compared(one for one in named if is_open(one, shown))
    counted = [*(figure for check in checks for figure in check.figures), *changes]
    values = compute(counted, scope, period)
    return Desk(
        unit,
        period,
        [check.judge(values) for check in checks],
        moved_over(threshold or 0, changes, values),
        explained_to(scope.organization_id, period.first_day.year, shown),
    )


def is_open(figure: Figure, registers: Iterable[Register]) -> bool:
    """Whether somebody who may see these registers may open the figure."""
    shown = set(registers)
    return all(side.register in shown for side in figure.sides())


def figures_named(scope: Any, period: Period, *, is_whole: bool) -> list[Figure]:
    """The figures the unit's summary speaks of, in order."""
    parts = parts_of(Kind.SUMMARY, scope, period, is_whole=is_whole)
    slugs = dict.fromkeys(slug for _, text in parsed(parts, "") for slug in text.slugs)
    return list(known(slugs))


def open_checks(registers: Iterable[Register], *, is_whole: bool) -> list[Check]:
    shown = set(registers)
    return [
        check
        for check in all_checks()
        if check.registers <= shown and (is_whole or not check.of_whole)
    ]


def desk_of(request: Request, *, with_changes: bool = False) -> Desk:
    """The desk of whoever is asking, for the unit and period they look at."""
    unit, office = request.unit, request.office
    is_whole = bool(unit and office and office.organization_id == unit.pk)
    return look_over(
        request.scope,
        request.period,
        unit=request.unit_name,
        is_whole=is_whole,
        registers=registers_of(request.user),
        threshold=office.change_threshold if with_changes and office else None,
    )
