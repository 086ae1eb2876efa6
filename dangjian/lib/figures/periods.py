"""Baselines: the period a change is measured against."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dangjian.lib import periods
from dangjian.lib.periods import Period


@dataclass(frozen=True)
class Baseline:
    """`name` is what a reader calls it (上年, 上届).

    `find(scope, period)` gives its period, or None where there is none. It may ask the database;
    one computation asks each baseline once.
    """

    name: str
    find: Callable[[Any, Period], Period | None]


LAST_YEAR = Baseline("上年", lambda scope, period: periods.last_year(period))
