"""The checks desk: what the consistency checks of one unit and year came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dangjian.lib.checks import SIDES, Check, Found, Outcome, all_checks, run
from dangjian.lib.figures import Measured, Register
from dangjian.lib.periods import Period
from orgs.middleware import Request

from .access import registers_of


@dataclass(frozen=True)
class Desk:
    """Whose records were checked, in which period, and what each check came to."""

    unit: str
    period: Period
    found: list[Found]

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

    @property
    def passed(self) -> list[Found]:
        return [one for one in self.found if one.outcome == Outcome.PASSED]

    @property
    def not_compared(self) -> list[Found]:
        return [one for one in self.found if one.outcome == Outcome.NOT_COMPARED]


def look_over(
    scope: Any, period: Period, *, unit: str, is_whole: bool, registers: Iterable[Register]
) -> Desk:
    """Run the checks that may be shown to somebody who may see these registers.

    `is_whole`: the unit is the office itself, not a part of it. One query a register and baseline.
    """
    checks = open_checks(registers, is_whole=is_whole)
    return Desk(unit, period, run(scope, period, checks))


def open_checks(registers: Iterable[Register], *, is_whole: bool) -> list[Check]:
    shown = set(registers)
    return [
        check
        for check in all_checks()
        if check.registers <= shown and (is_whole or not check.of_whole)
    ]


def desk_of(request: Request) -> Desk:
    """The desk of whoever is asking, for the unit and period they look at."""
    unit, office = request.unit, request.office
    is_whole = bool(unit and office and office.organization_id == unit.pk)
    return look_over(
        request.scope,
        request.period,
        unit=request.unit_name,
        is_whole=is_whole,
        registers=registers_of(request.user),
    )
