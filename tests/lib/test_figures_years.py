"""Completed years, the same in SQL and on the fingers."""

from datetime import date

import pytest
from django.db.models import F, Value
from django.db.models.fields import DateField
from hypothesis import given
from hypothesis import strategies as st

from dangjian.lib.figures import Years
from orgs.models import Person
from tests.factories import PersonFactory
from tests.lib.random_rows import in_transaction, over_rows, years_between

# Around the end of February, where counting years goes wrong, and anywhere.
ENDS = st.builds(
    lambda year, month_and_day: date(year, *month_and_day),
    st.sampled_from([1900, 1904, 1999, 2000, 2001, 2024]),
    st.sampled_from([(1, 1), (2, 27), (2, 28), (3, 1), (12, 31)]),
) | st.sampled_from([date(1904, 2, 29), date(2000, 2, 29), date(2024, 2, 29)])
DAYS = ENDS | st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.fixture
def person(db):
    return PersonFactory(joined_on=None)


def in_database(expression):
    return Person.objects.values_list(expression, flat=True).get()


def test_years_to_a_day_equal_python(person):
    @over_rows
    @given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20))
    def check(pairs):
        columns = {
            f"y{number}": Years(Value(birth, output_field=DateField()), day)
            for number, (birth, day) in enumerate(pairs)
        }
        found = Person.objects.values_list(*columns.values()).get()
        assert list(found) == [years_between(*pair) for pair in pairs]

    check()


def test_years_between_fields_equal_python(person):
    @over_rows
    @given(DAYS, st.integers(1, 30000))
    def check(birth, days):
        joined = date.fromordinal(min(birth.toordinal() + days, date(2100, 12, 31).toordinal() + 1))
        with in_transaction():
            Person.objects.update(birth_on=birth, joined_on=joined)
            assert in_database(Years("birth_on", "joined_on")) == years_between(birth, joined)

    check()


@pytest.mark.parametrize(
    ("day", "years"),
    [(date(2025, 2, 28), 20), (date(2025, 3, 1), 21), (date(2024, 2, 29), 20)],
)
def test_born_on_a_leap_day_turns_a_year_older_on_the_next_day(person, day, years):
    Person.objects.update(birth_on=date(2004, 2, 29))
    assert in_database(Years("birth_on", day)) == years


def test_years_take_expressions(person):
    Person.objects.update(birth_on=date(1980, 5, 1), joined_on=date(2005, 4, 30))
    assert in_database(Years(F("birth_on"), F("joined_on"))) == 24


def test_years_to_no_day_are_none(person):
    assert in_database(Years("birth_on", "joined_on")) is None


def test_years_from_no_day_are_none(person):
    assert in_database(Years("joined_on", date(2025, 1, 1))) is None


def test_years_can_be_filtered_by(person):
    Person.objects.update(birth_on=date(1990, 3, 1))
    ages = Person.objects.annotate(age=Years("birth_on", date(2025, 3, 1)))
    assert list(ages.filter(age__lte=35, age__gt=34)) == [person]
