"""The constraints an app declares, and how each database says that one refused a row."""

import re

from django.apps import apps
from django.db.models import UniqueConstraint


def declared(app_label):
    """{name: (model, constraint)} of every model of the app."""
    return {
        rule.name: (model, rule)
        for model in apps.get_app_config(app_label).get_models()
        for rule in model._meta.constraints
    }


def refusal(model, rule):
    """What the database's error says: the name, or for SQLite's unique indexes the columns."""
    if not isinstance(rule, UniqueConstraint):
        return re.escape(rule.name)
    columns = ", ".join(
        f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in rule.fields
    )
    return f"{rule.name}|{re.escape(columns)}$"
