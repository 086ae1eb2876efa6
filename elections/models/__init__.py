"""The records of village elections: terms, bodies, elections, ballots and seats."""

from .bodies import Body, BodyKind
from .changes import Fate, Origin
from .elections import Ballots, Election
from .seats import Seat
from .terms import Term

__all__ = ["Ballots", "Body", "BodyKind", "Election", "Fate", "Origin", "Seat", "Term"]
