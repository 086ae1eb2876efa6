"""Who reports, who reviews, and who gets the evidence, at each address."""

import pytest
from django.test import Client

from orgs.models import Role
from tasks.models import Progress
from tests.factories import (
    DepartmentFactory,
    EvidenceFactory,
    KeyTaskFactory,
    OfficeFactory,
    OrganizationFactory,
    ProgressFactory,
    TaskVillageFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 secret"


class Place:
    """A village with its branch, and a task of a department's carried out there."""

    def __init__(self, root):
        self.branch = OrganizationFactory(parent=root)
        village = VillageFactory(organization=root, party_organization=self.branch)
        self.task = KeyTaskFactory(
            programme__organization=root, department=DepartmentFactory(organization=root)
        )
        TaskVillageFactory(task=self.task, village=village)
        self.report = ProgressFactory(task=self.task, state="submitted", note="机密进展")
        self.evidence = EvidenceFactory(progress=self.report, name="机密材料.pdf", content=PDF)

    def addresses(self):
        return {
            "task": f"/tasks/{self.task.pk}/",
            "report": f"/tasks/{self.task.pk}/report/",
            "progress": f"/tasks/progress/{self.report.pk}/",
            "evidence": f"/tasks/evidence/{self.evidence.pk}/",
        }


@pytest.fixture
def here(root):
    return Place(root)


@pytest.fixture
def elsewhere(root, here):
    return Place(root)


def signed_in(role, organization, department=None):
    client = Client()
    client.force_login(UserFactory(role=role, organization=organization, department=department))
    return client


def statuses(client, place, method="get"):
    return {
        name: getattr(client, method)(address).status_code
        for name, address in place.addresses().items()
    }


def test_secretary_reads_what_concerns_the_village(here, elsewhere):
    secretary = signed_in(Role.SECRETARY, here.branch)

    assert statuses(secretary, here) == {
        "task": 200,
        "report": 403,
        "progress": 200,
        "evidence": 200,
    }


def test_secretary_never_gets_to_what_concerns_other_villages(here, elsewhere):
    secretary = signed_in(Role.SECRETARY, here.branch)

    found = {"task": 404, "report": 403, "progress": 404, "evidence": 404}
    assert statuses(secretary, elsewhere) == found
    assert statuses(secretary, elsewhere, "head") == found


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/tasks/",
        "/registers/tasks.progress/",
        "/registers/tasks.key_tasks/",
        "/search/?q=机密",
    ],
)
def test_nothing_of_another_branch_is_named_to_a_secretary(root, here, elsewhere, address):
    elsewhere.task.title = "别村的任务"
    elsewhere.task.save()
    stranger = OrganizationFactory(parent=root)
    secretary = signed_in(Role.SECRETARY, stranger)

    html = secretary.get(address).content.decode()

    assert [word for word in ("机密进展", "机密材料", "别村的任务") if word in html] == []


def test_evidence_is_not_reached_by_naming_another_organization(here, elsewhere):
    secretary = signed_in(Role.SECRETARY, here.branch)

    address = f"/tasks/evidence/{elsewhere.evidence.pk}/?org={elsewhere.branch.pk}"

    assert secretary.get(address).status_code == 404


def test_evidence_of_another_office_is_not_found(here, elsewhere):
    other = OrganizationFactory(subdistrict=True)
    OfficeFactory(organization=other)
    clerk = signed_in(Role.CLERK, other)

    assert set(statuses(clerk, here).values()) == {404}


def test_nobody_gets_evidence_without_signing_in(here):
    response = Client().get(f"/tasks/evidence/{here.evidence.pk}/")

    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/login/")


def test_evidence_is_a_download_and_nothing_to_run(root, here):
    clerk = signed_in(Role.CLERK, root)

    response = clerk.get(f"/tasks/evidence/{here.evidence.pk}/")

    assert response.getvalue() == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["X-Content-Type-Options"] == "nosniff"


ALL = dict.fromkeys(["task", "report", "progress", "evidence"], 200)
READING = {**ALL, "report": 403}


@pytest.mark.parametrize(
    ("role", "own", "found"),
    [
        (Role.ADMINISTRATOR, False, ALL),
        (Role.CLERK, False, ALL),
        (Role.DEPARTMENT, True, ALL),
        (Role.DEPARTMENT, False, READING),
        (Role.LEADER, True, READING),
        (Role.SECRETARY, True, READING),
    ],
)
def test_department_reports_its_own_tasks_only(here, elsewhere, role, own, found):
    department = (here if own else elsewhere).task.department
    client = signed_in(role, department.organization, department)

    assert statuses(client, here) == found


def test_department_user_of_no_department_reports_nothing(root, here):
    client = signed_in(Role.DEPARTMENT, root)

    assert statuses(client, here) == READING


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.LEADER, Role.SECRETARY])
def test_only_the_office_reviews(root, here, role):
    client = signed_in(role, root, here.task.department)

    typed = {"version": "1", "verdict": "accept"}
    answers = [
        client.post(f"/tasks/progress/{here.report.pk}/", typed).status_code,
        client.get("/tasks/reviews/").status_code,
    ]

    assert (answers, Progress.objects.get().state) == ([403, 403], "submitted")


@pytest.mark.parametrize("role", [Role.LEADER, Role.SECRETARY])
def test_others_hand_nothing_in(root, here, role):
    client = signed_in(role, root, here.task.department)

    response = client.post(
        f"/tasks/{here.task.pk}/report/", {"version": "1", "percent": "99", "note": "越权"}
    )

    assert (response.status_code, Progress.objects.get().percent) == (403, 50)


def test_department_hands_in_nothing_for_another(root, here, elsewhere):
    client = signed_in(Role.DEPARTMENT, root, elsewhere.task.department)

    response = client.post(
        f"/tasks/{here.task.pk}/report/", {"version": "1", "percent": "99", "note": "越权"}
    )

    here.report.refresh_from_db()
    assert (response.status_code, here.report.percent) == (403, 50)
