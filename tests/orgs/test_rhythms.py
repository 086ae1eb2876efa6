"""Who is behind the rhythm of party life: the figures, and the grid that shows the same."""

from dataclasses import replace
from datetime import date

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import compute
from dangjian.lib.spans import spans_of
from orgs.activity_grid import grid
from orgs.models import ActivityKind, Organization, Rhythm, Role
from orgs.scope import EVERYTHING
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    OrganizationFactory,
    RhythmFactory,
)

pytestmark = pytest.mark.django_db
YEAR = periods.year(2025)
BEHIND, BOUND, SILENT = "orgs.behind_rhythm", "orgs.rhythm_bound", "orgs.silent_party_branches"


def on(day):
    return replace(YEAR, as_of=day)


def number(slug, period=YEAR):
    return compute([slug], EVERYTHING, period)[slug].number


def held(organization, *days, code="theme_day"):
    for day in days:
        ActivityFactory(organization=organization, held_on=f"2025-{day}", kind__code=code)


@pytest.fixture
def branch(root):
    return OrganizationFactory(branch=True, parent=root, founded_on=None)


@pytest.fixture
def quarterly(root):
    return RhythmFactory(organization=root, every=Rhythm.Every.QUARTER)


@pytest.mark.parametrize(
    ("every", "labels"),
    [
        (1, [f"{month}月" for month in range(1, 13)]),
        (3, ["一季度", "二季度", "三季度", "四季度"]),
        (6, ["上半年", "下半年"]),
        (12, ["全年"]),
    ],
)
def test_spans_have_the_offices_names(every, labels):
    spans = spans_of(2025, every)

    assert [span.label for span in spans] == labels
    assert (spans[0].first, spans[-1].last) == (date(2025, 1, 1), date(2025, 12, 31))


def test_who_held_it_in_every_span_is_not_behind(branch, quarterly):
    held(branch, "01-01", "06-30", "07-01", "12-31")

    assert (number(BOUND), number(BEHIND)) == (1, 0)


def test_who_missed_a_span_is_behind_whatever_the_year_adds_up_to(branch, quarterly):
    held(branch, "01-01", "04-01", "07-01", "09-30")

    assert number(BEHIND) == 1


def test_a_span_counts_from_its_last_day(branch, quarterly):
    assert number(BEHIND, on(date(2025, 3, 30))) == 0
    assert number(BEHIND, on(date(2025, 3, 31))) == 1


def test_times_are_asked_in_each_span(branch, quarterly):
    Rhythm.objects.update(times=2, every=Rhythm.Every.HALF)
    held(branch, "01-10", "02-10", "08-10")

    assert number(BEHIND, on(date(2025, 6, 30))) == 0
    assert number(BEHIND) == 1


def test_another_kind_or_an_organization_below_does_not_count(branch, quarterly):
    held(branch, "02-10", code="party_class")
    held(OrganizationFactory(parent=branch), "02-10")

    assert number(BEHIND, on(date(2025, 3, 31))) == 1


@pytest.mark.parametrize(
    ("founded_on", "behind"), [(None, 1), (date(2025, 1, 1), 1), (date(2025, 1, 2), 0)]
)
def test_the_span_in_which_a_branch_was_founded_is_not_asked(branch, quarterly, founded_on, behind):
    Organization.objects.filter(pk=branch.pk).update(founded_on=founded_on)

    assert number(BEHIND, on(date(2025, 3, 31))) == behind


@pytest.mark.parametrize(
    ("since", "until", "behind"),
    [
        ("2025-01-01", None, 1),
        ("2025-01-02", None, 0),
        ("2020-01-01", "2025-04-01", 1),
        ("2020-01-01", "2025-03-31", 0),
    ],
)
def test_a_rhythm_asks_only_whole_spans(branch, quarterly, since, until, behind):
    Rhythm.objects.update(since=since, until=until)

    assert number(BEHIND, on(date(2025, 3, 31))) == behind


