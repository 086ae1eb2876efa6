"""Figures defined by an office: which are in sight, what they are, what uses them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.urls import reverse

from dangjian.lib import prose
from dangjian.lib.figures import (
    BadDefinition,
    Figure,
    define,
    filters_in_words,
    register_named,
)
from elections.figures import LAST_TERM
from orgs.models.record import answered_request
from orgs.scope import EVERYTHING, NOTHING, Scope
from reports.models import Claim, CustomFigure, Section
from tasks.models import PlanItem

BASELINES = {CustomFigure.Since.LAST_TERM.value: LAST_TERM}


def figures_in_sight() -> dict[str, Figure]:
    """The custom figures that the request being answered may name, by slug.

    Outside requests all of them. A request asks the database once; one that names none, never.
    """
    request: Any = answered_request()
    if request is None:
        return figures_of(EVERYTHING)
    if not hasattr(request, "custom_figures"):
        request.custom_figures = figures_of(getattr(request, "own_scope", NOTHING))
    found: dict[str, Figure] = request.custom_figures
    return found


def figures_of(scope: Scope) -> dict[str, Figure]:
    """The custom figures in sight of a scope; one that can no longer be computed is left out."""
    rows = CustomFigure.objects.in_sight_of(scope)
    return {row.slug: found for row in rows if (found := figure_of(row))}


def figure_of(row: CustomFigure) -> Figure | None:
    """The figure a row defines; None where this version of the product cannot compute it."""
    try:
        return checked(row)
    except BadDefinition:
        return None


def checked(row: CustomFigure) -> Figure:
    """The figure a row defines. Raises BadDefinition."""
    return defined(json.dumps(row.as_definition(), ensure_ascii=False, cls=DjangoJSONEncoder))


@lru_cache(maxsize=512)
def defined(definition: str) -> Figure:
    """The figure of a definition as JSON: the same object as long as nothing in it is changed.

    What is compiled and kept for a figure is kept by the object. Raises BadDefinition.
    """
    return define(json.loads(definition), BASELINES)


# — what a definition means, in words —


def proposed_definition(row: CustomFigure, scope: Scope) -> str:
    """The 口径 that follows from filters and measure. Raises BadFilter or UnknownFigure."""
    register = register_named(row.register)
    words = filters_in_words(register, row.filters, scope)
    rows = f"“{register.name}”中{together(words.values())}"
    match row.measure:
        case CustomFigure.Measure.COUNT:
            text = f"期末{rows}，按条计数"
        case CustomFigure.Measure.SHARE:
            base = together(words[key] for key in row.base if key in words)
            part = together(words[key] for key in words if key not in row.base)
            text = f"期末“{register.name}”的{base}里，{part}所占的百分比"
        case _:
            axis = register.dimensions.get(row.of)
            of = axis.label if axis else row.of
            text = f"期末{rows}，“{of}”的{row.get_measure_display()}，没有填写的不计"
    return f"{text}；{row.get_since_display()}。" if row.since else f"{text}。"


def together(words: Iterable[str]) -> str:
    said = "、".join(words)
    return f"{said}的记录" if said else "全部记录"


# — its pages —


def address_of(row: CustomFigure, name: str, carry: str) -> str:
    """The register's page, or that of defining (`name`), with the filters of a figure chosen."""
    asked = {**row.filters, **({"define": row.pk} if row.pk else {})}
    return f"{reverse(name, args=[row.register])}?{carry}&{urlencode(asked)}"


# — what uses one —


@dataclass(frozen=True)
class Use:
    """A text or plan item that names a figure: where it is, and who keeps it."""

    place: str
    organization_id: int


def uses_of(row: CustomFigure) -> list[Use]:
    """Where a figure is named: in texts, plans and claims of every organization."""
    sections = Section.objects.filter(text__contains=f"{{{row.slug}").select_related("report")
    items = PlanItem.objects.filter(figure=row.slug)
    claims = Claim.objects.filter(Q(figure=row.slug) | Q(base_figure=row.slug))
    return [
        *(
            Use(f"{one.report}“{one}”", one.report.organization_id)
            for one in sections
            if row.slug in prose.parse(one.text).slugs
        ),
        *(Use(f"{one.year}年计划事项“{one}”", one.organization_id) for one in items),
        *(Use(f"{one.year}年材料数据“{one}”", one.organization_id) for one in claims),
    ]
