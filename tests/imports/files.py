"""Workbooks as a clerk sends them, and reading the page that answers."""

import re
from html import unescape
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.models import Batch

PEOPLE = ["姓名", "性别", "出生年月", "政治面貌", "学历", "归口党组织"]


def workbook(**sheets):
    """The bytes of a workbook with these sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def roster(organization, *names, education="大专"):
    """A workbook of people, one row per name."""
    rows = [[name, "男", "1975-03", "群众", education, organization.name] for name in names]
    return workbook(人员=[PEOPLE, *rows])


def upload(client, content, name="花名册.xlsx", **fields):
    return client.post("/imports/new/", {"file": SimpleUploadedFile(name, content), **fields})


def uploaded(client, content, name="花名册.xlsx"):
    """The batch that the upload made."""
    response = upload(client, content, name)
    assert response.status_code == 302, text_of(response)
    return Batch.objects.first()


def confirm(client, batch, *, seen=None):
    """Press the button of the page: what it showed, unless something else was seen."""
    seen = seen or fingerprint_on(client.get(f"/imports/{batch.pk}/"))
    return client.post(f"/imports/{batch.pk}/", {"do": "confirm", "seen": seen}, follow=True)


def fingerprint_on(response):
    """What the confirm button would send; empty where there is none."""
    found = re.search(r'name="seen" value="(\w+)"', response.content.decode())
    return found[1] if found else ""


def text_of(response):
    """The words of a page, without white space."""
    html = response.content.decode()
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def messages_of(response):
    return [str(message) for message in response.context["messages"]]
