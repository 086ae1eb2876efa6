"""How a session finds its user."""

from django.contrib.auth.backends import ModelBackend

from orgs.models import User


class RoleBackend(ModelBackend):
    """Checks passwords, and fetches a session's user with their organization: one query a request.

    What a role may do is asked of the user itself (orgs.roles): there are no groups.
    """

    def get_user(self, user_id):
        try:
            return User.objects.select_related("organization").get(pk=user_id, is_active=True)
        except User.DoesNotExist:
            return None
