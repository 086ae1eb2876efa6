"""Figures of village elections; importing this package declares them all."""

from .bodies import party_members, person_register, seat_register
from .elections import ballots_register, election_register
from .terms import LAST_TERM, figures, period_of_term

__all__ = [
    "LAST_TERM",
    "ballots_register",
    "election_register",
    "figures",
    "party_members",
    "period_of_term",
    "person_register",
    "seat_register",
]
