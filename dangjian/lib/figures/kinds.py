"""The kinds of figures, and the aggregates ("atoms") each is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min, Q, Sum
from django.utils.functional import cached_property

from dangjian.lib.periods import Period

from .conditions import Both, Condition, every_row, met, resolved, simplified
from .expressions import Gathered
from .periods import Baseline
from .values import Number, Value, exact, measure, printed, rounded

if TYPE_CHECKING:
    from .registers import Register

# What each aggregate comes to where there is nothing to aggregate; the others: None.
OF_NO_ROWS: dict[str, Any] = {"rows": 0, "count": 0, "sum": 0, "values": []}


@dataclass(frozen=True)
class Atom:
    """One aggregate over the rows of a register; equal atoms are computed once."""

    register: "Register"
    function: str
    condition: Condition
    of: Any = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Every call hashes every atom a few times, and most of that is the condition's and `of`'s.
        return hash((self.register.slug, self.function, self.condition, self.of))

    def simplified(self, period: Period) -> "Atom":
        """The same aggregate in a period, without conditions that every row meets in it."""
        return replace(self, condition=simplified(self.condition, period))

    def expression(self, period: Period) -> Any:
        """The aggregate in Django's terms."""
        asked = met(self.condition, period)
        counted = None if asked is None else Q(asked)
        measured = resolved(self.of, period)
        match self.function:
            case "rows":
                return Count("pk", filter=counted)
            case "count":
                return Count(measured, filter=counted)
            case "sum":
                return Sum(measured, filter=counted, default=0)
            case "minimum":
                return Min(measured, filter=counted)
            case "maximum":
                return Max(measured, filter=counted)
        return Gathered(measured, filter=counted)

    def together(self, parts: Sequence[Any]) -> Any:
        """The aggregate of all rows, from those of parts that have every row once."""
        if len(parts) == 1:
            return parts[0]
        if self.function == "values":
            return list(chain.from_iterable(part or [] for part in parts))
        found = [part for part in parts if part is not None]
        put_together = {"minimum": min, "maximum": max}.get(self.function, sum)
        return put_together(found) if found else self.of_no_rows

    @property
    def of_no_rows(self) -> Any:
        return OF_NO_ROWS.get(self.function)


# Reads an atom of a period (NOW, or a Baseline): what a figure's value is put together from.
Reading = Callable[[Atom, Any], Any]
NOW = "now"


@dataclass(frozen=True, eq=False)
class Figure:
    """A named measure over a register: code, name, unit and published definition (口径)."""

    slug: str
    name: str
    unit: str
    definition: str
    register: "Register"

    @property
    def declared_slug(self) -> str:
        """The slug without what a figure was narrowed to (see Measured.inside)."""
        return self.slug.partition("&")[0]

    @property
    def kind(self) -> str:
        """count, sum, mean, minimum, maximum, median, share, quotient or change."""
        raise NotImplementedError

    @property
    def decimals(self) -> int:
        """How many places it is rounded to."""
        raise NotImplementedError

    @property
    def trims(self) -> bool:
        """Whether an all-zero fraction is not printed: 45, not 45.0."""
        return True

    @property
    def baseline(self) -> Baseline | None:
        """What a change is measured against."""
        return None

    @property
    def is_change(self) -> bool:
        return self.baseline is not None

    @property
    def measured(self) -> "Figure":
        """What a baseline of it is printed as: itself, except for a change."""
        return self

    @property
    def additive(self) -> bool:
        """Whether its values by village, and of rows without one, sum to its total."""
        return False

    @property
    def atoms(self) -> list[Atom]:
        """The aggregates its value is made of, in every period it is read for."""
        raise NotImplementedError

    def value(self, read: Reading, when: Any = NOW) -> Value:
        """Its value, from `read(atom, when)`."""
        raise NotImplementedError

    def sides(self) -> list["Measured"]:
        """The row measures whose rows it opens onto: itself, or its part and whole."""
        raise NotImplementedError

    @property
    def unit_of_change(self) -> str:
        return self.unit

    @property
    def words_of_change(self) -> tuple[str, str]:
        """The verbs for its rise and fall, where a change declares none."""
        return ("增加", "减少")

    def in_digits(self, number: Number | None) -> str:
        return printed(number, self.decimals, trim=self.trims)

    def in_words(self, number: Number) -> str:
        return f"{self.in_digits(number)}{self.unit}"


# The aggregates a measure is put together from, where it is not one itself.
PUT_TOGETHER = {"count": ["rows"], "mean": ["sum", "count"], "median": ["values"]}


