"""How often progress is reported: the spans of a year, each with a report due on its last day."""

from datetime import timedelta

from django.db import models

from dangjian.lib import spans


class Rhythm(models.TextChoices):
    """填报频次"""

    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"

    @property
    def months(self):
        return 3 if self == Rhythm.QUARTERLY else 1

    def span_of(self, day):
        """The span the day lies in."""
        return spans.span_of(day, self.months)

    def last_over(self, day):
        """The latest span that was over before the day."""
        return self.span_of(self.span_of(day).first - timedelta(days=1))
