"""What every data-entry page shares: scope, version, history."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from simple_history.admin import SimpleHistoryAdmin

from orgs.forms import SiblingFormSet, VersionedForm
from orgs.scope import ScopedQuerySet

from .history import ReadableChanges
from .obstacles import named_in_sight


class MissingIsNotFound:
    """Answers 404 for an object that is not there; Django's admin redirects to its index."""

    def history_view(self, request, object_id, extra_context=None):
        # As the other pages do: may they look at all, and only then at what.
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404("没有这条记录。")


class ScopedFields:
    """Offers only records inside the user's scope in every foreign key."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        candidates = db_field.related_model._default_manager.all()
        if "queryset" not in kwargs and isinstance(candidates, ScopedQuerySet):
            kwargs["queryset"] = candidates.within(request.scope)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.is_narrowed = not request.scope.everything
        return field

    def get_queryset(self, request):
        return super().get_queryset(request).within(request.scope)

    def editable_fields(self, request, obj):
        """The fields on the page but `version`, which VersionedForm declares: not editable."""
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        return [name for name in shown if name != "version"]


class ScopedAdmin(MissingIsNotFound, ScopedFields, SimpleHistoryAdmin):
    """A register's data entry: rows, foreign keys and history inside the user's scope."""

    form = VersionedForm
    list_per_page = 50
    save_on_top = False
    show_full_result_count = False

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if any("version" in options["fields"] for _, options in fieldsets):
            return fieldsets
        *others, (name, options) = fieldsets
        return [*others, (name, {**options, "fields": [*options["fields"], "version"]})]

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002 - Django's own
        # The change page passes every field it shows, the history page none.
        kwargs["fields"] = self.editable_fields(request, obj)
        return super().get_form(request, obj, change, **kwargs)

    def view_on_site(self, obj):
        """Straight to the page: Django's way there answers for any row, whatever the scope."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST" and transaction.get_connection().in_atomic_block:
            # Who saves the same record, or rows of it, waits: the forms check what is stored.
            self.model._base_manager.select_for_update().filter(pk=found.pk).first()
        return found

    def get_deleted_objects(self, objs, request):
        """What is in the way is named to those who may see it, and counted for others."""
        found, counts, permissions_lacking, protected = super().get_deleted_objects(objs, request)
        if not protected:
            return found, counts, permissions_lacking, protected
        # Nothing is deleted then, so no permission is lacking; Django would name hidden models.
        return found, counts, set(), named_in_sight(request, objs)

    def history_view(self, request, object_id, extra_context=None):
        self._found_or_404(request, object_id)
        return super().history_view(request, object_id, extra_context)

    @transaction.atomic
    def history_form_view(self, request, object_id, version_id, extra_context=None):
        found = self._found_or_404(request, object_id)
        # django-simple-history asks only whether the record may be viewed.
        if request.method == "POST" and not self.has_change_permission(request, found):
            raise PermissionDenied
        if not version_id.isdecimal():
            raise Http404("没有这个版本。")
        return super().history_form_view(request, object_id, version_id, extra_context)

    def get_historical_record_context_helper(self, request, historical_record):
        return ReadableChanges(self.model, historical_record)

    def _found_or_404(self, request, object_id):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied  # before saying whether there is such a record
        # django-simple-history falls back to the history row, which knows no scope.
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404("没有这条记录。")
        return found


class ScopedInline(ScopedFields, admin.TabularInline):
    """Rows entered on their parent's page, checked against each other."""

    form = VersionedForm
    formset = SiblingFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        # A tabular row has no labels of its own, only the heading of the column.
        field.widget.attrs.setdefault("aria-label", field.label)
        return field

    def get_fields(self, request, obj=None):
        return [*super().get_fields(request, obj), "version"]

    def get_formset(self, request, obj=None, **kwargs):
        kwargs.setdefault("fields", self.editable_fields(request, obj))
        return super().get_formset(request, obj, **kwargs)


class PlainAdmin(MissingIsNotFound, admin.ModelAdmin):
    """Lists kept by administrators: kinds and tags, the same for every organization."""