@pytest.mark.parametrize(
    ("level", "sector", "bound"),
    [
        ("branch", "", 1),
        ("branch", "nonpublic", 1),
        ("branch", "village", 0),
        ("general_branch", "", 0),
    ],
)
def test_a_rhythm_binds_a_level_and_a_sector(branch, quarterly, level, sector, bound):
    Rhythm.objects.update(level=level, sector=sector)

    assert number(BOUND) == bound


def test_a_rhythm_binds_who_is_below_its_setter_alone(branch, quarterly, sibling_organization):
    Rhythm.objects.update(organization=sibling_organization)
    below = OrganizationFactory(branch=True, parent=sibling_organization)

    assert number(BOUND) == 1
    assert [row.organization for row in grid(EVERYTHING, YEAR).rows if row.cells] == [below]


def test_the_list_of_organizations_is_filtered_by_a_kind_they_are_behind_with(
    as_role, root, branch, quarterly
):
    held(branch, "01-01", "04-01", "07-01", "10-01")
    lazy = OrganizationFactory(branch=True, parent=root, founded_on=None)
    kind = ActivityKind.objects.get(code="theme_day")

    page = as_role(Role.CLERK, root).get(f"/registers/orgs.organizations/?behind={kind.pk}")

    assert page.context["tables"][0]["row_count"] == 1
    assert f">{lazy.name}<" in page.content.decode()


@pytest.mark.parametrize(("last", "silent"), [("2025-10-31", 1), ("2025-11-01", 0)])
def test_a_branch_is_silent_that_held_nothing_for_60_days(branch, last, silent):
    ActivityFactory(organization=branch, held_on=last)

    assert number(SILENT) == silent


def test_a_branch_younger_than_that_is_not_silent(branch):
    Organization.objects.filter(pk=branch.pk).update(founded_on=date(2025, 11, 2))

    assert number(SILENT) == 0


def test_absences_and_who_sat_in_on_study_are_counted(branch):
    study = ActivityFactory(kind__code="study_session")
    AttendanceFactory(activity=study, presence="observer")
    AttendanceFactory(activity=study)
    AttendanceFactory(presence="observer")

    assert (number("orgs.absences"), number("orgs.study_observers")) == (1, 1)


# — the grid —


def test_the_grid_shows_the_span_of_the_day_and_those_missed(branch, quarterly):
    held(branch, "05-10")

    [row] = [row for row in grid(EVERYTHING, on(date(2025, 5, 20))).rows if row.cells]
    [[cell]] = row.cells.values()

    assert (cell.span.label, cell.held, cell.is_met) == ("二季度", 1, True)
    assert cell.missed_label == "一季度"


def test_many_spans_missed_are_counted(branch, quarterly):
    [row] = [row for row in grid(EVERYTHING, YEAR).rows if row.cells]
    [[cell]] = row.cells.values()

    assert cell.missed_label == "4个季度"


def test_silent_ones_come_first_then_those_most_behind(root, quarterly):
    good, lazy, silent = (
        OrganizationFactory(branch=True, parent=root, founded_on=None) for _ in range(3)
    )
    held(good, "01-01", "04-01", "07-01", "10-01", "12-01")
    held(lazy, "12-01")
    held(silent, "01-01", "04-01", "07-01", "10-01")

    rows = grid(EVERYTHING, YEAR).rows

    assert [row.organization for row in rows] == [silent, lazy, good]


@pytest.mark.parametrize("day", [date(2025, 4, 30), date(2025, 9, 29), date(2025, 12, 31)])
def test_the_grid_and_the_figures_tell_the_same_of_the_demo(demo, day):
    period = on(day)

    rows = grid(EVERYTHING, period).rows

    assert number(BEHIND, period) == sum(row.missed > 0 for row in rows)
    assert number(SILENT, period) == sum(row.is_silent for row in rows)
    assert number(BOUND, period) == sum(bool(row.cells) for row in rows)
