"""What a file must be before any parser touches it.

Measured: a file of 1.7 KB with the cells A1 and XFD1048576 keeps openpyxl busy for a minute. So
the parts are unpacked here first, counting real bytes, and looked at as bytes (docs/security.md).
"""

import csv
import io
import re
import zipfile
import zlib
from pathlib import PurePath

MAX_BYTES = 10 * 2**20
MAX_PARTS = 200
MAX_UNPACKED = 64 * 2**20
MAX_RATIO = 200
SMALL = 2**20  # a part this small may shrink as much as it likes: blank cells do
MAX_ROWS, MAX_COLUMNS = 99_999, 702  # as far as ZZ: see FAR
MAX_CELL = 32_767  # characters, as in Excel

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# What else people send: how it begins, and what it is.
OTHERS = [
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ", "程序"),
    (b"SQLite format 3", "数据库"),
    (b"PK\x05\x06", "空的压缩包"),
]
# A zip that is no workbook: a part that gives it away, and what it is.
ZIPPED = [
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿"),
    ("content.xml", "OpenDocument 文件"),
    ("xl/workbook.bin", "二进制工作簿（.xlsb）"),
]
SAVE_AS = "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再上传。"
# Parts that run or fetch something. Printer settings are .bin too, and harmless.
ACTIVE = re.compile(
    r"vbaproject|vbadata|/activex/|/embeddings/|externallink|/macrosheets/|/dialogsheets/"
    r"|oleobject|customui|\.exe$|\.dll$|\.js$|\.vbs$",
    re.IGNORECASE,
)
ACTIVE_LINK = re.compile(rb"externallink|oleobject|attachedtemplate|vbaproject", re.IGNORECASE)
MACRO_TYPE = re.compile(rb"macroenabled|vbaproject|activex", re.IGNORECASE)
ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""")
STRICT = b"http://purl.oclc.org/ooxml/"
# A reference of more than two letters or more than five digits.
FAR = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{3,}[0-9]+|[A-Za-z]{1,2}[0-9]{6,})["']""")
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f]")


class BadFile(ValueError):  # noqa: N818 - reads as what it is: "except BadFile"
    """The file cannot be read; the message tells the user why, and what to do."""


def admit(name: str, content: bytes) -> str | None:
    """Let a workbook pass, or give the text of a CSV file.

    Raises BadFile. Takes time and memory in proportion to 64 MB at most, whatever the file says.
    """
    if not content:
        raise BadFile("文件是空的。")
    if len(content) > MAX_BYTES:
        raise BadFile("文件超过10 MB，请拆成几个文件，或删除其中的图片后再上传。")
    if content.startswith(ZIP):
        admit_workbook(content)
        return None
    if content.startswith(OLE):
        raise BadFile(old_format(name, content))
    for beginning, kind in OTHERS:
        if content.startswith(beginning):
            raise BadFile(f"这是{kind}，不是 Excel 工作簿。{SAVE_AS}")
    return admit_text(name, content)


