"""What every record has: a version, who wrote it and when, and its history."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from simple_history.models import HistoricalRecords

from orgs.scope import DatedQuerySet, ScopedQuerySet


class StaleRecordError(Exception):
    """Somebody else saved this record since it was read; `form` holds what was typed, if any."""

    def __init__(self, record, form=None):
        self.record = record
        self.form = form
        super().__init__(f"{record._meta.label} {record.pk} has changed since it was read")


def answered_request():
    """The request being answered, or None outside one."""
    return getattr(HistoricalRecords.context, "request", None)


def acting_user():
    """The signed-in user of the request being answered, or None outside one."""
    user = getattr(answered_request(), "user", None)
    return user if user is not None and user.is_authenticated else None


def gives_way(rule):
    """Whether the rule asks only some rows, as “one open link”: see Record.get_constraints."""
    return isinstance(rule, models.UniqueConstraint) and rule.condition is not None


def exactly_one(names):
    """The condition that one of the nullable foreign keys is filled in, and no other."""
    chosen = (Q(**{f"{other}__isnull": other != name for other in names}) for name in names)
    return Q(*chosen, _connector=Q.OR)


class Record(models.Model):
    """The base of everything the office keeps."""

    # Names of the foreign keys that decide whose scope a row is in; see ScopedQuerySet.inside.
    inside = ("organization",)
    # The foreign key whose rows are checked against each other in clean_among; none: no such rule.
    sibling_key = ""
    # Set by an inline formset, which checks all its rows together instead of against stored ones.
    among_siblings = False

    version = models.PositiveIntegerField("版本", default=1, editable=False)
    created_at = models.DateTimeField("录入时间", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="录入人",
    )
    updated_at = models.DateTimeField("修改时间", auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="修改人",
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def save(self, **options):
        """Save it as the next version; raises StaleRecordError when it is not the latest."""
        with transaction.atomic():
            if not self._state.adding:
                self._take_next_version(options)
            self.updated_by = acting_user()
            if self._state.adding:
                self.created_by = self.updated_by
            super().save(**options)

    def clean(self):
        super().clean()
        key = getattr(self, f"{self.sibling_key}_id", None) if self.sibling_key else None
        if key and not self.among_siblings:
            stored = type(self)._base_manager.filter(**{self.sibling_key: key})
            self.clean_among(stored.exclude(pk=self.pk))

    def get_constraints(self):
        """Among siblings, clean_among stands in for the rules of rows that give way to each other.

        Django would ask what is stored, where the row that gives way has not done so yet.
        """
        if not self.among_siblings:
            return super().get_constraints()
        return [
            (model, [rule for rule in rules if not gives_way(rule)])
            for model, rules in super().get_constraints()
        ]

    def clean_among(self, siblings):
        """Raise ValidationError when this row cannot stand beside the others of its parent."""

    def _take_next_version(self, options):
        stored = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        if stored.values_list("version", flat=True).first() != self.version:
            raise StaleRecordError(self)
        self.version += 1
        if options.get("update_fields") is not None:
            audit = ("version", "updated_at", "updated_by")
            options["update_fields"] = {*options["update_fields"], *audit}


class DatedRecord(Record):
    """A record that holds from one day until the day before another."""

    since = models.DateField("起始日期")
    until = models.DateField("截止日期", null=True, blank=True, help_text="仍在继续的留空。")

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="%(app_label)s_%(class)s_until_after_since",
                violation_error_message="截止日期必须晚于起始日期。",
            ),
        ]

    def overlaps(self, other):
        """Whether both hold on some day."""
        ends_first = self.until is not None and self.until <= other.since
        starts_after = other.until is not None and other.until <= self.since
        return not (ends_first or starts_after)

    def refuse_overlap(self, others, message):
        """Raise an error at `since`: `message`, formatted with the first one that clashes."""
        for other in others:
            if self.since and other.since and self.overlaps(other):
                raise ValidationError({"since": message.format(other)})
