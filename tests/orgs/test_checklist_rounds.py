"""Checking an organization by all items of a checklist at once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from orgs.models import ChecklistResult, Role
from tests.factories import (
    ChecklistItemFactory,
    ChecklistResultFactory,
    ChecklistSchemeFactory,
    OrganizationFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 18)


@pytest.fixture
def branch(root):
    return OrganizationFactory(branch=True, parent=root)


@pytest.fixture
def items(root):
    scheme = ChecklistSchemeFactory(organization=root, code="six-ones", year=2025, threshold=1)
    return [ChecklistItemFactory(scheme=scheme, order=order) for order in (1, 2)]


@pytest.fixture
def secretary(as_role, branch):
    return as_role(Role.SECRETARY, branch)


@pytest.fixture
def check(secretary, branch, items):
    """`check("True", "False")` posts a round of the branch: whether each item is met."""

    def posted(*met, client=secretary, query="", **rest):
        data = {"checked_on": "2025-06-18", "checker": "程敏"}
        for item, is_met in zip(items, met, strict=True):
            data |= {f"item-{item.pk}-is_met": is_met, f"item-{item.pk}-evidence": "查阅台账"}
        return client.post(f"/checklists/{branch.pk}/{query}", {**data, **rest})

    return posted


def stored():
    results = ChecklistResult.objects.order_by("checked_on", "item__order")
    return list(results.values_list("item__order", "is_met", "checked_on", "checker", "evidence"))


def test_a_round_stores_a_result_of_every_item(check):
    answer = check("True", "False")

    assert answer.status_code == 302
    assert stored() == [
        (1, True, DAY, "程敏", "查阅台账"),
        (2, False, DAY, "程敏", "查阅台账"),
    ]


def test_every_item_has_to_be_looked_at(check):
    answer = check("True", "")

    assert answer.context["round"].rows[1].errors == {"is_met": ["请选择达标或未达标。"]}
    assert stored() == []


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("上周", "“上周”不是日期，应如 2025-03-01 或 2025年3月1日。"),
        (timezone.localdate() + timedelta(days=1), "检查日期在今天之后。"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_nothing_lost(check, day, message):
    answer = check("True", "False", checked_on=day)

    assert answer.context["round"].head.errors == {"checked_on": [message]}
    assert [row["is_met"].value() for row in answer.context["round"].rows] == ["True", "False"]


def test_a_second_round_of_the_day_is_refused(check):
    check("True", "False")

    answer = check("True", "True")

    assert list(answer.context["round"].head.errors) == ["checked_on"]
    assert [is_met for _, is_met, *_ in stored()] == [True, False]


def test_a_stored_round_is_corrected(check, items):
    check("True", "False")
    versions = {f"item-{item.pk}-version": 1 for item in items}

    check("True", "True", query="?round=2025-06-18", checker="周红", **versions)

    assert [(is_met, checker) for _, is_met, _, checker, _ in stored()] == [
        (True, "周红"),
        (True, "周红"),
    ]


def test_somebody_elses_correction_is_not_overwritten(check, items):
    check("True", "False")
    ChecklistResult.objects.get(item=items[1]).save()

    answer = check(
        "True", "True", query="?round=2025-06-18",
        **{f"item-{item.pk}-version": 1 for item in items},
    )  # fmt: skip

    assert answer.status_code == 409
    assert [is_met for _, is_met, *_ in stored()] == [True, False]


def test_the_last_round_is_shown_and_not_taken_over(secretary, branch, items):
    ChecklistResultFactory(item=items[0], organization=branch, checked_on=DAY, evidence="现场查看")

    answer = secretary.get(f"/checklists/{branch.pk}/")

    row = answer.context["round"].rows[0]
    assert (row["is_met"].value(), row.standing.is_met) == (None, True)
    assert "现场查看" in answer.content.decode()


def test_the_overview_tells_how_many_items_are_met(secretary, branch, items):
    for item in items:
        ChecklistResultFactory(
            item=item, organization=branch, checked_on=DAY, is_met=item.order == 1
        )

    [(scheme, organization, met, last_on)] = secretary.get("/checklists/").context["rows"]

    assert (organization, met, scheme.size, last_on) == (branch, 1, 2, DAY)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_secretary_checks_no_other_branch(secretary, branch, items, method):
    other = OrganizationFactory(branch=True, parent=branch.parent)

    answer = getattr(secretary, method)(f"/checklists/{other.pk}/")

    assert answer.status_code == 404


def test_a_secretary_sees_no_results_of_other_branches(secretary, branch, items):
    other = OrganizationFactory(branch=True, parent=branch.parent, short_name="锦川机械党支部")
    ChecklistResultFactory(item=items[0], organization=other, evidence="别家的依据")

    pages = [
        secretary.get(url).content.decode() for url in ("/checklists/", f"/checklists/{branch.pk}/")
    ]

    assert ["锦川机械党支部" in page or "别家的依据" in page for page in pages] == [False, False]


@pytest.mark.parametrize("query", ["?round=2025-01-01", "?round=昨天", "?scheme=none"])
def test_a_round_that_is_not_there_is_not_found(secretary, branch, items, query):
    assert secretary.get(f"/checklists/{branch.pk}/{query}").status_code == 404


def test_a_year_without_a_checklist_says_so(secretary, branch):
    assert "本年度没有达标标准" in secretary.get(f"/checklists/{branch.pk}/").content.decode()