def old_format(name: str, content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "文件有密码，系统不能读取。请在 Excel 中取消打开密码，另存后再上传。"
    if PurePath(name).suffix.lower() in {".doc", ".docx", ".wps"}:
        return "这是 Word 文档，不是 Excel 工作簿。请把表格复制到 Excel 中，另存为 .xlsx 后再上传。"
    return f"这是旧格式的文件（.xls 或 .et），系统只读取 .xlsx 和 .csv。{SAVE_AS}"


def admit_text(name: str, content: bytes) -> str:
    """The text of a CSV file, in UTF-8 or the encodings of Chinese Windows. Raises BadFile."""
    text = decoded(content)
    beginning = text.lstrip("\ufeff \r\n\t").lower()
    if beginning.startswith(("<html", "<!doctype", "<table", "<?xml", "<meta", "<head")):
        raise BadFile(f"这是网页或 XML 文件，只是改了扩展名。{SAVE_AS}")
    if PurePath(name).suffix.lower() not in {".csv", ".txt"}:
        raise BadFile(
            "文件的内容是文本，不是 Excel 工作簿。如果是 CSV，请把扩展名改为 .csv；"
            "否则请另存为 .xlsx。"
        )
    if not text.strip():
        raise BadFile("文件是空的。")
    return text


def decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile("文件是 UTF-16 编码的文本，请另存为“CSV UTF-8”或 .xlsx 后再上传。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not UNREADABLE.search(text):
            return text
    raise BadFile(f"不认识这个文件的格式，它可能已损坏。{SAVE_AS}")


def csv_rows(text: str) -> list[list[str]]:
    """The lines of a CSV file; the separator is what its first line has most of."""
    first = text.split("\n", 1)[0]
    separator = max(",\t;，", key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) == MAX_ROWS or len(row) > MAX_COLUMNS:
                raise BadFile(f"行或列太多：最多{MAX_ROWS}行、{MAX_COLUMNS}列。")
            rows.append(row)
    except csv.Error as error:
        raise BadFile("CSV 文件的引号不配对，或某个单元格太长，请检查后再上传。") from error
    return rows


def admit_workbook(content: bytes) -> None:
    """Unpack every part, within bounds, and look at it. Raises BadFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_parts(archive)
            check_contents(archive, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise BadFile(f"文件已损坏或没有传完整，请重新保存后再上传。{SAVE_AS}") from error
    except (RuntimeError, ValueError, IndexError, LookupError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(f"文件的结构不正常，不能读取。{SAVE_AS}") from error


def check_parts(archive: zipfile.ZipFile) -> None:
    """What the list of parts tells. Raises BadFile."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    lower = [name.lower() for name in names]
    if len(parts) > MAX_PARTS:
        raise BadFile(f"文件的组成部分超过{MAX_PARTS}个，请删除多余的图片和工作表后再上传。")
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile("文件有密码，系统不能读取。请取消密码，另存后再上传。")
    if len(set(lower)) != len(lower):
        raise BadFile(f"文件的结构不正常：有同名的组成部分。{SAVE_AS}")
    if any(".." in name.split("/") or name.startswith(("/", "\\")) for name in names):
        raise BadFile(f"文件的结构不正常：组成部分的名称越出了文件。{SAVE_AS}")
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise BadFile(f"文件用了不常见的压缩方式。{SAVE_AS}")
    for telltale, kind in ZIPPED:
        if telltale in lower:
            raise BadFile(f"这是{kind}，不是 .xlsx 工作簿。{SAVE_AS}")
    if "[content_types].xml" not in lower or "xl/workbook.xml" not in lower:
        raise BadFile(f"这是压缩包，不是 Excel 工作簿。{SAVE_AS}")
    if any(ACTIVE.search(f"/{name}") for name in names):
        raise BadFile(
            "文件里有宏、控件、嵌入的对象或外部链接，为安全起见不接收。"
            "请另存为不含宏的 .xlsx 后再上传。"
        )


def check_contents(archive: zipfile.ZipFile, size: int) -> None:
    """What the bytes of the parts tell. Raises BadFile."""
    unpacked = 0
    for part in archive.infolist():
        found = unpack(archive, part, MAX_UNPACKED - unpacked)
        unpacked += len(found)
        if len(found) > max(SMALL, MAX_RATIO * part.compress_size):
            raise BadFile("文件解压后大得不正常，不能读取。请删除多余的空行空列后再上传。")
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            check_xml(part.filename, found)
        if is_sheet(part.filename):
            check_sheet(found)
    if unpacked > max(SMALL, MAX_RATIO * size):
        raise BadFile("文件解压后大得不正常，不能读取。请删除多余的空行空列后再上传。")


def unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    """The bytes of a part, never more than there is room for. Raises BadFile."""
    with archive.open(part) as stream:
        found = stream.read(room + 1)
    if len(found) > room:
        limit = MAX_UNPACKED // 2**20
        raise BadFile(f"文件解压后超过{limit} MB，请删除多余的空行空列、图片，或拆成几个文件。")
    return found


def check_xml(name: str, found: bytes) -> None:
    """One XML part: UTF-8, nothing declared, nothing active. Raises BadFile."""
    declared = ENCODING.search(found[:300])
    if b"\x00" in found[:200] or (
        declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}
    ):
        raise BadFile(f"文件的编码不是 UTF-8，不能读取。{SAVE_AS}")
    if b"<!DOCTYPE" in found or b"<!ENTITY" in found:
        raise BadFile("文件里有 DOCTYPE 或 ENTITY 声明，为安全起见不接收。")
    lower = name.lower()
    if lower == "[content_types].xml" and MACRO_TYPE.search(found):
        raise BadFile("文件里有宏或控件，为安全起见不接收。请另存为不含宏的 .xlsx 后再上传。")
    if lower.endswith(".rels") and ACTIVE_LINK.search(found):
        raise BadFile("文件里有外部链接或嵌入的对象，为安全起见不接收。请断开链接后另存再上传。")
    if lower == "xl/workbook.xml" and STRICT in found:
        raise BadFile(f"文件是“Strict Open XML”格式。{SAVE_AS}")


def is_sheet(name: str) -> bool:
    return name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml")


def check_sheet(found: bytes) -> None:
    """That no cell lies beyond the bounds. Raises BadFile."""
    if far := FAR.search(found):
        place = far[1].decode("ascii")
        raise BadFile(
            f"有单元格在 {place}，太远了：最多{MAX_ROWS}行、{MAX_COLUMNS}列。"
            "请选中表格以外的空行空列，右键删除，保存后再上传。"
        )
