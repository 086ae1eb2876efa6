"""The set of these figures, and the round before: what changes are measured against."""

from functools import lru_cache

from django.db.models import Exists, OuterRef
from django.utils import timezone

from dangjian.lib.figures import Baseline, FigureSet
from dangjian.lib.periods import Period
from dangjian.lib.statements import fetch, prepare, vendor
from elections.models import Election, Term

figures = FigureSet("elections", "换届选举")


def last_term(scope, period):
    """The day the round before the one now in force was completed: the teams elected last time.

    Not the teams just before this round (DOMAIN: 换届前 is not always 上届).
    """
    for starts_on, completed_on, name in fetch(rounds_before(scope, period.as_of, vendor())):
        return Period(starts_on, completed_on, completed_on, name) if completed_on else None
    return None


@lru_cache(maxsize=512)
def rounds_before(scope, day, database):
    """The round before the newest one in force, as a statement: every page with a change asks."""
    here = Election.objects.within(scope).filter(term=OuterRef("pk"))
    rounds = Term.objects.in_force_on(day).filter(Exists(here)).order_by("-starts_on")
    last = "previous__starts_on", "previous__completed_on", "previous__name"
    return prepare(rounds.values_list(*last)[:1])


def period_of_term(term):
    """A round as a period, read on the day it was completed, or today while it runs."""
    day = term.completed_on or max(timezone.localdate(), term.starts_on)
    return Period(term.starts_on, day, day, term.name)


LAST_TERM = Baseline("上届", last_term)
