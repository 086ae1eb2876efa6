"""Checking texts against the demo: what is wrong is found, what is right raises no alarm."""

import random

import pytest

from reports.proofreading import Verdict
from tests.reports.plantings import (
    Sites,
    check,
    in_full_width,
    in_numerals,
    plant,
    planted,
    rewritten,
    summary,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def text(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return summary()


@pytest.fixture(scope="module")
def sites(text, django_db_blocker):
    with django_db_blocker.unblock():
        return Sites(text).kinds()


def wrong(text):
    """Where the numbers begin that are marked wrong."""
    return [one.quantity.start for one in check(text).alarms]


def test_summary_as_it_stands_raises_no_alarm(text):
    marks = check(text).marks

    assert {one.verdict for one in marks} == {Verdict.AGREES, Verdict.CONSISTENT, Verdict.NONE}
    assert [one.quantity.text for one in marks if one.verdict is Verdict.NONE] == ["8件", "5件"]
    assert len(marks) > 100


@pytest.mark.parametrize("write", [in_full_width, in_numerals])
def test_correct_numbers_in_another_notation_raise_no_alarm(text, write):
    marks = check(rewritten(text, write)).marks

    assert [one.quantity.text for one in marks if one.verdict.is_alarm] == []
    assert sum(one.verdict is Verdict.AGREES for one in marks) > 90


@pytest.mark.parametrize("seed", range(8))
def test_ten_planted_errors_are_exactly_those_found(text, sites, seed):
    errors, places = plant(text, random.Random(seed), sites)  # noqa: S311 - which errors, no secret

    assert len(places) == 10
    assert wrong(errors) == places


def batches(several):
    """The errors in as few groups as keep those of a group apart."""
    groups = []
    for one in sorted(several, key=lambda each: each.start):
        group = next((each for each in groups if each[-1].end + 8 < one.start), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def test_every_error_of_every_kind_is_found(text, sites):
    missed = [
        (kind, text[one.start - 12 : one.start] + one.text)
        for kind, several in sites.items()
        for group in batches(several)
        for errors, places in [planted(text, group)]
        for found in [set(wrong(errors))]
        for one, place in zip(sorted(group, key=lambda each: each.start), places, strict=True)
        if place not in found
    ]

    assert missed == []
