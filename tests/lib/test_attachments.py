"""Which files are taken as evidence, told by what is in them."""

import io
import zipfile

import pytest

from dangjian.lib.attachments import BadAttachment, kind_of

PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n\x00"
JPG = b"\xff\xd8\xff\xe0"
ENDINGS = "只收 PDF、JPG、PNG、DOCX、XLSX 文件。"


def package(*parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part), "")  # of a fixed day: it is in the test's name
    return stream.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("通知.pdf", PDF, "pdf"),
        ("现场.png", PNG, "png"),
        ("现场.jpg", JPG, "jpg"),
        ("现场.JPEG", JPG, "jpg"),
        ("总结.docx", DOCX, "docx"),
        ("名册.v2.XLSX", XLSX, "xlsx"),
    ],
)
def test_file_is_what_it_says(name, content, kind):
    assert kind_of(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("程序.exe", b"MZ\x90", ENDINGS),
        ("图.svg", b"<svg onload='x()'/>", ENDINGS),
        ("页.html", b"<html>", ENDINGS),
        ("表.xlsm", XLSX, ENDINGS),
        ("pdf", PDF, ENDINGS),
        ("通知.pdf.exe", PDF, ENDINGS),
        ("空.pdf", b"", "文件是空的。"),
        ("程序.pdf", b"MZ\x90", "内容不是 PDF，只是用了这个扩展名。"),
        ("页.pdf", b"<html>%PDF-", "内容不是 PDF，只是用了这个扩展名。"),
        ("页.png", b"<html>", "内容不是 PNG，只是用了这个扩展名。"),
        ("图.jpg", b"<svg/>", "内容不是 JPG，只是用了这个扩展名。"),
        ("图.jpg", PNG, "内容不是 JPG，只是用了这个扩展名。"),
        ("压缩包.docx", package("a.exe"), "内容不是 DOCX，只是用了这个扩展名。"),
        ("表.docx", XLSX, "内容不是 DOCX，只是用了这个扩展名。"),
        ("坏.xlsx", XLSX[:60], "文件已损坏，打不开。"),
        (
            "宏.docx",
            package("word/document.xml", "word/vbaProject.bin"),
            "文件里有宏，请另存为不带宏的文件再附。",
        ),
    ],
)
def test_other_files_are_refused_with_the_reason(name, content, words):
    with pytest.raises(BadAttachment) as refused:
        kind_of(name, content)

    assert str(refused.value) == words
