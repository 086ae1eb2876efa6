"""The records of the year's key tasks: programmes, tasks, progress, and the plan."""

from .plans import PlanItem
from .progress import Evidence, Progress
from .rhythm import Rhythm
from .tasks import KeyTask, Programme, TaskVillage

__all__ = [
    "Evidence",
    "KeyTask",
    "PlanItem",
    "Programme",
    "Progress",
    "Rhythm",
    "TaskVillage",
]
