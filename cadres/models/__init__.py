"""The records of cadres: who they are, where they are sent, how they are chosen and talked to."""

from .cadres import Cadre, ReserveListing, StudyReview
from .postings import Posting, PostingTarget, Visit
from .recruitment import Recruit, Recruitment
from .talks import Talk, TalkPerson, TalkReading

__all__ = [
    "Cadre",
    "Posting",
    "PostingTarget",
    "Recruit",
    "Recruitment",
    "ReserveListing",
    "StudyReview",
    "Talk",
    "TalkPerson",
    "TalkReading",
    "Visit",
]
