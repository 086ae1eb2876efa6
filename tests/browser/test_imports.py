"""A clerk's import from a file with a fault to taking it back, in a real browser."""

import pytest

from tests.imports.files import PEOPLE, workbook

pytestmark = pytest.mark.browser

ORGANIZATION = "中共大桥街道石桥村总支部委员会"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def roster(education):
    rows = [
        ["导入甲", "男", "1981-03", "群众", "大专", ORGANIZATION],
        ["导入乙", "女", "1982-04", "群众", education, ORGANIZATION],
    ]
    return {"name": "花名册.xlsx", "mimeType": XLSX, "buffer": workbook(人员=[PEOPLE, *rows])}


def click(window, selector):
    with window.page.expect_navigation():
        window.page.click(selector)


def test_fault_is_seen_and_mended_then_imported_and_undone(visitor):
    window = visitor("clerk")
    window.open("/imports/new/")
    window.page.set_input_files("input[type=file]", roster("大砖"))
    assert window.page.inner_text(".chosen") == "花名册.xlsx"
    click(window, "form.drop button")

    cells = window.page.locator("table[data-faults] tbody tr").all_inner_texts()
    assert [cell.split("\t")[:3] for cell in cells] == [["3", "学历", "大砖"]]
    assert window.page.locator("button[value=confirm]").count() == 0

    window.page.set_input_files("input[type=file]", roster("高中"))
    click(window, "form.drop button")
    assert window.page.inner_text("button[value=confirm]") == "确认导入：新增2行，修改0行"
    click(window, "button[value=confirm]")
    batch = window.page.url.partition("?")[0]
    person = window.page.get_attribute("main tbody th a", "href")
    assert window.page.request.get(person).status == 200

    window.open(f"{batch}undo/")
    click(window, "main .btn-danger")
    assert window.page.inner_text(".status") == "已撤销"
    assert window.page.request.get(person).status == 404
    assert window.complaints == []


def test_dropped_file_is_chosen(visitor):
    window = visitor("clerk")
    window.open("/imports/new/")

    window.page.eval_on_selector(
        "form.drop",
        """form => {
          const transfer = new DataTransfer();
          transfer.items.add(new File(["甲"], "台账.csv", {type: "text/csv"}));
          form.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true}));
        }""",
    )

    assert window.page.inner_text(".chosen") == "台账.csv"
    assert window.page.eval_on_selector("input[type=file]", "field => field.files.length") == 1


def test_giving_a_file_up_is_asked_first(visitor):
    window = visitor("clerk")
    window.open("/imports/new/")
    window.page.set_input_files("input[type=file]", roster("高中"))
    click(window, "form.drop button")

    window.page.click(".actions .dropdown-toggle")
    click(window, "button[value=discard]")

    assert window.page.inner_text(".status") == "已放弃"


def test_size_of_a_large_file_is_refused_in_words(visitor):
    window = visitor("clerk")
    window.open("/imports/new/")
    large = {"name": "大.xlsx", "mimeType": XLSX, "buffer": bytes(12 * 2**20)}
    window.page.set_input_files("input[type=file]", large)
    click(window, "form.drop button")

    assert "文件超过10MB" in window.page.inner_text("[role=alert]")
