"""The dashboard: what it fills in after it stands."""

import pytest

pytestmark = pytest.mark.browser


def test_failing_checks_come_after_the_page(visitor):
    window = visitor("leader")
    window.open("/")

    window.page.click("[data-failing=to_explain]")
    window.page.wait_for_url("**/reports/2025/checks/**")

    assert window.page.url.endswith("#to_explain")
    assert window.complaints == []
