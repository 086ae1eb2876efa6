"""What a register's page exports: what it shows, filtered and sorted the same."""

import pytest

from dangjian.lib.figures import all_registers
from reports.views.registers import PAGE_SIZE
from tests.reports.register_pages import cells_of, every_page, ledger, table, workbook

pytestmark = pytest.mark.django_db

each_register = pytest.mark.parametrize("slug", [register.slug for register in all_registers()])


@pytest.fixture
def client(clients):
    return clients["clerk"]


@each_register
def test_export_holds_what_the_page_shows(client, slug):
    first = table(client, slug)
    last = table(client, slug, page=-(-first.row_count // PAGE_SIZE))

    found = ledger(client, slug)

    assert len(found) == first.row_count
    assert (found[:PAGE_SIZE], found[-len(last.rows) :]) == (first.rows, last.rows)


@pytest.mark.parametrize(
    ("slug", "query"),
    [
        ("orgs.members", {"sex": "female", "sort": "-age"}),
        ("orgs.enterprises", {"ownership": "private", "sort": "name", "year": "2024"}),
        ("elections.seats", {"post": "head", "sort": "-votes", "on": "2021-01-20"}),
        ("orgs.people", {"political_status": "masses", "age__gte": "30", "sort": "name"}),
        ("orgs.organizations", {"sector": "nonpublic", "page": "2", "sort": "-formation"}),
    ],
)
def test_export_follows_filters_and_order(client, slug, query):
    on_page = every_page(client, slug, **{key: query[key] for key in query if key != "page"})

    assert ledger(client, slug, **query) == on_page != []


def test_export_of_a_figure_has_a_sheet_for_each_table(client):
    query = {"figure": "elections.party_college_rate_change"}

    book = workbook(client, "elections.seats", **query)

    assert [len(cells_of(sheet)) for sheet in book.worksheets] == [45, 64, 40, 75]
    assert len({sheet.title for sheet in book.worksheets}) == 4


def test_export_is_named_in_chinese(client, clients):
    of_all = client.get("/registers/orgs.members/xlsx")
    of_one = clients["secretary"].get(
        "/registers/orgs.members/xlsx?year=2024&figure=orgs.women_members"
    )

    assert of_all.filename == "大桥街道2025年党员台账.xlsx"
    assert of_one.filename == "石桥村党总支2024年女党员.xlsx"
    assert of_one.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E7%9F%B3%E6%A1%A5%E6%9D%91%E5%85%9A%E6%80%BB%E6%94%AF"
        "2024%E5%B9%B4%E5%A5%B3%E5%85%9A%E5%91%98.xlsx"
    )
