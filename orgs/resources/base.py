"""Files into records: the one way rows of a spreadsheet enter the registers."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Error, Result
from simple_history.utils import bulk_create_with_history

from orgs.models.record import acting_user

from .columns import Choice, Day, Number, Text, YesNo
from .references import Lookups, Reference

HEADER_ROWS = 1


class Change(NamedTuple):
    """A record a file makes or alters, and the row that says so."""

    record: models.Model
    number: int
    row: dict
    creates: bool


class RecordResource(ModelResource):
    """Rows of one register, with Chinese headers, names instead of ids, and full validation.

    A file is taken whole or not at all. Rows that are already stored are recognised by
    `import_id_fields`, and left alone when nothing differs. Each row written has its history.
    One resource object imports one file.
    """

    class Meta:
        use_bulk = True
        batch_size = None  # all rows of a file are written at its end, together
        skip_diff = True  # comparing costs a copy of every record; see skip_row
        clean_model_instances = True

    def __init__(self, *, scope):
        super().__init__()
        self.scope = scope
        self.lookups = Lookups(scope)
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

    def problems(self, result):
        """What is wrong with the file: one sentence each, with the sheet's row and the column."""
        found = [str(error.error) for error in result.base_errors]
        for failed in result.error_rows:
            found += [
                f"第{failed.number + HEADER_ROWS}行：{error.error}" for error in failed.errors
            ]
        order = {name: place for place, name in enumerate(self.get_import_order())}
        for invalid in sorted(result.invalid_rows, key=lambda row: row.number):
            for name in sorted(invalid.error_dict, key=lambda name: order.get(name, -1)):
                place = f"第{invalid.number + HEADER_ROWS}行{self._column_title(name)}"
                found += [f"{place}：{message}" for message in invalid.error_dict[name]]
        return found

    def get_queryset(self):
        return self._meta.model.objects.within(self.scope)

    def key_of(self, record):
        """What tells this record from the others of its register."""
        attributes = [self.fields[name].attribute for name in self._meta.import_id_fields]
        meta = record._meta
        return tuple(getattr(record, meta.get_field(name).attname) for name in attributes)

    # What the engine calls, in this order.

    def before_import(self, dataset, **kwargs):
        self.changes = []
        self.first_row_of = {}
        self.stored = defaultdict(list)
        for record in self.get_queryset():
            self.stored[self.key_of(record)].append(record)

    def get_instance(self, instance_loader, row):
        probe = self._meta.model()
        try:
            for name in self._meta.import_id_fields:
                self.fields[name].save(probe, row)
        except ValueError:
            return None  # reading the row again reports it, with its column
        return self._stored_as(self.key_of(probe))

    def _stored_as(self, key):
        if key in self.first_row_of:
            raise ValidationError(f"与第{self.first_row_of[key]}行重复。")
        self.first_row_of[key] = len(self.first_row_of) + 1 + HEADER_ROWS
        found = self.stored.get(key, [])
        if len(found) > 1:
            raise ValidationError(f"已有{len(found)}条记录符合这一行，无法确定更新哪一条。")
        return found[0] if found else None

    def after_init_instance(self, instance, new, row, **kwargs):
        # Rows of one file are checked together, in _check_siblings.
        instance.among_siblings = True
        self.values_before = self._values_of(instance)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        is_stored = not instance._state.adding
        unchanged = is_stored and self._values_of(instance) == self.values_before
        return unchanged and not import_validation_errors

    def validate_instance(
        self,
        instance,
        import_validation_errors=None,
        validate_unique=True,  # noqa: FBT002 - the engine's signature
    ):
        """Check fields and `clean`; what the database checks too is left to it, unless it refuses.

        Asking it row by row costs several queries each; _find_refused_rows does so when needed.
        """
        errors = {**self._empty_fields(instance), **(import_validation_errors or {})}
        if not self._meta.use_bulk:
            super().validate_instance(instance, errors, validate_unique)
            return
        found = {name for name in self._references() if getattr(instance, f"{name}_id")}
        try:
            instance.clean_fields(exclude={*errors, *found})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)
        instance.clean()

    def _empty_fields(self, instance):
        fields = [field for field in instance._meta.concrete_fields if field.editable]
        empty = [
            field.name
            for field in fields
            if not (field.null or field.primary_key) and getattr(instance, field.attname) is None
        ]
        return {name: ValidationError("不能为空。") for name in empty}

    def save_instance(self, instance, is_create, row, **kwargs):
        self.changes.append(Change(instance, kwargs["row_number"], row, is_create))
        super().save_instance(instance, is_create, row, **kwargs)
        self.lookups.add(instance)

    def bulk_create(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        """Write all changes of the file, unless a row of it is wrong."""
        self.create_instances.clear()
        self.update_instances.clear()
        self._check_siblings(result)
        if result.has_errors() or result.has_validation_errors():
            return
        try:
            with transaction.atomic():
                self._write()
        except IntegrityError as refusal:
            self._find_refused_rows(result, refusal)

    def _check_siblings(self, result):
        """Check rows of one parent against each other as they will be, not as they were."""
        parent = self._meta.model.sibling_key and f"{self._meta.model.sibling_key}_id"
        if not parent:
            return
        families = defaultdict(list)
        for change in self.changes:
            families[getattr(change.record, parent)].append(change.record)
        changed = {change.record.pk for change in self.changes}
        stored = self._meta.model._base_manager.filter(**{f"{parent}__in": list(families)})
        for record in stored:
            if record.pk not in changed:
                families[getattr(record, parent)].append(record)
        for change in self.changes:
            family = families[getattr(change.record, parent)]
            try:
                change.record.clean_among([one for one in family if one is not change.record])
            except ValidationError as error:
                result.append_invalid_row(change.number, change.row, error)

    def _write(self):
        # First what is altered, so that one link has ended before the next begins.
        for change in self.changes:
            if not change.creates:
                change.record.save()
        created = [change.record for change in self.changes if change.creates]
        for record in created:
            record.created_by = record.updated_by = acting_user()
        bulk_create_with_history(created, self._meta.model)

    def _find_refused_rows(self, result, refusal):
        """Write row by row, to learn which one the database refuses and why."""
        for change in self.changes:
            if change.creates:
                change.record.pk, change.record._state.adding = None, True
            else:
                change.record.refresh_from_db(fields=["version"])
            try:
                with transaction.atomic():
                    change.record.full_clean()
                    change.record.save()
            except ValidationError as error:
                result.append_invalid_row(change.number, change.row, error)
        if not result.has_validation_errors():
            result.append_base_error(Error(refusal))

    def _wrong_headers(self, headers):
        needed = [self.fields[name] for name in self._meta.import_id_fields]
        missing = [field.column_name for field in needed if field.column_name not in headers]
        unknown = [header or "（空）" for header in headers if header not in self.columns()]
        if missing:
            return f"缺少列：{'、'.join(missing)}。"
        if unknown:
            return f"不认识的列：{'、'.join(unknown)}。可用的列：{'、'.join(self.columns())}。"
        return ""

    def _column_title(self, name):
        if name == NON_FIELD_ERRORS or name not in self.fields:
            return ""
        return f"“{self.fields[name].column_name}”列"

    def _references(self):
        return [
            field.attribute for field in self.fields.values() if isinstance(field.widget, Reference)
        ]

    def _values_of(self, record):
        return [getattr(record, field.attname) for field in record._meta.concrete_fields]
