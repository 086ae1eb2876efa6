"""Who may import, look at an import, and take it back: every role, every place, every button."""

import pytest

from orgs.models import Role
from reports.models import Batch
from tests import factories as make
from tests.imports.batches import batch_of, dump
from tests.imports.files import roster, text_of, upload, workbook

IMPORTERS = {Role.CLERK, Role.ADMINISTRATOR}
ACTIONS = ["confirm", "decide", "discard"]


@pytest.fixture
def places(root):
    own = make.OrganizationFactory(parent=root)
    return {
        "parent": root,
        "own": own,
        "sibling": make.OrganizationFactory(parent=root),
        "child": make.OrganizationFactory(parent=own),
    }


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["parent", "own", "sibling", "child"])
@pytest.mark.parametrize("action", [*ACTIONS, "undo", "replace"])
def test_buttons_answer_each_role_in_each_place(places, as_role, role, place, action):
    batch = make.BatchFactory(organization=places[place])
    client = as_role(role, places["own"])

    if action == "undo":
        response = client.post(f"/imports/{batch.pk}/undo/")
    elif action == "replace":
        response = upload(client, roster(places["own"], "张三"), replaces=batch.pk)
    else:
        response = client.post(f"/imports/{batch.pk}/", {"do": action, "seen": "x"})

    inside = 302 if place in {"own", "child"} else 404
    assert response.status_code == (inside if role in IMPORTERS else 403)
    batch.refresh_from_db()
    gone = response.status_code == 302 and action in {"discard", "replace"}
    assert batch.state == ("discarded" if gone else "pending")


@pytest.mark.parametrize("role", Role)
def test_uploading_needs_a_role_that_imports(root, as_role, role):
    response = upload(as_role(role, root), roster(root, "张三"))

    may = role in IMPORTERS
    assert (response.status_code, Batch.objects.count()) == ((302, 1) if may else (403, 0))


def test_batch_of_talks_is_for_those_who_keep_talks(root, as_role):
    batch = make.BatchFactory(
        organization=root,
        name="谈话.xlsx",
        sheets=[
            {"title": "谈话", "target": "talks", "faults": 0, "created": 1, "changed": 0, "same": 0}
        ],
    )
    clients = {role: as_role(role, root) for role in IMPORTERS}

    listed = {
        role: "谈话.xlsx" in text_of(client.get("/imports/")) for role, client in clients.items()
    }
    opened = {
        role: client.get(f"/imports/{batch.pk}/").status_code for role, client in clients.items()
    }

    assert listed == {Role.CLERK: True, Role.ADMINISTRATOR: False}
    assert opened == {Role.CLERK: 200, Role.ADMINISTRATOR: 404}


@pytest.mark.parametrize("action", ACTIONS)
def test_administrator_cannot_act_on_talks(root, as_role, action):
    sheet = {"title": "谈话", "target": "talks", "faults": 0, "created": 1, "changed": 0, "same": 0}
    batch = make.BatchFactory(organization=root, sheets=[sheet])

    response = as_role(Role.ADMINISTRATOR, root).post(f"/imports/{batch.pk}/", {"do": action})

    assert response.status_code == 404


def test_sheet_cannot_be_turned_into_one_of_talks(root, as_role):
    client = as_role(Role.ADMINISTRATOR, root)
    upload(client, workbook(随便=[["甲", "乙"], ["1", "2"]]))
    batch = Batch.objects.get()

    client.post(f"/imports/{batch.pk}/", {"do": "decide", "target:随便": "talks"})

    batch.refresh_from_db()
    assert batch.targets == {}


def test_batches_of_others_are_not_listed(places, as_role):
    for place, organization in places.items():
        make.BatchFactory(organization=organization, name=f"{place}.csv")

    page = as_role(Role.CLERK, places["own"]).get("/imports/").context["page"]

    assert sorted(batch.name for batch in page) == ["child.csv", "own.csv"]


def test_imports_stay_whole_when_the_page_is_narrowed_to_a_unit(places, as_role):
    client = as_role(Role.CLERK, places["own"])
    batch = make.BatchFactory(organization=places["own"])

    response = client.get(f"/imports/{batch.pk}/?org={places['child'].pk}")

    assert response.status_code == 200


@pytest.mark.parametrize("role", [*Role])
def test_navigation_leads_to_imports_for_importers_only(root, as_role, role):
    html = as_role(role, root).get("/figures/").content.decode()

    assert ('href="/imports/' in html) == (role in IMPORTERS)


def test_nobody_without_an_organization_uploads(db, as_role):
    client = as_role(Role.CLERK, None)
    other = make.OrganizationFactory()

    response = upload(client, roster(other, "张三"))

    assert (response.status_code, Batch.objects.count()) == (200, 0)
    assert "还没有为您设置所属党组织" in text_of(response)


def test_undoing_needs_rights_to_every_register_of_the_batch(root, as_role):
    talk = make.TalkFactory(organization=root)
    batch = batch_of(root, talk)
    batch.sheets = [
        {"title": "谈话", "target": "talks", "faults": 0, "created": 1, "changed": 0, "same": 0}
    ]
    batch.save()
    before = dump()

    response = as_role(Role.ADMINISTRATOR, root).post(f"/imports/{batch.pk}/undo/")

    assert (response.status_code, dump()) == (404, before)
