"""Random rows for the engine to count, and plain Python to count them again."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from orgs.models import Organization, Person, Village

# The database rolls back each example; fixtures of the function are the same for all of them.
over_rows = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])

DAYS = st.dates(date(1940, 1, 1), date(2024, 12, 31))
LEAP_DAYS = st.sampled_from([date(1960, 2, 29), date(1960, 2, 28), date(1960, 3, 1)])


@dataclass(frozen=True)
class Places:
    root: Organization
    villages: list[Village]
    organizations: list[Organization]


def persons(most: int = 12) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of Person as keyword arguments; `place` is a position in Places.organizations."""
    return st.lists(
        st.fixed_dictionaries(
            {
                "place": st.integers(0, 2),
                "sex": st.sampled_from(Person.Sex.values),
                "education": st.integers(0, 6),
                "education_completed": st.booleans(),
                "birth_on": DAYS | LEAP_DAYS,
                "joined_after": st.none() | st.integers(1, 20000),
            }
        ),
        max_size=most,
    )


@contextmanager
def in_transaction():
    """What is stored in the block is gone after it: each example begins with no rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def stored(places: Places, rows: list[dict[str, Any]]):
    """The persons of `rows`, in the database until the block ends."""
    with in_transaction():
        yield Person.objects.bulk_create(_person(places, **row) for row in rows)


def _person(places, place, joined_after, **fields):
    joined_on = joined_after and fields["birth_on"] + timedelta(days=joined_after)
    organization = places.organizations[place]
    return Person(
        organization=organization,
        name=f"人员{place}",
        political_status=Person.PoliticalStatus.MEMBER,
        joined_on=joined_on,
        **fields,
    )


def years_between(birth: date, day: date) -> int:
    """Completed years, counted on the fingers."""
    if day < birth:
        return -years_between(day, birth)
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def half_up(number: Any, places: int) -> Fraction:
    """Rounded by the school's rule, in fractions."""
    scaled = abs(Fraction(number)) * 10**places + Fraction(1, 2)
    return Fraction(scaled.numerator // scaled.denominator, 10**places) * (-1 if number < 0 else 1)
