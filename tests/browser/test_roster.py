"""A paper roster of five seats, entered with the keyboard alone."""

import pytest

pytestmark = pytest.mark.browser

ROSTER = "/elections/rosters/40/"
# From cell to cell what is typed, or how often the arrow key goes down (up) a list: post, name,
# month of birth, sex, political status, education, duty, votes.
SEATS = [
    (0, "钱新一", "1975.3", 1, 1, 6, "", "61"),
    (-1, "钱新二", "1980年5月", 2, 1, 5, "", "58"),
    (0, "钱新三", "1985-07", 1, 1, 5, "组织", "55"),
    (0, "钱新四", "1988.11", 2, 2, 7, "宣传", "52"),
    (0, "钱新五", "1990-01", 1, 1, 4, "纪检", "50"),
]
STORED = [
    ["主任", "钱新一", "1975-03", "男", "中共党员", "大学本科", "", "61", "2025-12-01"],
    ["副主任", "钱新二", "1980-05", "女", "中共党员", "大专", "", "58", "2025-12-01"],
    ["委员", "钱新三", "1985-07", "男", "中共党员", "大专", "组织", "55", "2025-12-01"],
    ["委员", "钱新四", "1988-11", "女", "中共预备党员", "研究生", "宣传", "52", "2025-12-01"],
    ["委员", "钱新五", "1990-01", "男", "中共党员", "中专", "纪检", "50", "2025-12-01"],
]
# The visible cells of the rows, choices as their labels.
SHOWN = """rows => rows.map(row =>
  [...row.querySelectorAll("td :is(input:not([type=checkbox]), select)")].map(
    field => field.selectedOptions ? field.selectedOptions[0].text : field.value))"""


def press(keyboard, cell):
    if isinstance(cell, str):
        keyboard.type(cell)
        return
    for _ in range(abs(cell)):
        keyboard.press("ArrowDown" if cell > 0 else "ArrowUp")


def save(window):
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    window.open(ROSTER)


def test_five_seats_by_keyboard(visitor):
    window = visitor("clerk")
    window.open(ROSTER)
    for box in window.page.query_selector_all("[name$=DELETE]"):
        box.check()
    window.page.fill("#id_seats_set", "5")
    save(window)

    window.page.fill("#id_held_on", "2025.12.1")
    window.page.focus("#id_seats-0-post")
    for seat in SEATS:
        for cell in seat:
            press(window.page.keyboard, cell)
            window.page.keyboard.press("Tab")
        window.page.keyboard.press("Tab")  # the day is that of the election
        window.page.keyboard.press("Tab")  # nothing to delete
    window.page.focus("#id_held_on")
    save(window)

    assert window.page.eval_on_selector_all(".roster tbody tr", SHOWN) == STORED
    assert window.complaints == []
