from django.contrib import admin

from orgs.models import (
    Coverage,
    Enterprise,
    EnterpriseFact,
    EnterpriseFactKind,
    OrganizingPlan,
    TagLink,
)

from .base import PlainAdmin, ScopedAdmin, ScopedInline

admin.site.register(EnterpriseFactKind, PlainAdmin)


class Coverages(ScopedInline):
    model = Coverage
    fields = ["organization", "mode", "since", "until"]
    autocomplete_fields = ["organization"]


class OrganizingPlans(ScopedInline):
    model = OrganizingPlan
    fields = ["reason", "owner", "due_on", "since", "until"]
    autocomplete_fields = ["owner"]


class EnterpriseFacts(ScopedInline):
    model = EnterpriseFact
    fields = ["kind", "value", "counted_on", "source"]


class EnterpriseTags(ScopedInline):
    model = TagLink
    fk_name = "enterprise"
    fields = ["tag", "since", "until"]


@admin.register(Enterprise)
class EnterpriseAdmin(ScopedAdmin):
    list_display = ["name", "credit_code", "ownership", "village", "opened_on", "closed_on"]
    list_filter = ["ownership", ("village", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["village"]
    search_fields = ["name", "credit_code"]
    autocomplete_fields = ["organization", "village", "head"]
    inlines = [Coverages, OrganizingPlans, EnterpriseFacts, EnterpriseTags]
    fieldsets = [
        ("企业基本情况", {"fields": ["name", "credit_code", "ownership", "trade", "head"]}),
        ("所在与管理", {"fields": ["village", "organization"]}),
        ("存续", {"fields": ["opened_on", "closed_on"]}),
        ("不纳入组建范围", {"fields": ["excluded_on", "excluded_because"]}),
    ]
