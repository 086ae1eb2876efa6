"""Asking for a large file: the page says that it is being written, until it comes."""

import pytest

from dangjian.lib.figures import all_registers

pytestmark = pytest.mark.browser

LINK = "a[data-download]"
STATE = """link => [
  link.getAttribute("aria-disabled"),
  link.querySelector("[data-download-label]").textContent,
]"""


def test_link_waits_until_the_file_comes(visitor):
    window = visitor("clerk")
    window.open("/reports/2025/summary/")
    page = window.page

    with page.expect_download() as asked:
        # In one step: Playwright's own click returns when the file has come.
        waiting = page.eval_on_selector(
            LINK, f"link => {{ link.click(); return ({STATE})(link); }}"
        )
    page.wait_for_selector(f"{LINK}[aria-disabled=false]", timeout=5000)

    assert waiting == ["true", f"正在生成{len(all_registers())}张台账…"]
    assert page.eval_on_selector(LINK, STATE) == ["false", "导出年度报表"]
    assert asked.value.suggested_filename == "大桥街道2025年度党建工作报表.xlsx"
    assert window.complaints == []
