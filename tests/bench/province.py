"""One subdistrict alone, and the same one among thirty in one database."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from .hello import floor
from .pages import SUMMARY, page, signed_in
from .timing import Result, against

SUBDISTRICTS = 30
# Copies of a record are told apart by key: more than any model of the demo has rows.
DISTANCE = 100_000
# Lists all subdistricts share; every other model belongs to one of them.
SHARED = {"tag", "villagefactkind", "enterprisefactkind", "bodykind", "user"}
NAMES = {"name", "short_name", "code", "credit_code"}


def results() -> Iterator[Result]:
    hello, client = floor(), signed_in("clerk")
    alone = in_hellos(hello, page(client, SUMMARY))
    fill()
    among = in_hellos(hello, page(client, SUMMARY))
    detail = f"{among:.1f} H / {alone:.1f} H"
    name = f"summary among {SUBDISTRICTS} subdistricts / alone"
    yield Result(name, among / alone, 1.5, 1.2, detail=detail)


def in_hellos(hello: Callable[[], object], call: Callable[[], object]) -> float:
    low, high = against(hello, call)
    return high / low


def fill() -> None:
    """Copy the demo's records, each copy to a subdistrict of its own."""
    copied = [model for app in ("orgs", "elections") for model in records_of(app)]
    with transaction.atomic():
        for number in range(1, SUBDISTRICTS):
            for model in copied:
                copies = [copy(record, number, copied) for record in originals(model)]
                model._base_manager.bulk_create(copies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def records_of(app: str) -> list[type[Model]]:
    return [
        model
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.model_name not in SHARED and not model.__name__.startswith("Historical")
    ]


def originals(model: type[Model]) -> Any:
    return model._base_manager.filter(pk__lt=DISTANCE)


def copy(record: Model, number: int, copied: list[type[Model]]) -> Model:
    """The record as subdistrict `number` has it: its keys moved on, its names its own."""
    values = {}
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname)
        if value is not None and (field.primary_key or field.related_model in copied):
            value += number * DISTANCE
        elif value and field.name in NAMES:
            value = f"{value}{number}"
        values[field.attname] = value
    return type(record)(**values)
