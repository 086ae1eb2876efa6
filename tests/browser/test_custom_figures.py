"""A clerk defines a figure from a register's filters, changes it and deletes it again."""

import pytest

pytestmark = pytest.mark.browser

REGISTER = "/registers/orgs.members/"


def click(window, selector):
    with window.page.expect_navigation():
        window.page.click(selector)


def main(window):
    return window.page.inner_text("main")


def test_figure_is_defined_changed_and_deleted(visitor, served):
    clerk = visitor("clerk")

    clerk.open(f"{REGISTER}?year=2025")
    clerk.page.select_option("[name=sex]", "female")
    clerk.page.fill("[name=age__lte]", "35")
    click(clerk, ".filters button")
    rows = clerk.page.get_attribute("table[data-row-count]", "data-row-count")
    click(clerk, "text=由此定义指标")
    clerk.page.fill("[name=name]", "青年女党员")
    click(clerk, ".form-buttons button")
    assert clerk.page.get_attribute("main a.figure", "data-value") == rows
    assert "性别为女、年龄不大于35的记录" in main(clerk)

    click(clerk, "text=修改指标")
    clerk.page.select_option("[name=measure]", "share")
    clerk.page.check("[name=base] >> nth=0")
    click(clerk, ".form-buttons button")
    assert clerk.page.inner_text("main a.figure").endswith("%")

    clerk.open("/figures/?q=青年女党员")
    click(clerk, "main >> text=删除")
    click(clerk, "main .btn-danger")
    assert "已删除自定义指标“青年女党员”。" in main(clerk)
    assert clerk.complaints == []
