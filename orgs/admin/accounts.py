from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm

from orgs.models import Department, Office, User

from .base import MissingIsNotFound, ScopedAdmin, ScopedFields


@admin.register(Office)
class OfficeAdmin(ScopedAdmin):
    list_display = ["name", "organization", "working_year"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]
    fieldsets = [
        ("使用单位", {"fields": ["name", "organization", "working_year", "change_threshold"]})
    ]


@admin.register(Department)
class DepartmentAdmin(ScopedAdmin):
    list_display = ["name", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]
    fieldsets = [("科室", {"fields": ["name", "organization"]})]


class NewUserForm(AdminUserCreationForm):
    usable_password = None  # every user of this office signs in with a password

    class Meta:
        model = User
        fields = ["username", "name", "role", "organization", "department"]
        field_classes = {"username": forms.CharField}


@admin.register(User)
class UserAdmin(MissingIsNotFound, ScopedFields, DjangoUserAdmin):
    add_form = NewUserForm
    list_display = ["username", "name", "role", "organization", "is_active"]
    list_filter = ["role", "is_active"]
    list_select_related = ["organization"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login"]
    autocomplete_fields = ["organization", "department", "person"]
    fieldsets = [
        ("账号", {"fields": ["username", "password", "is_active", "last_login"]}),
        ("身份", {"fields": ["name", "role", "organization", "department", "person"]}),
    ]
    add_fieldsets = [
        (
            "新用户",
            {
                "fields": [
                    "username",
                    "name",
                    "role",
                    "organization",
                    "department",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]

    def has_delete_permission(self, request, obj=None):
        return False  # users leave by being switched off: the history names them
