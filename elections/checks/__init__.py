"""Consistency checks of village elections; importing this package declares them all."""

from . import elections, seats

__all__ = ["elections", "seats"]
