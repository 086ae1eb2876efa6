"""Workbooks and CSV files as rows of plain values."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from orgs.resources.columns import BadCell

from .garbage import without_collections
from .guard import BadFile, admit, csv_rows

WORKER = Path(__file__).with_name("worker.py")
SECONDS = 60
SINCE_1904 = (
    "工作簿采用1904日期系统：日期格式的单元格已按它换算；"
    "没有设成日期格式的数字无法换算，请核对日期各列。"
)
FEW = 10  # so many rows are named one by one


@dataclass(frozen=True)
class Sheet:
    """Raw cells; the first row is row 1 of the sheet. Values: text, numbers, dates, BadCell, None.

    Rows end with their last filled cell. `notes` is what the reader of the findings should know,
    such as hidden rows. `hidden_columns` are places, from 0; `across` are cells merged sideways:
    the row's number, the first place and the last.
    """

    title: str
    rows: list[list[Any]]
    notes: tuple[str, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    across: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Book:
    name: str
    sheets: list[Sheet]


def read_file(name: str, content: bytes) -> Book:
    """Guard the file, then read it in a child process with limits. Raises BadFile."""
    text = admit(name, content)
    if text is None:
        with without_collections():
            return Book(name, [sheet_of(found) for found in read_workbook(content)])
    return Book(name, [Sheet(PurePath(name).stem, [list(row) for row in csv_rows(text)])])


def read_workbook(content: bytes) -> list[dict[str, Any]]:
    """The sheets as the worker tells them. Raises BadFile."""
    found: list[dict[str, Any]] = json.loads(worked("read", content))
    if not found:
        raise BadFile("文件里没有工作表。")
    return found


def worked(task: str, content: bytes) -> bytes:
    """What the worker answers. Raises BadFile.

    A new program, not a fork: this may be a thread of a server that holds locks.
    """
    command = [sys.executable, "-I", str(WORKER), task]
    try:
        ended = subprocess.run(  # noqa: S603 - our own script
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BadFile("读取文件用时太长，已停止。请拆成几个文件后再上传。") from error
    if ended.returncode < 0 or b"MemoryError" in ended.stderr:
        raise BadFile("文件太复杂，读取时超出了限制。请删除多余的空行空列，或拆成几个文件。")
    if ended.returncode:
        raise BadFile("文件已损坏，不能读取。请在 Excel 中打开并修复，另存为 .xlsx 后再上传。")
    return ended.stdout


def sheet_of(found: dict[str, Any]) -> Sheet:
    for row in found["rows"]:
        for position, value in enumerate(row):
            if type(value) is list:
                row[position] = typed(value)
    return Sheet(
        found["title"],
        found["rows"],
        tuple(notes_on(found)),
        frozenset(
            place
            for first, last in found.get("hidden_columns", ())
            for place in range(first - 1, last)
        ),
        tuple((row, first - 1, last - 1) for row, first, last in found.get("across", ())),
    )


def typed(value: list[str]) -> Any:
    if value[0] == "bad":
        return BadCell(value[1], value[2])
    return datetime.fromisoformat(value[1])


def notes_on(found: dict[str, Any]) -> list[str]:
    if not found["visible"]:
        return ["隐藏的工作表，没有读取。"]
    notes = [SINCE_1904] if found["since_1904"] else []
    if hidden := found["hidden"]:
        named = "、".join(str(number) for number in hidden[:FEW])
        more = "等" if len(hidden) > FEW else ""
        notes.append(f"第{named}行{more}是隐藏的，也已读取。")
    if found["merged"]:
        notes.append("上下合并的单元格，按其中每一行都有该值读取。")
    return notes
