"""A file as the answer to a request, with the sign that it is there."""

import re
from io import BytesIO

from django.conf import settings
from django.http import FileResponse

from orgs.middleware import Request

# What static/js/download.js sends with the request and waits for in a cookie.
NAME = "download"
PLAIN = re.compile(r"[0-9a-z]{1,16}")
SECONDS = 60


def download(request: Request, stream: BytesIO, name: str) -> FileResponse:
    """The file under that name. The cookie tells the page that asked that it need not wait."""
    response = FileResponse(stream, as_attachment=True, filename=name)
    token = request.GET.get(NAME, "")
    if PLAIN.fullmatch(token):
        response.set_cookie(
            NAME,
            token,
            max_age=SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
    return response
