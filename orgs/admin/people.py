from django.contrib import admin

from orgs.models import Membership, Person, TagLink

from .base import ScopedAdmin, ScopedInline


class Memberships(ScopedInline):
    model = Membership
    fields = ["organization", "kind", "since", "until", "why_ended"]
    autocomplete_fields = ["organization"]


class PersonTags(ScopedInline):
    model = TagLink
    fk_name = "person"
    fields = ["tag", "since", "until"]


@admin.register(Person)
class PersonAdmin(ScopedAdmin):
    list_display = ["name", "sex", "birth_on", "political_status", "education", "organization"]
    list_filter = [
        "sex",
        "political_status",
        "education",
        ("organization", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]
    inlines = [Memberships, PersonTags]
    fieldsets = [
        ("基本情况", {"fields": ["name", "sex", "ethnicity", "birth_on", "birth_day_known"]}),
        ("学历", {"fields": ["education", "education_completed"]}),
        ("政治面貌", {"fields": ["political_status", "joined_on", "organization"]}),
    ]
