"""Figures of cadres and their work; importing this package declares them all."""

from .base import figures
from .cadres import cadre_register
from .postings import (
    first_secretaries,
    instructors,
    liaisons,
    posting_register,
    still_running,
    village_posts,
    visit_register,
)
from .recruitment import hired_in, recruit_register, reserve_register
from .talks import review_register, talk_register
from .work_coverage import instructed

__all__ = [
    "cadre_register",
    "figures",
    "first_secretaries",
    "hired_in",
    "instructed",
    "instructors",
    "liaisons",
    "posting_register",
    "recruit_register",
    "reserve_register",
    "review_register",
    "still_running",
    "talk_register",
    "village_posts",
    "visit_register",
]
