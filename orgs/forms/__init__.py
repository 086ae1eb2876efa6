"""Forms over records, and those of the pages on which party life is entered."""

from .fields import DAY, DayField
from .records import TRADED, UNSEEN, SiblingFormSet, VersionedForm

__all__ = ["DAY", "TRADED", "UNSEEN", "DayField", "SiblingFormSet", "VersionedForm"]
