"""What a resource says of a file: its faults, what it alters, and how records are called."""

from functools import cached_property

from django.core.exceptions import NON_FIELD_ERRORS

from .columns import read_text
from .references import FOLLOWS

HEADER_ROWS = 1
SKIPPED = "\x00skipped"  # stands for the message of a row the user leaves out


class Wording:
    def line(self, number):
        """The row of the sheet, from the engine's count of rows."""
        return self.numbers[number - 1] if self.numbers else number + HEADER_ROWS

    def problems(self, result):
        """What is wrong with the file: one sentence each, with the sheet's row and the column."""
        found = [str(error.error) for error in result.base_errors]
        for number, name, message in self.faults(result):
            title = self.column_title(name)
            place = f"第{self.line(number)}行{f'“{title}”列' if title else ''}"
            found.append(f"{place}：{message}")
        return found

    def faults(self, result):
        """The engine's number of the row, the field's name and the message of all that is wrong."""
        for failed in result.error_rows:
            for error in failed.errors:
                yield failed.number, NON_FIELD_ERRORS, str(error.error)
        order = {name: place for place, name in enumerate(self.get_import_order())}
        for invalid in sorted(result.invalid_rows, key=lambda row: row.number):
            for name in sorted(invalid.error_dict, key=lambda name: order.get(name, -1)):
                for message in invalid.error_dict[name]:
                    if message not in {FOLLOWS, SKIPPED}:
                        yield invalid.number, name, message

    def column_title(self, name):
        if name == NON_FIELD_ERRORS or name not in self.fields:
            return ""
        return self.fields[name].column_name

    def _wrong_headers(self, headers):
        missing = [column for column in self.key_columns() if column not in headers]
        unknown = [header or "（空）" for header in headers if header not in self.columns()]
        if missing:
            return f"缺少列：{'、'.join(missing)}。"
        if unknown:
            return f"不认识的列：{'、'.join(unknown)}。可用的列：{'、'.join(self.columns())}。"
        return ""

    def differences(self, change):
        """The columns a change alters: title, old and new value as the page shows them."""
        before = self.values_by_name(change.before)
        found = {}
        for field in self.get_import_fields():
            model_field = self._meta.model._meta.get_field(field.attribute)
            old, new = before[model_field.attname], getattr(change.record, model_field.attname)
            if old != new:
                texts = self.shown(model_field, old), self.shown(model_field, new)
                found.setdefault(field.column_name, texts)
        return [(column, *texts) for column, texts in found.items()]

    def shown(self, field, value):
        """A stored value as the page shows it."""
        if value is None or value == "":
            return ""
        if field.is_relation:
            return str(field.related_model._base_manager.get(pk=value))
        labels = self._labels[field.attname]
        if not labels and value.__class__ is str:
            return value  # as it is stored, so as it was read
        return labels.get(value) or read_text(value)

    @cached_property
    def _labels(self):
        """The choices of each field: {value: label}."""
        return {field.attname: dict(field.flatchoices) for field in self._concrete}

    def called(self, record):
        """What tells the record from its neighbours, in words."""
        values = vars(record)
        parts = [
            str(getattr(record, field.name) or "")
            if field.is_relation
            else self.shown(field, values[field.attname])
            for field in self._key_fields
        ]
        return "，".join(filter(None, parts))

    def values_by_name(self, values):
        """What Change.before holds, by attribute."""
        return dict(zip((field.attname for field in self._concrete), values, strict=True))

    def missing(self):
        """Stored records no row of the file stands for."""
        met = {id(instance) for instance in self.instances.values()}
        return [record for record in self.by_number.values() if id(record) not in met]
