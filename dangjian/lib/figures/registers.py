"""Registers (台账): named sets of rows, and the figures declared over them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from inspect import getdoc
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import IntegerField, QuerySet, Value
from django.db.models.expressions import Case, When

from dangjian.lib.periods import Period

from .conditions import Both, Condition, every_row, filtered_by, met, source
from .dimensions import Dimension, conditions_of, of_field
from .kinds import Change, Figure, Measured, Quotient, Share
from .periods import Baseline

Kept = TypeVar("Kept", bound=Figure)

REGISTERS: dict[str, "Register"] = {}
FIGURES: dict[str, Figure] = {}
SETS: list["FigureSet"] = []
# Who knows of figures defined without code: asked anew each time, since another process may have
# defined one, and only for what is named so.
DEFINERS: list[Callable[[], Mapping[str, Figure]]] = []
DEFINED = "custom."  # what their slugs begin with; no app is called so

SLUG = re.compile(r"[\w.-]+")


class UnknownFigure(KeyError):  # noqa: N818 - reads as what it is: "except UnknownFigure"
    """No figure or register has that slug."""


def figure_named(slug: str) -> Figure:
    """The figure with that slug, declared or defined without code. Raises UnknownFigure."""
    try:
        return (defined_figures() if slug.startswith(DEFINED) else FIGURES)[slug]
    except KeyError as error:
        raise UnknownFigure(slug) from error


def defined_figures() -> dict[str, Figure]:
    """The figures defined without code that are in sight, by slug; it may ask the database."""
    return {slug: figure for known in DEFINERS for slug, figure in known().items()}


def register_named(slug: str) -> "Register":
    """The register with that slug. Raises UnknownFigure."""
    try:
        return REGISTERS[slug]
    except KeyError as error:
        raise UnknownFigure(slug) from error


def all_figures() -> list[Figure]:
    """Every declared figure, in the order of declaration."""
    return list(FIGURES.values())


def all_registers() -> list["Register"]:
    return list(REGISTERS.values())


def all_sets() -> list["FigureSet"]:
    return list(SETS)


@dataclass(frozen=True)
class Listing:
    """The rows behind one side of a figure: what was measured, over which period, and the rows.

    Each row of `rows` has `measured`, the value that entered the measure (1 for a count).
    """

    side: Measured
    period: Period
    rows: QuerySet[Any]


@dataclass(frozen=True, eq=False)
class FigureSet:
    """A titled group of figures of one app; slugs begin with the app's label.

    Over a register of another app it adds figures with its own prefix: `figures.on(register)`.
    """

    app: str
    title: str
    figures: list[Figure] = field(default_factory=list)
    registers: list["Register"] = field(default_factory=list)

    def __post_init__(self) -> None:
        SETS.append(self)

    def register(  # noqa: PLR0913 - a declaration, every part of it named
        self,
        slug: str,
        name: str,
        model: Any,
        *,
        rows: Callable[[Any, Period], QuerySet[Any]],
        table: Any = None,
        village: str | Callable[[Period], Any] | None = None,
        dimensions: Mapping[str, str | Dimension] | None = None,
        sensitive: bool = False,
    ) -> "Register":
        """Declare a register. Raises ImproperlyConfigured when the slug is taken.

        `rows(scope, period)` gives its rows, without joining a to-many relation; like a condition
        it may depend on nothing else, and is kept compiled. `village` is the path of the village a
        row belongs to, or a callable of the period giving an expression; None: rows belong to none.
        `dimensions` maps a field path to its label, or any name to a Dimension. Who looks at the
        rows of a `sensitive` register is put on record.
        """
        full_slug = f"{self.app}.{slug}"
        axes = {
            key: of_field(model, key, axis) if isinstance(axis, str) else axis
            for key, axis in (dimensions or {}).items()
        }
        register = Register(full_slug, name, model, rows, self, table, village, axes, sensitive)
        _keep(REGISTERS, full_slug, register)
        self.registers.append(register)
        return register

    def on(self, register: "Register") -> "Register":
        """The register as this set declares figures on it: same rows, this set's prefix."""
        return replace(register, set=self)

    def keep(self, figure: Kept) -> Kept:
        _keep(FIGURES, figure.slug, figure)
        self.figures.append(figure)
        return figure


