"""From 2025 to 2026: what is copied, what is not touched, who may, and last year's work after."""

from datetime import date

import pytest

from dangjian.lib.figures import compute
from orgs.models import ChecklistScheme, Office, Role
from orgs.scope import EVERYTHING
from reports.actions import Opened, open_year
from reports.years import next_year
from tasks.models import KeyTask, Programme
from tests.factories import (
    ActivityFactory,
    ChecklistItemFactory,
    ChecklistSchemeFactory,
    KeyTaskFactory,
    OrganizationFactory,
    PlanItemFactory,
    ProgrammeFactory,
)
from tests.reports.editing import PARTS, begun, order

pytestmark = pytest.mark.django_db

PAGE = "/years/open/"


@pytest.fixture
def office(root):
    return root.office


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture(autouse=True)
def _december(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 12, 1))


def pressed(client, year=2026):
    answer = client.post(PAGE, {"open": str(year)}, follow=True)
    return [str(message) for message in answer.context["messages"]]


def programmes(year):
    return list(Programme.objects.filter(year=year).values_list("name", "order"))


# — what is copied —


def test_programmes_are_copied_in_their_order(office, root):
    ProgrammeFactory(organization=root, year=2025, name="干部人才活力", order=2)
    ProgrammeFactory(organization=root, year=2025, name="基层组织建设", order=1)
    ProgrammeFactory(organization=root, year=2024, name="前年的工程")

    assert open_year(office=office, year=2026) == Opened(programmes=2, schemes=0)
    assert programmes(2026) == [("基层组织建设", 1), ("干部人才活力", 2)]


def test_checklist_is_copied_with_its_items_but_without_its_source(office, root):
    scheme = ChecklistSchemeFactory(organization=root, threshold=5, source="街道2025年文件")
    ChecklistItemFactory(scheme=scheme, order=1, text="有一个固定的活动场所")
    ChecklistItemFactory(scheme=scheme, order=2, text="有一面党旗")

    open_year(office=office, year=2026)

    copied = ChecklistScheme.objects.get(year=2026)
    assert (copied.code, copied.name, copied.threshold, copied.source) == (
        scheme.code,
        scheme.name,
        5,
        "",
    )
    assert list(copied.items.values_list("order", "text")) == [
        (1, "有一个固定的活动场所"),
        (2, "有一面党旗"),
    ]


def test_what_the_new_year_has_already_is_left_alone(office, root):
    for year in (2025, 2026):
        ProgrammeFactory(organization=root, year=year, name="基层组织建设")
        ChecklistSchemeFactory(organization=root, year=year, code="six-ones")

    assert open_year(office=office, year=2026) == Opened(programmes=0, schemes=0)
    assert ChecklistScheme.objects.filter(year=2026).count() == 1


def test_rows_of_another_office_are_not_copied(office):
    elsewhere = ProgrammeFactory(year=2025)

    open_year(office=office, year=2026)

    assert list(Programme.objects.all()) == [elsewhere]


def test_tasks_are_not_copied(office, root):
    task = KeyTaskFactory(programme__organization=root, organization=root)

    open_year(office=office, year=2026)

    assert list(KeyTask.objects.all()) == [task]


def test_text_of_the_summary_is_copied(office, root):
    begun(root)

    assert open_year(office=office, year=2026).sections == len(PARTS)
    assert order(root, 2026) == order(root, 2025)


def test_text_of_the_new_year_is_left_alone(office, root):
    begun(root)
    begun(root, PARTS[:1], year=2026)

    assert open_year(office=office, year=2026).sections == 0
    assert order(root, 2026) == [(1, "导语")]


def test_text_of_a_village_is_not_copied(office, root):
    village = OrganizationFactory(parent=root)
    begun(village)

    open_year(office=office, year=2026)

    assert order(village, 2026) == []


# — the plan —


