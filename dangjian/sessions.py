"""How long a session lives: so many idle minutes, and never longer than the cookie's age."""

import time

from django.conf import settings
from django.contrib.auth import logout

REFRESH_SECONDS = 60  # the time of last use is stored at most once a minute


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
