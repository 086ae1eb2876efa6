"""What the pages over several apps keep of their own."""

from .batches import Batch, BatchRow

__all__ = ["Batch", "BatchRow"]
