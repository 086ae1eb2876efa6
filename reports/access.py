"""What a user may open: the registers whose model their role may view, and figures over them."""

from collections.abc import Iterable
from typing import Any

from cadres.actions import log_reading_of_talks
from dangjian.lib.figures import Figure, FigureSet, Register, all_registers
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
    return [
        figure
        for figure in figure_set.figures
        if all(may_view(user, side.register) for side in figure.sides())
    ]


def log_reading(request: Request, registers: Iterable[Register]) -> None:
    """Put on record that the user looks at rows of a sensitive register, if any of them is."""
    if any(register.sensitive for register in registers):
        log_reading_of_talks(user=request.user, address=request.get_full_path())
