"""What the pages over several apps keep of their own."""

from .batches import Batch, BatchRow
from .custom_figures import CustomFigure
from .documents import Kind, Report, Section

__all__ = ["Batch", "BatchRow", "CustomFigure", "Kind", "Report", "Section"]