def test_item_listed_as_key_task_becomes_one(office, root):
    item = PlanItemFactory(
        organization=root, key_task_to_be=True, programme="干部人才活力", text="公开招聘大学生",
        figure="cadres.recruits_hired", at_least=8, at_most=10, rhythm="monthly",
    )  # fmt: skip

    assert open_year(office=office, year=2026) == Opened(programmes=0, schemes=0, tasks=1)

    item.refresh_from_db()
    task = item.key_task
    assert (task.title, task.target, task.number) == (
        "公开招聘大学生",
        "公开招聘上岗的大学生8至10人",
        1,
    )
    assert (task.programme.name, task.programme.year) == ("干部人才活力", 2026)
    assert (task.lead, task.department, task.organization) == (item.lead, item.department, root)
    assert (task.begins_on, task.due_on) == (date(2026, 1, 1), date(2026, 10, 31))
    assert task.report_rhythm == KeyTask.Rhythm.MONTHLY


def test_item_goes_into_the_programme_of_its_name_that_was_copied(office, root):
    ProgrammeFactory(organization=root, year=2025, name="基层组织建设")
    PlanItemFactory(organization=root, key_task_to_be=True, programme="基层组织建设")

    open_year(office=office, year=2026)

    assert programmes(2026) == [("基层组织建设", 0)]


def test_item_without_a_programme_goes_under_its_section(office, root):
    PlanItemFactory(organization=root, key_task_to_be=True, section="规范村（社区）管理")

    open_year(office=office, year=2026)

    assert programmes(2026) == [("规范村（社区）管理", 1)]


def test_tasks_of_a_plan_are_numbered_on_through_the_year(office, root):
    ProgrammeFactory(organization=root, year=2026, name="已有的工程")
    KeyTaskFactory(programme=Programme.objects.get(), number=7)
    for number, text in enumerate(["第二件", "第一件"]):
        PlanItemFactory(organization=root, key_task_to_be=True, number=9 - number, text=text)

    open_year(office=office, year=2026)

    assert list(KeyTask.objects.order_by("number").values_list("number", "title"))[1:] == [
        (8, "第一件"),
        (9, "第二件"),
    ]


def test_promises_and_items_of_other_years_stay_what_they_are(office, root):
    PlanItemFactory(organization=root)
    PlanItemFactory(organization=root, key_task_to_be=True, year=2027)
    PlanItemFactory(key_task_to_be=True)  # of another office

    assert open_year(office=office, year=2026) == Opened(programmes=0, schemes=0, tasks=0)
    assert list(KeyTask.objects.all()) == []


def test_page_lists_what_will_become_key_tasks(clerk, root):
    PlanItemFactory(organization=root, key_task_to_be=True, text="再组建联合党支部")
    PlanItemFactory(organization=root, text="只是承诺")

    context = clerk.get(PAGE).context

    assert context["items"] == ["再组建联合党支部"]
    assert pressed(clerk) == [
        "已开启2026年度，复制了0项工程、0个达标标准，1项计划事项列为重点工作。以后打开页面先看2026年。"
    ]


# — once —


def test_opened_year_is_the_working_year(clerk, office):
    told = pressed(clerk)

    office.refresh_from_db()
    assert told == ["已开启2026年度，复制了0项工程、0个达标标准。以后打开页面先看2026年。"]
    assert (office.working_year, office.updated_by.role) == (2026, Role.CLERK)


def test_second_click_copies_nothing(clerk, root):
    ProgrammeFactory(organization=root, year=2025, name="基层组织建设")
    pressed(clerk)

    assert pressed(clerk) == ["2026年度已经开启，没有重复复制。"]
    assert programmes(2026) == [("基层组织建设", 0)]


def test_opening_with_an_office_read_before_does_nothing(office, root):
    ProgrammeFactory(organization=root, year=2025)
    read_before = Office.objects.get()
    open_year(office=office, year=2026)

    assert open_year(office=read_before, year=2026) is None
    assert Programme.objects.filter(year=2026).count() == 1


