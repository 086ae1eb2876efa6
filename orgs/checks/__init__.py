"""Consistency checks of floor 1; importing this package declares them all."""

from . import nonpublic, organizations, party_life

__all__ = ["nonpublic", "organizations", "party_life"]
