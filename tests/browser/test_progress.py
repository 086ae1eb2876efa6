"""A department reports by keyboard; the office sends it back; mended, it is accepted."""

import re
import sqlite3
from contextlib import closing
from time import monotonic

import pytest

pytestmark = pytest.mark.browser

TASK = "党员活动阵地规范化建设"
PNG = {"name": "验收.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n new"}
STORED = """
SELECT progress.state, progress.percent, progress.note, progress.times_returned,
       (SELECT COUNT(*) FROM tasks_evidence WHERE progress_id = progress.id)
FROM tasks_progress AS progress JOIN tasks_keytask AS task ON task.id = progress.task_id
WHERE task.title = ? ORDER BY progress.reported_on DESC LIMIT 1
"""


def stored(database):
    """The task's latest report as the database has it."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(STORED, [TASK]).fetchone()


def press(window, *keys):
    """Keys in angle brackets are pressed, anything else is typed."""
    for key in keys:
        if key.startswith("<"):
            window.page.keyboard.press(key.strip("<>"))
        else:
            window.page.keyboard.type(key)


def send(window, *keys):
    with window.page.expect_navigation():
        press(window, *keys)


def click(window, selector):
    with window.page.expect_navigation():
        window.page.click(selector)


def open_task(window):
    window.open("/tasks/")
    with window.page.expect_navigation():
        window.page.get_by_role("link", name=TASK).first.click()


def said(window):
    return window.page.inner_text("main .alert-success")


def test_report_takes_under_a_minute_by_keyboard_and_is_reviewed(visitor, served, database):
    department, clerk = visitor("department"), visitor("clerk")
    assert stored(database)[0] == "returned"

    # By keyboard alone, from the board to the message that it was handed in.
    department.open("/tasks/")
    began = monotonic()
    department.page.get_by_role("link", name=re.compile(rf"修改\s*{TASK}")).focus()
    send(department, "<Enter>")
    press(department, "<Control+a>", "65", "<Tab>", "<Control+a>", "三处阵地已验收")
    send(department, "<Tab>", "<Tab>", "<Tab>", "<Enter>")
    assert "已提交，待党建办审核。" in said(department)
    assert monotonic() - began < 60
    assert stored(database) == ("submitted", 65, "三处阵地已验收", 1, 1)

    open_task(clerk)
    click(clerk, "main tbody th a")
    clerk.page.fill("textarea", "请附验收照片")
    click(clerk, "button[value=return]")
    assert "已退回，待科室修改。" in said(clerk)
    assert stored(database) == ("returned", 65, "三处阵地已验收", 2, 1)

    department.open("/tasks/")
    click(department, "a[href*='/report/']")
    assert "请附验收照片" in department.page.inner_text("main")
    department.page.set_input_files("input[type=file]", PNG)
    click(department, ".form-buttons button")
    assert stored(database) == ("submitted", 65, "三处阵地已验收", 2, 2)

    clerk.open("/tasks/reviews/")
    clerk.page.get_by_role("link", name=TASK).click()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="验收.png").last.click()
    assert download.value.suggested_filename == "验收.png"
    click(clerk, "button[value=accept]")
    assert "已采纳。" in said(clerk)
    assert stored(database) == ("accepted", 65, "三处阵地已验收", 2, 2)
    assert (department.complaints, clerk.complaints) == ([], [])


def test_secretary_of_another_village_does_not_get_the_evidence(visitor, served, database):
    window = visitor("secretary")
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute(
            "SELECT evidence.id FROM tasks_evidence AS evidence"
            " JOIN tasks_progress AS progress ON progress.id = evidence.progress_id"
            " JOIN tasks_keytask AS task ON task.id = progress.task_id WHERE task.title = ?",
            [TASK],
        ).fetchall()

    answers = [window.page.request.get(f"/tasks/evidence/{pk}/").status for (pk,) in found]

    assert answers == [404] * len(found) != []
