"""A month's activities of a branch, entered by its secretary with the keyboard alone."""

import sqlite3
import time
from contextlib import closing

import pytest

pytestmark = pytest.mark.browser

NEW = "/activities/new/"
SECONDS = 60
KEYS_A_SECOND = 4  # of somebody who types with two fingers
FIELDS = [
    *("held_on", "topic", "due", "present"),
    *("attendances-0-name", "attendances-0-reason"),
]
# The kind, as how often the arrow key goes down (up) from the one before; then what is typed.
MONTH = [
    (2, "2025.12.3", "商量发展党员", "5", "5"),
    (2, "2025.12.10", "讲身边的先锋", "5", "4", "唐天恒", "出差"),
    (1, "2025.12.15", "慰问困难职工", "5", "5"),
    (-4, "2025.12.29", "年终总结", "5", "5"),
]
STORED = """
SELECT kind.name, held_on, topic, due, present, organization.short_name
FROM orgs_activity activity
JOIN orgs_activitykind kind ON kind.id = activity.kind_id
JOIN orgs_organization organization ON organization.id = activity.organization_id
WHERE activity.id > ? ORDER BY held_on
"""
ABSENT = """
SELECT person.name, presence, reason FROM orgs_attendance attendance
JOIN orgs_person person ON person.id = attendance.person_id WHERE attendance.activity_id > ?
"""


def asked(database, query, *values):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


class Typist:
    """Somebody at the keyboard; counts the keys."""

    def __init__(self, page):
        self.page = page
        self.keys = 0

    def press(self, key, times=1):
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def write(self, text):
        self.page.keyboard.type(text)
        # A Chinese character takes about two keys and its choice.
        self.keys += sum(3 if character > "\u00ff" else 1 for character in text)

    def fill(self, name, text):
        """Go on to a field with Tab and write; what the page before left there may stay."""
        while self.page.evaluate("document.activeElement.name") != name:
            self.press("Tab")
        if self.page.evaluate("document.activeElement.value") != text:
            self.write(text)


def enter(typist, steps, *texts):
    if typist.page.evaluate("document.activeElement.name") != "kind":
        typist.press("Shift+Tab")  # from the date, where an activity like the last begins
    typist.press("ArrowDown" if steps > 0 else "ArrowUp", abs(steps))
    for name, text in zip(FIELDS, texts, strict=False):
        typist.fill(name, text)
    with typist.page.expect_navigation():
        typist.press("Enter")


def test_a_months_activities_of_a_branch_take_less_than_a_minute(visitor, database):
    [(before,)] = asked(database, "SELECT MAX(id) FROM orgs_activity")
    window = visitor("branch")
    window.open(NEW)
    typist, began = Typist(window.page), time.monotonic()

    for activity in MONTH:
        enter(typist, *activity)

    assert time.monotonic() - began < SECONDS
    assert typist.keys < SECONDS * KEYS_A_SECOND
    branch = "石桥片区联合党支部"
    assert asked(database, STORED, before) == [
        ("支部委员会", "2025-12-03", "商量发展党员", 5, 5, branch),
        ("党课", "2025-12-10", "讲身边的先锋", 5, 4, branch),
        ("主题党日", "2025-12-15", "慰问困难职工", 5, 5, branch),
        ("党员大会", "2025-12-29", "年终总结", 5, 5, branch),
    ]
    assert asked(database, ABSENT, before) == [("唐天恒", "absent", "出差")]
    assert window.complaints == []
