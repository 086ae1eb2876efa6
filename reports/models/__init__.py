"""What the pages over several apps keep of their own."""

from .batches import Batch, BatchRow
from .claims import Claim, Explanation
from .documents import Kind, Report, Section

__all__ = ["Batch", "BatchRow", "Claim", "Explanation", "Kind", "Report", "Section"]
