"""Signing in, how long it lasts, and what ends it."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from orgs.models import Role
from tests.factories import PASSWORD, UserFactory

LOCKED = "此账号在本机的登录已暂停30分钟"
WRONG = "请输入一个正确的 用户名 和密码。"


@pytest.fixture
def user(root):
    return UserFactory(organization=root, username="clerk")


def sign_in(username, password=PASSWORD, client=None, **extra):
    client = client or Client()
    sent = {"username": username, "password": password}
    return client.post(f"/login/{extra.pop('query', '')}", sent, **extra)


def fail(times, username="clerk", **extra):
    return [sign_in(username, "wrong", **extra) for _ in range(times)][-1]


def signed_in(user):
    client = Client()
    sign_in(user.username, client=client)
    return client


def test_wrong_password_is_refused_in_chinese(user):
    response = fail(1)

    assert response.status_code == 200
    assert "用户名" in response.context["form"].non_field_errors()[0]
    assert "clerk" in response.content.decode()


def test_wrong_password_and_unknown_account_read_the_same(user):
    known, unknown = fail(1), fail(1, "nobody")

    assert known.context["form"].errors == unknown.context["form"].errors


def test_four_failures_do_not_lock(user):
    fail(4)

    assert sign_in("clerk").status_code == 302


def test_five_failures_lock_the_account_here(user):
    last = fail(5)

    locked = sign_in("clerk")
    assert [last.status_code, locked.status_code] == [429, 429]
    assert LOCKED in locked.content.decode()


def test_five_failures_leave_other_accounts_of_the_address_alone(user):
    UserFactory(username="leader")
    fail(5)

    assert sign_in("leader").status_code == 302


def test_five_failures_leave_the_account_at_other_addresses_alone(user):
    fail(5)

    assert sign_in("clerk", REMOTE_ADDR="10.0.0.2").status_code == 302


@pytest.mark.parametrize("written", [" clerk", "\uff43lerk"])
def test_account_written_otherwise_is_locked_with_it(user, written):
    fail(5)

    assert sign_in(written).status_code == 429


def test_forged_address_does_not_unlock(user):
    for last in range(5):
        fail(1, HTTP_X_FORWARDED_FOR=f"10.0.0.{last}")

    assert sign_in("clerk", HTTP_X_FORWARDED_FOR="10.0.0.9").status_code == 429


def test_session_key_is_new_after_signing_in(user):
    client = Client()
    client.session.save()
    before = client.session.session_key
    client.cookies["sessionid"] = before

    sign_in("clerk", client=client)

    assert client.session.session_key != before


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver.evil.example/",
    ],
)
def test_next_takes_no_other_host(user, target):
    response = Client().post("/login/", {"username": "clerk", "password": PASSWORD, "next": target})

    assert (response.status_code, response["Location"]) == (302, "/")


def test_next_leads_back_to_the_page_asked_for(user):
    asked = Client().get("/registers/orgs.people/?year=2025")

    response = sign_in("clerk", query=asked["Location"].removeprefix("/login/"))

    assert response["Location"] == "/registers/orgs.people/?year=2025"


def test_next_after_signing_out_takes_no_other_host(user):
    response = signed_in(user).post("/logout/", {"next": "https://evil.example/"})

    assert response["Location"] == "/login/"


def aged(client, **seconds):
    """The client, its session older by so many seconds."""
    session = client.session
    for name, age in seconds.items():
        session[name] -= age
    session.save()
    return client


@pytest.fixture
def client_of_user(user):
    client = signed_in(user)
    client.get("/figures/")
    return client


MINUTE, HOUR = 60, 3600


@pytest.mark.parametrize(
    ("ages", "answer"),
    [
        ({"seen_at": 29 * MINUTE}, 200),
        ({"seen_at": 31 * MINUTE}, 302),
        ({"started_at": 12 * HOUR - MINUTE}, 200),
        ({"started_at": 12 * HOUR + MINUTE}, 302),
    ],
)
def test_session_ends(client_of_user, ages, answer):
    assert aged(client_of_user, **ages).get("/figures/").status_code == answer


def test_use_keeps_the_session_awake(client_of_user):
    for _ in range(3):
        response = aged(client_of_user, seen_at=20 * MINUTE).get("/figures/")

    assert response.status_code == 200


def test_use_does_not_prolong_the_twelve_hours(client_of_user):
    answers = [
        aged(client_of_user, seen_at=25 * MINUTE, started_at=25 * MINUTE).get("/password/")
        for _ in range(29)
    ]

    assert [answer.status_code for answer in answers] == [200] * 28 + [302]


def test_session_that_ended_is_gone(client_of_user):
    cookie = client_of_user.cookies["sessionid"].value
    aged(client_of_user, seen_at=31 * MINUTE).get("/figures/")
    thief = Client()
    thief.cookies["sessionid"] = cookie

    assert thief.get("/figures/").status_code == 302


def test_signing_in_again_begins_twelve_new_hours(client_of_user):
    aged(client_of_user, started_at=13 * HOUR).get("/figures/")
    sign_in("clerk", client=client_of_user)

    assert client_of_user.get("/figures/").status_code == 200


def test_signed_out_session_is_gone(client_of_user):
    cookie = client_of_user.cookies["sessionid"].value
    client_of_user.post("/logout/")
    thief = Client()
    thief.cookies["sessionid"] = cookie

    assert thief.get("/figures/").status_code == 302


def test_switching_a_user_off_ends_their_access(client_of_user, user):
    user.is_active = False
    user.save()

    response = client_of_user.get("/figures/")

    assert (response.status_code, sign_in("clerk").status_code) == (302, 200)


def test_moving_a_user_moves_their_scope(client_of_user, user, village_organization):
    user.organization = village_organization
    user.save()

    request = client_of_user.get("/figures/").wsgi_request

    assert request.scope.organization_id == village_organization.pk


def test_taking_a_role_away_takes_its_rights(client_of_user, user):
    user.role = Role.LEADER
    user.save()

    assert client_of_user.get("/admin/").status_code == 403


def change_password(client, new):
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    return client.post("/password/", sent)


def test_changing_the_password_ends_other_sessions(client_of_user, user):
    other = signed_in(user)

    response = change_password(client_of_user, "Shiqiao-2026")

    assert response.status_code == 302
    assert client_of_user.get("/figures/").status_code == 200
    assert other.get("/figures/").status_code == 302


def test_password_set_by_an_administrator_ends_the_users_sessions(client_of_user, user, as_role):
    administrator = as_role(Role.ADMINISTRATOR, user.organization)
    sent = {"password1": "Shiqiao-2026", "password2": "Shiqiao-2026", "usable_password": "true"}

    administrator.post(f"/admin/orgs/user/{user.pk}/password/", sent)

    assert client_of_user.get("/figures/").status_code == 302
    assert sign_in("clerk", "Shiqiao-2026").status_code == 302


CLASSES = "密码须包含大写字母、小写字母、数字、其他符号中的至少3类。"
BAD_PASSWORDS = [
    ("Aa1-xyzqw", ["密码太短，至少需要10个字符。"]),
    ("qwmzplrtyvbn", [CLASSES]),
    ("qwmzplrty2025", [CLASSES]),
    ("password123", ["这个密码太常见了。", CLASSES]),
    ("1234567890", ["这个密码太常见了。", CLASSES]),
    ("Clerk-2025x", ["密码跟 用户名 太相似了。"]),
]


@pytest.mark.parametrize(("password", "said"), BAD_PASSWORDS)
def test_weak_password_is_refused(db, password, said):
    user = UserFactory.build(organization=None, username="clerk-2025x", name="王建国")

    with pytest.raises(ValidationError) as caught:
        validate_password(password, user)

    assert caught.value.messages == said


@pytest.mark.parametrize("password", ["Shiqiao2026", "shiqiao-2026", "石桥Shiqiao12"])
def test_password_of_three_classes_is_accepted(db, password):
    assert validate_password(password, UserFactory.build(organization=None)) is None


def test_weak_new_password_is_refused_at_its_field(client_of_user):
    response = change_password(client_of_user, "qwmzplrtyvbn")

    assert response.context["form"].errors == {"new_password2": [CLASSES]}


def test_new_user_needs_a_strong_password(root, as_role):
    sent = {"username": "wang", "name": "王建国", "role": "clerk", "organization": root.pk}
    sent |= {"password1": "qwmzplrtyvbn", "password2": "qwmzplrtyvbn"}

    response = as_role(Role.ADMINISTRATOR, root).post("/admin/orgs/user/add/", sent)

    assert response.context["adminform"].form.errors == {"password2": [CLASSES]}


def test_password_is_never_stored_in_history_or_log(root, as_role, django_user_model):
    sent = {"username": "wang", "name": "王建国", "role": "clerk", "organization": root.pk}
    sent |= {"password1": "Shiqiao-2026", "password2": "Shiqiao-2026"}

    as_role(Role.ADMINISTRATOR, root).post("/admin/orgs/user/add/", sent)

    row = django_user_model.history.get(username="wang")
    assert "password" not in {field.name for field in row._meta.fields}
    assert row.history_user.role == Role.ADMINISTRATOR


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(user):
    cookie = sign_in("clerk").cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 12 * HOUR)


def test_signing_in_is_no_edit_of_the_user(user, django_user_model):
    signed_in(user)

    assert django_user_model.history.filter(username="clerk").count() == 1
