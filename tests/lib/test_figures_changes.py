"""Changes against a baseline: the same figure at another time."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Q
from hypothesis import given

from dangjian.lib import periods
from dangjian.lib.figures import LAST_YEAR, Baseline, Years, compute
from orgs.models import Person
from orgs.scope import EVERYTHING
from tests.factories import PersonFactory
from tests.lib.random_rows import half_up, over_rows, persons, stored, years_between

NOW, BEFORE = date(2025, 12, 31), date(2010, 6, 30)
PERIOD = periods.on(NOW)
LAST_TERM = Baseline("上届", lambda scope, period: periods.on(BEFORE))
NEVER = Baseline("上届", lambda scope, period: None)


@pytest.fixture
def members(own):
    """A register whose rows depend on the day: those who had joined by then."""
    return own.register(
        "members",
        "党员",
        Person,
        rows=lambda s, p: Person.objects.within(s).filter(joined_on__lte=p.as_of),
        village="organization__village",
    )


@pytest.fixture
def women(members):
    @members.count("女党员", unit="名")
    def women(period):
        """女党员。"""
        return Q(sex=Person.Sex.FEMALE)

    return women


@pytest.fixture
def everybody(members):
    @members.count("党员", unit="名")
    def everybody(period):
        """全部党员。"""

    return everybody


@pytest.fixture
def women_rate(members, women, everybody):
    return members.share("women_rate", "女党员比例", part=women, whole=everybody)


@pytest.fixture
def mean_age(members):
    @members.mean("平均年龄", unit="岁", of=lambda period: Years("birth_on", period.as_of))
    def mean_age(period):
        """全部党员的平均年龄。"""

    return mean_age


def value_of(figure, period=PERIOD):
    return compute([figure], EVERYTHING, period)[figure.slug]


def member(joined_on, **fields):
    return PersonFactory(birth_on=date(1970, 1, 1), joined_on=joined_on, **fields)


def rates(there, day):
    """Women and all of those who had joined by the day."""
    joined = [one for one in there if one.joined_on and one.joined_on <= day]
    return sum(one.sex == Person.Sex.FEMALE for one in joined), len(joined)


def test_change_of_count_equals_python(members, women, places):
    change = members.change("women_change", "女党员增减", of=women, since=LAST_TERM)

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            value = value_of(change)
            after, (before, kept) = rates(there, NOW)[0], rates(there, BEFORE)
            assert (value.after, value.before, value.number) == (
                (after, before, after - before) if kept else (after, None, None)
            )

    check()


def test_change_of_share_equals_python(members, women_rate, places):
    change = members.change("rate_change", "女党员比例增减", of=women_rate, since=LAST_TERM)

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            (part, whole), (old_part, old_whole) = rates(there, NOW), rates(there, BEFORE)
            both = whole and old_whole
            moved = Decimal(100 * part) / whole - Decimal(100 * old_part) / old_whole if both else 0
            assert value_of(change).number == (half_up(moved, 2) if both else None)

    check()


def test_change_of_mean_reads_years_on_each_day(members, mean_age, places):
    change = members.change("age_change", "平均年龄增减", of=mean_age, since=LAST_TERM)

    def mean_on(there, day):
        joined = [one for one in there if one.joined_on and one.joined_on <= day]
        ages = [Decimal(years_between(one.birth_on, day)) for one in joined]
        return sum(ages) / len(ages) if ages else None

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            before, after = mean_on(there, BEFORE), mean_on(there, NOW)
            both = before is not None and after is not None
            assert value_of(change).number == (half_up(after - before, 1) if both else None)

    check()


def test_change_without_rows_at_baseline_has_no_value(members, women, db):
    member(date(2020, 1, 1), sex=Person.Sex.FEMALE)
    change = members.change("women_change", "女党员增减", of=women, since=LAST_TERM)
    value = value_of(change)
    assert (value.number, value.text, value.before_text, value.after) == (None, "—", "—", 1)


def test_change_counts_from_zero_where_baseline_has_other_rows(members, women, db):
    member(date(2000, 1, 1), sex=Person.Sex.MALE)
    member(date(2020, 1, 1), sex=Person.Sex.FEMALE)
    change = members.change("women_change", "女党员增减", of=women, since=LAST_TERM)
    assert value_of(change).text == "增加1名"


def test_change_without_baseline_has_no_value(members, women, db):
    member(date(2000, 1, 1))
    change = members.change("women_change", "女党员增减", of=women, since=NEVER)
    assert value_of(change).number is None


def test_change_of_quotient_needs_rows_of_both_registers(own, members, everybody, db):
    later = own.register(
        "later",
        "后来",
        Person,
        rows=lambda s, p: Person.objects.filter(birth_on__year=p.as_of.year),
    )

    @later.count("后来者", unit="人")
    def born(period):
        """当年出生的人。"""

    ratio = members.quotient("ratio", "比", unit="人", top=everybody, bottom=born)
    change = members.change("ratio_change", "比的增减", of=ratio, since=LAST_TERM)
    member(date(2000, 1, 1))
    PersonFactory(birth_on=date(2025, 1, 1), joined_on=None)
    value = value_of(change)
    assert (value.after, value.before, value.number) == (1, None, None)


def test_last_year_is_read_on_its_last_day(members, everybody, db):
    change = members.change("change", "较上年增减", of=everybody, since=LAST_YEAR)
    member(date(2024, 12, 31))
    member(date(2025, 1, 1))
    assert value_of(change, periods.year(2025, today=date(2025, 3, 1))).text == "增加1名"


def test_last_year_before_the_first_is_no_baseline(members, everybody, db):
    change = members.change("change", "较上年增减", of=everybody, since=LAST_YEAR)
    assert value_of(change, periods.year(1949)).number is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "text"),
    [(3, 1, "减少2名"), (1, 3, "增加2名"), (2, 2, "与上届持平")],
)
def test_change_prints_its_own_verb(members, everybody, before, after, text):
    moved = Baseline("上届", lambda scope, period: periods.on(date(1900 + before, 12, 31)))
    for year in range(1, 4):
        PersonFactory(birth_on=date(1899, 1, 1), joined_on=date(1900 + year, 1, 1))
    change = members.change("change", "增减", of=everybody, since=moved)
    assert value_of(change, periods.on(date(1900 + after, 12, 31))).text == text


def test_change_prints_given_words(members, everybody, db):
    member(date(2000, 1, 1))
    member(date(2020, 1, 1))
    change = members.change("change", "增减", of=everybody, since=LAST_TERM, words=("扩大", "压缩"))
    assert value_of(change).text == "扩大1名"


def test_change_of_share_is_in_percentage_points(members, women_rate, db):
    member(date(2000, 1, 1), sex=Person.Sex.FEMALE)
    member(date(2020, 1, 1), sex=Person.Sex.MALE)
    change = members.change("rate_change", "增减", of=women_rate, since=LAST_TERM)
    value = value_of(change)
    assert (value.text, value.before_text, value.plain) == ("下降50.00个百分点", "100.00%", -50.0)
