"""From one working year to the next: what is copied, what stays open, what is still lacking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from orgs.middleware import scope_below
from orgs.models import ChecklistScheme, Office
from reports.models import Kind, Section
from tasks.models import KeyTask, PlanItem, Programme

# From this month of the working year on the next one may be opened: plans are made in December.
FIRST_MONTH = 12


@dataclass(frozen=True)
class Lack:
    """What a year should have: how much there is, where it is entered, how much will be copied."""

    label: str
    count: int
    hint: str
    admin: str
    copied: int = 0

    @property
    def is_missing(self) -> bool:
        return self.count == 0


def next_year(office: Office, *, today: date | None = None) -> int | None:
    """The year that may be opened, or None while it is too early for it."""
    day = today or timezone.localdate()
    return office.working_year + 1 if day >= date(office.working_year, FIRST_MONTH, 1) else None


def programmes_to_copy(office: Office, year: int) -> QuerySet[Programme]:
    """Last year's programmes that the year does not have yet."""
    return lacking(Programme, office, year, ["organization", "name"])


def schemes_to_copy(office: Office, year: int) -> QuerySet[ChecklistScheme]:
    """Last year's checklists that the year does not have yet."""
    return lacking(ChecklistScheme, office, year, ["organization", "code"])


def text_to_copy(office: Office, year: int) -> list[Section]:
    """The sections of last year's summary, where the office has not begun that of the year."""
    last, this = (
        Section.objects.of(office.organization_id, Kind.SUMMARY, one) for one in (year - 1, year)
    )
    return [] if this.exists() else list(last)


def items_to_begin(office: Office, year: int) -> QuerySet[PlanItem]:
    """The items of the year's plan that become key tasks when the year is opened."""
    items = PlanItem.objects.within(scope_below(office.organization)).filter(year=year)
    related = ("organization", "lead", "department")
    return items.to_become_tasks().select_related(*related).order_by("number", "pk")


def lacking(model: Any, office: Office, year: int, key: Iterable[str]) -> QuerySet[Any]:
    """Rows of the year before to which none of the year is alike in `key`."""
    kept = model.objects.within(scope_below(office.organization))
    alike = model.objects.filter(year=year, **{name: OuterRef(name) for name in key})
    return kept.filter(~Exists(alike), year=year - 1)


def lacks(office: Office, year: int) -> list[Lack]:
    """What the year has of everything a year needs."""
    scope, is_to_open = scope_below(office.organization), year > office.working_year

    def count(model: Any, **conditions: Any) -> int:
        return model.objects.within(scope).filter(**conditions).count()

    return [
        Lack(
            "工程",
            count(Programme, year=year),
            "重点工作按工程归类。",
            name_of(Programme),
            programmes_to_copy(office, year).count() if is_to_open else 0,
        ),
        Lack(
            "重点工作",
            count(KeyTask, programme__year=year),
            "计划中的重点任务在开启时列入；其他的逐项录入或批量导入，不从上年复制。",
            name_of(KeyTask),
            items_to_begin(office, year).count() if is_to_open else 0,
        ),
        Lack(
            "计划事项",
            count(PlanItem, year=year),
            "承诺事项不列为重点工作，年底在工作计划的兑现情况中对照。",
            name_of(PlanItem),
        ),
        Lack(
            "达标标准",
            count(ChecklistScheme, year=year),
            "复制来的标准没有填依据，请按新年度的文件补填。",
            name_of(ChecklistScheme),
            schemes_to_copy(office, year).count() if is_to_open else 0,
        ),
    ]


def name_of(model: type[Model]) -> str:
    """The name of the model's list in the data entry."""
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
