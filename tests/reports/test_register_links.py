"""Names in registers lead to the pages of persons, villages and tasks, where they may be opened."""

import re

import pytest

from cadres.models import Posting
from dangjian.lib.figures import all_registers
from orgs.models import Organization
from tests.factories import PersonFactory, PostingFactory, PostingTargetFactory

pytestmark = pytest.mark.django_db

ACCOUNTS = ["clerk", "leader", "department", "secretary", "branch"]
LINK = re.compile(r'<a href="(/(?:people|villages|tasks)/\d+/[^"]*)">')
LINKED = [register for register in all_registers() if register.table.links]
# What a register's rows name, and so must lead to.
NAMED = {"姓名": "people", "谈话对象": "people", "走访人": "people", "任务名称": "tasks"}


def body(client, slug, **query):
    answer = client.get(f"/registers/{slug}/", query)
    return answer.content.decode().split("<tbody>")[1] if answer.status_code == 200 else ""


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_link_of_a_row_opens(clients, account):
    client = clients[account]
    links = {link for one in LINKED for link in LINK.findall(body(client, one.slug))}

    refused = [link for link in sorted(links) if client.get(link).status_code != 200]

    assert refused == []
    assert len(links) > 5


@pytest.mark.parametrize("register", all_registers(), ids=lambda one: one.slug)
def test_every_name_of_a_person_or_task_is_a_link(clients, register):
    named = [column for column in register.table.columns if column.label in NAMED]

    assert [column.link.name for column in named if column.link] == [
        {"people": "person", "tasks": "task"}[NAMED[column.label]] for column in named
    ]
    assert len(LINK.findall(body(clients["clerk"], register.slug))) >= len(named)


def test_person_outside_is_named_without_a_link(clients, demo):
    """A first secretary sent from the subdistrict belongs to no village's own people."""
    village = Organization.objects.get(short_name="石桥村党总支")
    person = PersonFactory(organization=demo, name="街道来人")
    posting = PostingFactory(
        organization=demo, person=person, kind=Posting.Kind.FIRST_SECRETARY, since="2025-02-01"
    )
    PostingTargetFactory(posting=posting, village=village.led_village)

    seen = {
        name: body(clients[name], "cadres.postings", q="街道来人")
        for name in ("clerk", "secretary")
    }

    address = f"/people/{person.pk}/"
    assert {name: ("街道来人" in rows, address in rows) for name, rows in seen.items()} == {
        "clerk": (True, True),
        "secretary": (True, False),
    }
    assert clients["secretary"].get(f"/people/{person.pk}/").status_code == 404
