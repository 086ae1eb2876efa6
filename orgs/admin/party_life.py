from django.contrib import admin

from orgs.models import (
    Activity,
    ActivityKind,
    Attendance,
    ChecklistResult,
    Development,
    Pairing,
    PairingSide,
    Pledge,
    Rating,
    Rhythm,
    Site,
)

from .base import PlainAdmin, ScopedAdmin, ScopedInline

admin.site.register(ActivityKind, PlainAdmin)


class Attendances(ScopedInline):
    model = Attendance
    fields = ["person", "presence", "reason"]
    autocomplete_fields = ["person"]


@admin.register(Activity)
class ActivityAdmin(ScopedAdmin):
    list_display = ["held_on", "kind", "organization", "topic", "due", "present"]
    list_filter = ["kind", "held_on"]
    list_select_related = ["kind", "organization"]
    search_fields = ["topic", "organization__short_name"]
    date_hierarchy = "held_on"
    autocomplete_fields = ["organization", "pairing"]
    inlines = [Attendances]
    fieldsets = [
        ("活动", {"fields": ["kind", "organization", "topic", "held_on", "place", "lecturer"]}),
        ("到会情况", {"fields": ["due", "present", "hours"]}),
        ("结对共建", {"fields": ["pairing"]}),
    ]


@admin.register(Rhythm)
class RhythmAdmin(ScopedAdmin):
    list_display = ["kind", "level", "sector", "every", "times", "organization", "since", "until"]
    list_filter = ["kind", "level"]
    list_select_related = ["kind", "organization"]
    search_fields = ["kind__name"]
    autocomplete_fields = ["organization"]
    fieldsets = [
        ("频次", {"fields": ["organization", "kind", "every", "times"]}),
        ("适用范围", {"fields": ["level", "sector", "since", "until"]}),
    ]


class PairingSides(ScopedInline):
    model = PairingSide
    fields = ["side", "party_organization", "enterprise", "village", "unit"]
    autocomplete_fields = ["party_organization", "enterprise", "village"]


@admin.register(Pairing)
class PairingAdmin(ScopedAdmin):
    list_display = ["name", "mode", "organization", "since", "until"]
    list_filter = ["mode"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]
    inlines = [PairingSides]
    fieldsets = [
        ("结对共建", {"fields": ["name", "mode", "organization", "plan", "since", "until"]})
    ]


@admin.register(Pledge)
class PledgeAdmin(ScopedAdmin):
    list_display = ["person", "organization", "text", "pledged_on", "fulfilled_on"]
    list_select_related = ["person", "organization"]
    search_fields = ["person__name", "text"]
    autocomplete_fields = ["person", "organization"]
    fieldsets = [
        (
            "党员承诺",
            {"fields": ["person", "organization", "text", "pledged_on", "fulfilled_on"]},
        )
    ]


@admin.register(Site)
class SiteAdmin(ScopedAdmin):
    list_display = ["name", "organization", "village", "area", "opened_on", "demonstration_since"]
    list_filter = ["is_shared"]
    list_select_related = ["organization", "village"]
    search_fields = ["name"]
    autocomplete_fields = ["organization", "village"]
    fieldsets = [
        ("活动阵地", {"fields": ["name", "organization", "village", "area", "is_shared"]}),
        ("日期", {"fields": ["opened_on", "closed_on", "demonstration_since"]}),
    ]


@admin.register(Rating)
class RatingAdmin(ScopedAdmin):
    list_display = ["organization", "scheme", "grade", "given_on", "valid_until"]
    list_select_related = ["organization"]
    search_fields = ["organization__short_name", "scheme"]
    autocomplete_fields = ["organization"]
    fieldsets = [
        (
            "评星定级",
            {"fields": ["organization", "scheme", "grade", "given_on", "valid_until"]},
        )
    ]


@admin.register(Development)
class DevelopmentAdmin(ScopedAdmin):
    list_display = ["person", "stage", "organization", "reached_on"]
    list_filter = ["stage"]
    list_select_related = ["person", "organization"]
    search_fields = ["person__name"]
    autocomplete_fields = ["person", "organization"]
    fieldsets = [("发展党员", {"fields": ["person", "organization", "stage", "reached_on"]})]


@admin.register(ChecklistResult)
class ChecklistResultAdmin(ScopedAdmin):
    list_display = ["organization", "item", "is_met", "checked_on", "checker"]
    list_filter = ["is_met", ("item__scheme", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organization", "item"]
    search_fields = ["organization__short_name"]
    autocomplete_fields = ["organization"]
    fieldsets = [
        (
            "达标检查",
            {"fields": ["organization", "item", "is_met", "checked_on", "checker", "evidence"]},
        )
    ]
