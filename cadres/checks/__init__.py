"""Consistency checks of cadres; importing this package declares them all."""

from . import cadres, postings, recruitment, talks

__all__ = ["cadres", "postings", "recruitment", "talks"]