def _keep(known: dict[str, Any], slug: str, thing: Any) -> None:
    if not SLUG.fullmatch(slug):
        raise ImproperlyConfigured(f"{slug} cannot stand in addresses and texts")
    if slug in known:
        raise ImproperlyConfigured(f"{slug} is declared twice")
    known[slug] = thing


@dataclass(frozen=True)
class Register:
    """A named set of rows. Equal are those of the same slug and rows, whichever set they are of."""

    slug: str
    name: str = field(compare=False)
    model: Any = field(compare=False)
    rows: Callable[[Any, Period], QuerySet[Any]]
    set: FigureSet = field(compare=False, repr=False)
    table: Any = field(compare=False, default=None)
    village: str | Callable[[Period], Any] | None = field(compare=False, default=None)
    dimensions: Mapping[str, Dimension] = field(compare=False, default_factory=dict)
    sensitive: bool = field(compare=False, default=False)

    every_row = staticmethod(every_row)

    def permission(self, verb: str) -> str:
        """The Django permission name of a verb on its model, such as orgs.view_village."""
        meta = self.model._meta
        return f"{meta.app_label}.{verb}_{meta.model_name}"

    @property
    def figures(self) -> list[Figure]:
        """Every figure that counts rows of this register, whichever app declared it."""
        return [f for f in all_figures() if any(side.register == self for side in f.sides())]

    def village_source(self, period: Period) -> Any:
        """The expression of the village a row belongs to."""
        return source(self.village, period)

    # — declaring figures —

    def count(self, name: str, *, unit: str) -> Callable[[Condition], Measured]:
        """Decorate a condition: how many rows meet it."""
        return self._measured("count", name, unit, None, 0)

    def sum(
        self, name: str, *, unit: str, of: Any, places: int = 0
    ) -> Callable[[Condition], Measured]:
        """Decorate a condition: the sum of `of` over the rows that meet it; of none, 0.

        `of` is a field path, an expression, or a callable of the period giving one. On SQLite,
        which adds decimals as binary fractions, 15 digits of a sum are exact.
        """
        return self._measured("sum", name, unit, of, places)

    def mean(
        self, name: str, *, unit: str, of: Any, places: int = 1
    ) -> Callable[[Condition], Measured]:
        """Decorate a condition: the arithmetic mean of `of`, rows without a value left out."""
        return self._measured("mean", name, unit, of, places)

    def minimum(
        self, name: str, *, unit: str, of: Any, places: int = 0
    ) -> Callable[[Condition], Measured]:
        return self._measured("minimum", name, unit, of, places)

    def maximum(
        self, name: str, *, unit: str, of: Any, places: int = 0
    ) -> Callable[[Condition], Measured]:
        return self._measured("maximum", name, unit, of, places)

    def median(
        self, name: str, *, unit: str, of: Any, places: int = 1
    ) -> Callable[[Condition], Measured]:
        """Decorate a condition: the middle value of `of`, or the mean of the two in the middle."""
        return self._measured("median", name, unit, of, places)

    def _measured(
        self, measure: str, name: str, unit: str, of: Any, places: int
    ) -> Callable[[Condition], Measured]:
        def declare(condition: Condition) -> Measured:
            slug = f"{self.set.app}.{condition.__name__}"
            text = getdoc(condition) or ""
            return self.set.keep(
                Measured(slug, name, unit, text, self, condition, measure, of, places)
            )

        return declare

    def share(
        self, slug: str, name: str, *, part: Measured, whole: Measured, definition: str = ""
    ) -> Share:
        """The rows of `whole` that also meet `part`'s condition, in percent of `whole`.

        Both are counts over this register, or ImproperlyConfigured is raised.
        """
        full_slug = f"{self.set.app}.{slug}"
        for side in (part, whole):
            if side.measure != "count" or side.register != self:
                raise ImproperlyConfigured(f"{full_slug}: {side.slug} does not count {self.slug}")
        text = definition or f"“{part.name}”占“{whole.name}”的百分比。"
        return self.set.keep(Share(full_slug, name, "%", text, self, part, whole))

    def quotient(  # noqa: PLR0913 - a declaration, every part of it named
        self,
        slug: str,
        name: str,
        *,
        unit: str,
        top: Measured,
        bottom: Measured,
        definition: str = "",
    ) -> Quotient:
        """One figure divided by another, not necessarily of the same register."""
        text = definition or f"“{top.name}”除以“{bottom.name}”。"
        return self.set.keep(
            Quotient(f"{self.set.app}.{slug}", name, unit, text, self, top, bottom)
        )

    def change(  # noqa: PLR0913 - a declaration, every part of it named
        self,
        slug: str,
        name: str,
        *,
        of: Figure,
        since: Baseline,
        words: tuple[str, str] | None = None,
        definition: str = "",
    ) -> Change:
        """`of` now against `of` at the baseline; a share's change is in percentage points."""
        full_slug = f"{self.set.app}.{slug}"
        if of.is_change:
            raise ImproperlyConfigured(f"{full_slug}: {of.slug} is a change itself")
        text = definition or f"“{of.name}”与{since.name}相比的增减。"
        verbs = words or of.words_of_change
        return self.set.keep(
            Change(full_slug, name, of.unit_of_change, text, self, of, since, verbs)
        )

    # — rows —

    def all_rows(self, scope: Any, period: Period) -> QuerySet[Any]:
        """Its rows; the queryset is built once for a scope and period, and copied."""
        return _built(self, scope, period).all()

    def filtered(self, scope: Any, period: Period, filters: Mapping[str, Any]) -> QuerySet[Any]:
        """The rows inside `filters` (see dimensions.conditions_of). Raises BadFilter."""
        return filtered_by(self.all_rows(scope, period), self.inside(filters), period)

    def inside(self, filters: Mapping[str, Any]) -> Condition:
        """All of `filters` as one condition. Raises BadFilter."""
        condition: Condition = every_row
        for found in conditions_of(self.dimensions, filters):
            condition = Both(condition, found)
        return condition

    def listed(self, side: Measured, scope: Any, period: Period) -> Listing:
        """The rows `side` measures, each with the value that enters the measure."""
        rows = filtered_by(self.all_rows(scope, period), side.condition, period)
        if side.measure == "count":
            return Listing(side, period, rows.annotate(measured=Value(1)))
        return Listing(side, period, rows.annotate(measured=source(side.of, period)))

    def marked(self, scope: Any, period: Period) -> tuple[QuerySet[Any], dict[str, Measured]]:
        """All rows, with one 0/1 mark per row measure of the register, and which mark is whose.

        Marks are named f0, f1, …: slugs hold dots, and could meet a field's name.
        """
        sides = [f for f in self.figures if isinstance(f, Measured)]
        marks = {f"f{number}": side for number, side in enumerate(sides)}
        annotations = {alias: mark(side.condition, period) for alias, side in marks.items()}
        return self.all_rows(scope, period).annotate(**annotations), marks


@lru_cache(maxsize=512)
def _built(register: Register, scope: Any, period: Period) -> QuerySet[Any]:
    return register.rows(scope, period)


def mark(condition: Condition, period: Period) -> Any:
    """1 in a row that meets the condition in the period, 0 in any other: an expression."""
    asked = met(condition, period)
    if asked is None:
        return Value(1)
    return Case(When(asked, then=Value(1)), default=Value(0), output_field=IntegerField())
