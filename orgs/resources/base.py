"""Files into records: the one way rows of a spreadsheet enter the registers."""

from collections import defaultdict
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Error, Result, RowResult

from .checking import Checking
from .columns import Choice, Day, Number, Text, YesNo, read_month, read_narrow
from .references import NAMELESS, NAMINGS, Lookups, Reference
from .wording import SKIPPED, Wording
from .writing import Change, clash_of, siblings_of, write_all

RECORD_NUMBER = "记录号"  # the hidden column of an exported sheet: the primary key
ABSENT = object()  # in place of a value the row says nothing about


class RecordResource(Wording, Checking, ModelResource):
    """Rows of one register, with Chinese headers, names instead of ids, and full validation.

    A file is taken whole or not at all. Rows that are already stored are recognised by
    `import_id_fields`, or by the record number of an exported sheet, and left alone when nothing
    differs. Each row written has its history. One resource object imports one file.
    """

    # How else offices title a column, and the columns of the register that nothing is read from:
    # they are counted, or belong to another register.
    spellings = {}
    computed = ()
    # The column by which a row names another of the same file, which then goes first.
    superior = ""
    # Columns that may name records of a sheet which itself refers to this one.
    later = ()

    class Meta:
        use_bulk = True
        batch_size = None  # all rows of a file are written at its end, together
        skip_diff = True  # comparing costs a copy of every record; see skip_row
        clean_model_instances = True

    def __init__(self, *, scope, lookups=None, answers=None):
        super().__init__()
        self.scope = scope
        self.lookups = lookups or Lookups(scope)
        # To likely doubles: None where nobody can be asked.
        self.answers = answers
        self.questions = []
        self.numbers = None
        for field in self.fields.values():
            if isinstance(field.widget, Reference):
                field.widget.lookups = self.lookups

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        """A column titled as the model's field is."""
        return Field(
            attribute=field_name,
            column_name=str(django_field.verbose_name),
            widget=cls._widget_of(django_field),
            default=django_field.default,
            readonly=readonly,
        )

    @staticmethod
    def _widget_of(field):
        if field.choices:
            return Choice(field.choices)
        if field.is_relation:
            return Reference(field.related_model)
        widgets = {
            models.DateField: Day,
            models.BooleanField: YesNo,
            models.IntegerField: Number,
            models.DecimalField: lambda: Number(Decimal),
        }
        for kind, widget in widgets.items():
            if isinstance(field, kind):
                return widget()
        return Text()

    def columns(self):
        """The headers a file may have, in the order of the form."""
        titles = []
        for field in self.get_import_fields():
            titles += [field.column_name, *getattr(field.widget, "others", ())]
        return list(dict.fromkeys(titles))

    def key_columns(self):
        """The headers that tell one row from another."""
        return [self.fields[name].column_name for name in self._meta.import_id_fields]

    def may_lack(self, name):
        """Whether a file may do without a column of the key."""
        field = self.model_field(name)
        return field.null or field.blank or field.has_default()

    def required_columns(self):
        """The headers a file must have, whatever it leaves to be asked or filled in."""
        names = [name for name in self._meta.import_id_fields if not self.may_lack(name)]
        return [self.fields[name].column_name for name in names]

    def import_data(self, dataset, *, dry_run=False):
        """Import the rows, all or none; the result's problems() say what is wrong with them."""
        wrong = self._wrong_headers(dataset.headers or [])
        if wrong:
            result = Result()
            result.append_base_error(Error(ValueError(wrong)))
            return result
        return super().import_data(
            dataset, dry_run, use_transactions=True, rollback_on_validation_errors=True
        )

    def import_sound(self, lines):
        """Import the rows that are right and leave the others out, inside a transaction.

        `lines` is a dataset of its own kind: `headers`, rows as lists of values or ABSENT, and
        `numbers`, the row of the sheet of each.
        """
        self.numbers = lines.numbers
        return super().import_data(lines, use_transactions=True)

    def get_queryset(self):
        return self._meta.model.objects.within(self.scope)

    def key_of(self, record):
        """What tells this record from the others of its register."""
        return tuple(getattr(record, attname) for attname in self._key_attnames)

    def key_in(self, values):
        """The key of a row, from the values of its key columns by field."""
        return tuple(one.pk if isinstance(one, models.Model) else one for one in values.values())

    def model_field(self, name):
        return self._meta.model._meta.get_field(self.fields[name].attribute)

    @cached_property
    def _key_attnames(self):
        return [field.attname for field in self._key_fields]

    @cached_property
    def _concrete(self):
        return self._meta.model._meta.concrete_fields

    @classmethod
    def get_row_result_class(cls):
        return UnnamedRowResult

    def get_import_fields(self):
        return self._import_fields

    @cached_property
    def _import_fields(self):
        return super().get_import_fields()

    # What the engine calls, in this order.

    def before_import(self, dataset, **kwargs):
        self.changes = []
        self.first_row_of = {}
        self.instances = {}
        self.read = {
            field.attribute: {} for field in self._import_fields if self._stands_alone(field)
        }
        self.found_sound = {}
        self.stored = defaultdict(list)
        self.by_number = {}
        for record in self.get_queryset():
            self.stored[self.key_of(record)].append(record)
            self.by_number[str(record.pk)] = record

    def _check_import_id_fields(self, headers):
        """Import_data has; a sheet with record numbers needs no keys."""

    def before_import_row(self, row, **kwargs):
        self.number = kwargs["row_number"]
        self.cleaned = {}
        if ABSENT in row.values():
            for column in [column for column, value in row.items() if value is ABSENT]:
                del row[column]

    def import_row(self, row, instance_loader, **kwargs):
        row_result = super().import_row(row, instance_loader, **kwargs)
        error = row_result.validation_error
        if row_result.errors or (error and error.messages != [SKIPPED]):
            self.spoil(row)
        return row_result

    def get_instance(self, instance_loader, row):
        if RECORD_NUMBER in row and (number := read_narrow(row[RECORD_NUMBER])):
            return self._numbered(number)
        values = {}
        try:
            for name in self._meta.import_id_fields:
                field = self.fields[name]
                if field.column_name in row:
                    values[field.attribute] = self.clean_value(field, row)
                elif self.may_lack(name):
                    values[field.attribute] = self.model_field(name).get_default()
                else:
                    raise ValidationError(f"新增的行要有“{field.column_name}”列，请用导入模板。")
        except ValueError:
            return None  # reading the row again reports it, with its column
        self.cleaned = values
        return self.matching(values, row)

    def matching(self, values, row):
        """The stored record with the key of the values, or None; it is met once in a file."""
        key = self.key_in(values)
        self.meet(key)
        found = self.stored.get(key, ())
        if len(found) > 1:
            raise ValidationError(f"已有{len(found)}条记录符合这一行，无法确定更新哪一条。")
        return found[0] if found else None

    def meet(self, key):
        """Raise ValidationError when a row above had the same key."""
        if key in self.first_row_of:
            raise ValidationError(f"与第{self.line(self.first_row_of[key])}行重复。")
        self.first_row_of[key] = self.number

    def _numbered(self, number):
        if number not in self.by_number:
            raise ValidationError(f"记录号“{number}”在台账中不存在，可能已被删除。")
        self.meet(number)
        return self.by_number[number]

    def after_init_instance(self, instance, new, row, **kwargs):
        # Rows of one file are checked together, in bulk_create.
        instance.among_siblings = True
        self.instances[kwargs["row_number"]] = instance
        self.values_before = None if new else self._values_of(instance)

    def init_instance(self, row=None):
        # A blank record once more: making each anew takes ten times as long.
        record = self._meta.model.__new__(self._meta.model)
        vars(record).update(vars(self._blank), _state=ModelState())
        return record

    @cached_property
    def _blank(self):
        return self._meta.model()

    def import_instance(self, instance, row, **kwargs):
        errors = {}
        for field, attribute, column in self._columns_read:
            if attribute in self.cleaned:
                setattr(instance, attribute, self.cleaned[attribute])
            elif column in row:
                try:
                    setattr(instance, attribute, self.clean_value(field, row))
                except ValueError as error:
                    errors[attribute] = [ValidationError(str(error), code="invalid")]
        if errors:
            raise ValidationError(errors)

    def _stands_alone(self, field):
        """Whether its own cell is all a field is read from, and the same in each row."""
        return self._meta.use_bulk and not getattr(field.widget, "others", ())

    @cached_property
    def _columns_read(self):
        return [(field, field.attribute, field.column_name) for field in self._import_fields]

    def clean_value(self, field, row):
        """What the row says of a field; most columns repeat few values, each read once."""
        read = self.read.get(field.attribute)
        if read is None:
            return field.clean(row)
        value = row[field.column_name]
        # By its class too: 1, 1.0 and True are equal, and not the same in a text.
        key = value if value.__class__ is str else (value.__class__, value)
        if key not in read:
            read[key] = field.clean(row)
        return read[key]

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if self.values_before is None or import_validation_errors:
            return False
        return self._values_of(instance) == self.values_before

    def save_instance(self, instance, is_create, row, **kwargs):
        self.changes.append(Change(instance, kwargs["row_number"], row, self.values_before))
        if not self._meta.use_bulk:
            super().save_instance(instance, is_create, row, **kwargs)
        self.lookups.add(instance)

    def bulk_create(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        """Write all changes of the file; rows that cannot stand are told and left out."""
        if self._meta.model.sibling_key:
            self._leave_out(result, self._clashes(result))
        self._leave_out(result, write_all(self.changes) if self.changes else {})

    def _clashes(self, result):
        """Rows of one parent against each other as they will be, not as they were."""
        wrong = {row.number for row in result.invalid_rows}
        unsure = {self.instances[number].pk for number in wrong if number in self.instances}
        family_of = siblings_of(self._meta.model, self.changes, unsure)
        found = {change.number: clash_of(change.record, family_of) for change in self.changes}
        return {number: error for number, error in found.items() if error}

    def _leave_out(self, result, errors):
        for change in self.changes:
            if error := errors.get(change.number):
                result.append_invalid_row(change.number, change.row, error)
                self.lookups.remove(change.record)
                self.spoil(change.row)
        self.changes = [change for change in self.changes if change.number not in errors]

    def spoil(self, row):
        """What refers to this row is not wrong by that alone."""
        if self._meta.model in NAMINGS:
            texts = {str(value).strip() for value in row.values()}
            if not str(row.get(self.key_columns()[0]) or "").strip():
                texts |= {NAMELESS, *months_in(row.values())}
            self.lookups.spoil(self._meta.model, texts)

    @cached_property
    def _key_fields(self):
        return [self.model_field(name) for name in self._meta.import_id_fields]

    @cached_property
    def _values_of(self):
        return attrgetter(*(field.attname for field in self._concrete))


class UnnamedRowResult(RowResult):
    """The engine's note of a row, without the record's name: that may take queries."""

    def add_instance_info(self, instance):
        pass


def months_in(values):
    """The months of those values that are dates."""
    for value in values:
        with suppress(ValueError):
            yield read_month(value)
