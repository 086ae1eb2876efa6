"""Data entry for programmes, key tasks and plans."""

from django.contrib import admin

from orgs.admin.base import ScopedAdmin, ScopedInline

from .models import KeyTask, PlanItem, Programme, Progress, TaskVillage


@admin.register(Programme)
class ProgrammeAdmin(ScopedAdmin):
    list_display = ["name", "year", "organization", "order"]
    list_filter = ["year"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]
    fieldsets = [("工程", {"fields": ["name", "year", "organization", "order"]})]


class TaskVillages(ScopedInline):
    model = TaskVillage
    fields = ["village"]
    autocomplete_fields = ["village"]


class ProgressInline(ScopedInline):
    model = Progress
    # Its state is the review's to change: tasks.views.progress.
    fields = ["reported_on", "due_on", "percent", "note"]

    def view_on_site(self, obj):
        """Straight to the page, as in ScopedAdmin."""
        return obj.get_absolute_url()


@admin.register(KeyTask)
class KeyTaskAdmin(ScopedAdmin):
    list_display = ["number", "title", "programme", "lead", "department", "due_on", "completed_on"]
    list_filter = [
        ("programme", admin.RelatedOnlyFieldListFilter),
        ("department", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["programme", "lead__person", "department"]
    search_fields = ["title"]
    autocomplete_fields = ["organization", "programme", "lead", "department"]
    inlines = [TaskVillages, ProgressInline]
    fieldsets = [
        ("任务", {"fields": ["programme", "number", "title", "target", "organization"]}),
        ("责任", {"fields": ["lead", "department"]}),
        ("时限", {"fields": ["begins_on", "due_on", "completed_on", "report_rhythm"]}),
    ]


@admin.register(PlanItem)
class PlanItemAdmin(ScopedAdmin):
    list_display = ["year", "number", "section", "text", "kind", "department", "rhythm"]
    list_filter = ["year", "kind", "rhythm"]
    list_select_related = ["department"]
    search_fields = ["text"]
    autocomplete_fields = ["organization", "department", "lead"]
    fieldsets = [
        ("计划事项", {"fields": ["year", "number", "section", "text", "organization"]}),
        ("类型", {"fields": ["kind", "programme"]}),
        ("责任与时限", {"fields": ["lead", "department", "due_on", "rhythm"]}),
        ("可考核的承诺", {"fields": ["figure", "at_least", "at_most"]}),
        ("年底认定", {"fields": ["outcome", "outcome_reason"]}),
    ]
