"""Faults to plant in the demo and mend again, one for each check of rows."""

from datetime import date, timedelta

YEAR_END = date(2025, 12, 31)
FAULTS = {}


def fault(plant):
    """Keep the planting function under the code of the check it is for: app__name."""
    FAULTS[plant.__name__.replace("__", ".", 1)] = plant
    return plant


def first(model, **conditions):
    return model.objects.filter(**conditions).order_by("pk")[0]


def before(day, days=1):
    return day - timedelta(days=days)


def after(day, days=1):
    return day + timedelta(days=days)


class Altered:
    """Rows given wrong values, past forms and `clean`, as an import or an old version could."""

    def __init__(self, rows, listed=None, **wrong):
        self.rows = list(rows) if hasattr(rows, "__iter__") else [rows]
        self.listed = self.rows if listed is None else listed
        self.wrong = wrong
        self.stored = type(self.rows[0])._base_manager

    def plant(self):
        self.stored.filter(pk__in=[row.pk for row in self.rows]).update(**self.wrong)
        return keys(self.listed)

    def mend(self):
        self.stored.bulk_update(self.rows, list(self.wrong))


class Added:
    """A row that should not be there; `listed` where it is others that the check names."""

    def __init__(self, make, listed=None, also=()):
        self.make, self.listed, self.also = make, listed, list(also)

    def plant(self):
        self.made = self.make()
        return keys([self.made, *self.also] if self.listed is None else self.listed)

    def mend(self):
        self.made.delete()


def keys(rows):
    return {row.pk for row in (rows if hasattr(rows, "__iter__") else [rows])}
