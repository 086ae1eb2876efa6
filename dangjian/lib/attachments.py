"""Files handed in as evidence: which are taken, told by what is in them and not only by the name.

They are kept and given back, never opened here: documents are not unpacked, only their lists of
parts are read.
"""

import io
import zipfile
from pathlib import PurePath

ENDINGS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "docx": "docx", "xlsx": "xlsx"}
ZIP = b"PK\x03\x04"
BEGINNINGS = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "docx": ZIP,
    "xlsx": ZIP,
}
# The part of the package that makes it what it says it is.
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MACROS = "vbaproject.bin"


class BadAttachment(ValueError):  # noqa: N818 - reads as what it is: "except BadAttachment"
    """The file is not taken; the message tells the user why."""


def kind_of(name: str, content: bytes) -> str:
    """The kind of the file: pdf, jpg, png, docx or xlsx. Raises BadAttachment."""
    kind = ENDINGS.get(PurePath(name).suffix.lower().removeprefix("."))
    if kind is None:
        raise BadAttachment("只收 PDF、JPG、PNG、DOCX、XLSX 文件。")
    if not content:
        raise BadAttachment("文件是空的。")
    if not content.startswith(BEGINNINGS[kind]):
        raise BadAttachment(f"内容不是 {kind.upper()}，只是用了这个扩展名。")
    if kind in MAIN_PARTS:
        refuse_other_packages(kind, content)
    return kind


def refuse_other_packages(kind: str, content: bytes) -> None:
    """Raise BadAttachment for a zip file that is no document of the kind, or holds macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BadAttachment("文件已损坏，打不开。") from error
    if MAIN_PARTS[kind] not in parts:
        raise BadAttachment(f"内容不是 {kind.upper()}，只是用了这个扩展名。")
    if any(part.lower().endswith(MACROS) for part in parts):
        raise BadAttachment("文件里有宏，请另存为不带宏的文件再附。")
