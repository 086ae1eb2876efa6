"""Writing the year's summary: figures picked by keyboard, two writers, and a session that ends."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.browser.conftest import DESKTOP, Visitor

pytestmark = pytest.mark.browser

STORED = """
SELECT section.text FROM reports_section AS section
JOIN reports_report AS report ON report.id = section.report_id
WHERE report.kind = 'summary' AND report.year = ? AND section.code = 'nonpublic'
"""
DRAFTS = "SELECT text FROM reports_draft"


def stored(database, year):
    """The section's text as the database has it."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(STORED, [year]).fetchone()[0]


def drafts(database):
    with closing(sqlite3.connect(database)) as connection:
        return [text for (text,) in connection.execute(DRAFTS)]


def click(window, selector):
    with window.page.expect_navigation():
        window.page.click(selector)


def begin(window, year):
    """Begin the summary of a year nobody else writes, and open its section on enterprises."""
    window.open(f"/reports/{year}/summary/edit/")
    click(window, "button[value=default]")
    with window.page.expect_navigation():
        window.page.get_by_role("link", name="非公党建覆盖更广").first.click()


def type_anew(window, text):
    """Replace the section's text by keyboard, and wait until the preview has it."""
    window.page.focus("#id_text")
    window.page.keyboard.press("Control+a")
    with window.page.expect_response(re.compile("/preview/")):
        window.page.keyboard.type(text)


def preview(window):
    return window.page.inner_text("#preview")


@pytest.fixture
def browsing(chromium, served):
    """A new browser of its own: what happens to its cookies is nobody else's business."""
    opened = []

    def signed_in(username):
        context = chromium.new_context(base_url=served, locale="zh-CN", viewport=DESKTOP)
        window = Visitor(context)
        opened.append(context)
        window.open("/login/")
        window.sign_in(username)
        return window

    yield signed_in
    for context in opened:
        context.close()


def test_figure_is_picked_by_keyboard_previewed_and_saved(visitor, served, database):
    window = visitor("clerk")
    begin(window, 2023)

    type_anew(window, "走访企业12家，覆盖率")
    window.page.focus("#picker")
    with window.page.expect_response(re.compile("/picker/")):
        window.page.keyboard.type("覆盖率")
    window.page.wait_for_selector("#picked [aria-selected=true]")
    window.page.keyboard.press("ArrowDown")
    window.page.keyboard.press("ArrowUp")
    with window.page.expect_response(re.compile("/preview/")):
        window.page.keyboard.press("Enter")
        window.page.keyboard.type("。")

    window.page.wait_for_selector("#preview [data-figure='orgs.coverage_rate']")
    assert window.page.input_value("#id_text") == "走访企业12家，覆盖率{orgs.coverage_rate}。"
    assert window.page.inner_text("#preview mark") == "12"
    assert drafts(database) == ["走访企业12家，覆盖率{orgs.coverage_rate}。"]

    click(window, "form[data-preview] button:not([name])")
    assert stored(database, 2023) == "走访企业12家，覆盖率{orgs.coverage_rate}。"
    assert (drafts(database), window.complaints) == ([], [])


def test_second_writer_is_told_and_overwrites_nothing(visitor, served, database):
    first, second = visitor("clerk"), visitor("admin")
    begin(first, 2022)
    address = first.page.url
    type_anew(first, "第一个人写的。")

    second.open(address)
    assert "正在编辑本段" in preview(second)
    type_anew(second, "第二个人写的。")
    click(second, "form[data-preview] button:not([name])")
    click(first, "form[data-preview] button:not([name])")

    assert "内容已被他人修改，尚未保存" in first.page.inner_text("h1")
    assert stored(database, 2022) == "第二个人写的。"
    click(first, "main form .btn-primary")
    assert (stored(database, 2022), drafts(database)) == ("第一个人写的。", [])


def test_text_survives_the_end_of_the_session(browsing, database):
    window = browsing("clerk")
    begin(window, 2021)
    window.page.context.clear_cookies(name="sessionid")

    window.page.focus("#id_text")
    window.page.keyboard.press("Control+a")
    window.page.keyboard.type("登录过期时写的。")
    window.page.wait_for_selector("[data-preview-failed=login]:visible")
    click(window, "form[data-preview] button:not([name])")
    assert "/login/" in window.page.url
    window.sign_in("clerk")

    assert "刚才填写的内容还在" in window.page.inner_text("h1")
    assert "登录过期时写的。" in window.page.inner_text("main")
    assert stored(database, 2021) != "登录过期时写的。"
    click(window, "main .btn-primary")
    assert "已保存" in window.page.inner_text("main .alert-success")
    assert stored(database, 2021) == "登录过期时写的。"


def test_text_is_saved_after_signing_in_again_in_another_window(browsing, database):
    window = browsing("clerk")
    begin(window, 2020)
    type_anew(window, "另一个窗口重新登录后保存。")
    other = Visitor(window.page.context)
    window.page.context.clear_cookies(name="sessionid")
    other.open("/login/")
    other.sign_in("clerk")

    click(window, "form[data-preview] button:not([name])")

    assert stored(database, 2020) == "另一个窗口重新登录后保存。"
