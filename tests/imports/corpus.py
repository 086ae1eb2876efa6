"""Hostile and broken files, made in code: what each is, its name, its bytes, what is said of it."""

import io
import re
import struct
import zipfile

import openpyxl
import xlsxwriter

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
DAMAGED = "文件已损坏"
STRANGE = "结构不正常"
ACTIVE = "为安全起见不接收"


def workbook(rows=(("姓名", "学历"), ("张建国", "大专"))):
    """A sound workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("人员")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return stream.getvalue()


def parts(content=None):
    with zipfile.ZipFile(io.BytesIO(content or workbook())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(found, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return stream.getvalue()


def having(**added):
    """The workbook with more parts; `__` stands for `/`, and the last `_` for the dot."""
    names = {name: "/".join(name.split("__")) for name in added}
    return zipped(parts() | {names[name].replace("_dot_", "."): added[name] for name in added})


def replacing(name, old, new):
    found = parts()
    assert old in found[name]
    return zipped(found | {name: found[name].replace(old, new, 1)})


SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
RELS = "xl/_rels/workbook.xml.rels"


def in_sheet(old, new):
    return replacing(SHEET, old, new)


def with_cell(reference):
    """A second cell far away."""
    cell = f'<row r="{re.sub("[^0-9]", "", reference)}"><c r="{reference}"><v>1</v></c></row>'
    return in_sheet(b"</sheetData>", cell.encode() + b"</sheetData>")


def with_relation(kind, target="http://example.com/a.xlsx"):
    found = parts()
    relation = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )
    found[RELS] = found[RELS].replace(b"</Relationships>", relation.encode())
    return zipped(found)


def encrypted_parts():
    """The flag of a password on every part, as zip tools set it."""
    content = bytearray(workbook())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def named_twice():
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    return stream.getvalue()


def lying_about_size():
    """A part that says it is small."""
    content = bytearray(zipped(parts() | {"xl/media/a.xml": b"<a/>" + b" " * 2**22}))
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 4)
    return bytes(content)


def bomb(size):
    return zipped(parts() | {SHEET: b"<worksheet>" + b" " * size + b"</worksheet>"})


def many_rows():
    row = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    return in_sheet(b"</sheetData>", row * 300_000 + b"</sheetData>")


def utf16():
    return zipped(parts() | {SHEET: parts()[SHEET].decode().encode("utf-16")})


def of_openpyxl():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


SOUND = workbook()
HOSTILE = [
    # What it is not.
    ("empty", "a.xlsx", b"", "文件是空的"),
    ("blank text", "a.csv", b"  \r\n ", "文件是空的"),
    ("over 10 MB", "a.xlsx", b"PK\x03\x04" + b"0" * (10 * 2**20), "超过10 MB"),
    ("old .xls", "a.xls", OLE, "旧格式"),
    ("old .xls renamed", "a.xlsx", OLE, "旧格式"),
    ("WPS .et", "a.et", OLE, "旧格式"),
    ("Word .doc", "a.doc", OLE, "Word 文档"),
    (
        "encrypted workbook",
        "a.xlsx",
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "文件有密码",
    ),
    ("PDF", "a.xlsx", b"%PDF-1.7", "PDF 文件"),
    ("PNG", "a.xlsx", b"\x89PNG\r\n\x1a\n", "图片"),
    ("JPEG", "a.xlsx", b"\xff\xd8\xff\xe0", "图片"),
    ("GIF", "a.xlsx", b"GIF89a", "图片"),
    ("RAR", "a.xlsx", b"Rar!\x1a\x07", "RAR 压缩包"),
    ("7z", "a.xlsx", b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    ("gzip", "a.xlsx", b"\x1f\x8b\x08", "gzip 压缩包"),
    ("RTF", "a.doc", b"{\\rtf1}", "RTF 文档"),
    ("program", "a.xlsx", b"MZ\x90\x00", "程序"),
    ("SQLite", "a.xlsx", b"SQLite format 3\x00", "数据库"),
    ("empty zip", "a.xlsx", zipped({}), "空的压缩包"),
    ("zip of text", "a.xlsx", zipped({"a.txt": b"1"}), "这是压缩包"),
    ("Word renamed", "a.xlsx", zipped({"word/document.xml": b"<a/>"}), "Word 文档"),
    ("PowerPoint renamed", "a.xlsx", zipped({"ppt/presentation.xml": b"<a/>"}), "PowerPoint"),
    ("OpenDocument", "a.ods", zipped({"content.xml": b"<a/>"}), "OpenDocument"),
    ("binary workbook", "a.xlsb", zipped({"xl/workbook.bin": b""}), "xlsb"),
    ("web page as .xls", "a.xls", b"<html><table></table></html>", "网页"),
    ("web page with doctype", "a.csv", b"<!DOCTYPE html><p>", "网页"),
    ("XML spreadsheet 2003", "a.xls", b'<?xml version="1.0"?><Workbook/>', "XML 文件"),
    ("CSV renamed", "a.xlsx", "姓名,学历\n张建国,大专".encode(), "扩展名改为 .csv"),
    ("UTF-16 text", "a.csv", "姓名\t学历".encode("utf-16"), "UTF-16"),
    ("binary noise", "a.xlsx", bytes(range(256)) * 8, "不认识这个文件的格式"),
    ("text with NUL", "a.csv", b"a,b\x00c", "不认识这个文件的格式"),
    ("undecodable text", "a.csv", b"\x81\xff\xfe\x80,", "不认识这个文件的格式"),
    ("CSV of too many columns", "a.csv", b"," * 1000, "列太多"),
    ("CSV of too many rows", "a.csv", b"a,b\n" * 100_001, "行或列太多"),
    ("CSV with an endless cell", "a.csv", b'a,"' + b"b" * 200_000, "引号不配对"),
    # Zip archives that are broken or lie.
    ("cut off", "a.xlsx", SOUND[: len(SOUND) // 2], DAMAGED),
    ("only a beginning", "a.xlsx", SOUND[:40], DAMAGED),
    ("a byte changed", "a.xlsx", SOUND.replace(b"\x00\x00\x00", b"\x00\xff\x00", 40), "文件"),
    ("parts with a password", "a.xlsx", encrypted_parts(), "文件有密码"),
    ("a part named twice", "a.xlsx", named_twice(), STRANGE),
    ("a part that climbs out", "a.xlsx", having(**{"..__a_dot_xml": b"<a/>"}), STRANGE),
    ("a part at the root", "a.xlsx", having(__etc__passwd=b""), STRANGE),
    ("a part that lies about its size", "a.xlsx", lying_about_size(), "文件"),
    ("bzip2 inside", "a.xlsx", zipped(parts(), zipfile.ZIP_BZIP2), "不常见的压缩"),
    ("lzma inside", "a.xlsx", zipped(parts(), zipfile.ZIP_LZMA), "不常见的压缩"),
    ("201 parts", "a.xlsx", having(**{f"xl__m{n}_dot_xml": b"<a/>" for n in range(201)}), "200个"),
    ("bomb of 50 MB", "a.xlsx", bomb(50 * 2**20), "大得不正常"),
    ("bomb of 65 MB", "a.xlsx", bomb(65 * 2**20), "64 MB"),
    ("no content types", "a.xlsx", zipped({WORKBOOK: b"<a/>"}), "这是压缩包"),
    ("no workbook", "a.xlsx", zipped({TYPES: b"<a/>"}), "这是压缩包"),
    # What would run or reach out.
    ("macros", "a.xlsm", having(xl__vbaProject_dot_bin=b"x"), ACTIVE),
    ("ActiveX", "a.xlsx", having(xl__activeX__activeX1_dot_xml=b"<a/>"), ACTIVE),
    ("embedded object", "a.xlsx", having(xl__embeddings__oleObject1_dot_bin=b"x"), ACTIVE),
    ("embedded workbook", "a.xlsx", having(xl__embeddings__a_dot_xlsx=b"x"), ACTIVE),
    ("external link", "a.xlsx", having(xl__externalLinks__externalLink1_dot_xml=b"<a/>"), ACTIVE),
    ("macro sheet", "a.xlsx", having(xl__macrosheets__sheet1_dot_xml=b"<a/>"), ACTIVE),
    ("custom ribbon", "a.xlsx", having(customUI__customUI_dot_xml=b"<a/>"), ACTIVE),
    ("program inside", "a.xlsx", having(xl__media__a_dot_exe=b"MZ"), ACTIVE),
    ("link to another workbook", "a.xlsx", with_relation("externalLink"), ACTIVE),
    ("link to an object", "a.xlsx", with_relation("oleObject"), ACTIVE),
    (
        "macros by content type",
        "a.xlsx",
        replacing(
            TYPES,
            b"spreadsheetml.sheet.main+xml",
            b"ms-excel.sheet.macroEnabled.main+xml",
        ),
        ACTIVE,
    ),
    # XML that expands, hides or reaches out.
    ("doctype", "a.xlsx", in_sheet(b"<worksheet", b"<!DOCTYPE a><worksheet"), "DOCTYPE"),
    (
        "entities that multiply",
        "a.xlsx",
        in_sheet(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet'),
        "DOCTYPE",
    ),
    (
        "entity from a file",
        "a.xlsx",
        replacing(
            WORKBOOK, b"<workbook", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]><workbook'
        ),
        "DOCTYPE",
    ),
    ("UTF-16 XML", "a.xlsx", utf16(), "不是 UTF-8"),
    ("declared UTF-16", "a.xlsx", in_sheet(b"UTF-8", b"UTF-16"), "不是 UTF-8"),
    ("declared GBK", "a.xlsx", in_sheet(b"UTF-8", b"GB2312"), "不是 UTF-8"),
    (
        "strict Open XML",
        "a.xlsx",
        replacing(
            WORKBOOK,
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        "Strict",
    ),
    # Cells too far away.
    ("last cell of all", "a.xlsx", with_cell("XFD1048576"), "太远"),
    ("column 703", "a.xlsx", with_cell("AAA3"), "太远"),
    ("row 100,000", "a.xlsx", with_cell("A100000"), "太远"),
    ("a cell beyond Excel", "a.xlsx", with_cell("ZZZZZ9"), "太远"),
    # Broken inside.
    ("sheet cut off", "a.xlsx", in_sheet(b"</worksheet>", b""), DAMAGED),
    ("sheet of nonsense", "a.xlsx", zipped(parts() | {SHEET: b"nonsense"}), DAMAGED),
    ("no sheet", "a.xlsx", zipped({k: v for k, v in parts().items() if k != SHEET}), "没有工作表"),
    ("workbook of nonsense", "a.xlsx", zipped(parts() | {WORKBOOK: b"<"}), DAMAGED),
    ("text that is not there", "a.xlsx", in_sheet(b"<v>0</v>", b"<v>999</v>"), DAMAGED),
    ("number that is none", "a.xlsx", in_sheet(b' t="s"><v>0', b"><v>eins"), DAMAGED),
    ("number of 5,000 digits", "a.xlsx", in_sheet(b' t="s"><v>0', b"><v>" + b"9" * 5000), DAMAGED),
    ("column named by an entity", "a.xlsx", in_sheet(b'r="A1"', b'r="&#88;&#70;D1"'), DAMAGED),
]