@dataclass(frozen=True, eq=False)
class Measured(Figure):
    """A count, sum, mean, minimum, maximum or median of the rows that meet a condition."""

    condition: Condition
    measure: str = "count"
    of: Any = None
    places: int = 0

    @property
    def kind(self) -> str:
        return self.measure

    @property
    def decimals(self) -> int:
        return self.places

    @property
    def additive(self) -> bool:
        return self.measure in {"count", "sum"} and self.register.village is not None

    def sides(self) -> list["Measured"]:
        return [self]

    def inside(self, **filters: Any) -> "Measured":
        """The same measure of the rows inside `filters` only: a bar of a chart, say.

        Its slug is its own with the filters added, as they stand in the address of its rows; asked
        together with others of its register it takes no query more. Filters as in
        dimensions.conditions_of, each a single value. Raises BadFilter.
        """
        return _narrowed(self, tuple(filters.items()))

    @cached_property
    def atoms(self) -> list[Atom]:
        functions = PUT_TOGETHER.get(self.measure, [self.measure])
        return [Atom(self.register, name, self.condition, self.of) for name in functions]

    def value(self, read: Reading, when: Any = NOW) -> Value:
        found = [read(atom, when) for atom in self.atoms]
        match self.measure:
            case "mean":
                total, count = found
                return Value(self, Decimal(exact(total)) / count if count else None)
            case "median":
                return Value(self, measure("median", found[0] or []))
        return Value(self, None if found[0] is None else exact(found[0]))


# The same figure again, so that what is compiled and kept for it is found again, too.
@lru_cache(maxsize=2048)
def _narrowed(figure: Measured, filters: tuple[tuple[str, Any], ...]) -> Measured:
    condition = Both(figure.condition, figure.register.inside(dict(filters)))
    return replace(figure, slug=f"{figure.slug}&{urlencode(filters)}", condition=condition)


@dataclass(frozen=True, eq=False)
class Share(Figure):
    """The rows of a part, counted within its whole, in percent: never over 100."""

    part: Measured
    whole: Measured

    @property
    def kind(self) -> str:
        return "share"

    @property
    def decimals(self) -> int:
        return 2

    @property
    def trims(self) -> bool:
        return False

    @property
    def unit_of_change(self) -> str:
        return "个百分点"

    @property
    def words_of_change(self) -> tuple[str, str]:
        return ("提高", "下降")

    @cached_property
    def inside(self) -> Condition:
        """The condition of the rows of the part that are in the whole."""
        return Both(self.part.condition, self.whole.condition)

    def sides(self) -> list[Measured]:
        part = self.part
        return [
            Measured(part.slug, part.name, part.unit, part.definition, self.register, self.inside),
            self.whole,
        ]

    @cached_property
    def atoms(self) -> list[Atom]:
        return [
            Atom(self.register, "rows", self.inside),
            Atom(self.register, "rows", self.whole.condition),
        ]

    def value(self, read: Reading, when: Any = NOW) -> Value:
        part, whole = (read(atom, when) for atom in self.atoms)
        percent = Decimal(part) * 100 / whole if whole else None
        return Value(self, percent, part=part, whole=whole)


@dataclass(frozen=True, eq=False)
class Quotient(Figure):
    """One figure per another, such as enterprises per branch; the two may be of two registers."""

    top: Measured
    bottom: Measured

    @property
    def kind(self) -> str:
        return "quotient"

    @property
    def decimals(self) -> int:
        return 2

    def sides(self) -> list[Measured]:
        return [self.top, self.bottom]

    @cached_property
    def atoms(self) -> list[Atom]:
        return [*self.top.atoms, *self.bottom.atoms]

    def value(self, read: Reading, when: Any = NOW) -> Value:
        top, bottom = self.top.value(read, when).exact, self.bottom.value(read, when).exact
        if top is None or not bottom:
            return Value(self, None)
        return Value(self, Decimal(top) / Decimal(bottom))


@dataclass(frozen=True, eq=False)
class Change(Figure):
    """The same figure now and at a baseline: how far it moved, in its own words.

    `words` are the verbs for rise and fall (增加/压缩, 提高/下降). Without rows at the baseline
    there is nothing to compare with, and no value.
    """

    figure: Figure
    since: Baseline
    words: tuple[str, str]

    @property
    def kind(self) -> str:
        return "change"

    @property
    def decimals(self) -> int:
        return self.figure.decimals

    @property
    def trims(self) -> bool:
        return self.figure.trims

    @property
    def baseline(self) -> Baseline:
        return self.since

    @property
    def measured(self) -> Figure:
        return self.figure

    def sides(self) -> list[Measured]:
        return self.figure.sides()

    @cached_property
    def atoms(self) -> list[Atom]:
        return [*self.figure.atoms, *self._all_rows]

    @cached_property
    def _all_rows(self) -> list[Atom]:
        """How many rows there are at all: without any, the baseline was not kept."""
        registers = {side.register: None for side in self.sides()}
        return [Atom(register, "rows", every_row) for register in registers]

    def value(self, read: Reading, when: Any = NOW) -> Value:
        now = self.figure.value(read)
        kept = all(read(atom, self.since) for atom in self._all_rows)
        before = self.figure.value(read, self.since).exact if kept else None
        moved = None if now.exact is None or before is None else Decimal(now.exact) - before
        return Value(self, moved, before, now.exact, now.part, now.whole)

    def in_digits(self, number: Number | None) -> str:
        return self.figure.in_digits(-number if number and number < 0 else number)

    def in_words(self, number: Number) -> str:
        if rounded(number, self.decimals) == 0:
            return f"与{self.since.name}持平"
        rise, fall = self.words
        return f"{rise if number > 0 else fall}{self.in_digits(number)}{self.unit}"
