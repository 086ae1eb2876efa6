"""What the pages over several apps keep of their own."""

from .batches import Batch, BatchRow
from .documents import Kind, Report, Section
from .editions import Edition, EditionFile

__all__ = ["Batch", "BatchRow", "Edition", "EditionFile", "Kind", "Report", "Section"]
