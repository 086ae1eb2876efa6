"""What the pages over several apps keep of their own."""

from .batches import Batch, BatchRow
from .documents import Kind, Report, Section

__all__ = ["Batch", "BatchRow", "Kind", "Report", "Section"]
