"""Workbooks and CSV files as rows of plain values."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class BadCell:
    """A cell without a usable value: what it shows, and what is wrong."""

    text: str
    message: str


@dataclass(frozen=True)
class Sheet:
    """Raw cells; the first row is row 1 of the sheet. Values: text, numbers, dates, BadCell, None.

    `notes` is what the reader of the findings should know, such as hidden rows.
    """

    title: str
    rows: list[list[Any]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    name: str
    sheets: list[Sheet]


def read_file(name: str, content: bytes) -> Book:
    """Guard the file, then read it in a child process. Raises BadFile."""
    raise NotImplementedError
