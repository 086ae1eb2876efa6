"""What people filter and split a register by: sex, education, post, village, age, tag, …"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact, GreaterThanOrEqual, IsNull, LessThanOrEqual

from dangjian.lib.periods import Period
from dangjian.lib.statements import Statement, columns_of, fetch, prepare, record, vendor

from .conditions import Condition, resolved, source
from .expressions import Years

# How a filter on an ordered dimension may end, `age__gte`; without an end: equal to any listed.
COMPARISONS = {"gte": "不小于", "lte": "不大于"}
LOOKUPS = {"": Exact, "gte": GreaterThanOrEqual, "lte": LessThanOrEqual}
NO_VALUE = "none"  # how an address asks for rows without a value, where a dimension offers them
LARGEST = 2**63 - 1  # what an integer column can be compared with on either database


class BadFilter(ValueError):  # noqa: N818 - reads as what it is: "except BadFilter"
    """A filter that names no dimension or holds no value of it; the message is Chinese."""


@dataclass(frozen=True, eq=False)
class Dimension:
    """One axis of a register.

    `of` is a field path, or a callable of the period giving an expression (age on the figure's
    day). `choices` maps stored values to labels; a callable gives them when asked, inside a scope.
    `holds(value)` replaces comparison where a row can have several values (tags): it returns an
    Exists, or a condition (callable of the period) giving one. `ordered` dimensions also take >=
    and <=; `dated` are days; `worded` ones take any text. `parse` reads a value from text, None for
    rows without one, and may raise ValueError or ValidationError.
    """

    label: str
    of: Any
    choices: Any = None
    ordered: bool = False
    holds: Callable[[Any], Any] | None = None
    parse: Callable[[str], Any] = str
    dated: bool = False
    worded: bool = False

    def source(self, period: Period) -> Any:
        """The expression of its value in a row."""
        return source(self.of, period)

    def options(self, scope: Any) -> list[tuple[Any, str]]:
        """Value and label of everything it can be filtered by; empty for free numbers and dates."""
        found = self.choices(scope) if callable(self.choices) else self.choices
        return list(found or [])

    def condition(self, values: Iterable[Any], comparison: str = "") -> Condition:
        """Rows whose value is any of `values`; with "gte" or "lte", at least or at most it."""
        return FilterCondition(self, tuple(values), comparison)

    def test(self, value: Any, comparison: str, period: Period) -> Any:
        """That a row's value is `value`; with "gte" or "lte", at least or at most it."""
        if self.holds:
            return resolved(self.holds(value), period)
        if isinstance(self.of, str):
            lookup = f"__{comparison}" if comparison else ""
            return Q(**{self.of + lookup: value})
        if value is None:
            return IsNull(self.source(period), True)  # noqa: FBT003 - Django's own signature
        return LOOKUPS[comparison](self.source(period), value)

    def read(self, given: Any) -> Any:
        """The value written as `given`, a text or number. Raises BadFilter."""
        if not isinstance(given, str | int | float | Decimal | date):
            raise BadFilter(f"“{self.label}”的值应为文字或数字。")
        try:
            return _storable(self.parse(str(given)))
        except (ValueError, InvalidOperation, ValidationError) as error:
            raise BadFilter(f"“{str(given)[:40]}”不是“{self.label}”的有效值。") from error


def _storable(value: Any) -> Any:
    """`value`, if a database takes it for comparison. Raises ValueError."""
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError("too large")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("not a number")
    if isinstance(value, str) and "\0" in value.encode().decode():  # half characters do not encode
        raise ValueError("not text")
    return value


@dataclass(frozen=True)
class FilterCondition:
    """A dimension compared with values, as a condition of figures and rows."""

    dimension: Dimension
    values: tuple[Any, ...]
    comparison: str

    def __call__(self, period: Period) -> Q:
        tests = (self.dimension.test(value, self.comparison, period) for value in self.values)
        return Q(*(Q(test) for test in tests), _connector=Q.OR)


@dataclass(frozen=True, eq=False)
class Age(Dimension):
    """Completed years on the period's day, compared as days of birth: no row's age is computed."""

    birth: str = ""

    def test(self, value: Any, comparison: str, period: Period) -> Any:
        least = value if comparison != "lte" else None
        most = value if comparison != "gte" else None
        # Before the first birthday, and before birth, ages are whatever Years says.
        if value is None or (least is not None and least < 1) or (most is not None and most < 0):
            return super().test(value, comparison, period)
        found = Q()
        if least is not None:
            found &= Q(**{f"{self.birth}__lte": years_before(period.as_of, least)})
        if most is not None:
            found &= Q(**{f"{self.birth}__gt": years_before(period.as_of, most + 1)})
        return found


