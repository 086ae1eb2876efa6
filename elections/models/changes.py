"""What a round of elections changed, seat by seat, against the round before."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Value, When

from .elections import Election
from .seats import IN_SAME_BODY, IN_SAME_VILLAGE, IN_TWO_COMMITTEES, Seat, last_term_seats


class Origin(models.TextChoices):
    """Where the holder of a seat comes from: the first that holds."""

    INCOMPARABLE = "incomparable", "不可比"
    STAYED = "stayed", "留任"
    TRANSFERRED = "transferred", "本村转任"
    MOVED = "moved", "交流调入"
    NEW = "new", "新进"


class Fate(models.TextChoices):
    """What became of the holder of a seat of the round before."""

    PENDING = "pending", "待换届"
    STAYED = "stayed", "留任"
    LEFT = "left", "离任"


def had_team():
    """That the body of a seat had a team elected in the round before: it can be compared."""
    seats = Seat.objects.of_elected_teams().filter(election=OuterRef("pk"))
    last_term = Election.objects.filter(
        term=OuterRef("election__term__previous"), body=OuterRef("election__body")
    )
    return Exists(last_term.filter(Exists(seats)))


def was_here():
    """That a seat's holder had a seat in the same body in the round before."""
    return Exists(last_term_seats(**IN_SAME_BODY))


def was_in_village():
    return Exists(last_term_seats(**IN_TWO_COMMITTEES, **IN_SAME_VILLAGE))


def was_anywhere():
    return Exists(last_term_seats(**IN_TWO_COMMITTEES))


def origin(period=None):
    """The Origin of a seat's holder. No day changes it: it is read off the two rounds."""
    return Case(
        When(~had_team(), then=Value(Origin.INCOMPARABLE.value)),
        When(was_here(), then=Value(Origin.STAYED.value)),
        When(was_in_village(), then=Value(Origin.TRANSFERRED.value)),
        When(was_anywhere(), then=Value(Origin.MOVED.value)),
        default=Value(Origin.NEW.value),
    )


def fate(period):
    """The Fate, by the period's day, of whoever held a seat of the round before."""
    elected_anew = Election.objects.general().filter(
        body=OuterRef("election__body"),
        term__previous=OuterRef("election__term"),
        held_on__lte=period.as_of,
    )
    still_here = Seat.objects.current_on(period.as_of).filter(
        person=OuterRef("person"), election__body=OuterRef("election__body")
    )
    return Case(
        When(~Exists(elected_anew), then=Value(Fate.PENDING.value)),
        When(Exists(still_here), then=Value(Fate.STAYED.value)),
        default=Value(Fate.LEFT.value),
    )
