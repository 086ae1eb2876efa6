"""What happens to several records of cadres at once."""

from .models import TalkReading


def log_reading_of_talks(*, user, address):
    """Put on record that a user looked at talks at an address."""
    TalkReading.objects.create(user=user, address=address[:200])
