"""What the pages over several apps keep of their own."""

from .batches import Batch, BatchRow
from .claims import Claim, Explanation
from .custom_figures import CustomFigure
from .documents import Kind, Report, Section
from .drafts import Draft
from .editions import Edition, EditionFile

__all__ = [
    "Batch",
    "BatchRow",
    "Claim",
    "CustomFigure",
    "Draft",
    "Edition",
    "EditionFile",
    "Explanation",
    "Kind",
    "Report",
    "Section",
]
