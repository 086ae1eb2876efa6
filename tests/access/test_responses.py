"""What every response carries, the error pages, and that writing needs a token."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import include, path

from orgs.models import Role
from tests.access.test_matrix import ADDRESSES, RULES, asked

HEADERS = {
    "Content-Security-Policy": (
        "base-uri 'self'; default-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def fails(request):
    raise RuntimeError("planted")


def is_suspicious(request):
    raise SuspiciousOperation("planted")


urlpatterns = [
    path("fails/", fails),
    path("suspicious/", is_suspicious),
    path("", include("dangjian.urls")),
]


def headers_of(response):
    found = {name: response.get(name) for name in HEADERS}
    directives = (found["Content-Security-Policy"] or "").split("; ")
    return {**found, "Content-Security-Policy": "; ".join(sorted(directives))}


@pytest.fixture
def answering(clients, db, settings):
    """A signed-in client that shows error pages instead of raising."""
    settings.ROOT_URLCONF = "tests.access.test_responses"
    client = clients[Role.CLERK]
    client.raise_request_exception = False
    yield client
    client.raise_request_exception = True


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("role", [None, Role.CLERK, Role.LEADER])
def test_every_address_carries_the_headers(world, clients, db, name, role):
    response = clients[role].get(asked(name, RULES[name], world, "own"))

    assert headers_of(response) == HEADERS


@pytest.mark.parametrize("url", ["/static/css/app.css", "/static/admin/js/core.js", "/static/no"])
def test_static_files_carry_the_headers(client, db, url):
    # HEAD opens no file, which closing would take the test's connection along with.
    assert headers_of(client.head(url)) == HEADERS


# What goes wrong, the status, and what the page says.
ERRORS = [
    ("/suspicious/", {}, 400, "无法处理这个请求"),
    ("/", {"HTTP_HOST": "evil.example"}, 400, "无法处理这个请求"),
    ("/admin/orgs/user/", {}, 403, "没有权限"),
    ("/no/such/page/", {}, 404, "找不到这个页面"),
    ("/villages/0/", {}, 404, "找不到这个页面"),
    ("/admin/orgs/person/0/change/", {}, 404, "找不到这个页面"),
    ("/fails/", {}, 500, "系统出错了"),
]


@pytest.mark.parametrize(("url", "extra", "status", "heading"), ERRORS)
@pytest.mark.filterwarnings("ignore::Warning")
def test_error_page_is_chinese_with_the_headers(answering, url, extra, status, heading):
    response = answering.get(url, **extra)

    assert (response.status_code, headers_of(response)) == (status, HEADERS)
    html = response.content.decode()
    assert f"错误代码{status}" in "".join(html.split())
    assert heading in html
    assert [word for word in ("planted", "Traceback", "evil.example") if word in html] == []


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name != "healthz"])
@pytest.mark.parametrize("role", [None, Role.CLERK, Role.ADMINISTRATOR])
def test_writing_without_a_token_is_refused(world, clients, db, name, role):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clients[role].cookies

    response = strict.post(asked(name, RULES[name], world, "own"))

    assert response.status_code == 403
    assert "页面已过期，没有保存" in response.content.decode()


def test_refused_token_carries_the_headers(db):
    response = Client(enforce_csrf_checks=True).post("/login/")

    assert (response.status_code, headers_of(response)) == (403, HEADERS)
