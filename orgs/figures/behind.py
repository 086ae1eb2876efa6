"""Who is behind the rhythm of party life, as conditions of an organization's row."""

from functools import lru_cache

from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from dangjian.lib.figures import Dimension
from dangjian.lib.figures.conditions import any_of
from dangjian.lib.spans import spans_over
from dangjian.lib.statements import fetch, prepare, vendor
from orgs.models import Activity, ActivityKind, Rhythm
from orgs.models.organizations import LINE


def rhythms_binding():
    """The rhythms set for the outer organization, by itself or by one above it."""
    set_above = Q(*(Q(organization=OuterRef(path)) for path in LINE), _connector=Q.OR)
    sectors = Q(sector="") | Q(sector=OuterRef("sector"))
    return Rhythm.objects.filter(set_above, sectors, level=OuterRef("level"))


def bound(period):
    """That a rhythm bound the organization at some time of the period."""
    return Exists(rhythms_binding().held_in(period))


def behind(period, **conditions):
    """That the organization held too little in a span of the period that is over."""
    founded_on = ExpressionWrapper(OuterRef("founded_on"), output_field=DateField())
    rhythms = rhythms_binding().filter(**conditions).annotate(founded_on=founded_on)
    spans = [(every, span) for every in Rhythm.Every for span in spans_over(period, every)]
    return Exists(rhythms.filter(any_of(missed_in(every, span) for every, span in spans)))


def missed_in(every, span):
    asked = Q(until__isnull=True) | Q(until__gt=span.last)
    founded = Q(founded_on__isnull=True) | Q(founded_on__lte=span.first)
    too_few = Q(LessThan(held_in(span), F("times")))
    # In this order: databases stop at the first that is not so, and counting costs the most.
    return Q(Q(every=every, since__lte=span.first), asked, founded, too_few)


def held_in(span):
    """How many activities of the outer rhythm's kind the outer-outer organization held."""
    held = Activity.objects.filter(
        organization=OuterRef(OuterRef("pk")), kind=OuterRef("kind"), held_on__range=tuple(span)
    )
    total = held.order_by().values("kind").annotate(n=Count("pk"))
    return Coalesce(Subquery(total.values("n")), 0)


def behind_dimension():
    """Filter organizations by a kind of activity they are behind with."""
    return Dimension(
        "未达频次",
        "pk",
        choices=lambda scope: fetch(_kind_names(vendor())),
        holds=lambda kind: lambda period: behind(period, kind=kind),
        parse=int,
    )


@lru_cache
def _kind_names(database):
    with_rhythm = Exists(Rhythm.objects.filter(kind=OuterRef("pk")))
    return prepare(ActivityKind.objects.filter(with_rhythm).values_list("pk", "name"))
