"""Sessions: how they are read, and how long they live.

So many idle minutes, and never longer than the cookie's age.
"""

import time
from functools import lru_cache

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from dangjian.lib.statements import fetch, prepare, vendor

REFRESH_SECONDS = 60  # the time of last use is stored at most once a minute


class SessionStore(db.SessionStore):
    """Django's sessions in the database; a request reads its own by a statement kept compiled."""

    def load(self):
        for data, expires_on in fetch(stored(self.session_key, vendor())):
            if expires_on > timezone.now():
                return self.decode(data)
        self._session_key = None
        return {}


@lru_cache(maxsize=512)
def stored(key, database):
    return prepare(
        Session.objects.filter(session_key=key).values_list("session_data", "expire_date")
    )


class SessionLifetimeMiddleware:
    """Logs out who has been idle for SESSION_IDLE_SECONDS, or logged in for SESSION_COOKIE_AGE."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.expire_or_refresh(request)
        return self.get_response(request)

    def expire_or_refresh(self, request):
        now = int(time.time())
        started = request.session.setdefault("started_at", now)
        seen = request.session.setdefault("seen_at", now)
        too_long = now - started > settings.SESSION_COOKIE_AGE
        if too_long or now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
        elif now - seen > REFRESH_SECONDS:
            request.session["seen_at"] = now
