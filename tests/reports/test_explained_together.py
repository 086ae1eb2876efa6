"""One reason for several numbers that moved far since last year."""

import pytest

from orgs.models import Role
from reports.models import Explanation
from tests.factories import ActivityFactory, ExplanationFactory

pytestmark = pytest.mark.django_db

DESK = "/reports/2025/checks/"
PAGE = f"{DESK}explain/"
MOVED = ["orgs.activities", "orgs.activity_attendance"]
REASON = "去年下半年起才逐次登记。"


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture
def more(root):
    """One activity last year, and two this year."""
    for day in ("2024-03-01", "2025-03-01", "2025-04-01"):
        ActivityFactory(organization=root, held_on=day, due=10, present=10)


def offered(client):
    return [slug for slug, _ in client.get(PAGE).context["form"]["slugs"].field.choices]


def test_every_number_that_waits_is_offered(clerk, root, more):
    every = offered(clerk)
    ExplanationFactory(organization=root, year=2025, about="change", slug=MOVED[0])

    assert set(MOVED) <= set(every)
    assert offered(clerk) == [slug for slug in every if slug != MOVED[0]]


def test_reason_is_kept_for_each_number_chosen(clerk, root, more):
    answer = clerk.post(PAGE, {"slugs": MOVED, "text": REASON})

    assert answer["Location"] == f"{DESK}?year=2025#moved"
    said = Explanation.objects.order_by("slug").values_list("organization", "about", "slug", "text")
    assert list(said) == [(root.pk, "change", slug, REASON) for slug in MOVED]


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"text": REASON}, "slugs", "请至少选择一项指标。"),
        (
            {"text": REASON, "slugs": ["orgs.members"]},
            "slugs",
            "有的指标已经说明，或者变动已不到界限，请重新选择。",
        ),
        ({"slugs": MOVED}, "text", "这个字段是必填项。"),
    ],
    ids=["nothing chosen", "nothing to explain of it", "no reason"],
)
def test_what_is_missing_is_said_and_nothing_kept(clerk, more, typed, field, message):
    answer = clerk.post(PAGE, typed)

    assert answer.status_code == 400
    assert answer.context["form"].errors == {field: [message]}
    assert not Explanation.objects.exists()


def test_page_says_that_nothing_waits(clerk, root):
    shown = clerk.get(PAGE).content.decode()

    assert ("都已说明" in shown, 'name="text"' in shown) == (True, False)


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT, Role.SECRETARY])
def test_readers_explain_nothing(as_role, root, more, role):
    answer = as_role(role, root).post(PAGE, {"slugs": MOVED, "text": REASON})

    assert (answer.status_code, Explanation.objects.count()) == (403, 0)
