"""Consistency checks: what they count, how two sides are compared, what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Q
from django.db.models.lookups import LessThan
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from dangjian.lib import periods
from dangjian.lib.checks import (
    CHECKS,
    SIDES,
    CheckSet,
    Outcome,
    Severity,
    UnknownCheck,
    all_checks,
    before,
    check_sides,
    in_words,
    minus,
    run,
    side_named,
    sides_over,
)
from dangjian.lib.figures import LAST_YEAR, UnknownFigure, Years
from orgs.models import Person
from orgs.scope import EVERYTHING, Scope
from tests.factories import PersonFactory
from tests.lib.random_rows import over_rows, persons, stored, years_between

pytestmark = pytest.mark.django_db

PERIOD = periods.on(date(2025, 2, 28))


@pytest.fixture
def checks(own):
    """An empty set of checks; what the apps declared is out of sight until the test is over."""
    kept = dict(CHECKS), dict(SIDES)
    CHECKS.clear()
    SIDES.clear()
    yield CheckSet("own")
    for registry, declared in zip((CHECKS, SIDES), kept, strict=True):
        registry.clear()
        registry.update(declared)


@pytest.fixture
def women(people):
    @people.count("女性", unit="人")
    def women(period):
        """女性。"""
        return Q(sex="female")

    return women


@pytest.fixture
def everybody(people):
    @people.count("全部", unit="人")
    def everybody(period):
        """全部人员。"""

    return everybody


@pytest.fixture
def men(checks, people):
    @checks.count(people, "男性", unit="人")
    def men(period):
        """男性。"""
        return Q(sex="male")

    return men


def no_rows(checks, register, severity=Severity.BLOCKING):
    return checks.no_rows(register, "名称", unit="人", severity=severity, remedy="改正。")


@pytest.fixture
def under_age(checks, people):
    @no_rows(checks, people)
    def under_age(period):
        """入党时不满18周岁。"""
        return Q(LessThan(Years("birth_on", "joined_on"), 18))

    return under_age


# — counting —


def test_row_check_counts_what_python_counts(places, people, under_age):
    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as made:
            (found,) = run(EVERYTHING, PERIOD)
            young = [
                one
                for one in made
                if one.joined_on and years_between(one.birth_on, one.joined_on) < 18
            ]
            assert found.left == len(young)
            assert found.outcome == (Outcome.FAILED if young else Outcome.PASSED)
            listed = people.listed(under_age.counted, EVERYTHING, PERIOD).rows
            assert set(listed.values_list("pk", flat=True)) == {one.pk for one in young}

    check()


def test_sides_add_and_take_away_what_python_does(checks, places, everybody, women, men):
    checks.equal("sum", "合计", left=[everybody], right=["own.women", men], remedy="改正。")
    checks.at_most("less", "相差", left=[everybody, minus(men)], right=[women], remedy="改正。")
    checks.at_most("unsure", "不多于", left=[men], right=[women], remedy="改正。")

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows):
            found = {one.check.slug: one for one in run(EVERYTHING, PERIOD)}
            count = [row["sex"] for row in rows].count
            difference = count("male") - count("female")
            assert (found["own.sum"].left, found["own.sum"].right) == (len(rows), len(rows))
            assert found["own.less"].difference == 0
            assert found["own.unsure"].difference == difference
            failed = Outcome.FAILED if difference > 0 else Outcome.PASSED
            assert found["own.unsure"].outcome == failed

    check()


def test_equal_fails_on_either_side(checks, places, women, men):
    check = checks.equal("equal", "相等", left=[women], right=[men], remedy="改正。")
    outcomes = []
    for sex in ("male", "female", "female"):
        PersonFactory(organization=places.root, sex=sex)
        outcomes += [found.outcome for found in run(EVERYTHING, PERIOD, [check])]

    assert outcomes == [Outcome.FAILED, Outcome.PASSED, Outcome.FAILED]


def test_counts_keep_to_the_scope(places, under_age):
    east, west, _ = places.organizations
    PersonFactory(organization=west, birth_on=date(2000, 1, 1), joined_on=date(2010, 1, 1))

    found = [run(Scope(place.pk), PERIOD)[0].left for place in (east, west)]

    assert found == [0, 1]


def test_everything_is_one_query_a_register_and_baseline(checks, own, people, women, under_age):
    change = people.change("change", "增减", of=women, since=LAST_YEAR)
    other = own.register("other", "其他", Person, rows=lambda s, p: Person.objects.all())
    no_rows(checks, other)(nobody)
    checks.equal("stable", "不变", left=[before(change)], right=[women], remedy="改正。")
    PersonFactory()

    with CaptureQueriesContext(connection) as queries:
        run(EVERYTHING, PERIOD)

    assert len(queries) == 3


def nobody(period):
    """不存在的人员。"""
    return Q(pk=0)


# — baselines —


def test_baseline_without_rows_is_not_compared(checks, own, women):
    register = own.register(
        "later", "台账", Person, rows=lambda s, p: Person.objects.filter(joined_on__lte=p.as_of)
    )

    @register.count("后来", unit="人")
    def later(period):
        """后来。"""

    change = register.change("change", "增减", of=later, since=LAST_YEAR)
    checks.at_most("grew", "增长", left=[before(change)], right=[later], remedy="改正。")
    PersonFactory(joined_on=date(2025, 1, 1))

    (found,) = run(EVERYTHING, PERIOD)

    assert (found.outcome, found.left, found.right) == (Outcome.NOT_COMPARED, None, 1)
    assert (found.agrees, found.is_blocking, found.difference) == (True, False, None)


def test_baseline_is_named_and_read(checks, people, women):
    change = people.change("change", "增减", of=women, since=LAST_YEAR)
    check = checks.equal("same", "不变", left=[before(change)], right=[women], remedy="改正。")
    PersonFactory(sex="female")

    (found,) = run(EVERYTHING, PERIOD)

    assert (found.left, found.right, in_words(check.left)) == (1, 1, "上年女性")


# — severity and words —


@pytest.mark.parametrize("severity", Severity)
def test_severity_says_what_a_failure_means(checks, people, severity):
    check = no_rows(checks, people, severity)(every_row)
    PersonFactory()

    (found,) = run(EVERYTHING, PERIOD, [check])

    is_blocking = severity == Severity.BLOCKING
    assert (found.is_blocking, found.is_to_explain) == (is_blocking, not is_blocking)


def every_row(period):
    """全部人员。"""


def test_identity_says_what_it_compares(checks, everybody, women, men):
    check = checks.equal(
        "sum", "合计", left=[everybody], right=[men, women, minus(men)], remedy="改正。"
    )

    assert check.definition == "“全部”应等于“男性 + 女性 - 男性”。"
    assert (check.severity, check.counted) == (Severity.BLOCKING, None)


def test_row_check_takes_name_and_definition_from_its_condition(people, under_age):
    assert (under_age.slug, under_age.definition) == ("own.under_age", "入党时不满18周岁。")
    assert (under_age.counted.slug, under_age.registers) == ("own.under_age", {people})


def test_sides_are_out_of_the_catalogue(people, men, under_age, women):
    assert people.figures == [women]
    assert sides_over(people) == [men, under_age.counted]
    assert side_named("own.men") is men


# — what is refused —


def test_unknown_side_is_refused(checks):
    with pytest.raises(UnknownCheck):
        side_named("own.none")


def test_unknown_figure_is_refused(checks):
    with pytest.raises(UnknownFigure):
        checks.equal("none", "无", left=["own.none"], right=[], remedy="改正。")


def test_baseline_of_no_change_is_refused(checks, women):
    with pytest.raises(ImproperlyConfigured, match=r"own\.women is no change"):
        before(women)


def test_code_of_a_figure_is_taken(checks, people, women):
    def women(period):
        """女性。"""

    with pytest.raises(ImproperlyConfigured, match=r"own\.women is declared twice"):
        no_rows(checks, people)(women)


def test_code_of_a_check_is_taken(checks, women, men):
    sides = {"left": [women], "right": [men], "remedy": "改正。"}
    checks.equal("same", "相等", **sides)

    with pytest.raises(ImproperlyConfigured, match=r"own\.same is declared twice"):
        checks.at_most("same", "不多于", **sides)


def test_code_that_cannot_stand_in_an_address_is_refused(checks, women, men):
    with pytest.raises(ImproperlyConfigured, match="cannot stand in addresses"):
        checks.equal("a b", "相等", left=[women], right=[men], remedy="改正。")


def test_system_check_refuses_what_multiplies_rows(checks, people):
    @checks.count(people, "有组织关系", unit="人")
    def joined(period):
        """有组织关系的人员。"""
        return Q(memberships__isnull=False)

    assert [error.id for error in check_sides(EVERYTHING)()] == ["figures.E001"]


def test_system_check_wants_a_definition(checks, people):
    @no_rows(checks, people)
    def unexplained(period):
        return Q(pk=0)

    assert [error.id for error in check_sides(EVERYTHING)()] == ["figures.E003"]


def test_declared_checks_are_sound(db):
    assert check_sides(EVERYTHING)() == []
    assert len(all_checks()) > 100
