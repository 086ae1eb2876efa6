"""Checking the numbers of any text (文稿核数): which figure each is, and whether it is right."""

from .desk import proofread
from .marks import Mark, Proofread, Verdict

__all__ = ["Mark", "Proofread", "Verdict", "proofread"]
