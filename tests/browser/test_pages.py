"""Every page in a real browser: nothing refused, nothing too wide, nothing in English."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import DESKTOP

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
PAGES = {
    "clerk": [
        "/",
        "/?year=2023",
        "/figures/",
        "/figures/?q=没有的",
        "/activities/",
        "/checklists/",
        "/elections/",
        "/reports/2025/summary/",
        "/reports/2025/checks/",
        "/reports/proofread/",
        "/registers/cadres.reserves/?check=cadres.reserve_over_age&year=2025",
        "/registers/orgs.members/?figure=orgs.women_members_rate&year=2025",
        "/registers/elections.seats/?figure=elections.party_members_change&year=2025",
        "/registers/orgs.enterprises/?sort=-staff&village=1&year=2025",
        "/registers/elections.seats/?age__gte=99&year=2025",
        "/coverage/?on=2025-03-31",
        "/coverage/?day=2100-01-01",
        "/years/open/",
        "/imports/",
        "/imports/new/",
        "/imports/start/",
        "/tasks/reviews/",
        "/password/",
        "/admin/",
    ],
    "secretary": ["/"],
    "leader": ["/", "/reports/2024/summary/sign/", "/reports/editions/1/"],
    "branch": ["/", "/activities/", "/checklists/"],
    "department": ["/tasks/"],
}
# What one level of links does not open: files, every number and order, and what has its own test.
NOT_CRAWLED = re.compile(r"xlsx|docx|figure=|sort=|page=|^/admin/.|/evidence/|/files/")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
# File formats and the units of sizes; slugs and codes are in <code> or in columns of codes.
ALLOWED = {"Excel", "Word", "PDF", "JPG", "PNG", "DOCX", "XLSX", "png", "KB", "MB"}
# The words a reader sees, without slugs and codes.
VISIBLE_TEXT = """() => {
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const isData = parent.closest("code, .field-code, script, style, noscript, template");
    if (!isData && parent.checkVisibility()) words.push(walker.currentNode.textContent);
  }
  return words.join("\\n");
}"""
# Credit codes, and the code points of wrong characters.
CODE = re.compile(r"\b[0-9A-Z]{18}\b|U\+[0-9A-F]{4}")


def links_on(window):
    """Paths of the same-site links of the page now open, each once."""
    found = window.page.eval_on_selector_all(
        "a[href]", "links => links.filter(a => a.origin === location.origin).map(a => a.href)"
    )
    return {f"{parts.path}?{parts.query}".rstrip("?") for parts in map(urlsplit, found)}


def one_of_each(paths):
    """One address per shape: numbers stand for any record, and the query does not matter."""
    crawled = [path for path in sorted(paths) if not NOT_CRAWLED.search(path)]
    shapes = {re.sub(r"\d+", "0", path.split("?")[0]): path for path in crawled}
    return sorted(shapes.values())


def faults(window, path):
    """What is wrong with a page, in words."""
    status = window.open(path)
    text = CODE.sub("", window.page.evaluate(VISIBLE_TEXT))
    english = sorted(set(ENGLISH.findall(text)) - ALLOWED)
    window.page.set_viewport_size(PHONE)
    width = window.page.evaluate("document.documentElement.scrollWidth")
    window.page.set_viewport_size(DESKTOP)
    found = [f"console: {complaint}" for complaint in window.complaints]
    found += [f"status {status}"] if status != 200 else []
    found += [f"English: {english}"] if english else []
    found += [f"{width} px wide on a phone"] if width > PHONE["width"] else []
    return [f"{path}: {fault}" for fault in found]


@pytest.mark.parametrize("username", PAGES)
def test_pages_and_what_they_link_to(visitor, username):
    window = visitor(username)
    found, linked = [], set()

    for path in PAGES[username]:
        found += faults(window, path)
        linked |= links_on(window)
    for path in one_of_each(linked - set(PAGES[username])):
        found += faults(window, path)

    assert found == []


def test_data_entry_pages(visitor):
    window = visitor("clerk")
    window.open("/admin/")
    lists = sorted(path for path in links_on(window) if re.fullmatch(r"/admin/\w+/\w+/", path))
    found = []

    for path in lists:
        found += faults(window, path)
        first = window.page.query_selector("#result_list tbody th a")
        if first:
            found += faults(window, first.get_attribute("href").split("?")[0])

    assert len(lists) > 10
    assert found == []


def test_pages_of_one_record(visitor):
    window = visitor("clerk")

    found = [
        fault
        for page in ("add/", "1/history/", "1/history/1/", "1/delete/")
        for fault in faults(window, f"/admin/orgs/enterprise/{page}")
    ]

    assert found == []


def test_choosing_a_record_and_a_day(visitor):
    window = visitor("clerk")
    window.open("/admin/orgs/enterprise/1/change/")

    window.page.click(".field-village .select2-selection")
    window.page.fill(".select2-search__field", "东湖")
    window.page.click(".select2-results__option:has-text('东湖社区')")
    window.page.click(".field-opened_on .date-icon")
    window.page.click("#calendarin0 td a:has-text('15')")

    assert window.page.inner_text(".field-village .select2-selection__rendered").endswith(
        "东湖社区"
    )
    assert window.page.input_value("#id_opened_on").endswith("15")
    assert window.complaints == []


def test_inline_rows_have_labels(visitor):
    window = visitor("clerk")
    window.open("/admin/elections/election/1/change/")

    unlabelled = window.page.eval_on_selector_all(
        ".tabular :is(input:not([type=hidden]), select)",
        "fields => fields.filter(f => !f.labels?.length && !f.ariaLabel).map(f => f.name)",
    )

    assert unlabelled == []


def test_login_page_refuses_then_lets_in(visitor):
    window = visitor()
    window.open("/registers/orgs.members/")
    window.sign_in("department", "wrong")
    refusal = window.page.inner_text("[role=alert]")
    window.sign_in("department")

    assert "请输入" in refusal
    assert urlsplit(window.page.url).path == "/registers/orgs.members/"


def test_year_is_switched_in_the_header(visitor):
    window = visitor("clerk")
    window.open("/reports/2025/summary/")

    with window.page.expect_navigation():
        window.page.select_option("select[name=year]", "2024")

    assert urlsplit(window.page.url).path == "/reports/2024/summary/"
    assert window.page.inner_text(".paper h1") == "大桥街道2024年度党建工作总结"


def test_unit_is_switched_in_the_header(visitor):
    window = visitor("clerk")
    window.open("/registers/orgs.members/?year=2025")

    with window.page.expect_navigation():
        window.page.select_option("select[name=org]", label="石桥村党总支")

    assert window.page.get_attribute("table", "data-row-count") == "88"


def test_skip_link_shows_on_focus(visitor):
    window = visitor("clerk")
    window.open("/")

    window.page.keyboard.press("Tab")
    shown = window.page.eval_on_selector(".skip", "link => link.getBoundingClientRect().top >= 0")
    window.page.keyboard.press("Enter")

    assert shown
    assert window.page.evaluate("document.activeElement.id") == "content"


def test_numbers_of_the_summary_open_their_rows(visitor):
    window = visitor("clerk")
    window.open("/reports/2025/summary/")
    figures = window.page.eval_on_selector_all(
        ".paper a[data-figure]", "links => links.map(a => [a.href, a.dataset.value])"
    )

    wrong = []
    for href, value in figures:
        page = window.page.request.get(href).text()
        totals = [float(total) for total in re.findall(r'data-total="([^"]*)"', page)]
        if not is_made_of(float(value), totals):
            wrong.append((href, value, totals))

    assert len(figures) > 30
    assert wrong == []


def is_made_of(value, totals):
    """Whether a page's totals give the value: alone, as a share, or against a baseline."""
    match totals:
        case [total]:
            return abs(total - value) < 0.05
        case [now, then] if abs(now - then - value) < 0.1:
            return True
        case [part, whole]:
            return close(part / whole, value)
        case [part, whole, part_then, whole_then]:
            return abs(100 * (part / whole - part_then / whole_then) - value) < 0.01
    return False


def close(ratio, value):
    return abs(100 * ratio - value) < 0.01 or abs(ratio - value) < 0.01
