"""How a file names a record: by what the office calls it, never by an id."""

from collections import defaultdict
from dataclasses import dataclass

from import_export.widgets import Widget

from orgs.models import (
    Activity,
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

from .columns import read_date, read_month, read_name, read_text

# Stands for the message of a row that is wrong only because a row it refers to is.
FOLLOWS = "\x00follows"
NAMELESS = "\x00nameless"  # among the texts of a row: its name is not there


@dataclass(frozen=True)
class Naming:
    """What names a record of a model, and how the columns that say it are read.

    `also` gives other texts that name it where they stand alone and fit no other.
    """

    name_of: callable
    readers: tuple = (read_text,)
    related: tuple = ()
    also: callable = lambda record: ()


NAMINGS = {
    Organization: Naming(
        lambda organization: (organization.name,),
        also=lambda organization: (organization.short_name,),
    ),
    Village: Naming(lambda village: (village.name,)),
    # Rosters hold months, so two files of one person agree on the month, seldom on the day.
    Person: Naming(
        lambda person: (person.name, person.birth_on.isoformat()[:7]), (read_name, read_month)
    ),
    Enterprise: Naming(
        lambda enterprise: (enterprise.credit_code,), also=lambda enterprise: (enterprise.name,)
    ),
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
    Activity: Naming(
        lambda activity: (
            activity.organization.name,
            activity.kind.name,
            f"{activity.held_on:%Y-%m-%d}",
            activity.topic,
        ),
        (read_text, read_text, read_date, read_text),
        ("organization", "kind"),
    ),
}


class Lookups:
    """The records files may refer to: those inside the scope, each model read once.

    One object serves all sheets of a workbook, so that a sheet may name what an earlier one makes.
    """

    def __init__(self, scope):
        self.scope = scope
        self.tables = {}
        self.short = {}
        self.spoiled = defaultdict(list)

    def find(self, model, name):
        """The one record of that name; raises ValueError when there is none, or several."""
        found = self._table(model).get(name) or ()
        if len(found) == 1:
            return found[0]
        if not found and len(name) == 1:
            found = self.short[model].get(name[0], [])
        return self._only(model, name, found, "无法确定是哪一个")

    def find_alone(self, model, text, others):
        """The one record whose name begins so, where the columns that tell more are empty."""
        self._table(model)
        found = self.short[model].get(text, [])
        wanted = "、".join(f"“{column}”" for column in others)
        return self._only(model, (text,), found, f"请同时填写{wanted}列")

    def names(self, model):
        """The names of all records of a model."""
        return [name for name, found in self._table(model).items() if found]

    def add(self, record):
        """Let later rows refer to a record that an earlier one made."""
        if type(record) in self.tables:
            self._enter(record)

    def remove(self, record):
        """Forget a record that was refused after all."""
        for index in (self.tables, self.short):
            for found in index.get(type(record), {}).values():
                found[:] = [other for other in found if other is not record]

    def spoil(self, model, texts):
        """Rows that refer to the row of these texts, which is wrong, are not wrong themselves."""
        self.spoiled[model].append(texts)

    def _only(self, model, name, found, remedy):
        if len(found) == 1:
            return found[0]
        what, called = model._meta.verbose_name, "，".join(name)
        if found:
            raise ValueError(f"有{len(found)}个“{called}”（{what}），{remedy}。")
        raise ValueError(
            FOLLOWS if self._is_spoiled(model, name) else f"没有找到“{called}”（{what}）。"
        )

    def _is_spoiled(self, model, name):
        parts, dates = set(), set()
        for part, reader in zip(name, NAMINGS[model].readers, strict=False):
            (dates if reader in {read_month, read_date} else parts).add(part)
        return any(_may_mean(texts, parts, dates) for texts in self.spoiled[model])

    def _table(self, model):
        if model not in self.tables:
            self.tables[model], self.short[model] = defaultdict(list), defaultdict(list)
            records = model._default_manager.all()
            if isinstance(records, ScopedQuerySet):
                records = records.within(self.scope)
            for record in records.select_related(*NAMINGS[model].related):
                self._enter(record)
        return self.tables[model]

    def _enter(self, record):
        model, naming = type(record), NAMINGS[type(record)]
        name = naming.name_of(record)
        # Of several parts the first may do, where no other record begins so.
        also = [*naming.also(record), *name[:1]] if len(name) > 1 else naming.also(record)
        _join(self.tables[model][name], record)
        for text in also:
            _join(self.short[model][text], record)


def _may_mean(texts, parts, dates):
    """Whether a wrong row of these texts is the one named; None is all rows of a sheet.

    A date is written in many ways, or is what is wrong: the other parts must be there. Where the
    name itself is missing, the dates tell.
    """
    if texts is None or parts <= texts:
        return True
    return NAMELESS in texts and bool(dates) and dates <= texts and len(parts - texts) == 1


def _join(found, record):
    """Add the record to those of its name, in place of what was read of it before."""
    found[:] = [other for other in found if other.pk is None or other.pk != record.pk]
    found.append(record)


class Reference(Widget):
    """A foreign key, named by its own column and, where one is not enough, by others of the row."""

    lookups = None

    def __init__(self, model, *others):
        super().__init__()
        self.model = model
        self.others = others

    def clean(self, value, row=None, **kwargs):
        if not read_text(value):
            return None
        readers = NAMINGS[self.model].readers
        if not self.others:
            return self.lookups.find(self.model, (readers[0](value),))
        others = [row.get(column) for column in self.others]
        if not any(map(read_text, others)):
            return self.lookups.find_alone(self.model, readers[0](value), self.others)
        written = [value, *others]
        name = tuple(read(part) for read, part in zip(readers, written, strict=True))
        return self.lookups.find(self.model, name)
