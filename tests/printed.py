"""What stands where on the pages of a PDF file, in points; asked of poppler's programs."""

import re
import subprocess

POINTS = 72 / 25.4
# The type area of an official paper.
LEFT, RIGHT, TOP, BOTTOM = 28 * POINTS, (210 - 26) * POINTS, 37 * POINTS, (297 - 34.9) * POINTS
LINE = re.compile(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">')


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - fixed words and the test's own files


def pages_of(path):
    """The text of each page."""
    return run("pdftotext", "-layout", path, "-").split("\f")[:-1]


def lines_of(path, page):
    """The boxes of the lines of a page, from the top: left, top, right, bottom."""
    found = run("pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), path, "-")
    boxes = [tuple(map(float, box)) for box in LINE.findall(found)]
    return sorted(boxes, key=lambda box: (box[1], box[0]))


def in_from_the_edge(path, page):
    """How far a page's number stands from the outer edge of the text: right on odd pages."""
    left, _, right, _ = lines_of(path, page)[-1]
    return RIGHT - right if page % 2 else left - LEFT
