"""Figures by village: the same statement, grouped."""

from datetime import date

import pytest
from django.db.models import OuterRef, Q, Subquery
from hypothesis import given

from dangjian.lib import periods
from dangjian.lib.figures import LAST_YEAR, compute, compute_by_village
from orgs.models import Organization, Person, Village
from orgs.scope import EVERYTHING, Scope
from tests.factories import PersonFactory
from tests.lib.random_rows import over_rows, persons, stored

PERIOD = periods.on(date(2025, 12, 31))


@pytest.fixture
def women(people):
    @people.count("女性", unit="人")
    def women(period):
        """女性。"""
        return Q(sex=Person.Sex.FEMALE)

    return women


@pytest.fixture
def everybody(people):
    @people.count("人员", unit="人")
    def everybody(period):
        """全部人员。"""

    return everybody


@pytest.fixture
def education(people):
    @people.sum("学历", unit="级", of="education")
    def education(period):
        """学历之和。"""

    return education


def numbers(figures, scope=EVERYTHING):
    found = compute_by_village(figures, scope, PERIOD)
    return {
        village: {slug: value.number for slug, value in values.items()}
        for village, values in found.items()
    }


def test_villages_equal_python(people, women, education, places):
    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            expected = {}
            for one in there:
                sums = expected.setdefault(
                    one.organization.village_id, {"own.women": 0, "own.education": 0}
                )
                sums["own.women"] += one.sex == Person.Sex.FEMALE
                sums["own.education"] += one.education
            assert numbers([women, education]) == expected

    check()


def test_additive_figures_sum_to_the_total(people, women, education, places):
    figures = [women, education]

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows):
            villages = numbers(figures).values()
            total = compute(figures, EVERYTHING, PERIOD)
            assert {slug: value.number for slug, value in total.items()} == {
                figure.slug: sum(village[figure.slug] for village in villages) for figure in figures
            }

    check()


def test_only_counts_and_sums_are_additive(people, women, everybody, education):
    @people.mean("平均学历", unit="级", of="education")
    def mean(period):
        """平均学历。"""

    share = people.share("share", "占比", part=women, whole=everybody)
    change = people.change("change", "增减", of=women, since=LAST_YEAR)
    figures = [women, education, mean, share, change]
    assert [figure for figure in figures if figure.additive] == [women, education]


def test_figures_without_villages_are_not_additive(own):
    anywhere = own.register("anywhere", "人", Person, rows=lambda s, p: Person.objects.all())

    @anywhere.count("人", unit="人")
    def all_people(period):
        """全部人员。"""

    assert not all_people.additive


def test_figures_without_villages_are_left_out(own, women, places):
    anywhere = own.register("anywhere", "人", Person, rows=lambda s, p: Person.objects.all())

    @anywhere.count("人", unit="人")
    def all_people(period):
        """全部人员。"""

    PersonFactory(organization=places.organizations[0])
    assert numbers([women, all_people]) == {places.villages[0].pk: {"own.women": 0}}


def test_share_of_a_village_is_of_its_own_rows(people, women, everybody, places):
    east, west, _ = places.organizations
    PersonFactory(organization=east, sex=Person.Sex.FEMALE)
    PersonFactory.create_batch(3, organization=west, sex=Person.Sex.MALE)
    PersonFactory(organization=west, sex=Person.Sex.FEMALE)
    share = people.share("share", "占比", part=women, whole=everybody)
    assert numbers([share]) == {
        places.villages[0].pk: {"own.share": 100},
        places.villages[1].pk: {"own.share": 25},
    }


def test_register_without_rows_in_a_village_reads_as_none(own, everybody, education, places):
    villages = own.register(
        "villages", "村", Village, rows=lambda s, p: Village.objects.within(s), village="pk"
    )

    @villages.count("村", unit="个")
    def known(period):
        """全部村。"""

    east, west = places.villages
    PersonFactory(organization=places.organizations[0], education=5)
    per_person = villages.quotient("q", "人均", unit="级", top=education, bottom=everybody)
    assert numbers([known, everybody, education, per_person]) == {
        east.pk: {"own.known": 1, "own.everybody": 1, "own.education": 5, "own.q": 5},
        west.pk: {"own.known": 1, "own.everybody": 0, "own.education": 0, "own.q": None},
    }


def test_change_in_a_village_without_rows_before_has_no_value(own, places):
    joined = own.register(
        "joined",
        "党员",
        Person,
        rows=lambda s, p: Person.objects.filter(joined_on__lte=p.as_of),
        village="organization__village",
    )

    @joined.count("党员", unit="名")
    def members(period):
        """全部党员。"""

    change = joined.change("change", "增减", of=members, since=LAST_YEAR)
    east, west, _ = places.organizations
    for organization, joined_on in ((east, date(2020, 1, 1)), (west, date(2025, 7, 1))):
        PersonFactory(organization=organization, joined_on=joined_on)
    assert numbers([change]) == {
        places.villages[0].pk: {"own.change": 0},
        places.villages[1].pk: {"own.change": None},
    }


def test_village_may_be_an_expression_of_the_period(own, places):
    def village(period):
        found = Organization.objects.filter(pk=OuterRef("organization"))
        return Subquery(found.existing_on(period.as_of).values("village")[:1])

    somewhere = own.register(
        "somewhere", "人", Person, rows=lambda s, p: Person.objects.all(), village=village
    )

    @somewhere.count("人", unit="人")
    def here(period):
        """全部人员。"""

    PersonFactory(organization=places.organizations[0])
    assert numbers([here]) == {places.villages[0].pk: {"own.here": 1}}


def test_villages_outside_the_scope_are_missing(women, places):
    east, west, _ = places.organizations
    for organization in (east, west):
        PersonFactory(organization=organization, sex=Person.Sex.FEMALE)
    assert numbers([women], Scope(west.pk)) == {places.villages[1].pk: {"own.women": 1}}


def test_no_rows_give_no_villages(women, db):
    assert compute_by_village([women], Scope(None), PERIOD) == {}
