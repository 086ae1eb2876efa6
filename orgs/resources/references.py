"""How a file names a record: by what the office calls it, never by an id."""

from collections import defaultdict
from dataclasses import dataclass

from import_export.widgets import Widget

from orgs.models import (
    ActivityKind,
    ChecklistItem,
    ChecklistScheme,
    Department,
    Enterprise,
    EnterpriseFactKind,
    Organization,
    Pairing,
    Person,
    Tag,
    Village,
    VillageFactKind,
)
from orgs.scope import ScopedQuerySet

from .columns import read_month, read_text


@dataclass(frozen=True)
class Naming:
    """What names a record of a model, and how the columns that say it are read."""

    name_of: callable
    readers: tuple = (read_text,)
    related: tuple = ()


NAMINGS = {
    Organization: Naming(lambda organization: (organization.name,)),
    Village: Naming(lambda village: (village.name,)),
    # Rosters hold months, so two files of one person agree on the month, seldom on the day.
    Person: Naming(
        lambda person: (person.name, f"{person.birth_on:%Y-%m}"), (read_text, read_month)
    ),
    Enterprise: Naming(lambda enterprise: (enterprise.credit_code,)),
    VillageFactKind: Naming(lambda kind: (kind.name,)),
    EnterpriseFactKind: Naming(lambda kind: (kind.name,)),
    Tag: Naming(lambda tag: (tag.name,)),
    Department: Naming(lambda department: (department.name,)),
    ChecklistScheme: Naming(lambda scheme: (scheme.code, str(scheme.year)), (read_text, read_text)),
    ChecklistItem: Naming(
        lambda item: (item.scheme.code, str(item.scheme.year), str(item.order)),
        (read_text, read_text, read_text),
        ("scheme",),
    ),
    ActivityKind: Naming(lambda kind: (kind.name,)),
    Pairing: Naming(lambda pairing: (pairing.name,)),
}


class Lookups:
    """The records a file may refer to: those inside the scope, each model read once."""

    def __init__(self, scope):
        self.scope = scope
        self.tables = {}

    def find(self, model, name):
        """The one record of that name; raises ValueError when there is none, or several."""
        if model not in self.tables:
            self.tables[model] = self._read(model)
        found = self.tables[model].get(name, [])
        if len(found) == 1:
            return found[0]
        what, called = model._meta.verbose_name, "，".join(name)
        if found:
            raise ValueError(f"有{len(found)}个“{called}”（{what}），无法确定是哪一个。")
        raise ValueError(f"没有找到“{called}”（{what}）。")

    def add(self, record):
        """Let later rows refer to a record that an earlier one made."""
        naming = NAMINGS.get(type(record))
        if naming and type(record) in self.tables:
            self.tables[type(record)][naming.name_of(record)] = [record]

    def _read(self, model):
        naming = NAMINGS[model]
        records = model._default_manager.all()
        if isinstance(records, ScopedQuerySet):
            records = records.within(self.scope)
        table = defaultdict(list)
        for record in records.select_related(*naming.related):
            table[naming.name_of(record)].append(record)
        return table


class Reference(Widget):
    """A foreign key, named by its own column and, where one is not enough, by others of the row."""

    lookups = None

    def __init__(self, model, *others):
        super().__init__()
        self.model = model
        self.others = others

    def clean(self, value, row=None, **kwargs):
        written = [value, *(row.get(column) for column in self.others)]
        if not read_text(value):
            return None
        readers = NAMINGS[self.model].readers
        name = tuple(read(part) for read, part in zip(readers, written, strict=True))
        return self.lookups.find(self.model, name)
