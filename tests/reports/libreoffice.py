"""Files as LibreOffice writes them again, every formula calculated."""

import subprocess

import openpyxl

from tests.requirements import LIBREOFFICE, first_on_path

# LibreOffice trusts the values stored in a file; here it is to calculate every formula again.
ALWAYS_CALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def numbers(stream):
    """Every number of a workbook as a reader sees it, by sheet and cell."""
    book = openpyxl.load_workbook(stream, data_only=True)
    return {
        (sheet.title, cell.coordinate): round(cell.value, 6)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


def converted(kind, *paths):
    """The files as LibreOffice writes them, in a directory of their own."""
    directory = paths[0].parent
    settings = directory / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(ALWAYS_CALCULATE)
    command = [
        first_on_path(LIBREOFFICE),
        f"-env:UserInstallation={(directory / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(directory / "converted"),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 - fixed words and the test's own files
    return [(directory / "converted" / path.name).with_suffix(f".{kind}") for path in paths]
