"""What was typed when the session had ended: kept until its writer has signed in again.

A form sent without a session is led to the login page. What it held is kept in the new, anonymous
session, and after the login a page offers to send it once more. Nothing is sent without a click,
and nothing is shown to anybody but the user who typed it: a signed cookie says who that was, also
where the session itself is gone. Why a cookie: docs/adr/0012-typed-text-is-never-lost.md.
"""

import secrets
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

COOKIE = SALT = "typist"
COOKIE_AGE = 14 * 24 * 60 * 60  # seconds: a form left open over a holiday
UNSENT = "unsent"  # the key in the session, and the field that says which one is sent again
MOST_BYTES = 2**20
MOST_KEPT = 3
FORM = "application/x-www-form-urlencoded"
# Not typed by anybody.
MACHINERY = ("csrfmiddlewaretoken", UNSENT, "version", "_FORMS", "-id")


class UnsentMiddleware:
    """Keeps what a user typed when their session has ended, and lets it go once it was sent."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if request.user.is_authenticated:
            if not was_signed_in or not is_typist(request):
                remember_typist(request, response)
            if was_sent_again(request, response):
                let_go(request, request.POST[UNSENT])
        elif asks_to_sign_in(response) and is_worth_keeping(request):
            keep(request)
        return response


# — who typed it —


def is_typist(request):
    """Whether the cookie names the user; its signature is looked at when it is relied on."""
    return request.COOKIES.get(COOKIE, "").startswith(f"{request.user.pk}:")


def remember_typist(request, response):
    response.set_signed_cookie(
        COOKIE,
        str(request.user.pk),
        salt=SALT,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def typist_of(request):
    """The key of the user signed in last in this browser, as text; empty when nobody can tell."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_AGE)


# — keeping it —


def asks_to_sign_in(response):
    """Whether it leads to a login page that comes back to the address asked for."""
    target = urlsplit(response.get("Location", ""))
    return target.path in (reverse("login"), reverse("admin:login")) and "next=" in target.query


def is_worth_keeping(request):
    """A form typed by somebody known, with no file or password in it, and not sent by a script."""
    return (
        request.method == "POST"
        and request.content_type == FORM
        and int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_BYTES
        and request.path != reverse("logout")
        and "X-Requested-With" not in request.headers
        and not any("password" in name for name in request.POST)
        and typist_of(request) != ""
    )


def keep(request):
    typist = typist_of(request)
    others = [one for one in request.session.get(UNSENT, []) if one["typist"] == typist]
    sent = {
        "key": secrets.token_hex(8),
        "typist": typist,
        "address": request.get_full_path(),
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in (UNSENT, "csrfmiddlewaretoken")
        ],
        "sent_at": timezone.now().isoformat(),
    }
    request.session[UNSENT] = [*others[1 - MOST_KEPT :], sent]


def unsent(request):
    """What the signed-in user sent without a session, the latest last."""
    return [one for one in request.session.get(UNSENT, []) if one["typist"] == str(request.user.pk)]


# — sending it again —


def was_sent_again(request, response):
    """Whether this was a form kept before, and it arrived."""
    return (
        request.method == "POST"
        and request.content_type == FORM
        and UNSENT in request.POST
        and response.status_code < 500
    )


def let_go(request, key):
    kept = [one for one in unsent(request) if one["key"] != key]
    if kept:
        request.session[UNSENT] = kept
    else:
        request.session.pop(UNSENT, None)


class SignIn(auth.LoginView):
    """Signs in, and leads to what was typed before, if there is something."""

    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        let_go(self.request, "")  # what somebody else typed
        return response

    def get_success_url(self):
        return reverse("resume") if unsent(self.request) else super().get_success_url()


def resume(request):
    """What was typed, to be sent again to where it was sent, or given up."""
    kept = unsent(request)
    if request.method == "POST":
        if request.POST.get("give_up") not in {one["key"] for one in kept}:
            raise Http404("没有这份内容。")
        let_go(request, request.POST["give_up"])
        messages.info(request, "已放弃登录过期前填写的内容。")
        return redirect("resume" if unsent(request) else "dashboard")
    if not kept:
        return redirect("dashboard")
    context = {"kept": [described(one) for one in kept]}
    return render(request, "registration/resume.html", context)


def described(one):
    """What was sent, for its writer: when, and the words in it."""
    return {
        **one,
        "sent_at": datetime.fromisoformat(one["sent_at"]),
        "words": [
            value
            for name, value in one["fields"]
            if value.strip() and not name.endswith(MACHINERY) and len(value.strip()) > 1
        ],
    }
