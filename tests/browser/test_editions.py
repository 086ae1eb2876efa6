"""A leader signs a plan; what was signed is read, downloaded and compared in the browser."""

from hashlib import sha256
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


def follow(window, role, name):
    with window.page.expect_navigation():
        window.page.get_by_role(role, name=name).first.click()


def test_leader_signs_a_plan(visitor):
    window = visitor("leader")
    window.open("/reports/2026/plan/")
    page = window.page

    follow(window, "link", "定稿签发")
    page.get_by_label("我已通读全文").check()
    follow(window, "button", "签发第1版")

    assert "已定稿：大桥街道2026年党建工作计划（第1版）" in page.inner_text(".alert-success")
    with page.expect_download() as asked:
        page.get_by_role("link", name="下载Word").click()
    content = Path(asked.value.path()).read_bytes()
    assert sha256(content).hexdigest() in page.inner_text("main")
    assert window.complaints == []


def test_unread_plan_is_not_signed(visitor):
    window = visitor("leader")
    window.open("/reports/2027/plan/sign/")

    follow(window, "button", "签发第1版")

    assert "请先通读全文" in window.page.inner_text("main .alert-danger")


def test_number_of_an_edition_opens_onto_its_rows(visitor):
    window = visitor("secretary")
    window.open("/reports/2024/summary/")
    assert window.page.query_selector("text=第1版") is None  # the office's, not the village's

    clerk = visitor("clerk")
    clerk.open("/reports/2024/summary/")
    follow(clerk, "link", "第1版")
    with clerk.page.expect_navigation():
        clerk.page.click("article [data-figure='orgs.covered']")

    rows = clerk.page.get_attribute("table[data-row-count]", "data-row-count")
    assert clerk.page.inner_text("main dl strong") == f"{rows}家"
    assert clerk.complaints == []
