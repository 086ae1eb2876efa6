"""What must hold of every declared check, on the demo: one test over all, present and future."""

from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.models import Cadre, Talk
from dangjian.lib import periods
from dangjian.lib.checks import SIDES, Outcome, all_checks, run
from dangjian.lib.figures import all_figures, all_registers, compute
from elections.models import Seat
from orgs.middleware import scope_below
from orgs.models import Membership, Organization, Pairing, Person, Village
from orgs.scope import EVERYTHING
from reports.desk import look_over
from tests.reports.keepers import is_inside, subtree_of

pytestmark = pytest.mark.django_db

YEARS = [periods.year(2024), periods.year(2025)]
PERIOD = YEARS[-1]
IDENTITIES = [check for check in all_checks() if check.counted is None]
PARTY_SEATS = Seat.objects.filter(until=None, election__body__kind__code="party")
PLACES = {"village": "石桥村党总支", "branch": "石桥片区联合党支部", "sibling": "上塘村党总支"}

each_identity = pytest.mark.parametrize("check", IDENTITIES, ids=lambda check: check.slug)
each_side = pytest.mark.parametrize("side", SIDES.values(), ids=lambda side: side.slug)
each_check = pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.slug)


@pytest.fixture(scope="module")
def scopes(demo, django_db_blocker):
    with django_db_blocker.unblock():
        below = {
            name: scope_below(Organization.objects.get(short_name=short_name))
            for name, short_name in PLACES.items()
        }
    return {"everything": EVERYTHING, **below}


def desk(scope, period=PERIOD):
    is_whole = scope is EVERYTHING
    return look_over(scope, period, unit="单位", is_whole=is_whole, registers=all_registers())


def slugs(found):
    return [one.check.slug for one in found]


# — the demo —


@pytest.mark.parametrize("period", YEARS, ids=lambda period: period.label)
@pytest.mark.parametrize("name", ["everything", *PLACES])
def test_demo_has_nothing_that_blocks(scopes, name, period):
    assert slugs(desk(scopes[name], period).blocking) == []


def test_uneven_year_of_the_demo_has_things_to_explain(scopes):
    found = desk(EVERYTHING)

    assert {one.check.slug: one.left for one in found.to_explain} == {
        "orgs.organization_term_run_out": 2,
        "cadres.reserve_over_age": 6,
        "elections.election_late": 1,
        "tasks.task_overdue": 1,
    }
    assert found.not_compared == []


def test_every_unit_of_the_demo_is_without_contradictions(demo):
    blocking = [
        (one.short_name, slug)
        for one in Organization.objects.filter(parent=demo)
        for slug in slugs(desk(scope_below(one)).blocking)
    ]

    assert blocking == []


# — declarations —


@each_check
def test_check_says_what_is_wrong_and_what_to_do(check):
    for text in (check.definition, check.remedy):
        assert text.strip() == text
        assert text.endswith("。")
    assert check.name.strip() == check.name != ""


def test_no_two_checks_share_a_name():
    counted = Counter(check.name for check in all_checks())

    assert [name for name, number in counted.items() if number > 1] == []


def test_no_side_shares_its_name_with_a_figure():
    names = {figure.name for figure in all_figures()}

    assert [side.name for side in SIDES.values() if side.name in names] == []


@each_side
def test_side_says_what_it_counts(side):
    assert side.definition.endswith("。")
    assert side.unit.strip() == side.unit != ""


# — figures that must agree can disagree —


@each_identity
def test_identity_fails_when_its_left_side_is_too_large(demo, check):
    values = compute(check.figures, EVERYTHING, PERIOD)
    first = check.left[0].figure.slug
    value = values[first]
    shifted = {name: getattr(value, name) for name in ("exact", "before")}
    more = {name: number + 1_000_000 for name, number in shifted.items() if number is not None}

    found = check.judge({**values, first: replace(value, **more)})

    assert check.judge(values).outcome == Outcome.PASSED
    assert (found.outcome, found.check) == (Outcome.FAILED, check)