def age_from(label: str, birth: str) -> Age:
    """The age on the period's day of whoever was born on the day at the field path `birth`."""
    return Age(
        label, lambda period: Years(birth, period.as_of), ordered=True, parse=int, birth=birth
    )


def years_before(day: date, years: int) -> date:
    """The last day of birth with which so many years are completed on the day."""
    if years >= day.year:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February of a common year
        return date(day.year - years, 2, 28)


def of_field(model: type[models.Model], path: str, label: str) -> Dimension:
    """A dimension over a field path, its choices and type read from the model."""
    field = field_at(model, path)
    if field.is_relation:
        target = field.related_model
        return Dimension(
            label, path, choices=RelatedOptions(target), parse=_reader(target._meta.pk)
        )
    if isinstance(field, models.BooleanField):
        return Dimension(label, path, choices=[(True, "是"), (False, "否")], parse=_truth)
    ordered = isinstance(field, models.IntegerField | models.DecimalField | models.DateField)
    choices = field.flatchoices if field.choices else None
    dated = isinstance(field, models.DateField)
    return Dimension(
        label, path, choices=choices, ordered=ordered, parse=_reader(field), dated=dated
    )


def words_in(label: str, *paths: str) -> Dimension:
    """Text looked for in field paths: rows where each of its words is part of one of the fields."""

    def holds(text: str) -> Q:
        alternatives = [
            [Q(**{f"{path}__icontains": word}) for path in paths] for word in text.split()
        ]
        return Q(*(Q(*one, _connector=Q.OR) for one in alternatives))

    return Dimension(label, paths[0], holds=holds, worded=True)


def field_at(model: type[models.Model], path: str) -> Any:
    """The model field at a double-underscore path. Raises FieldDoesNotExist."""
    *steps, last = path.split("__")
    at: Any = model
    for step in steps:
        at = at._meta.get_field(step).related_model
    return at._meta.get_field(last)


def _reader(field: Any) -> Callable[[str], Any]:
    """Text to a value the field could store: its type, choices and limits."""
    return lambda text: field.clean(text, None)


@dataclass(frozen=True)
class RelatedOptions:
    """The records a foreign key may point at, inside a scope where they have one.

    A model that says which column it is `named_by` is asked for no others.
    """

    model: type[models.Model]

    def __call__(self, scope: Any) -> list[tuple[Any, str]]:
        rows = fetch(_options_of(self.model, scope, vendor()))
        if hasattr(self.model, "named_by"):
            return [(pk, name) for pk, name in rows]
        return [(row.pk, str(row)) for row in (record(self.model, values) for values in rows)]


@lru_cache(maxsize=512)
def _options_of(model: Any, scope: Any, database: str) -> Statement | None:
    rows = model._default_manager.all()
    rows = rows.within(scope) if hasattr(rows, "within") else rows
    named = hasattr(model, "named_by")
    return prepare(rows.values_list(*(["pk", model.named_by] if named else columns_of(model))))


def _truth(text: str) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in known:
        raise ValueError(text)
    return known[text.lower()]


def conditions_of(
    dimensions: Mapping[str, Dimension], filters: Mapping[str, Any]
) -> list[Condition]:
    """The conditions of filters such as {"sex": "female", "age__lte": 35, "village": [1, 2]}.

    Values of one list are alternatives. Empty ones ("" and None) are passed over. Raises BadFilter
    for an unknown dimension, comparison or value.
    """
    found = []
    for key, given in filters.items():
        dimension, comparison = _named(dimensions, key)
        alternatives = given if isinstance(given, list | tuple) else [given]
        values = [dimension.read(value) for value in alternatives if value not in ("", None)]
        if values:
            found.append(dimension.condition(values, comparison))
    return found


def _named(dimensions: Mapping[str, Dimension], key: str) -> tuple[Dimension, str]:
    if key in dimensions:
        return dimensions[key], ""
    name, _, comparison = key.rpartition("__")
    if name not in dimensions:
        raise BadFilter(f"没有“{key}”这个筛选条件。")
    if comparison not in COMPARISONS or not dimensions[name].ordered:
        raise BadFilter(f"“{dimensions[name].label}”不能用“{comparison}”比较。")
    return dimensions[name], comparison
