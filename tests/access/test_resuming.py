"""Typing survives the end of the session: kept for its writer, sent again by a click only."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from orgs.models import Person, Role
from tests.access.pages import opened
from tests.factories import PASSWORD, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
RESUME = "/resume/"


@pytest.fixture
def user(root):
    return UserFactory(organization=root, username="clerk", role=Role.CLERK)


@pytest.fixture
def page(root):
    return f"/admin/orgs/person/{PersonFactory(organization=root, name='王建国').pk}/change/"


@pytest.fixture
def client(user):
    return signed_in("clerk")


def signed_in(username, client=None):
    client = client or Client()
    client.post("/login/", {"username": username, "password": PASSWORD})
    client.get("/figures/")
    return client


def sign_in(client, username="clerk"):
    sent = {"username": username, "password": PASSWORD}
    return client.post("/login/", sent)["Location"]


def send(client, address, sent):
    """Post a form as a browser does."""
    return client.post(address, urlencode(sent, doseq=True), content_type=FORM)


def expired(client):
    """The client after thirty idle minutes and one."""
    session = client.session
    session["seen_at"] -= 31 * 60
    session.save()
    return client


def cookie_gone(client):
    """The client after the session's cookie was dropped, as when its twelve hours are over."""
    del client.cookies["sessionid"]
    return client


def signed_out(client):
    """The client after its user signed out in another window."""
    client.post("/logout/")
    return client


ENDS = [expired, cookie_gone, signed_out]
SENT = {"name": "王建军", "note": ["第一行\r\n第二行", "<b>"], "version": "1"}
FORM = "application/x-www-form-urlencoded"


def kept(client):
    response = client.get(RESUME)
    return [] if response.status_code == 302 else response.context["kept"]


def fields(client):
    """What the page would send, as a browser reads it."""
    html = client.get(RESUME).content.decode().split("<main", 1)[1]
    form = re.search(r'<form method="post"\s+action="(?!/resume/)([^"]*)".*?</form>', html, re.S)
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0])
    return form[1], found


# — kept —


@pytest.mark.parametrize("ends", ENDS)
def test_typing_is_kept_until_its_writer_is_back(client, page, ends):
    answer = send(ends(client), f"{page}?year=2025", SENT)

    assert answer["Location"].partition("?")[0] in ("/login/", "/admin/login/")
    assert sign_in(client) == RESUME
    assert [one["address"] for one in kept(client)] == [f"{page}?year=2025"]
    assert [tuple(pair) for pair in kept(client)[0]["fields"]] == [
        ("name", "王建军"),
        ("note", "第一行\r\n第二行"),
        ("note", "<b>"),
        ("version", "1"),
    ]


def test_page_shows_the_words_escaped(client, page):
    send(expired(client), page, SENT)
    sign_in(client)

    html = client.get(RESUME).content.decode()

    assert ("&lt;b&gt;" in html, "<b>" in html, "第二行" in html) == (True, False, True)
    assert kept(client)[0]["words"] == ["王建军", "第一行\r\n第二行", "<b>"]


def test_nothing_is_written_before_the_click(client, page):
    send(expired(client), page, SENT)
    sign_in(client)
    client.get(RESUME)

    assert Person.objects.get().name == "王建国"


def test_click_sends_it_to_where_it_was_sent(client, page):
    sent = {**opened(client, page), "name": "王建军"}
    send(expired(client), page, sent)
    sign_in(client)

    address, found = fields(client)
    response = send(client, address, dict(found))

    assert (address, response.status_code) == (page, 302)
    assert Person.objects.get().name == "王建军"
    assert kept(client) == []


