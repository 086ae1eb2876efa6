"""Numbers of the summary that moved far since last year: which are asked about, and by how much."""

from datetime import date
from decimal import Decimal

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import all_registers, compute, figure_named
from orgs.middleware import scope_below
from reports.changes import compared, is_closing, moved_over
from reports.desk import look_over
from reports.documents.build import parsed, parts_of
from reports.models import Kind, Section
from tests.factories import (
    ActivityFactory,
    MembershipFactory,
    ReportFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
MEMBERS, WOMEN_RATE = "orgs.members", "orgs.women_members_rate"


def members(root, count, since, **person):
    for _ in range(count):
        MembershipFactory(
            person__organization=root, person__joined_on=date(2010, 7, 1), organization=root,
            since=since, **{f"person__{name}": value for name, value in person.items()},
        )  # fmt: skip


def moved(root, *slugs, threshold=30):
    """What is asked about: the figure, both numbers, and the words for it."""
    changes = compared(figure_named(slug) for slug in slugs)
    values = compute(changes, scope_below(root), PERIOD)
    return [
        (one.figure.slug, one.before.text, one.now.text, one.text)
        for one in moved_over(threshold, changes, values)
    ]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (3, []),
        (4, [(MEMBERS, "10名", "14名", "增加40.0%")]),
        (0, []),
    ],
)
def test_number_that_moved_further_than_the_threshold_is_asked_about(root, new, expected):
    members(root, 10, date(2020, 1, 1))
    members(root, new, date(2025, 3, 1))

    assert moved(root, MEMBERS) == expected


def test_share_is_measured_in_percentage_points(root):
    members(root, 2, date(2020, 1, 1), sex="female")
    members(root, 8, date(2020, 1, 1), sex="male")
    members(root, 10, date(2025, 3, 1), sex="female")

    assert moved(root, WOMEN_RATE) == [(WOMEN_RATE, "20.00%", "60.00%", "提高40.0个百分点")]
    assert moved(root, WOMEN_RATE, threshold=40) == []


def test_what_there_was_none_of_is_asked_about(root):
    members(root, 5, date(2020, 1, 1), sex="male")
    members(root, 1, date(2025, 3, 1), sex="female")

    women = "orgs.women_members"
    assert moved(root, women) == [(women, "0名", "1名", "上年没有")]


def test_year_before_that_was_not_kept_asks_nothing(root):
    members(root, 5, date(2025, 3, 1))

    assert moved(root, MEMBERS, WOMEN_RATE, "orgs.members_mean_age") == []


def test_changes_are_no_further_compared(root):
    assert compared([figure_named("orgs.members_change")]) == []


@pytest.mark.parametrize(("month", "asks"), [(6, False), (11, False), (12, True)])
def test_running_year_is_compared_in_december(month, asks):
    assert is_closing(periods.up_to(date(2025, month, 20))) is asks


def desk(root, threshold=30):
    return look_over(
        scope_below(root), PERIOD, unit="大桥街道", is_whole=True, registers=all_registers(),
        threshold=threshold,
    )  # fmt: skip


def test_figures_of_the_units_own_summary_are_asked_about(root):
    members(root, 5, date(2020, 1, 1))
    members(root, 5, date(2025, 3, 1))
    ActivityFactory(organization=root, held_on=date(2024, 5, 1))
    assert MEMBERS in [one.figure.slug for one in desk(root).moved]

    report = ReportFactory(organization=root, kind=Kind.SUMMARY, year=2025)
    SectionFactory(report=report, text="开展活动{orgs.activities}。")

    assert [(one.figure.slug, one.by) for one in desk(root).moved] == [
        ("orgs.activities", Decimal(-100))
    ]


def test_without_a_threshold_nothing_is_asked(root):
    members(root, 5, date(2020, 1, 1))
    members(root, 5, date(2025, 3, 1))

    assert desk(root, threshold=None).moved == []


def test_every_figure_of_the_default_summary_that_is_no_change_is_compared(root):
    parts = parts_of(Kind.SUMMARY, scope_below(root), PERIOD, is_whole=True)
    slugs = {slug for _, text in parsed(parts, "") for slug in text.slugs}

    left_out = {slug for slug in slugs if not compared([figure_named(slug)])}

    assert not Section.objects.exists()
    assert {figure_named(slug).kind for slug in left_out} == {"change"}
