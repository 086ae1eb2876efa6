"""Figures defined without code (自定义指标): a register, filters, a measure, a name."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import DecimalField, FloatField, IntegerField

from dangjian.lib import periods

from .conditions import Both, Condition, every_row
from .dimensions import COMPARISONS, BadFilter, Dimension, conditions_of
from .kinds import Change, Figure, Measured, Share
from .periods import LAST_YEAR, Baseline
from .registers import FIGURES, SLUG, Register, UnknownFigure, register_named

KEYS = (
    "slug",
    "register",
    "filters",
    "measure",
    "of",
    "whole",
    "baseline",
    "name",
    "definition",
    "unit",
)
MEASURES = ("count", "sum", "mean", "minimum", "maximum", "median")
PLACES = {"mean": 1, "median": 1}
OF_A_NUMBER = {"": "为", **COMPARISONS}
ON_A_DAY = {"": "为", "gte": "不早于", "lte": "不晚于"}


class BadDefinition(ValueError):  # noqa: N818 - reads as what it is: "except BadDefinition"
    """A definition that cannot be computed; the message is Chinese and names the key at fault."""


def define(
    definition: Mapping[str, Any], baselines: Mapping[str, Baseline] | None = None
) -> Figure:
    """A figure from plain data; it is computed in its register's one query, but not kept.

    Keys: `slug`, `register` (a register's slug), `filters` ({dimension: value or list of
    alternatives, "age__lte": 35}), `measure` (count, sum, mean, minimum, maximum, median; default
    count), `of` (the dimension measured, for all but count), `whole` (filters of the base: makes it
    a share), `baseline` (a key of `baselines`, `last_year` always among them: makes it a change),
    `name`, `definition`, `unit` (a share needs none). Null is the same as absent. Raises
    BadDefinition, whatever it is given.
    """
    if not isinstance(definition, Mapping):
        raise BadDefinition("自定义指标应为一个对象。")
    given = {key: value for key, value in definition.items() if value is not None}
    for key in given:
        if key not in KEYS:
            raise BadDefinition(f"{key}：没有这个键，可用：{'、'.join(KEYS)}。")
    figure = _share(given) if "whole" in given else _measured(given)
    if "baseline" not in given:
        return figure
    return _change(figure, _baseline(given, {"last_year": LAST_YEAR, **(baselines or {})}))


def _text(given: Mapping[str, Any], key: str, default: str = "") -> str:
    value = given.get(key, default)
    if not isinstance(value, str) or not (value.strip() or key == "definition"):
        raise BadDefinition(f"{key}：必须填写文字。")
    if not value.isprintable():
        raise BadDefinition(f"{key}：含有不能显示的字符。")
    return value


def _slug(given: Mapping[str, Any]) -> str:
    slug = _text(given, "slug")
    if not SLUG.fullmatch(slug):
        raise BadDefinition("slug：代码只能由文字、数字、下划线、连字符和点组成。")
    if slug in FIGURES:
        raise BadDefinition(f"slug：代码“{slug}”已被使用。")
    return slug


def _register(given: Mapping[str, Any]) -> Register:
    slug = _text(given, "register")
    try:
        return register_named(slug)
    except UnknownFigure as error:
        raise BadDefinition(f"register：没有代码为“{slug}”的台账。") from error


def _condition(given: Mapping[str, Any], key: str) -> Condition:
    filters = given.get(key, {})
    if not isinstance(filters, Mapping):
        raise BadDefinition(f"{key}：应为“筛选条件: 值”的对象。")
    try:
        first, *others = [*conditions_of(_register(given).dimensions, filters), every_row]
    except BadFilter as error:
        raise BadDefinition(f"{key}：{error}") from error
    condition: Condition = first
    for one in others[:-1]:
        condition = Both(condition, one)
    return condition


def _baseline(given: Mapping[str, Any], baselines: Mapping[str, Baseline]) -> Baseline:
    name = _text(given, "baseline")
    if name not in baselines:
        raise BadDefinition(f"baseline：没有“{name}”这个基期，可用：{'、'.join(baselines)}。")
    return baselines[name]


def _measured(given: Mapping[str, Any]) -> Measured:
    measure = _text(given, "measure", "count")
    if measure not in MEASURES:
        raise BadDefinition(f"measure：没有“{measure}”这种算法，可用：{'、'.join(MEASURES)}。")
    figure = Measured(
        _slug(given),
        _text(given, "name"),
        _text(given, "unit"),
        _text(given, "definition"),
        _register(given),
        _condition(given, "filters"),
    )
    if measure == "count":
        if "of" in given:
            raise BadDefinition("of：计数（count）不需要，请填写measure或删去of。")
        return figure
    axis = _measured_axis(given, figure.register)
    places = PLACES.get(measure, _places(axis, figure.register) or 0)
    return replace(figure, measure=measure, of=axis.of, places=places)


def _measured_axis(given: Mapping[str, Any], register: Register) -> Dimension:
    axis = register.dimensions.get(_text(given, "of"))
    if axis is None or not _has_numbers(axis, register):
        raise BadDefinition("of：应为该台账的一个数值类筛选条件。")
    return axis


def measurable(register: Register) -> dict[str, Dimension]:
    """The dimensions of a register that have numbers to be added up, averaged and compared."""
    return {
        name: axis for name, axis in register.dimensions.items() if _has_numbers(axis, register)
    }


def _has_numbers(axis: Dimension, register: Register) -> bool:
    return not axis.choices and not axis.holds and _places(axis, register) is not None


def _places(axis: Dimension, register: Register) -> int | None:
    """The decimal places its numbers have; None when it has no numbers."""
    rows = register.model._default_manager.annotate(measured=axis.source(periods.year(2000)))
    field = rows.query.annotations["measured"].output_field
    if isinstance(field, DecimalField):
        return field.decimal_places
    return 0 if isinstance(field, IntegerField | FloatField) else None


def _share(given: Mapping[str, Any]) -> Share:
    for key in ("measure", "of"):
        if given.get(key, "count") != "count":
            raise BadDefinition(f"{key}：有whole的指标是占比，只按行计数。")
    slug, name, register = _slug(given), _text(given, "name"), _register(given)
    part = Measured(f"{slug}.part", name, "", "", register, _condition(given, "filters"))
    whole = Measured(f"{slug}.whole", "基数", "", "", register, _condition(given, "whole"))
    return Share(slug, name, "%", _text(given, "definition"), register, part, whole)


def _change(figure: Figure, since: Baseline) -> Change:
    return Change(
        figure.slug,
        figure.name,
        figure.unit_of_change,
        figure.definition,
        figure.register,
        replace(figure, slug=f"{figure.slug}.now"),
        since,
        figure.words_of_change,
    )


def filters_in_words(register: Register, filters: Mapping[str, Any], scope: Any) -> dict[str, str]:
    """What each filter asks, as a person says it: {"age__lte": "年龄不大于35"}.

    `scope` is whose records may be named. Raises BadFilter as Register.inside does.
    """
    register.inside(filters)
    return {key: _in_words(register, key, value, scope) for key, value in filters.items()}


def _in_words(register: Register, key: str, value: Any, scope: Any) -> str:
    name, comparison = (key, "") if key in register.dimensions else key.rsplit("__", 1)
    axis = register.dimensions[name]
    if axis.worded:
        return f"{axis.label}含“{value}”"
    labels = {str(option): label for option, label in axis.options(scope)}
    given = value if isinstance(value, list | tuple) else [value]
    words = "或".join(labels.get(str(one), str(one)) for one in given)
    return f"{axis.label}{(ON_A_DAY if axis.dated else OF_A_NUMBER)[comparison]}{words}"
