"""Dimensions that several registers share."""

from functools import lru_cache

from django.db.models import Exists, OuterRef

from dangjian.lib.figures import Dimension, age_from
from dangjian.lib.figures.dimensions import NO_VALUE
from dangjian.lib.statements import fetch, prepare, vendor
from orgs.models import Tag, TagLink, Village

AGE = age_from("年龄", "person__birth_on")
OWN_AGE = age_from("年龄", "birth_on")


def tag_dimension(subject):
    """Filter by a tag the subject holds on the period's day; several may hold of one row."""

    def holds(pk):
        links = TagLink.objects.filter(**{subject: OuterRef("pk"), "tag": pk})
        return lambda period: Exists(links.current_on(period.as_of))

    return Dimension(
        "标签",
        "pk",
        choices=lambda scope: fetch(_tag_names(vendor())),
        holds=holds,
        parse=int,
    )


@lru_cache
def _tag_names(database):
    return prepare(Tag.objects.values_list("pk", "name"))


def village_dimension(of, *, or_none=True):
    """Filter by village: a field path, or a callable of the period giving an expression.

    `or_none` offers the rows that belong to no village, too.
    """
    choices = village_names_or_none if or_none else village_names
    return Dimension("村（社区）", of, choices=choices, parse=village_key)


def village_names_or_none(scope):
    return [*village_names(scope), (NO_VALUE, "不属于村（社区）")]


def village_key(text):
    return None if text == NO_VALUE else int(text)


def village_names(scope, established_by=None):
    """Key and name of the villages in scope, of those established by a day where one is given."""
    return fetch(_village_names(scope, established_by, vendor()))


@lru_cache(maxsize=512)
def _village_names(scope, day, database):
    villages = Village.objects.within(scope)
    found = villages.established_by(day) if day else villages
    return prepare(found.values_list("pk", "name"))
