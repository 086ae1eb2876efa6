"""Data entry for elections, in the order of the paper roster."""

from django.contrib import admin

from orgs.admin.base import PlainAdmin, ScopedAdmin, ScopedInline

from .models import Ballots, Body, BodyKind, Election, Seat, Term

admin.site.register(BodyKind, PlainAdmin)


@admin.register(Term)
class TermAdmin(ScopedAdmin):
    list_display = ["name", "starts_on", "completed_on", "ends_on", "previous"]
    list_select_related = ["previous"]
    search_fields = ["name"]
    autocomplete_fields = ["organization", "previous"]
    fieldsets = [
        ("届次", {"fields": ["name", "organization", "previous"]}),
        ("日期", {"fields": ["starts_on", "completed_on", "ends_on"]}),
    ]


@admin.register(Body)
class BodyAdmin(ScopedAdmin):
    list_display = ["name", "kind", "village", "organization"]
    list_filter = ["kind", ("village", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["kind", "village", "organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization", "village", "enterprise"]
    fieldsets = [
        ("班子", {"fields": ["name", "kind", "village", "enterprise", "organization"]}),
    ]


class BallotsInline(ScopedInline):
    model = Ballots
    fields = ["channel", "group", "registered", "attended", "issued", "returned", "valid"]


class Seats(ScopedInline):
    model = Seat
    fields = ["person", "post", "duty", "votes", "education", "since", "until", "why_ended"]
    autocomplete_fields = ["person"]


@admin.register(Election)
class ElectionAdmin(ScopedAdmin):
    list_display = ["body", "term", "kind", "state", "due_on", "held_on", "seats_set"]
    list_filter = [
        ("term", admin.RelatedOnlyFieldListFilter),
        "kind",
        "state",
        ("body__kind", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["body", "term"]
    search_fields = ["body__name"]
    autocomplete_fields = ["term", "body"]
    inlines = [BallotsInline, Seats]
    fieldsets = [
        ("选举", {"fields": ["term", "body", "kind", "seats_set"]}),
        ("时间与状态", {"fields": ["due_on", "held_on", "state", "reason"]}),
        ("方式", {"fields": ["nomination_method", "method", "rounds"]}),
    ]
