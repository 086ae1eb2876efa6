"""What must hold of every figure, on the demo: one test over all of them, present and future."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangjian.lib import periods
from dangjian.lib.figures import (
    all_figures,
    all_registers,
    compute,
    compute_by_village,
    measure,
    rounded,
)
from orgs.middleware import scope_below
from orgs.models import Organization
from orgs.scope import NOTHING, Scope
from tests.reports.keepers import SHARED, is_inside, keepers, subtree_of
from tests.reports.pages import page

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
YEARS = [periods.year(2024), PERIOD]
VILLAGE = "中共大桥街道石桥村总支部委员会"
SIBLING = "中共大桥街道上塘村总支部委员会"
BRANCH = "中共大桥街道石桥片区企业联合支部委员会"
SCOPES = ["everything", "subtree", "village", "branch", "nothing"]
# Where a village has no rows: the subdistrict's own records, checks of non-public branches, which
# are not below villages, and plans for enterprises, of which it has none.
KEPT_BY_OTHERS = {
    "orgs.checklist_results",
    "orgs.organizing_plans",
    "orgs.rhythms",
    "cadres.cadres",
    "cadres.recruits",
    "cadres.study_reviews",
    "cadres.talks",
    "tasks.plan_items",
    "tasks.programmes",
}
# Whose page is whose scope.
ACCOUNTS = {
    "everything": ["clerk", "leader"],
    "village": ["secretary"],
    "branch": ["branch"],
}

each_figure = pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.slug)
each_register = pytest.mark.parametrize("register", all_registers(), ids=lambda one: one.slug)


@pytest.fixture(scope="module")
def scopes(demo, django_db_blocker):
    """`subtree` is the whole tree asked for as any organization is, by a recursive query."""
    with django_db_blocker.unblock():
        village, sibling, branch = (
            Scope(Organization.objects.get(name=name).pk) for name in (VILLAGE, SIBLING, BRANCH)
        )
        return {
            "everything": scope_below(demo),
            "subtree": Scope(demo.pk),
            "village": village,
            "sibling": sibling,
            "branch": branch,
            "nothing": NOTHING,
        }


@pytest.fixture(scope="module")
def values(scopes, django_db_blocker):
    """Every figure's value in every scope of both years."""
    with django_db_blocker.unblock():
        return {
            (name, period.label): compute(all_figures(), scope, period)
            for name, scope in scopes.items()
            for period in YEARS
        }


def from_rows(figure, scope, period):
    """The figure put together in Python from the rows it lists; nothing is rounded."""
    if figure.is_change:
        return change_from_rows(figure, scope, period)
    sides = [measure(side.measure, measured_rows(side, scope, period)) for side in figure.sides()]
    if figure.kind == "share":
        part, whole = sides
        return Decimal(part) * 100 / whole if whole else None
    if figure.kind == "quotient":
        top, bottom = sides
        return Decimal(top) / Decimal(bottom) if bottom else None
    return sides[0]


def change_from_rows(figure, scope, period):
    before = figure.baseline.find(scope, period)
    registers = [side.register for side in figure.sides()]
    if not before or not all(one.rows(scope, before).exists() for one in registers):
        return None
    now, then = (from_rows(figure.measured, scope, each) for each in (period, before))
    return None if now is None or then is None else Decimal(now) - Decimal(then)


def measured_rows(side, scope, period):
    return side.register.listed(side, scope, period).rows.values_list("measured", flat=True)


@each_figure
@pytest.mark.parametrize("name", SCOPES)
def test_value_is_what_its_listed_rows_give(scopes, values, figure, name):
    found = [
        (
            values[name, period.label][figure.slug].number,
            rounded(from_rows(figure, scopes[name], period), figure.decimals),
        )
        for period in YEARS
    ]

    assert [value for value, _ in found] == [again for _, again in found]


def test_demo_gives_every_figure_something_to_count(values):
    counted_nowhere = {
        slug
        for slug in values["everything", PERIOD.label]
        if not any(found[slug].number for found in values.values())
    }

    # What an office does not want, has no more at the end of a year, or plans for the next one: the
    # demo has none of it, and that is a fact to print.
    assert counted_nowhere == {
        "orgs.villages_founded",
        "orgs.joint_founded",
        "orgs.other_branches",
        "orgs.undersized_branches",
        "orgs.plans_overdue",
        "elections.elections_overdue",
        "elections.bodies_expired",
        "elections.bodies_expiring",
        "tasks.tasks_due_soon",
        "tasks.tasks_on_track",
        "tasks.tasks_not_begun",
        "tasks.tasks_unreported",
        "reports.villages_without_organization",
        "reports.members_without_organization",
    }


@each_figure
def test_whole_tree_is_counted_the_same_with_a_filter_and_without(values, figure):
    for period in YEARS:
        whole, subtree = (values[name, period.label] for name in ("everything", "subtree"))
        assert whole[figure.slug] == subtree[figure.slug]


@each_figure
def test_nobody_has_no_rows(values, figure):
    value = values["nothing", PERIOD.label][figure.slug]

    assert value.number == (0 if figure.kind in {"count", "sum"} else None)


@each_figure
def test_definition_and_unit_are_given(figure):
    assert figure.name.strip() == figure.name != ""
    assert figure.unit.strip() == figure.unit != ""
    assert figure.definition.strip() == figure.definition
    assert figure.definition.endswith("。")


