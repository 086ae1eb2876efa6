"""What a user may open: the registers whose model their role may view, and figures over them."""

from collections.abc import Iterable
from typing import Any

from cadres.actions import log_reading_of_talks
from dangjian.lib.figures import (
    Figure,
    FigureSet,
    Register,
    all_registers,
    all_sets,
    defined_figures,
)
from orgs.middleware import Request
from orgs.roles import Role, permissions_of


def registers_of(user: Any) -> list[Register]:
    return [register for register in all_registers() if may_view(user, register)]


def registers_open_to_all() -> list[Register]:
    """The registers every role may view: what may stand in a file that everybody reads."""
    return [
        register
        for register in all_registers()
        if all(register.permission("view") in permissions_of(role) for role in Role)
    ]


def may_view(user: Any, register: Register) -> bool:
    return user.has_perm(register.permission("view"))


def figures_of(user: Any, figure_set: FigureSet) -> list[Figure]:
    """The figures of a set whose rows the user may see."""
    return [figure for figure in figure_set.figures if may_view_figure(user, figure)]


def figures_open_to(user: Any) -> list[Figure]:
    """Every figure whose rows the user may see: the declared ones, then those an office defined."""
    declared = [figure for one in all_sets() for figure in figures_of(user, one)]
    return declared + [one for one in defined_figures().values() if may_view_figure(user, one)]


def may_view_figure(user: Any, figure: Figure) -> bool:
    """Whether the user may see the rows of every side of a figure."""
    return all(may_view(user, side.register) for side in figure.sides())


def may_define(request: Request) -> bool:
    """Whether the user may define figures: a clerk of some organization, which keeps them."""
    needed = ["reports.add_customfigure", "reports.change_customfigure"]
    return request.own_scope.organization_id is not None and request.user.has_perms(needed)


def log_reading(request: Request, registers: Iterable[Register]) -> None:
    """Put on record that the user looks at rows of a sensitive register, if any of them is."""
    if any(register.sensitive for register in registers):
        log_reading_of_talks(user=request.user, address=request.get_full_path())
