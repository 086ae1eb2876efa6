from django.contrib import admin
from django.core.exceptions import ValidationError

from orgs.forms import VersionedForm
from orgs.models import Organization, Tag, TagLink

from .base import PlainAdmin, ScopedAdmin, ScopedInline

admin.site.register(Tag, PlainAdmin)


class OrganizationTags(ScopedInline):
    model = TagLink
    fk_name = "party_organization"
    fields = ["tag", "since", "until"]


class OrganizationForm(VersionedForm):
    def clean_parent(self):
        """A second root would be out of everybody's reach, and end that of the first."""
        parent = self.cleaned_data["parent"]
        others = Organization.objects.roots().exclude(pk=self.instance.pk)
        if parent is None and others.exists():
            raise ValidationError("请选择上级党组织。")
        return parent


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    form = OrganizationForm
    list_display = ["name", "level", "sector", "formation", "parent", "founded_on", "term_ends_on"]
    list_filter = ["level", "sector", "formation", ("village", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name"]
    autocomplete_fields = ["parent", "village", "merged_into"]
    inlines = [OrganizationTags]
    fieldsets = [
        ("基本情况", {"fields": ["name", "short_name", "parent", "level", "sector", "formation"]}),
        ("所在与任期", {"fields": ["village", "founded_on", "term_ends_on"]}),
        ("撤销或合并", {"fields": ["dissolved_on", "merged_into"]}),
    ]
