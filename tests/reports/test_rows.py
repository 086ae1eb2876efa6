"""How many rows stand behind the figures of a document."""

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import all_figures, compute
from orgs.scope import EVERYTHING
from reports.documents.build import build_summary
from reports.documents.rows import counts_behind, rows_in_words

pytestmark = pytest.mark.django_db
PERIOD = periods.year(2025)


@pytest.fixture(scope="module")
def rows(demo, django_db_blocker):
    """The rows of every figure of the demo, in words."""
    figures = all_figures()
    counts = [count for figure in figures for count in counts_behind(figure)]
    with django_db_blocker.unblock():
        return rows_in_words(figures, compute(counts, EVERYTHING, PERIOD))


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("orgs.covered", "47"),
        ("orgs.members_mean_age", "1130"),
        ("orgs.activity_attendance", "925"),
        ("elections.party_college_rate", "45／64"),
        ("elections.party_members_change", "64；上届75"),
        ("elections.party_college_rate_change", "45／64；上届40／75"),
    ],
)
def test_rows_of_each_kind_of_figure(rows, slug, said):
    assert rows[slug] == said


def test_rows_of_every_figure_are_those_it_lists(rows):
    wrong = []
    for figure in all_figures():
        now = rows[figure.slug].partition("；")[0].split("／")
        sides = [side.register.listed(side, EVERYTHING, PERIOD).rows for side in figure.sides()]
        if now != [str(listed.count()) for listed in sides]:
            wrong.append(figure.slug)

    assert wrong == []


def test_change_without_a_baseline_says_what_there_is_now(demo):
    summary = build_summary(EVERYTHING, periods.year(2024), unit="大桥街道", office="大桥街道")

    assert summary.values["elections.party_members_change"].before is None
    assert "；" not in summary.rows["elections.party_members_change"]


def test_document_knows_the_rows_of_all_its_figures(demo):
    summary = build_summary(EVERYTHING, PERIOD, unit="大桥街道", office="大桥街道")

    assert list(summary.rows) == list(summary.values)
