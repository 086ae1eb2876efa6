"""What needs each role now: the first card of the dashboard."""

import re

import pytest
from django.urls import reverse

from dangjian.lib import periods
from dangjian.lib.figures import compute, figure_named
from orgs.models import Department, Role, User
from orgs.scope import EVERYTHING
from reports.attention import MATTERS, matters_of
from tasks.models import Progress
from tests.factories import KeyTaskFactory, ProgressFactory
from tests.reports.pages import page

pytestmark = pytest.mark.django_db

ACCOUNT = {
    Role.ADMINISTRATOR: "admin",
    Role.CLERK: "clerk",
    Role.LEADER: "leader",
    Role.DEPARTMENT: "department",
    Role.SECRETARY: "secretary",
}
PERIOD = periods.year(2025)


def card(client):
    """The card's part of the dashboard's text."""
    text = client.get("/", {"year": 2025}).content.decode()
    return re.search(r'aria-labelledby="attention".*?</section>', text, re.S)[0]


def test_every_role_has_its_matters():
    assert set(MATTERS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_each_matter_is_a_figure_the_role_may_open(clients, role):
    client = clients[ACCOUNT[role]]
    slugs = [matter.slug for matter in MATTERS[role]]

    registers = {figure_named(slug).register.slug for slug in slugs}
    answers = {client.get(f"/registers/{slug}/").status_code for slug in registers}

    assert answers == {200}
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("role", Role)
def test_each_matter_leads_to_a_page_the_role_may_open(clients, role):
    pages = {matter.page for matter in MATTERS[role] if matter.page}

    answers = {clients[ACCOUNT[role]].get(reverse(name)).status_code for name in pages}

    assert answers == {200}


@pytest.mark.parametrize(("account", "leads"), [("clerk", True), ("leader", False)])
def test_only_who_reviews_is_led_to_reports_waiting(clients, account, leads):
    waiting = Progress.objects.filter(state=Progress.State.SUBMITTED).count()

    assert waiting > 0
    assert ("待审核的进展" in card(clients[account])) is leads


def test_nothing_pending_is_said(clients):
    assert "没有逾期、滞后、待办的事项。" in card(clients["secretary"])


def test_department_sees_what_came_back_to_it(clients):
    own = User.objects.get(username="department").department
    back = Progress.objects.filter(state=Progress.State.RETURNED, task__department=own)

    assert back.count() == 1
    assert "被退回、待修改的进展" in card(clients["department"])


def test_department_counts_its_own_tasks_only(root):
    own, other = (Department.objects.create(organization=root, name=name) for name in "甲乙")
    for department in (own, other):
        task = KeyTaskFactory(organization=root, department=department)
        ProgressFactory(
            task=task,
            state=Progress.State.RETURNED,
            times_returned=1,
            returned_because="请补充数据。",
        )
    user = User(role=Role.DEPARTMENT, department=own)
    figures = [figure for matter, figure in matters_of(user) if "returned" in matter.slug]

    (value,) = compute(figures, EVERYTHING, PERIOD).values()

    assert value.number == 1


def test_numbers_of_the_card_open_onto_their_rows(clients):
    shown = page(clients["department"], "/").figures

    narrowed = [one.href for one in shown if "department=" in one.href]

    assert narrowed != []
    assert all("&year=" in href for href in narrowed)


def test_branch_is_led_to_where_its_checklist_is_entered(clients):
    shown = card(clients["branch"])

    assert "未达标的检查项" in shown
    assert f'href="{reverse("checklists")}?' in shown
