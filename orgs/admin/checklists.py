from django.contrib import admin

from orgs.models import ChecklistItem, ChecklistScheme

from .base import ScopedAdmin, ScopedInline


class ChecklistItems(ScopedInline):
    model = ChecklistItem
    fields = ["order", "text"]


@admin.register(ChecklistScheme)
class ChecklistSchemeAdmin(ScopedAdmin):
    list_display = ["name", "year", "threshold", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]
    inlines = [ChecklistItems]
    fieldsets = [
        (
            "标准",
            {"fields": ["name", "code", "year", "threshold", "organization", "source"]},
        ),
    ]
