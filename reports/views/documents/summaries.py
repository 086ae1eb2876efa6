"""The annual summary on paper, and its workbook; summary and plan as Word files."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from orgs.middleware import Request
from reports.access import log_reading, registers_of
from reports.documents.build import Document, build_document
from reports.exporters.word import write_word
from reports.exporters.workbook import write_workbook
from reports.models import Kind
from reports.views.downloads import download

from .editions import editions_of


def summary(request: Request, year: int) -> HttpResponse:
    context = {
        "summary": summary_of(request),
        "registers": len(registers_of(request.user)),
        "editions": editions_of(request, Kind.SUMMARY, year),
    }
    return render(request, "reports/documents/summary.html", context)


def workbook(request: Request, year: int) -> FileResponse:
    document = summary_of(request)
    registers = registers_of(request.user)
    log_reading(request, registers)
    stream = write_workbook(document, request.scope, registers)
    name = f"{document.unit}{document.period.label}度党建工作报表.xlsx"
    return download(request, stream, name)


def word(request: Request, year: int, kind: Kind) -> FileResponse:
    document = document_of(request, kind)
    return download(request, write_word(document), f"{document.title}.docx")


def summary_of(request: Request) -> Document:
    return document_of(request, Kind.SUMMARY)


def document_of(request: Request, kind: Kind) -> Document:
    office = request.office.name if request.office else ""
    return build_document(
        kind, request.scope, request.period, unit=request.unit_name, office=office
    )
