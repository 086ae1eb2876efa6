"""What a register's page and export answer when asked for what is not there, or not for one."""

import pytest
from django.test import Client
from django.urls import reverse

from orgs.models import Role

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("address", ["/registers/{}/", "/registers/{}/xlsx"]),
]


@pytest.mark.parametrize(
    ("slug", "query"),
    [
        ("orgs.nothing", {}),
        ("orgs.members", {"figure": "orgs.nothing"}),
        ("orgs.members", {"figure": "orgs.covered"}),
        ("orgs.members", {"year": "1900"}),
        ("orgs.members", {"year": "abc"}),
        ("orgs.members", {"on": "2025-02-30"}),
        ("orgs.members", {"on": "0001-01-01"}),
        ("orgs.members", {"org": "999999"}),
        ("orgs.members", {"org": "abc"}),
        ("orgs.members", {"org": "9" * 30}),
    ],
)
def test_what_is_not_there_is_not_found(root, as_role, address, slug, query):
    answer = as_role(Role.CLERK, root).get(address.format(slug), query)

    assert answer.status_code == 404


def test_organization_outside_is_not_found(
    as_role, address, village_organization, sibling_organization, root
):
    secretary = as_role(Role.SECRETARY, village_organization)

    answers = [
        secretary.get(address.format("orgs.members"), {"org": one.pk}).status_code
        for one in (village_organization, sibling_organization, root)
    ]

    assert answers == [200, 404, 404]


def test_stranger_is_sent_to_sign_in(address):
    answer = Client().get(address.format("orgs.members"))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("login"))


def test_role_that_may_view_nothing_is_refused(root, as_role, address):
    answer = as_role("guest", root).get(address.format("orgs.members"))

    assert answer.status_code == 403
