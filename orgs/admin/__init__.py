"""Data entry for the registers of floor 1, in the order of the paper forms."""

from django.contrib import admin
from django.contrib.auth.models import Group

from . import accounts, checklists, enterprises, organizations, party_life, people, villages

__all__ = [
    "accounts",
    "checklists",
    "enterprises",
    "organizations",
    "party_life",
    "people",
    "villages",
]

admin.site.site_title = admin.site.site_header = "党建工作平台"
admin.site.index_title = "数据录入"
admin.site.site_url = "/"
# Roles are plain data in orgs.roles; there are no groups to keep in step with them.
if admin.site.is_registered(Group):
    admin.site.unregister(Group)
