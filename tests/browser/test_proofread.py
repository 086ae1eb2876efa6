"""A text is pasted, its wrong number seen in its place, followed to the verdict and to the rows."""

import pytest

pytestmark = pytest.mark.browser

TEXT = "现有非公企业党支部22个，单独组建13个，联合组建8个。"


@pytest.mark.parametrize("width", [1440, 390])
def test_wrong_number_leads_to_its_verdict_and_rows(visitor, width):
    window = visitor("clerk")
    page = window.page
    page.set_viewport_size({"width": width, "height": 900})
    window.open("/reports/proofread/")

    page.fill("textarea", TEXT)
    with page.expect_navigation():
        page.get_by_role("button", name="核对").click()
    marks = page.locator(".marked-text .mark")
    said = [one.replace("\n", "") for one in marks.all_inner_texts()]
    assert said == ["22个相符", "13个相符", "8个不符"]
    assert page.input_value("textarea") == TEXT

    marks.nth(2).click()
    row = page.locator("tr:target")
    assert "应为9个，相差1个。" in row.inner_text()

    with page.expect_navigation():
        row.locator("a.figure").click()
    assert page.locator("[data-row-count]").get_attribute("data-row-count") == "9"
    assert window.complaints == []
