"""Looking for a name anywhere."""

import pytest

from orgs.models import Role
from tests.factories import EnterpriseFactory, PersonFactory, VillageFactory
from tests.reports.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


def found(client, words, **query):
    """The context of a search: {title of the register: its table}."""
    answer = client.get("/search/", {"q": words, **query})
    assert answer.status_code == 200
    return {table["title"]: table for table in answer.context.get("found", [])}


def names(table):
    return [row["cells"][0]["text"] for row in table["body"]]


def test_part_of_a_name_finds_every_kind_of_record(clerk, root):
    person = PersonFactory(organization=root, name="王石桥")
    VillageFactory(organization=root, name="石桥村")
    EnterpriseFactory(organization=root, name="大石桥公司")

    tables = found(clerk, "石桥")

    assert {title: names(table) for title, table in tables.items()} == {
        "人员": ["王石桥"],
        "村（社区）": ["石桥村"],
        "非公企业": ["大石桥公司"],
    }
    assert tables["人员"]["body"][0]["cells"][0]["url"].startswith(f"/people/{person.pk}/")


def test_long_results_are_cut_and_lead_to_the_register(clerk, root):
    for number in range(9):
        PersonFactory(organization=root, name=f"王大江{number}")

    table = found(clerk, "大江")["人员"]

    assert (len(table["body"]), table["has_more"]) == (8, True)
    assert Page(clerk.get(table["url"]).content.decode()).tables[0].row_count == 9


def test_records_of_others_are_not_found(as_role, village_organization, sibling_organization):
    PersonFactory(organization=sibling_organization, name="王大江")
    secretary = as_role(Role.SECRETARY, village_organization)

    assert found(secretary, "王大江") == {}


@pytest.mark.parametrize("words", ["", "   ", "没有的字样", "%", "a" * 1000])
def test_what_is_nowhere_is_said(clerk, root, words):
    PersonFactory(organization=root, name="王大江")

    assert found(clerk, words) == {}


def test_what_no_name_can_hold_is_refused(clerk):
    answer = clerk.get("/search/", {"q": "王\0江"})

    assert "不是" in answer.context["error"]
