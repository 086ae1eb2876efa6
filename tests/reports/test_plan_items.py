"""Entering the items of a plan in the browser, and what became of them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.models import Role
from tasks.models import PlanItem
from tests.factories import (
    CadreFactory,
    DepartmentFactory,
    KeyTaskFactory,
    OrganizationFactory,
    PlanItemFactory,
)

pytestmark = pytest.mark.django_db

NEW = "/plan-items/new/?year=2026"
FULFILMENT = "/reports/2025/plan/fulfilment/"
TYPED = {"section": "强化学习培训", "number": "1", "text": "抽查学习笔记", "kind": "promise"}


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture(autouse=True)
def _over(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 1, 8))


def errors(answer):
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


def promise_of(item):
    return item.figure, item.at_least, item.at_most


# — one item —


def test_item_is_entered_as_the_office_writes_it(clerk, root):
    department = DepartmentFactory(organization=root)

    answer = clerk.post(
        NEW,
        {
            **TYPED,
            "department": department.pk,
            "due_on": "2026.6.30",
            "figure": "学习笔记抽查",
            "promise": "4－6次",
        },
    )

    item = PlanItem.objects.get()
    assert (answer.status_code, answer.url) == (302, "/reports/2026/plan/")
    assert (item.organization, item.year, item.text) == (root, 2026, "抽查学习笔记")
    assert (item.department, item.due_on) == (department, date(2026, 6, 30))
    assert promise_of(item) == ("orgs.note_checks", 4, 6)


def test_next_item_starts_with_the_section_and_the_next_number(clerk):
    address = clerk.post(NEW, {**TYPED, "next": "1"}).url

    form = clerk.get(address).context["form"]

    assert (form["section"].value(), form["number"].value()) == ("强化学习培训", 2)


def test_figure_may_be_given_by_its_code(clerk):
    clerk.post(NEW, {**TYPED, "figure": "orgs.note_checks", "promise": "4"})

    assert promise_of(PlanItem.objects.get()) == ("orgs.note_checks", 4, None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            {"figure": "学习笔记抽差", "promise": "4"},
            {"figure": ["没有叫“学习笔记抽差”的指标，是否想用：学习笔记抽查。"]},
        ),
        (
            {"figure": "学习笔记抽查"},
            {"promise": ["选了考核指标的，填写承诺数量或频次，年底才能对照。"]},
        ),
        (
            {"promise": "若干"},
            {"promise": ["看不懂“若干”，请写成“12”“1-2”“不少于12”或“不超过3”的样子。"]},
        ),
        ({"due_on": "2025-12-31"}, {"due_on": ["完成时限不能早于计划年度2026年。"]}),
        (
            {"kind": "key_task"},
            {name: ["列为重点任务的必须填写。"] for name in ("lead", "department", "due_on")},
        ),
    ],
)
def test_mistake_is_told_at_its_field_and_nothing_typed_is_lost(clerk, typed, expected):
    answer = clerk.post(NEW, {**TYPED, **typed})

    assert (answer.status_code, errors(answer)) == (400, expected)
    html = answer.content.decode()
    assert all(f'value="{value}"' in html for name, value in typed.items() if name != "kind")
    assert PlanItem.objects.count() == 0


def test_key_task_with_too_long_a_text_is_refused(clerk, root):
    of_a_task = {
        "kind": "key_task",
        "lead": CadreFactory(organization=root).pk,
        "department": DepartmentFactory(organization=root).pk,
        "due_on": "2026-06-30",
    }

    answer = clerk.post(NEW, {**TYPED, **of_a_task, "text": "长" * 81})

    assert errors(answer) == {"__all__": ["重点任务的计划内容不超过80字。"]}


def test_number_taken_is_refused_with_a_free_one(clerk, root):
    PlanItemFactory(organization=root, number=1, text="先有的事项")

    answer = clerk.post(NEW, TYPED)

    assert errors(answer) == {"number": ["序号1已是“先有的事项”，可以用2。"]}


def test_item_is_changed_and_reads_back_as_it_was_typed(clerk, root):
    item = PlanItemFactory(organization=root, figure="orgs.note_checks", at_least=4, at_most=6)
    address = f"/plan-items/{item.pk}/"
    form = clerk.get(address).context["form"]
    shown = {name: form[name].value() for name in ("figure", "promise")}

    clerk.post(address, {**TYPED, **shown, "number": item.number, "version": 1, "text": "改过的"})

    item.refresh_from_db()
    assert shown == {"figure": "学习笔记抽查", "promise": "4至6"}
    assert (item.text, promise_of(item)) == ("改过的", ("orgs.note_checks", 4, 6))


def test_second_of_two_is_told_of_the_first(clerk, root):
    item = PlanItemFactory(organization=root)
    clerk.post(f"/plan-items/{item.pk}/", {**TYPED, "version": 1})

    answer = clerk.post(f"/plan-items/{item.pk}/", {**TYPED, "text": "后来的", "version": 1})

    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.text == "抽查学习笔记"


def test_cadres_and_departments_of_others_are_not_offered(clerk, root):
    elsewhere = OrganizationFactory()
    CadreFactory(organization=elsewhere)
    DepartmentFactory(organization=elsewhere)
    own = CadreFactory(organization=root)

    fields = clerk.get(NEW).context["form"].fields

    assert list(fields["lead"].queryset) == [own]
    assert list(fields["department"].queryset.exclude(pk=own.department_id)) == []


# — the year's end —


def verdicts(client):
    return [one.verdict.label for one, *_ in client.get(FULFILMENT).context["rows"]]


def test_outcome_and_reason_are_recorded(clerk, root):
    item = PlanItemFactory(organization=root, year=2025)
    named = f"item-{item.pk}"
    assert verdicts(clerk) == ["待评"]

    clerk.post(
        FULFILMENT,
        {f"{named}-version": 1, f"{named}-outcome": "unmet", f"{named}-outcome_reason": "场地未定"},
    )

    item.refresh_from_db()
    assert (item.outcome, item.outcome_reason, verdicts(clerk)) == ("unmet", "场地未定", ["未兑现"])


def test_outcome_not_kept_needs_its_reason(clerk, root):
    item = PlanItemFactory(organization=root, year=2025, number=3)
    named = f"item-{item.pk}"

    answer = clerk.post(FULFILMENT, {f"{named}-version": 1, f"{named}-outcome": "partly"})

    told = [(label, error) for _, label, error in answer.context["problems"]]
    assert told == [("第3项原因说明", "部分兑现和未兑现的，请说明原因。")]
    item.refresh_from_db()
    assert item.outcome == ""


def test_figure_or_key_task_leaves_no_outcome_to_choose(clerk, root):
    PlanItemFactory(organization=root, year=2025, figure="orgs.note_checks", at_least=4)
    PlanItemFactory(organization=root, year=2025, key_task=KeyTaskFactory())

    rows = clerk.get(FULFILMENT).context["rows"]

    assert ["outcome" in form.fields for *_, form in rows] == [False, False]


def test_missing_reasons_are_counted(clerk, root):
    for reason in ("", "", "有原因"):
        PlanItemFactory(
            organization=root, year=2025, figure="orgs.note_checks", at_least=4,
            outcome_reason=reason,
        )  # fmt: skip

    answer = clerk.get(FULFILMENT)

    assert answer.context["lacking"] == 2
    assert [(one.label, count) for one, count in answer.context["counts"]] == [("未兑现", 3)]


def test_rows_not_touched_are_not_written(clerk, root):
    items = [PlanItemFactory(organization=root, year=2025) for _ in range(2)]
    data = {f"item-{one.pk}-version": 1 for one in items}

    clerk.post(FULFILMENT, {**data, f"item-{items[0].pk}-outcome": "kept"})

    assert [PlanItem.objects.get(pk=one.pk).version for one in items] == [2, 1]


def test_second_of_two_who_judge_is_told_of_the_first(clerk, root):
    item = PlanItemFactory(organization=root, year=2025)
    data = {f"item-{item.pk}-version": 1}
    clerk.post(FULFILMENT, {**data, f"item-{item.pk}-outcome": "kept"})

    answer = clerk.post(
        FULFILMENT,
        {**data, f"item-{item.pk}-outcome": "unmet", f"item-{item.pk}-outcome_reason": "x"},
    )

    assert (answer.status_code, PlanItem.objects.get().outcome) == (409, "kept")


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT])
def test_reader_sees_the_outcomes_and_may_not_record(as_role, root, role):
    item = PlanItemFactory(organization=root, year=2025, text="村务公开", outcome="kept")
    client = as_role(role, root)

    assert verdicts(client) == ["兑现"]
    assert client.post(FULFILMENT, {f"item-{item.pk}-version": 1}).status_code == 403


@pytest.mark.parametrize("address", ["/reports/2025/plan/", FULFILMENT, "/reports/2025/summary/"])
def test_queries_do_not_grow_with_items(clerk, root, address):
    def queries():
        with CaptureQueriesContext(connection) as found:
            clerk.get(address)
        return len(found)

    def add():
        PlanItemFactory(
            organization=root, year=2025, key_task_to_be=True, due_on=date(2025, 6, 30),
            figure="orgs.note_checks", at_least=4,
        )  # fmt: skip

    add()
    queries()
    before = queries()
    for _ in range(3):
        add()

    assert queries() == before
