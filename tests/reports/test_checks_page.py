"""The page of checks: what it says, who is shown what, and where each number leads."""

import re

import pytest

from dangjian.lib import periods
from dangjian.lib.checks import SIDES, all_checks
from dangjian.lib.figures import all_registers
from elections.models import Seat
from orgs.models import Membership, Organization, Role
from orgs.scope import EVERYTHING
from reports.desk import look_over
from reports.entry import parents
from tests.checks.faults import FAULTS
from tests.reports.checks_page import checks_page
from tests.reports.pages import page

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
ADDRESS = "/reports/2025/checks/"
OF_TALKS = {check.slug for check in all_checks() if any(one.sensitive for one in check.registers)}
OF_WHOLE = {check.slug for check in all_checks() if check.of_whole}
EVERY_CHECK = {check.slug for check in all_checks()}
each_side = pytest.mark.parametrize("side", SIDES.values(), ids=lambda side: side.slug)


@pytest.fixture
def clerk(clients):
    return clients["clerk"]


@pytest.fixture(scope="module")
def desk(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return look_over(
            EVERYTHING, PERIOD, unit="大桥街道", is_whole=True, registers=all_registers()
        )


def test_page_has_every_check_once_with_its_outcome(clerk, desk):
    shown = checks_page(clerk, ADDRESS)

    assert shown.outcomes == {one.check.slug: one.outcome.value for one in desk.found}
    assert len(shown.slugs) == len(EVERY_CHECK)


def test_summary_counts_outcomes(clerk, desk):
    text = clerk.get(ADDRESS).content.decode()

    counts = [f"{len(desk.to_explain)}项需说明", f"{len(desk.passed)}项通过", "没有阻断"]
    assert [words in text for words in counts] == [True] * 3
    assert f"共{len(desk.found)}项，截至2025年12月31日" in text


def failing(client):
    """Where the links of the dashboard's piece lead, and what they say."""
    answer = client.get(f"{ADDRESS}failing/").content.decode()
    return [
        (where, re.sub(r"<[^>]+>", "", words).strip())
        for where, words in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', answer, re.DOTALL)
    ]


def test_dashboard_is_told_how_many_checks_fail(clerk, desk):
    Membership.objects.filter(pk=Membership.objects.order_by("pk")[1].pk).update(since="1950-01-01")

    assert failing(clerk) == [
        (f"{ADDRESS}?year=2025#blocking", "2项校核阻断"),
        (f"{ADDRESS}?year=2025#to_explain", f"{len(desk.to_explain)}项校核待说明"),
    ]


def test_dashboard_is_told_that_no_check_fails(as_role, root):
    clerk = as_role(Role.CLERK, root)

    assert failing(clerk) == [(f"{ADDRESS}?year=2025", "校核没有发现问题")]


def test_blocking_checks_come_first(clerk):
    Membership.objects.filter(pk=Membership.objects.order_by("pk")[1].pk).update(since="1950-01-01")

    shown = checks_page(clerk, ADDRESS)

    assert shown.groups[:2] == ["blocking", "to_explain"]
    assert shown.outcomes["orgs.member_before_joining"] == "failed"


def test_numbers_are_those_of_the_checks(clerk, desk):
    shown = checks_page(clerk, ADDRESS)

    for one in desk.found:
        terms = [*one.check.left, *one.check.right]
        numbers = [term.number(one.values) for term in terms if not term.before]
        assert [int(number) for number in shown.numbers[one.check.slug]] == numbers


@pytest.mark.parametrize(
    ("account", "missing"),
    [
        ("clerk", set()),
        ("leader", set()),
        ("admin", OF_TALKS),
        ("department", OF_TALKS),
        ("secretary", OF_TALKS | OF_WHOLE),
        ("branch", OF_TALKS | OF_WHOLE),
    ],
)
def test_who_is_shown_which_checks(clients, account, missing):
    shown = checks_page(clients[account], ADDRESS)

    assert EVERY_CHECK - set(shown.slugs) == missing
    assert ("cadres.talks" in shown.text) == ("cadres.talks_by_kind" not in missing)


def test_secretary_is_shown_own_faults_only(clients):
    own, sibling = (
        Organization.objects.get(short_name=name) for name in ("石桥村党总支", "上塘村党总支")
    )
    slug, counts = "orgs.organization_without_village", []
    for one in (sibling, own):
        Organization.objects.filter(pk=one.pk).update(village=None)
        counts += checks_page(clients["secretary"], ADDRESS).numbers[slug]

    assert counts == ["0", "1"]


def test_navigation_leads_to_the_page(clerk):
    assert 'href="/reports/2024/checks/?year=2024"' in clerk.get("/?year=2024").content.decode()


def test_user_without_unit_is_told_so(db, as_role):
    text = as_role(Role.CLERK, None).get(ADDRESS).content.decode()

    assert "还没有为您设置所属党组织" in text
    assert "data-outcome" not in text


# — the rows behind a number —


@each_side
def test_number_opens_exactly_its_rows(clerk, side):
    rows = side.register.listed(side, EVERYTHING, PERIOD).rows
    address = f"/registers/{side.register.slug}/"

    (table,) = page(clerk, address, check=side.slug).tables

    count = rows.count()
    assert (table.row_count, table.total) == (count, str(count))


def test_rows_say_what_to_do(clerk):
    answer = clerk.get("/registers/cadres.reserves/?check=cadres.reserve_over_age&year=2025")

    text = answer.content.decode()
    check = next(one for one in all_checks() if one.slug == "cadres.reserve_over_age")
    assert check.remedy in text
    assert check.definition in text
    assert f'href="{ADDRESS}?year=2025"' in text


def test_filters_and_export_keep_the_check(clerk):
    address = "/registers/orgs.members/?check=orgs.formal_members&year=2025&sort=-since"

    text = clerk.get(address).content.decode()

    assert '<input type="hidden" name="check" value="orgs.formal_members">' in text
    export = "/registers/orgs.members/xlsx?check=orgs.formal_members"
    assert export in text
    assert clerk.get(export).filename == "大桥街道2025年正式党员.xlsx"


@pytest.mark.parametrize(
    "address",
    [
        "/registers/orgs.members/?check=no.such",
        "/registers/orgs.members/?check=orgs.members",
        "/registers/orgs.people/?check=orgs.formal_members",
        "/registers/orgs.members/?figure=orgs.formal_members",
        "/registers/orgs.members/xlsx?check=no.such",
    ],
)
def test_check_that_is_not_of_the_register_is_not_found(clerk, address):
    assert clerk.get(address).status_code == 404


@pytest.mark.parametrize("account", ["admin", "department", "secretary"])
@pytest.mark.parametrize("slug", sorted(OF_TALKS & set(SIDES)))
def test_rows_of_talks_stay_closed(clients, account, slug):
    assert clients[account].get(f"/registers/cadres.talks/?check={slug}").status_code == 403


# — where rows are mended —


def first_link(client, slug):
    """Where the first row of a check is mended, after its fault is planted; empty: nowhere."""
    register = SIDES[slug].register.slug
    FAULTS[slug]().plant()
    text = client.get(f"/registers/{register}/?check={slug}&year=2025").content.decode()
    row = re.search(r"<tbody>\s*(<tr>.*?</tr>)", text, re.DOTALL)[1]
    return next((link for link in re.findall(r'href="([^"]+)"', row) if "/admin/" in link), "")


@pytest.mark.parametrize("slug", sorted(FAULTS))
def test_clerk_is_led_to_where_the_row_is_mended(clerk, slug):
    address = first_link(clerk, slug)

    model = SIDES[slug].register.model
    parent = parents()[model][0].related_model if model in parents() else model
    assert address.startswith(f"/admin/{parent._meta.app_label}/{parent._meta.model_name}/")
    assert clerk.get(address).status_code == 200


def test_row_without_an_entry_of_its_own_leads_to_its_parent(clerk):
    address = first_link(clerk, "elections.seat_before_election")

    wrong = Seat.objects.get(since__lt="2025-12-31", pk=wrong_seat())
    assert address == f"/admin/elections/election/{wrong.election_id}/change/"


def wrong_seat():
    side = SIDES["elections.seat_before_election"]
    return side.register.listed(side, EVERYTHING, PERIOD).rows.get().pk


@pytest.mark.parametrize("slug", ["elections.seat_before_election", "cadres.leader_without_rank"])
def test_leader_is_led_nowhere(clients, slug):
    assert first_link(clients["leader"], slug) == ""