def test_no_two_figures_share_a_name():
    names = [figure.name for figure in all_figures()]

    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("name", ["everything", "village", "branch"])
def test_one_query_a_register_and_baseline(scopes, name):
    scope, figures = scopes[name], all_figures()
    baselines = {figure.baseline for figure in figures} - {None}
    asked = {(side.register.slug, PERIOD) for figure in figures for side in figure.sides()}
    asked |= {
        (side.register.slug, period)
        for figure in figures
        if figure.baseline and (period := figure.baseline.find(scope, PERIOD))
        for side in figure.sides()
    }

    with CaptureQueriesContext(connection) as to_find:
        for baseline in baselines:
            baseline.find(scope, PERIOD)
    with CaptureQueriesContext(connection) as queries:
        compute(figures, scope, PERIOD)

    assert len(queries) == len(asked) + len(to_find)


@pytest.mark.parametrize("name", ["everything", "village", "branch"])
def test_villages_and_rows_without_one_sum_to_the_total(scopes, values, name):
    additive = [figure.slug for figure in all_figures() if figure.additive]

    by_village = compute_by_village(additive, scopes[name], PERIOD).values()

    sums = {slug: sum(found[slug].number for found in by_village) for slug in additive}
    assert sums == {slug: values[name, PERIOD.label][slug].number for slug in additive}


def test_counts_and_sums_of_registers_with_villages_are_additive():
    assert [figure.slug for figure in all_figures() if figure.additive] == [
        figure.slug
        for figure in all_figures()
        if figure.kind in {"count", "sum"} and figure.register.village is not None
    ]


# — nothing from outside the scope, told by another way than `within` —


@each_register
@pytest.mark.parametrize("name", ["village", "branch"])
def test_no_row_is_from_outside_the_scope(scopes, register, name):
    inside = subtree_of(scopes[name].organization_id)

    for period in YEARS:
        rows = register.rows(scopes[name], period)
        every_row = register.rows(scopes["everything"], period)
        assert {row.pk for row in rows} == {
            row.pk for row in every_row if is_inside(row, register, inside, period.as_of)
        }


@each_figure
def test_village_lists_of_its_sibling_only_what_both_share(scopes, figure):
    """A task, posting or pairing of two villages is either's; nothing else is."""
    for side in figure.sides():
        own, siblings = (
            set(side.register.listed(side, scopes[name], PERIOD).rows.values_list("pk", flat=True))
            for name in ("village", "sibling")
        )
        assert own & siblings == shared_rows(side, scopes)


def shared_rows(side, scopes):
    """The keys of the rows kept by both villages."""
    if side.register.model._meta.label_lower not in SHARED:
        return set()
    village, sibling = (subtree_of(scopes[name].organization_id) for name in ("village", "sibling"))
    rows = side.register.listed(side, scopes["everything"], PERIOD).rows
    return {row.pk for row in rows if keepers(row) & village and keepers(row) & sibling}


def test_sibling_has_rows_that_could_leak(scopes):
    without = {one.slug for one in all_registers() if not one.rows(scopes["sibling"], PERIOD)}

    assert without == KEPT_BY_OTHERS


# — the page of each figure —


@each_figure
@pytest.mark.parametrize("name", ACCOUNTS)
def test_page_lists_the_rows_counted(scopes, values, clients, figure, name):
    value, sides = values[name, PERIOD.label][figure.slug], sides_of(figure, scopes[name])
    plain = "" if value.plain is None else str(value.plain)

    address = f"/registers/{figure.register.slug}/"
    if figure.register.slug == "cadres.talks" and name != "everything":
        answers = [clients[one].get(address, {"figure": figure.slug}) for one in ACCOUNTS[name]]
        assert {answer.status_code for answer in answers} == {403}
        return

    for account in ACCOUNTS[name]:
        shown = page(clients[account], address, figure=figure.slug)

        assert [(one.slug, one.value, one.text) for one in shown.figures] == [
            (figure.slug, plain, value.text)
        ]
        assert [(table.row_count, table.total) for table in shown.tables] == sides
        assert shown_counts(figure, value) == [
            table.row_count if figure.measured.kind in {"count", "share"} else table.total
            for table in shown.tables[: len(figure.sides())]
            if figure.measured.kind != "quotient"
        ]


def sides_of(figure, scope):
    """Rows and total of each table the page should have: now, then at the baseline."""
    before = figure.baseline.find(scope, PERIOD) if figure.baseline else None
    found = []
    for period in filter(None, [PERIOD, before]):
        for side in figure.sides():
            rows = list(measured_rows(side, scope, period))
            total = rounded(measure(side.measure, rows), side.decimals)
            if total is not None and total == int(total):
                total = int(total)
            found.append((len(rows), "" if total is None else str(total)))
    return found


def shown_counts(figure, value):
    """What a value says of the rows listed now: of a share the counts of part and whole."""
    if figure.measured.kind == "quotient":
        return []
    if figure.measured.kind == "share":
        return [value.part, value.whole]
    now = value.after if figure.is_change else value.number
    if figure.measured.kind == "count":
        return [now if now is not None else 0]
    number = rounded(now, figure.decimals)
    return ["" if number is None else str(int(number) if number == int(number) else number)]
