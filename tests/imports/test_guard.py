"""Hostile and broken files: each is refused with its message, within bounds.

Nothing is stored: these tests may not touch the database at all.
"""

import subprocess
import sys
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.imports.guard import MAX_UNPACKED, BadFile, admit
from reports.imports.reading import read_file

from . import corpus


def test_corpus_holds_sixty_files():
    assert len({name for name, *_ in corpus.HOSTILE}) == len(corpus.HOSTILE) >= 60


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [case[1:] for case in corpus.HOSTILE],
    ids=[case[0] for case in corpus.HOSTILE],
)
def test_hostile_file_is_refused_with_its_message(name, content, message):
    with pytest.raises(BadFile, match=message) as refused:
        read_file(name, content)

    assert str(refused.value).endswith("。")


@pytest.mark.parametrize(
    ("name", "content"),
    [case[1:3] for case in corpus.HOSTILE],
    ids=[case[0] for case in corpus.HOSTILE],
)
def test_guard_takes_memory_within_bounds(name, content):
    tracemalloc.start()

    with suppress(BadFile):
        admit(name, content)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * MAX_UNPACKED


def test_sound_workbooks_pass():
    books = [read_file("a.xlsx", corpus.workbook()), read_file("a.xlsx", corpus.of_openpyxl())]

    assert [[sheet.rows for sheet in book.sheets] for book in books] == [
        [[["姓名", "学历"], ["张建国", "大专"]]],
        [[]],
    ]


def test_memory_of_the_reading_process_is_limited():
    code = (
        "import runpy; w = runpy.run_path('reports/imports/worker.py'); w['limit'](); b' ' * 2**31"
    )

    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own code

    assert b"MemoryError" in ended.stderr


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a"]))
def test_any_bytes_give_rows_or_a_message(content, name):
    with suppress(BadFile):
        assert read_file(name, content).sheets


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(corpus.SOUND) - 1), st.binary(min_size=1, max_size=8))
def test_mutated_workbook_gives_rows_or_a_message(place, noise):
    content = corpus.SOUND[:place] + noise + corpus.SOUND[place + len(noise) :]

    with suppress(BadFile):
        assert read_file("a.xlsx", content).sheets


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(corpus.parts())), st.integers(0, 3000), st.text(max_size=8))
def test_mutated_part_gives_rows_or_a_message(part, place, noise):
    found = corpus.parts()
    found[part] = found[part][:place] + noise.encode() + found[part][place + 3 :]

    with suppress(BadFile):
        assert read_file("a.xlsx", corpus.zipped(found)).sheets
