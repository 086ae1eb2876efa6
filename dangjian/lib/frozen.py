"""Rows that nobody changes or deletes once they are stored: the database itself refuses."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VERBS = ("UPDATE", "DELETE")
MESSAGE = "rows of {table} are never changed or deleted"
# The same name on both databases, so that a test can ask whether it is still there.
NAME = "{table}_refuses_{verb}"

ON_SQLITE = """
CREATE TRIGGER {name} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
ON_POSTGRESQL = """
CREATE TRIGGER {name} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
"""
FUNCTION = """
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


class FrozenError(TypeError):
    """A stored row of a frozen model was to be changed or deleted."""


class FrozenQuerySet:
    """Mixed into a QuerySet: refuses in Python what the triggers refuse in the database."""

    model: Any

    def update(self, **values: Any) -> int:
        raise FrozenError(MESSAGE.format(table=self.model._meta.db_table))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenError(MESSAGE.format(table=self.model._meta.db_table))


class Frozen(models.Model):
    """The base of a model whose rows are only ever added."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise FrozenError(MESSAGE.format(table=self._meta.db_table))
        super().save(**options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError(MESSAGE.format(table=self._meta.db_table))


def triggers_of(table: str) -> list[str]:
    """The names of the triggers that keep a table."""
    return [NAME.format(table=table, verb=verb.lower()) for verb in VERBS]


def freeze(table: str) -> migrations.RunPython:
    """A migration's operation: from here on the database refuses to change rows of the table.

    SQLite copies a table that is altered and loses its triggers: such a migration ends with this
    operation again.
    """

    def install(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements(table, editor.connection.vendor):
            editor.execute(statement, params=None)

    def remove(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for name in triggers_of(table):
            editor.execute(f"DROP TRIGGER {name}{on}")
        if on:
            editor.execute(f"DROP FUNCTION {table}_refuse()")

    return migrations.RunPython(install, remove)


def statements(table: str, database: str) -> list[str]:
    words = {"table": table, "message": MESSAGE.format(table=table)}
    on_postgresql = database == "postgresql"
    trigger = ON_POSTGRESQL if on_postgresql else ON_SQLITE
    made = [
        trigger.format(name=name, verb=verb, **words)
        for name, verb in zip(triggers_of(table), VERBS, strict=True)
    ]
    return [FUNCTION.format(**words), *made] if on_postgresql else made
