"""How figures are asked for: how many queries, what is kept compiled, and for whom."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from dangjian.lib import periods
from dangjian.lib.figures import (
    LAST_YEAR,
    Baseline,
    FigureSet,
    UnknownFigure,
    compute,
    compute_by_village,
    define,
    engine,
)
from orgs.models import Organization, Person
from orgs.scope import EVERYTHING, NOTHING, Scope
from tests.factories import OrganizationFactory, PersonFactory

PERIOD = periods.on(date(2025, 12, 31))


def born_by(limit):
    """A condition of its own for each limit, as sixty figures have."""

    def condition(period):
        """出生不晚于某年。"""
        return Q(birth_on__year__lte=limit)

    condition.__name__ = f"born_by_{limit}"
    return condition


@pytest.fixture
def sixty(people):
    return [people.count(f"{year}年前", unit="人")(born_by(year)) for year in range(1950, 2010)]


@pytest.fixture
def adults(people):
    @people.count("成年人", unit="人")
    def adults(period):
        """期末年满18岁的人。"""
        return Q(birth_on__lte=date(period.as_of.year - 18, period.as_of.month, 1))

    return adults


@pytest.fixture
def queries(db):
    with CaptureQueriesContext(connection) as captured:
        yield captured


@pytest.fixture
def built(monkeypatch):
    """How often a query was built since the fixture was asked for."""
    count = []
    original = engine.aggregated
    monkeypatch.setattr(engine, "aggregated", lambda *args: count.append(1) or original(*args))
    return count


# — queries —


@pytest.mark.parametrize("number", [1, 3, 60])
def test_one_query_whatever_the_number_of_figures(sixty, queries, number):
    compute(sixty[:number], EVERYTHING, PERIOD)
    assert len(queries) == 1


def test_one_query_by_village_whatever_the_number_of_figures(sixty, queries):
    compute_by_village(sixty, EVERYTHING, PERIOD)
    assert len(queries) == 1


def test_no_query_for_no_figures(queries):
    assert (compute([], EVERYTHING, PERIOD), len(queries)) == ({}, 0)


def test_no_query_where_no_row_can_be(sixty, queries):
    values = compute(sixty, NOTHING, PERIOD)
    assert ({value.number for value in values.values()}, len(queries)) == ({0}, 0)


def test_one_query_more_for_each_baseline(people, sixty, queries):
    last_term = Baseline("上届", lambda scope, period: periods.on(date(2020, 1, 1)))
    changes = [
        people.change(f"change{number}", "增减", of=figure, since=since)
        for number, (figure, since) in enumerate(
            zip(sixty, [LAST_YEAR, last_term] * 30, strict=True)
        )
    ]
    compute([*sixty, *changes], EVERYTHING, PERIOD)
    assert len(queries) == 3


def test_baselines_of_one_period_share_a_query(people, adults, queries):
    other = Baseline("上一年", LAST_YEAR.find)
    first = people.change("first", "增减", of=adults, since=LAST_YEAR)
    second = people.change("second", "增减", of=adults, since=other)
    compute([first, second], EVERYTHING, PERIOD)
    assert len(queries) == 2


def test_each_baseline_is_asked_once(people, sixty, db):
    asked = []
    since = Baseline("上届", lambda scope, period: asked.append(scope))
    changes = [
        people.change(f"change{number}", "增减", of=figure, since=since)
        for number, figure in enumerate(sixty)
    ]
    compute(changes, EVERYTHING, PERIOD)
    assert asked == [EVERYTHING]


def test_one_query_for_each_register(own, adults, queries):
    bodies = own.register(
        "bodies", "组织", Organization, rows=lambda s, p: Organization.objects.all()
    )

    @bodies.count("组织", unit="个")
    def organizations(period):
        """全部组织。"""

    per_body = bodies.quotient("q", "比", unit="人", top=adults, bottom=organizations)
    compute([adults, organizations, per_body], EVERYTHING, PERIOD)
    assert len(queries) == 2


def test_figures_of_another_set_share_the_query(people, adults, queries):
    @FigureSet("other", "别处").on(people).count("未成年人", unit="人")
    def minors(period):
        """期末未满18岁的人。"""
        return Q(birth_on__gt=date(period.as_of.year - 18, period.as_of.month, 1))

    compute([adults, minors], EVERYTHING, PERIOD)
    assert len(queries) == 1


def test_a_defined_figure_shares_the_query(people, adults, queries):
    women = define(
        {
            "slug": "w",
            "register": "own.people",
            "filters": {"sex": "female"},
            "name": "女",
            "unit": "人",
        }
    )
    compute([adults, women], EVERYTHING, PERIOD)
    assert len(queries) == 1


def test_a_condition_used_twice_is_asked_once(people, adults, queries):
    share = people.share("share", "占比", part=adults, whole=adults)
    change = people.change("change", "增减", of=adults, since=Baseline("上届", lambda s, p: None))
    compute([adults, change], EVERYTHING, PERIOD)
    plain = queries[0]["sql"].count("COUNT(")
    compute([adults, change, share], EVERYTHING, PERIOD)
    assert (plain, queries[1]["sql"].count("COUNT(")) == (2, 3)


def test_figures_are_named_by_slug(adults, db):
    assert list(compute(["own.adults"], EVERYTHING, PERIOD)) == ["own.adults"]


def test_an_unknown_slug_is_refused(own):
    with pytest.raises(UnknownFigure, match=r"own\.nobody"):
        compute(["own.nobody"], EVERYTHING, PERIOD)


# — what is kept compiled —


def test_the_same_question_is_built_once(sixty, built, db):
    for _ in range(3):
        compute(sixty, EVERYTHING, PERIOD)
    assert len(built) == 1


def test_an_equal_definition_is_built_once(people, built, db):
    for _ in range(2):
        young = {"slug": "y", "register": "own.people", "filters": {"age__lte": [35, 40]}}
        compute([define({**young, "name": "青年", "unit": "人"})], EVERYTHING, PERIOD)
    assert len(built) == 1


def test_another_filter_is_another_question(people, db):
    PersonFactory(birth_on=date(1985, 1, 1))

    def younger_than(age):
        young = {"slug": "y", "register": "own.people", "filters": {"age__lte": age}}
        return define({**young, "name": "青年", "unit": "人"})

    found = [compute([younger_than(age)], EVERYTHING, PERIOD)["y"].number for age in (35, 40, 35)]
    assert found == [0, 1, 0]


def test_what_is_compiled_sees_rows_that_come_later(adults, db):
    found = []
    for _ in range(2):
        found.append(compute([adults], EVERYTHING, PERIOD)["own.adults"].number)
        PersonFactory()
    assert found == [0, 1]


def test_what_is_compiled_for_one_scope_is_not_shown_to_another(adults, db):
    first, second = OrganizationFactory(), OrganizationFactory()
    PersonFactory(organization=first)
    PersonFactory.create_batch(2, organization=second)
    scopes = [EVERYTHING, Scope(first.pk), Scope(second.pk), NOTHING, Scope(first.pk)]
    found = [compute([adults], scope, PERIOD)["own.adults"].number for scope in scopes]
    assert found == [3, 1, 2, 0, 1]


def test_what_is_compiled_follows_organizations_that_move(adults, db):
    root, branch = OrganizationFactory(), OrganizationFactory()
    PersonFactory(organization=branch)
    before = compute([adults], Scope(root.pk), PERIOD)["own.adults"].number
    Organization.objects.filter(pk=branch.pk).update(parent=root)
    assert (before, compute([adults], Scope(root.pk), PERIOD)["own.adults"].number) == (0, 1)


def test_another_day_of_the_same_year_is_another_question(adults, db):
    PersonFactory(birth_on=date(2007, 6, 1), joined_on=None)
    days = [date(2025, 5, 31), date(2025, 7, 1), date(2025, 5, 31)]
    found = [
        compute([adults], EVERYTHING, periods.year(2025, today=day))["own.adults"].number
        for day in days
    ]
    assert found == [0, 1, 0]


def test_registers_of_one_slug_and_other_rows_are_other_questions(people, adults, db):
    PersonFactory()
    nobody = replace(people, rows=lambda scope, period: Person.objects.none())
    found = [
        compute([replace(adults, register=register)], EVERYTHING, PERIOD)["own.adults"].number
        for register in (people, nobody, people)
    ]
    assert found == [1, 0, 1]


def test_order_of_rows_does_not_split_the_answer(own, db):
    ordered = own.register(
        "ordered", "人", Person, rows=lambda s, p: Person.objects.order_by("name", "-birth_on")
    )

    @ordered.count("人", unit="人")
    def everybody(period):
        """全部人员。"""

    PersonFactory.create_batch(3)
    assert compute([everybody], EVERYTHING, PERIOD)["own.everybody"].number == 3
