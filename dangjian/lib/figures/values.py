"""What a figure comes to: the number, how it is rounded, and how it is printed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property

if TYPE_CHECKING:
    from .kinds import Figure

Number = int | Decimal
NOTHING = "—"


def exact(number: Any) -> Number:
    """A number as the database gave it, without the noise of binary fractions."""
    return number if isinstance(number, int | Decimal) else Decimal(str(number))


def rounded(number: Number | None, decimals: int) -> Number | None:
    """`number` rounded half up (away from zero) to `decimals` places; with none, an int."""
    if number is None or (decimals == 0 and isinstance(number, int)):
        return number
    result = Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return int(result) if decimals == 0 else result + 0  # + 0 turns -0.00 into 0.00


def _mean(numbers: list[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


OF_SOME: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "mean": _mean,
    "minimum": min,
    "maximum": max,
    "median": median,
}


def measure(kind: str, values: Iterable[Any]) -> Number | None:
    """The measure `kind` of plain values in Python, None among them ignored (but counted as rows).

    This is the other side of every figure: pages and tests compare it with what the database says.
    A mean, median, minimum or maximum of nothing is None; a sum of nothing is 0. Raises KeyError
    for what is no measure of rows.
    """
    rows = list(values)
    if kind == "count":
        return len(rows)
    numbers = [Decimal(exact(value)) for value in rows if value is not None]
    if kind == "sum":
        return sum(numbers, Decimal(0))
    found = OF_SOME[kind]
    return found(numbers) if numbers else None


def printed(number: Number | None, decimals: int, *, trim: bool) -> str:
    """The number in digits; `trim` drops an all-zero fraction. Without a number, a dash."""
    result = rounded(number, decimals)
    if result is None:
        return NOTHING
    return str(int(result)) if trim and result == int(result) else str(result)


@dataclass(frozen=True)
class Value:
    """A figure's result in one scope and period.

    `exact` is unrounded; `before` and `after` are set for a change, `part` and `whole` for a share.
    """

    figure: "Figure"
    exact: Number | None
    before: Number | None = None
    after: Number | None = None
    part: int | None = None
    whole: int | None = None

    @cached_property
    def number(self) -> Number | None:
        """Rounded as it is printed; of a change, negative for a fall. None: no value."""
        return rounded(self.exact, self.figure.decimals)

    @property
    def digits(self) -> str:
        """The number alone; of a change, how far it moved."""
        return self.figure.in_digits(self.exact)

    @property
    def text(self) -> str:
        """The number as a sentence prints it, with its unit; a change with its own verb."""
        return NOTHING if self.exact is None else self.figure.in_words(self.exact)

    @property
    def before_text(self) -> str:
        """The baseline with its unit, of a change that has one."""
        return NOTHING if self.before is None else self.figure.measured.in_words(self.before)

    @property
    def plain(self) -> int | float | None:
        """The number for JSON and data attributes."""
        number = self.number
        if number is None or isinstance(number, int):
            return number
        return int(number) if self.figure.trims and number == int(number) else float(number)

    @property
    def vanishes(self) -> bool:
        """Whether a clause that speaks of it is left out: no value, or nothing to speak of."""
        return self.exact is None or (self.number == 0 and not self.figure.is_change)