@pytest.mark.parametrize("year", ["2027", "2024", "", "明年"])
def test_only_the_next_year_is_opened(clerk, office, year):
    told = pressed(clerk, year)

    office.refresh_from_db()
    assert told == ["没有开启：请求的年度不是下一个工作年度，请核对后再点。"]
    assert office.working_year == 2025


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2025, 11, 30), None),
        (date(2025, 12, 1), 2026),
        (date(2026, 1, 5), 2026),
        (date(2027, 3, 1), 2026),
    ],
)
def test_next_year_is_opened_from_december(office, today, year):
    assert next_year(office, today=today) == year


def test_before_december_there_is_no_button(clerk, office, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 11, 30))

    html = clerk.get(PAGE).content.decode()

    assert ('name="open"' in html, "2025年12月1日起可以开启下一年度" in html) == (False, True)
    pressed(clerk)
    office.refresh_from_db()
    assert office.working_year == 2025


# — who —


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT, Role.SECRETARY])
def test_roles_that_keep_no_registers_do_not_open_it(as_role, root, office, role):
    answer = as_role(role, root).post(PAGE, {"open": "2026"})

    office.refresh_from_db()
    assert (answer.status_code, office.working_year) == (403, 2025)


def test_clerk_of_a_village_does_not_open_the_offices_year(as_role, village_organization, office):
    clerk = as_role(Role.CLERK, village_organization)

    answer = clerk.post(PAGE, {"open": "2026"})

    office.refresh_from_db()
    assert (answer.status_code, office.working_year) == (404, 2025)
    assert PAGE not in clerk.get("/").content.decode()


def test_clerk_of_a_village_is_not_shown_the_offices_navigation(
    as_role, clerk, village_organization
):
    assert PAGE in clerk.get("/").content.decode()

    village_clerk = as_role(Role.CLERK, village_organization)

    assert PAGE not in village_clerk.get("/").content.decode()


# — what the page says —


def test_page_lists_what_is_open_in_the_old_year(clerk, root):
    kept = {"programme__organization": root, "programme__year": 2025, "organization": root}
    dates = {"begins_on": date(2025, 3, 1), "due_on": date(2025, 11, 1)}
    KeyTaskFactory(**kept, **dates, title="没办完的任务")
    KeyTaskFactory(**kept, **dates, title="办完的任务", completed_on=date(2025, 10, 1))

    old = clerk.get(PAGE).context["old"]

    assert [task.title for task in old.tasks] == ["没办完的任务"]
    assert [(label, value.number) for label, value in old.values] == [("逾期未完成的重点工作", 1)]


def test_page_says_what_the_new_year_lacks(clerk, root):
    PlanItemFactory(organization=root, year=2026)
    ProgrammeFactory(organization=root, year=2025)

    answer = clerk.get(PAGE)

    assert [(one.label, one.count, one.copied) for one in answer.context["lacks"]] == [
        ("工程", 0, 1),
        ("重点工作", 0, 0),
        ("计划事项", 1, 0),
        ("达标标准", 0, 0),
    ]


def test_after_opening_the_page_still_lists_the_old_year(clerk, office):
    pressed(clerk)

    context = clerk.get(PAGE).context

    assert (context["upcoming"], context["year"], context["old"].period.label) == (
        None,
        2026,
        "2025年",
    )


# — January —


def test_last_year_is_still_kept_and_read_in_january(clerk, root, monkeypatch):
    pressed(clerk)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 1, 8))

    ActivityFactory(organization=root, held_on=date(2025, 12, 30))

    opened = {address: clerk.get(address).wsgi_request.period for address in ("/", "/?year=2025")}
    assert {address: period.label for address, period in opened.items()} == {
        "/": "2026年",
        "/?year=2025": "2025年",
    }
    assert [
        compute(["orgs.activities"], EVERYTHING, period)["orgs.activities"].number
        for period in opened.values()
    ] == [0, 1]
