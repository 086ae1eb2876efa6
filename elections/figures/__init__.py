"""Figures of village elections; importing this package declares them all."""

from .bodies import party_members, person_register, seat_register
from .changes import former_seat_register
from .elections import ballots_register, election_register
from .expiry import bodies_expired, bodies_expiring, organizations_expired, organizations_expiring
from .terms import LAST_TERM, figures, period_of_term

__all__ = [
    "LAST_TERM",
    "ballots_register",
    "bodies_expired",
    "bodies_expiring",
    "election_register",
    "figures",
    "former_seat_register",
    "organizations_expired",
    "organizations_expiring",
    "party_members",
    "period_of_term",
    "person_register",
    "seat_register",
]
