"""Word files as tests make and read them."""

from io import BytesIO
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn

from dangjian.lib import periods
from dangjian.lib.figures import Value, figure_named
from dangjian.lib.prose import Printed, Text
from reports.documents.build import Document
from reports.documents.paper import Block
from reports.exporters.word import write_word
from reports.models import Kind

COVERED, RATE = "orgs.covered", "orgs.coverage_rate"


def value(slug, exact, **parts):
    return Value(figure_named(slug), exact, **parts)


def printed(slug, exact, form=""):
    one = value(slug, exact)
    return Printed(slug, one.digits if form else one.text, one, form)


def paper(**changes):
    """A summary with a paragraph of each kind; two of its three numbers are of one figure."""
    given = {
        "kind": Kind.SUMMARY,
        "unit": "大桥街道",
        "period": periods.year(2025),
        "title": "大桥街道2025年度党建工作总结",
        "blocks": [
            Block(0, [Text("一年来，"), printed(COVERED, 47), Text("企业由党组织覆盖。")]),
            Block(1, [Text("一、工作回顾")]),
            Block(2, [Text("（一）非公党建覆盖更广")]),
            Block(0, [Text("覆盖率"), printed(RATE, 100), Text("，共"), printed(COVERED, 47, "n")]),
        ],
        "values": {COVERED: value(COVERED, 47), RATE: value(RATE, 100)},
        "counted_only": "",
        "rows": {COVERED: "47", RATE: "47／47"},
    }
    return Document(**given | changes)


def read(document):
    """The Word file of a document, opened again."""
    return docx.Document(write_word(document))


def parts(document):
    """The content of every part of the Word file, by name."""
    with ZipFile(BytesIO(write_word(document).getvalue())) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def styled(file, key):
    """The paragraphs of that style."""
    return [one for one in file.paragraphs if one.style.style_id == key]


def texts(file, key):
    return [one.text for one in styled(file, key)]


def attributes(element, path):
    """The attributes of the first element at a path of names such as w:rPr/w:rFonts, unprefixed."""
    for name in path.split("/"):
        element = element.find(qn(name))
    return {name.partition("}")[2]: text for name, text in element.attrib.items()}


def words(element):
    """What an element prints."""
    return "".join(one.text for one in element.iter(qn("w:t")))


def bookmarks(file):
    """Name and text of every bookmark, in order."""
    found = []
    for start in file.element.body.iter(qn("w:bookmarkStart")):
        inside = start.getnext()
        assert inside.getnext().get(qn("w:id")) == start.get(qn("w:id"))
        found.append((start.get(qn("w:name")), words(inside)))
    return found