@pytest.mark.parametrize(
    ("slug", "rows", "wrong"),
    [
        ("orgs.members_by_kind", Membership.objects.filter(until=None), {"kind": "candidate"}),
        ("orgs.members_by_sex", Person.objects.filter(memberships__until=None), {"sex": ""}),
        ("orgs.villages_by_kind", Village.objects.exclude(established_on=None), {"kind": ""}),
        ("orgs.organizations_by_level", Organization.objects.exclude(parent=None), {"level": ""}),
        ("orgs.pairings_by_mode", Pairing.objects.filter(until=None), {"mode": ""}),
        ("cadres.cadres_by_rank", Cadre.objects.filter(until=None), {"rank": 0}),
        ("cadres.talks_by_kind", Talk.objects.filter(held_on__year=2025), {"kind": ""}),
        ("elections.party_members_by_post", PARTY_SEATS, {"post": ""}),
    ],
)
def test_partition_fails_on_a_row_outside_its_parts(demo, slug, rows, wrong):
    check = next(check for check in IDENTITIES if check.slug == slug)
    first = rows.order_by("pk")[0]
    type(first).objects.filter(pk=first.pk).update(**wrong)

    (found,) = run(EVERYTHING, PERIOD, [check])

    assert found.outcome == Outcome.FAILED


# — one way of counting, one query, one scope —


@pytest.mark.parametrize("name", ["everything", "village", "branch"])
def test_sides_count_the_rows_they_list(scopes, name):
    scope = scopes[name]
    for period in YEARS:
        values = compute(SIDES.values(), scope, period)
        listed = {
            slug: side.register.listed(side, scope, period).rows.count()
            for slug, side in SIDES.items()
        }
        assert {slug: value.number for slug, value in values.items()} == listed


@pytest.mark.parametrize("name", ["everything", "village"])
def test_one_query_a_register_and_baseline(scopes, name):
    scope = scopes[name]
    figures = {figure for check in all_checks() for figure in check.figures}
    baselines = {figure.baseline for figure in figures} - {None}
    asked = {side.register.slug for figure in figures for side in figure.sides()}
    compared = {
        (side.register.slug, figure.baseline.name)
        for figure in figures
        if figure.baseline
        for side in figure.sides()
    }
    with CaptureQueriesContext(connection) as to_find:
        for baseline in baselines:
            baseline.find(scope, PERIOD)

    with CaptureQueriesContext(connection) as queries:
        run(scope, PERIOD)

    assert len(queries) == len(asked) + len(compared) + len(to_find)


@each_side
@pytest.mark.parametrize("name", ["village", "branch"])
def test_rows_of_a_side_are_from_inside_the_scope(scopes, side, name):
    inside = subtree_of(scopes[name].organization_id)
    rows = side.register.listed(side, scopes[name], PERIOD).rows

    outside = [row.pk for row in rows if not is_inside(row, side.register, inside, PERIOD.as_of)]
    assert outside == []


def test_fault_of_a_sibling_is_nobody_elses(scopes):
    sibling = Organization.objects.get(short_name=PLACES["sibling"])
    Organization.objects.filter(pk=sibling.pk).update(village=None)

    found = {
        name: "orgs.organization_without_village" in slugs(desk(scope).to_explain)
        for name, scope in scopes.items()
    }

    assert found == {"everything": True, "village": False, "branch": False, "sibling": True}


def test_part_of_an_office_is_spared_what_holds_only_of_the_whole(scopes):
    of_whole = {check.slug for check in all_checks() if check.of_whole}

    assert of_whole & set(slugs(desk(scopes["village"]).found)) == set()
    assert of_whole <= set(slugs(desk(EVERYTHING).found))


def test_check_over_a_register_that_is_closed_is_left_out(demo):
    open_registers = [one for one in all_registers() if not one.sensitive]

    found = look_over(EVERYTHING, PERIOD, unit="", is_whole=True, registers=open_registers)

    of_talks = {"admonition_without_effect", "admonition_of_wrong_length", "effect_of_other_talk"}
    left_out = {check.slug for check in all_checks()} - set(slugs(found.found))
    assert left_out == {f"cadres.{name}" for name in (*of_talks, "talks_by_kind")}
