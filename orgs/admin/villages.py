from django.contrib import admin

from orgs.models import TagLink, Village, VillageFact, VillageFactKind

from .base import PlainAdmin, ScopedAdmin, ScopedInline

admin.site.register(VillageFactKind, PlainAdmin)


class VillageFacts(ScopedInline):
    model = VillageFact
    fields = ["kind", "value", "counted_on", "source"]


class VillageTags(ScopedInline):
    model = TagLink
    fk_name = "village"
    fields = ["tag", "since", "until"]


@admin.register(Village)
class VillageAdmin(ScopedAdmin):
    list_display = ["name", "kind", "party_organization", "established_on", "abolished_on"]
    list_filter = ["kind"]
    list_select_related = ["party_organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization", "party_organization"]
    inlines = [VillageFacts, VillageTags]
    fieldsets = [
        ("基本情况", {"fields": ["name", "kind", "organization", "party_organization"]}),
        ("沿革", {"fields": ["planned_on", "established_on", "abolished_on"]}),
    ]
