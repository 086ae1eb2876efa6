"""Whether a row may stand, before the database is asked."""

from functools import cached_property

from django.core.exceptions import ValidationError

from .columns import Choice, Day, DayKnown, YesNo
from .references import Reference


class Checking:
    """Checks fields and `clean`; what the database checks too is left to it, unless it refuses.

    Asking it row by row costs several queries each; see bulk_create.
    """

    def validate_instance(
        self,
        instance,
        import_validation_errors=None,
        validate_unique=True,  # noqa: FBT002 - the engine's signature
    ):
        errors = dict(import_validation_errors or {})
        errors |= self.wrong_fields(instance, errors)
        if not self._meta.use_bulk:
            super().validate_instance(instance, errors, validate_unique)
            return
        if errors:
            raise ValidationError(errors)
        instance.clean()

    def wrong_fields(self, instance, known):
        """What Django's clean_fields finds, each value of a column looked at once."""
        errors = {}
        values = vars(instance)
        for field, is_sound in self._checked:
            value = values[field.attname]
            if field.name in known or (is_sound and value is not None and value != ""):
                continue
            if value is None and not field.null:
                errors[field.name] = [ValidationError("不能为空。")]
            elif not (field.blank and value in field.empty_values):
                try:
                    values[field.attname] = self.proven(field, value, instance)
                except ValidationError as error:
                    errors[field.name] = error.error_list
        return errors

    def proven(self, field, value, instance):
        """The value as its field has it. Raises ValidationError."""
        # As a text too: 1.0 and 1.00 are equal, and one may have too many decimals.
        key = field.attname, value.__class__, str(value)
        if key not in self.found_sound:
            self.found_sound[key] = field.clean(value, instance)
        return self.found_sound[key]

    @cached_property
    def _checked(self):
        """The fields, and whether any value is right: their column can hold no other."""
        sound = {
            field.attribute
            for field in self.get_import_fields()
            if isinstance(field.widget, Reference | Choice | Day | DayKnown | YesNo)
        }
        fields = [one for one in self._concrete if one.editable and not one.primary_key]
        return [(field, field.name in sound) for field in fields]