def test_page_sends_a_fresh_token(user, page):
    strict = Client(enforce_csrf_checks=True)
    sent = {"username": "clerk", "password": PASSWORD}
    strict.get("/login/")
    strict.post("/login/", {**sent, "csrfmiddlewaretoken": strict.cookies["csrftoken"].value})
    strict.get("/figures/")
    token = {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    send(expired(strict), page, {**SENT, **token})
    strict.get("/login/")
    strict.post("/login/", {**sent, "csrfmiddlewaretoken": strict.cookies["csrftoken"].value})

    address, found = fields(strict)

    assert send(strict, address, {**dict(found), **token}).status_code == 403
    assert send(strict, address, dict(found)).status_code != 403


def test_it_is_given_up_by_a_click(client, page):
    send(expired(client), page, SENT)
    sign_in(client)

    response = client.post(RESUME, {"give_up": kept(client)[0]["key"]})

    assert (response["Location"], kept(client)) == ("/", [])


def test_several_forms_are_kept_and_sent_one_by_one(client, page):
    expired(client)
    for name in ("甲甲", "乙乙", "丙丙", "丁丁"):
        send(client, page, {"name": name})
    sign_in(client)

    assert [one["words"] for one in kept(client)] == [["乙乙"], ["丙丙"], ["丁丁"]]
    send(client, page, {"name": "乙乙", "unsent": kept(client)[0]["key"]})
    assert [one["words"] for one in kept(client)] == [["丙丙"], ["丁丁"]]


def test_it_is_kept_again_when_the_session_ends_again(client, page):
    send(expired(client), page, SENT)
    sign_in(client)
    key = kept(client)[0]["key"]

    send(expired(signed_in("clerk", client)), page, {**SENT, "unsent": key})
    sign_in(client)

    assert "unsent" not in dict(kept(client)[-1]["fields"])


# — not kept —


@pytest.mark.parametrize("ends", ENDS)
def test_another_user_gets_nothing(client, page, root, ends):
    UserFactory(organization=root, username="leader", role=Role.LEADER)
    send(ends(client), page, SENT)

    assert sign_in(client, "leader") == "/"
    assert (kept(client), "unsent" in client.session) == ([], False)
    client.post("/logout/")
    assert sign_in(client) == "/"


def test_without_the_cookie_nobody_can_tell_whose_it_is(client, page):
    del client.cookies["typist"]

    send(expired(client), page, SENT)

    assert "unsent" not in client.session


def test_forged_cookie_counts_for_nothing(client, page, root):
    other = UserFactory(organization=root, username="leader")
    value = client.cookies["typist"].value
    client.cookies["typist"] = f"{other.pk}:{value.partition(':')[2]}"

    send(expired(client), page, SENT)

    assert "unsent" not in client.session


def test_stranger_keeps_nothing_here(user, page):
    stranger = Client()

    send(stranger, page, SENT)

    assert list(stranger.session.keys()) == []


@pytest.mark.parametrize(
    ("address", "sent", "extra"),
    [
        ("/password/", {"old_password": "Old-2025xx", "new_password1": "New-2025xx"}, {}),
        ("/years/open/", {"open": "2026"}, {"content_type": "multipart/form-data; boundary=x"}),
        ("/years/open/", {"open": "2026"}, {"headers": {"X-Requested-With": "fetch"}}),
        ("/years/open/", {"open": "x" * 2**20}, {}),
        ("/logout/", {"next": "/"}, {}),
    ],
    ids=["password", "files", "script", "too much", "signing out"],
)
def test_form_not_worth_keeping_is_not_kept(client, address, sent, extra):
    body = "&".join(f"{name}={value}" for name, value in sent.items())
    expired(client)

    client.post(address, body, **{"content_type": FORM, **extra})

    assert "unsent" not in client.session


def test_form_kept_is_one_that_would_be(client):
    expired(client).post("/years/open/", "open=2026", content_type=FORM)

    assert [one["address"] for one in client.session["unsent"]] == ["/years/open/"]


def test_refused_token_keeps_nothing(user, page):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in("clerk").cookies

    response = send(expired(strict), page, SENT)

    assert (response.status_code, "unsent" in strict.session) == (403, False)


@pytest.mark.parametrize("path", ["//evil.example/x/", "/\\evil.example/"])
def test_it_is_sent_to_no_other_host(client, path):
    send(expired(client), path, SENT)
    sign_in(client)

    assert [one["address"] for one in kept(client) if "evil" in one["address"]] == []


# — the cookie —


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(user):
    cookie = Client().post("/login/", {"username": "clerk", "password": PASSWORD}).cookies["typist"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 14 * 86400)


def test_cookie_is_not_set_again_on_every_page(client):
    assert "typist" not in client.get("/figures/").cookies


def test_nobody_sees_the_page_without_signing_in(client):
    assert Client().get(RESUME)["Location"] == "/login/?next=/resume/"


def test_user_with_nothing_unsent_is_led_on(client):
    assert client.get(RESUME)["Location"] == "/"
