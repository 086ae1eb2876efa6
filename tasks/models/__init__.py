"""The records of the year's key tasks: programmes, tasks, progress, and the plan."""

from .plans import PlanItem
from .tasks import KeyTask, Programme, Progress, TaskVillage

__all__ = ["KeyTask", "PlanItem", "Programme", "Progress", "TaskVillage"]
