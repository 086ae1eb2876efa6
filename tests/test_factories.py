import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from tests import factories

OUR_APPS = ("orgs", "cadres", "elections", "tasks", "reports")
# All but the history tables, which their models fill.
MODELS = [
    model
    for label in OUR_APPS
    for model in apps.get_app_config(label).get_models()
    if not hasattr(model, "instance_type")
]
FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type) and issubclass(factory, DjangoModelFactory)
}


def test_every_model_has_a_factory():
    assert sorted(model._meta.label for model in MODELS) == sorted(
        model._meta.label for model in FACTORIES
    )


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_factory_makes_a_valid_row(model):
    row = FACTORIES[model]()

    row.full_clean()

    assert list(model.objects.filter(pk=row.pk)) == [row]
