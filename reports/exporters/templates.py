"""Empty workbooks to fill in: a sheet per target, with the lists its columns choose from."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any


def template_workbook(targets: Sequence[Any], scope: Any) -> BytesIO:
    """A workbook with a sheet for each target: headers, notes, drop-down lists, an example."""
    raise NotImplementedError
