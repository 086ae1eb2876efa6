"""Ratios of processor time, and the table they are printed in."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

PAIRS = 31
WARM_UP = 3


@dataclass(frozen=True)
class Result:
    """One line of the report. Smaller is better; `gate` must be held, `stretch` is hoped for."""

    name: str
    measured: float
    gate: float
    stretch: float | None = None
    unit: str = "×"
    detail: str = ""

    @property
    def held(self) -> bool:
        return self.measured <= self.gate

    def __str__(self) -> str:
        verdict = "ok" if self.held else "MISSED"
        stretch = "" if self.stretch is None else f"{self.stretch:g}"
        return (
            f"{self.name:<58} {self.measured:>7.4g} {self.unit:<7} gate {self.gate:<5g}"
            f" stretch {stretch:<4} {verdict:<7} {self.detail}"
        )


def against(
    floor: Callable[[], object], ours: Callable[[], object], pairs: int = PAIRS
) -> tuple[float, float]:
    """The medians of both in seconds, called in turn so that both meet the same machine."""
    for _ in range(WARM_UP):
        floor()
        ours()
    measured = [(seconds(floor), seconds(ours)) for _ in range(pairs)]
    floors, times = zip(*measured, strict=True)
    return median(floors), median(times)


def ratio(
    name: str,
    floor: Callable[[], object],
    ours: Callable[[], object],
    *,
    gate: float,
    stretch: float | None = None,
    unit: str = "×",
    pairs: int = PAIRS,
) -> Result:
    """How many times `floor` it takes to do `ours`."""
    low, high = against(floor, ours, pairs)
    detail = f"{high * 1000:.2f} ms / {low * 1000:.3f} ms"
    return Result(name, high / low, gate, stretch, unit, detail)


def seconds(call: Callable[[], object]) -> float:
    """Processor time, SQLite's included: what else the machine does is not counted."""
    start = time.process_time()
    call()
    return time.process_time() - start
