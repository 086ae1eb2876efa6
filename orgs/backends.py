"""How a session finds its user."""

from functools import lru_cache

from django.contrib.auth.backends import ModelBackend

from dangjian.lib.statements import columns_of, fetch, prepare, record, vendor
from orgs.models import Organization, User


class RoleBackend(ModelBackend):
    """Checks passwords, and fetches a session's user with their organization: one query a request.

    What a role may do is asked of the user itself (orgs.roles): there are no groups.
    """

    def get_user(self, user_id):
        width = len(columns_of(User))
        for row in fetch(active_user(user_id, vendor())):
            user = record(User, row[:width])
            if user.organization_id is not None:
                user.organization = record(Organization, row[width:])
            return user
        return None


@lru_cache(maxsize=512)
def active_user(pk, database):
    """A user and their organization as a statement: saying it anew was a tenth of a page."""
    organization = (f"organization__{name}" for name in columns_of(Organization))
    active = User.objects.filter(pk=pk, is_active=True)
    return prepare(active.values_list(*columns_of(User), *organization))
