"""Every kind of figure against plain Python, over random rows."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from statistics import median

import pytest
from django.db.models import Exists, OuterRef, Q
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib import periods
from dangjian.lib.figures import FigureSet, Years, compute
from orgs.models import Coverage, Enterprise, Person, VillageFact
from orgs.scope import EVERYTHING
from tests.factories import VillageFactKindFactory
from tests.lib.random_rows import (
    half_up,
    in_transaction,
    over_rows,
    persons,
    stored,
    years_between,
)

PERIOD = periods.on(date(2025, 2, 28))
DAY = PERIOD.as_of
TURN = date(1990, 1, 1)
PYTHON = {
    "sum": sum,
    "mean": lambda values: Fraction(sum(values)) / len(values),
    "minimum": min,
    "maximum": max,
    "median": lambda values: Fraction(median(map(Fraction, values))),
}
EACH_MEASURE = pytest.mark.parametrize("kind", PYTHON)


def women(period):
    """女性。"""
    return Q(sex=Person.Sex.FEMALE)


def joined(period):
    """1990年底前入党。"""
    return Q(joined_on__lte=TURN)


def not_joined(period):
    """1990年后入党，或者没有入党。"""
    return ~Q(joined_on__lte=TURN)


def in_east(period):
    """在东村。"""
    return Q(organization__village__name="东村")


def not_in_east(period):
    """不在东村，包括不在任何村的。"""
    return ~Q(organization__village__name="东村")


def everybody(period):
    """全部人员。"""


def no_question(period):
    """全部人员。"""
    return Q()


def nobody(period):
    """没有人。"""
    return Q(pk__in=[])


CONDITIONS = {
    women: lambda one: one.sex == Person.Sex.FEMALE,
    joined: lambda one: bool(one.joined_on) and one.joined_on <= TURN,
    not_joined: lambda one: not one.joined_on or one.joined_on > TURN,
    in_east: lambda one: village_name(one) == "东村",
    not_in_east: lambda one: village_name(one) != "东村",
    everybody: lambda one: True,
    no_question: lambda one: True,
    nobody: lambda one: False,
}


def village_name(person):
    return person.organization.village and person.organization.village.name


def declared(register, kind, **options):
    """One figure of that kind for each condition."""
    declare = getattr(FigureSet(kind, kind).on(register), kind)
    return {declare(kind, unit="个", **options)(each): each for each in CONDITIONS}


def numbers(figures, period=PERIOD):
    values = compute(figures, EVERYTHING, period)
    return {figure: values[figure.slug].number for figure in figures}


def in_python(kind, values):
    """The measure, rounded as the figure is; of no values None, but for a sum."""
    values = [value for value in values if value is not None]
    if not values:
        return 0 if kind == "sum" else None
    return half_up(PYTHON[kind](values), 1 if kind in {"mean", "median"} else 0)


def by_condition(figures, rows, kind, value):
    """What each of `figures` comes to in plain Python, `value` taken of each row."""
    return {
        figure: in_python(kind, [value(one) for one in rows if CONDITIONS[condition](one)])
        for figure, condition in figures.items()
    }


def test_count_equals_python(people, places):
    figures = declared(people, "count")

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            found = {
                figure: sum(map(CONDITIONS[condition], there))
                for figure, condition in figures.items()
            }
            assert numbers(figures) == found

    check()


@EACH_MEASURE
def test_measure_of_integers_equals_python(people, places, kind):
    figures = declared(people, kind, of="education")

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            found = by_condition(figures, there, kind, lambda one: one.education)
            assert numbers(figures) == found

    check()


@EACH_MEASURE
def test_measure_of_years_equals_python(people, places, kind):
    figures = declared(people, kind, of=lambda period: Years("birth_on", period.as_of))

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            found = by_condition(figures, there, kind, lambda one: years_between(one.birth_on, DAY))
            assert numbers(figures) == found

    check()


@EACH_MEASURE
def test_measure_leaves_out_rows_without_a_value(people, places, kind):
    figures = declared(people, kind, of=Years("birth_on", "joined_on"))

    @over_rows
    @given(persons())
    def check(rows):
        def age_at_joining(one):
            return one.joined_on and years_between(one.birth_on, one.joined_on)

        with stored(places, rows) as there:
            assert numbers(figures) == by_condition(figures, there, kind, age_at_joining)

    check()


AMOUNTS = st.lists(st.decimals(0, 10**9, places=2), max_size=12)


@EACH_MEASURE
def test_measure_of_decimals_equals_python(own, places, kind):
    facts = own.register("facts", "村情", VillageFact, rows=lambda s, p: VillageFact.objects.all())
    figure = getattr(facts, kind)("金额", unit="元", of="value", places=2)(everybody)
    fact_kind = VillageFactKindFactory()

    @over_rows
    @given(AMOUNTS)
    def check(amounts):
        with in_transaction():
            VillageFact.objects.bulk_create(
                VillageFact(
                    village=places.villages[0],
                    kind=fact_kind,
                    value=amount,
                    counted_on=DAY + timedelta(days=number),
                )
                for number, amount in enumerate(amounts)
            )
            found = half_up(PYTHON[kind](amounts), 2) if amounts else 0 if kind == "sum" else None
            assert numbers([figure]) == {figure: found}

    check()


# For each enterprise, how it is covered: a to-many relation some rows have several of.
COVERAGES = st.lists(st.lists(st.sampled_from(Coverage.Mode.values), max_size=3), max_size=8)


def enterprise_register(own):
    return own.register(
        "enterprises",
        "企业",
        Enterprise,
        rows=lambda scope, period: Enterprise.objects.within(scope),
        village="village",
    )


def store_enterprises(places, modes_of_each):
    enterprises = Enterprise.objects.bulk_create(
        Enterprise(organization=places.root, name=f"企业{n}", credit_code=f"{n:018d}")
        for n, _ in enumerate(modes_of_each)
    )
    Coverage.objects.bulk_create(
        Coverage(
            enterprise=enterprise,
            organization=places.root,
            mode=mode,
            since=date(2000 + n, 1, 1),
            until=date(2001 + n, 1, 1),
        )
        for enterprise, modes in zip(enterprises, modes_of_each, strict=True)
        for n, mode in enumerate(modes)
    )


def test_count_over_many_relations_counts_each_row_once(own, places):
    enterprises = enterprise_register(own)

    @enterprises.count("由党组织覆盖过的企业", unit="家")
    def covered(period):
        """曾由党组织覆盖的企业。"""
        return Exists(Coverage.objects.by_organization().filter(enterprise=OuterRef("pk")))

    @enterprises.count("没有工作覆盖过的企业", unit="家")
    def without_work(period):
        """从未由工作覆盖的企业。"""
        return ~Exists(Coverage.objects.filter(enterprise=OuterRef("pk"), mode="work"))

    @enterprises.count("企业", unit="家")
    def every_enterprise(period):
        """全部企业。"""

    @over_rows
    @given(COVERAGES)
    def check(modes_of_each):
        with in_transaction():
            store_enterprises(places, modes_of_each)
            assert numbers([covered, without_work, every_enterprise]) == {
                covered: sum(bool(set(modes) - {"work"}) for modes in modes_of_each),
                without_work: sum("work" not in modes for modes in modes_of_each),
                every_enterprise: len(modes_of_each),
            }

    check()


# — put together from others —


def test_share_counts_part_within_whole(people, places):
    counts = {condition: figure for figure, condition in declared(people, "count").items()}
    shares = {
        people.share(f"share{n}", "占比", part=counts[part], whole=counts[whole]): (part, whole)
        for n, (part, whole) in enumerate(product(CONDITIONS, repeat=2))
    }

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            values = compute(shares, EVERYTHING, PERIOD)
            for share, sides in shares.items():
                value = values[share.slug]
                part, whole = (CONDITIONS[side] for side in sides)
                base = list(filter(whole, there))
                inside = list(filter(part, base))
                percent = half_up(Fraction(100 * len(inside), len(base)), 2) if base else None
                assert (value.part, value.whole) == (len(inside), len(base))
                assert value.number == percent

    check()


def test_quotient_divides_exactly(people, places):
    counts = list(declared(people, "count"))
    figures = [
        people.quotient(f"quotient{n}", "比", unit="个", top=top, bottom=bottom)
        for n, (top, bottom) in enumerate(product(counts, repeat=2))
    ]

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows):
            sides = numbers(counts)
            for figure, number in numbers(figures).items():
                top, bottom = sides[figure.top], sides[figure.bottom]
                assert number == (half_up(Fraction(top, bottom), 2) if bottom else None)

    check()
