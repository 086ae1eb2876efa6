"""The first hour of a new office: what is there, and what is still missing."""

import pytest

from orgs.models import Role
from tests import factories as make
from tests.reports.pages import page


@pytest.fixture
def clerk(root, as_role):
    return as_role(Role.CLERK, root)


def steps(client):
    """{title: (state, rows there, {what is missing: how many})} of every step."""
    found = client.get("/imports/start/").context["steps"]
    return {
        one["step"].title: (
            one["state"],
            one["count"],
            {value.figure.slug: value.number for value in one["missing"]},
        )
        for one in found
    }


def test_new_office_has_begun_nothing(clerk):
    assert steps(clerk) == {
        "党组织": ("未开始", 1, {}),
        "村（社区）": ("未开始", 0, {}),
        "人员和党员": ("未开始", 0, {}),
        "非公企业": ("未开始", 0, {}),
        "组织覆盖": ("未开始", 0, {}),
        "换届和班子": ("未开始", 0, {}),
        "干部": ("未开始", 0, {}),
        "重点工作": ("未开始", 0, {}),
    }


def test_gaps_are_counted(clerk, root):
    make.OrganizationFactory(parent=root)
    make.VillageFactory(organization=root, party_organization=None)
    make.PersonFactory(organization=root, political_status="member")
    make.EnterpriseFactory(organization=root)

    found = steps(clerk)

    assert found["党组织"][0] == "已录入"
    assert found["村（社区）"] == ("还有缺口", 1, {"reports.villages_without_organization": 1})
    assert found["人员和党员"][2] == {"reports.members_without_organization": 1}
    assert found["组织覆盖"] == ("未开始", 0, {"orgs.uncovered": 1})
    assert found["换届和班子"][2] == {"reports.villages_without_last_seats": 1}


def test_every_step_has_its_templates_and_an_upload(clerk):
    html = clerk.get("/imports/start/").content.decode()

    found = clerk.get("/imports/start/").context["steps"]
    assert [one["template"] for one in found][1] == (
        "/imports/template.xlsx?target=villages&target=village_facts"
    )
    assert [step["template"].replace("&", "&amp;") in html for step in found] == [True] * 8
    assert html.count('href="/imports/new/?') == len(found) + 1


def test_demo_has_no_gaps(demo, as_role):
    found = steps(as_role(Role.CLERK, demo))

    assert {state for state, _count, _missing in found.values()} == {"已录入"}


@pytest.fixture
def elected(root):
    """A village with a seat in the round before the one in force, and one without."""
    last = make.TermFactory(organization=root, starts_on="2020-01-10", ends_on="2025-01-10")
    make.TermFactory(organization=root, previous=last, starts_on="2025-01-10", ends_on="2030-01-10")
    villages = [make.VillageFactory(organization=root) for _ in range(2)]
    body = make.BodyFactory(organization=root, village=villages[0])
    election = make.ElectionFactory(term=last, body=body, held_on="2020-03-01")
    make.SeatFactory(election=election, since="2020-03-01", until="2025-03-01")
    return villages


def test_village_without_seats_of_the_last_term_is_missing(clerk, elected):
    address = "/registers/orgs.villages/?figure=reports.villages_without_last_seats"

    (table,) = page(clerk, address).tables

    assert [row[0] for row in table.rows] == [elected[1].name]
