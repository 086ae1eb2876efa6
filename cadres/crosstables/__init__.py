"""Cross-tables of cadres and of enterprises; importing this package declares them all."""

from . import cadres, enterprises

__all__ = ["cadres", "enterprises"]
