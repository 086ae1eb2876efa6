"""Every cross-table on the demo: columns add up, and each number opens onto the rows it counted."""

from decimal import Decimal

import pytest

from dangjian.lib import periods
from dangjian.lib.crosstables import RowTable, VillageTable, all_crosstables
from dangjian.lib.figures import compute
from orgs.middleware import scope_below
from orgs.models import Enterprise, Organization
from orgs.scope import EVERYTHING, Scope
from reports.crosstables import lines_of
from tests import factories
from tests.reports.pages import Page, page

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
ADDRESS = "/reports/2025/tables/{}/"
VILLAGE_TABLES = [one for one in all_crosstables() if isinstance(one, VillageTable)]
ROW_TABLES = [one for one in all_crosstables() if isinstance(one, RowTable)]
UNITS = {
    "clerk": "",
    "secretary": "中共大桥街道石桥村总支部委员会",
    "branch": "中共大桥街道石桥片区企业联合支部委员会",
}

each_village_table = pytest.mark.parametrize("table", VILLAGE_TABLES, ids=lambda one: one.slug)
each_row_table = pytest.mark.parametrize("table", ROW_TABLES, ids=lambda one: one.slug)
each_account = pytest.mark.parametrize("account", UNITS)


@pytest.fixture(scope="module")
def scopes(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return {
            account: Scope(Organization.objects.get(name=name).pk) if name else scope_below(demo)
            for account, name in UNITS.items()
        }


@each_village_table
@each_account
def test_additive_columns_sum_to_the_total(scopes, table, account):
    lines, total = lines_of(table, scopes[account], PERIOD)

    additive = [place for place, column in enumerate(table.columns) if column.additive]
    sums = [sum(line.values[place].exact or 0 for line in lines) for place in additive]
    assert sums == [total.values[place].exact or 0 for place in additive]


@each_village_table
@each_account
def test_total_of_a_plain_column_is_the_figure_of_the_whole(scopes, table, account):
    _lines, total = lines_of(table, scopes[account], PERIOD)

    plain = [
        (column.slug, value.exact)
        for column, value in zip(table.columns, total.values, strict=True)
        if not (column.before or column.filters)
    ]
    values = compute([slug for slug, _ in plain], scopes[account], PERIOD)
    assert plain == [(slug, values[slug].exact) for slug, _ in plain]


@each_village_table
@each_account
def test_villages_of_the_scope_have_a_line_each(scopes, table, account):
    lines, _total = lines_of(table, scopes[account], PERIOD)

    names = [line.name for line in lines if line.name != "其他"]
    expected = {"clerk": 15, "secretary": 1, "branch": 0}[account]
    assert len(names) == expected == len(set(names))


def test_secretary_sees_the_own_village_alone(scopes):
    seen = {
        line.name
        for table in VILLAGE_TABLES
        for line in lines_of(table, scopes["secretary"], PERIOD)[0]
    }

    assert seen - {"其他"} == {"石桥村"}


# — what a cell opens onto —


def lines_on(shown, table):
    """The figures on a page, a list for each of its lines, the last for the total."""
    wide = len(table.columns)
    return [shown.figures[at : at + wide] for at in range(0, len(shown.figures), wide)]


def plain(text):
    return Decimal(text) if text else None


def from_listed(client, cell, column):
    """The cell's number, taken from the tables its link leads to."""
    response = client.get(cell.href)
    assert response.status_code == 200, cell.href
    measure = "row_count" if column.figure.measured.kind == "count" else "total"
    found = [
        plain(str(getattr(table, measure))) for table in Page(response.content.decode()).tables
    ]
    if not column.figure.is_change:
        return found[0]
    now, before = found
    return None if now is None or before is None else now - before


def sampled(lines, place):
    """Of a column: the first line that counts something, the one of no village, and the total."""
    column = [line[place] for line in lines]
    counting = [cell for cell in column[:-1] if cell.value not in {"", "0"}]
    elsewhere = [cell for cell in column if "village=none" in cell.href]
    return [*counting[:1], *elsewhere, column[-1]]


@each_village_table
@pytest.mark.parametrize("account", ["clerk", "secretary"])
def test_each_cell_is_what_its_listed_rows_give(clients, table, account):
    shown = page(clients[account], ADDRESS.format(table.slug))

    lines = lines_on(shown, table)
    for place, column in enumerate(table.columns):
        for cell in sampled(lines, place):
            given = from_listed(clients[account], cell, column)
            # Without rows at the baseline there is nothing to compare with, and no value.
            if cell.value or not (column.figure.is_change or column.before):
                assert (cell.href, plain(cell.value)) == (cell.href, given)


@each_village_table
@pytest.mark.parametrize("account", ["clerk", "secretary"])
def test_page_prints_every_number_of_the_table(scopes, clients, table, account):
    shown = page(clients[account], ADDRESS.format(table.slug))

    lines, total = lines_of(table, scopes[account], PERIOD)
    assert [(one.slug, one.value) for one in shown.figures] == [
        (value.figure.slug, "" if value.plain is None else str(value.plain))
        for line in [*lines, total]
        for value in line.values
    ]


# — tables of rows —


def rows_of(table, scope):
    return list(table.listed(table.rows(scope, PERIOD), PERIOD))


@each_row_table
@each_account
def test_totals_are_what_the_rows_give(scopes, table, account):
    rows, totals = (
        rows_of(table, scopes[account]),
        table.totals(scopes[account], PERIOD),
    )

    given = {0: len(rows)}
    for place, column in enumerate(table.columns):
        if column.column.total:
            given[place] = sum(row.values[place] or 0 for row in rows)
        elif column.counts_yes:
            given[place] = sum(row.values[place] == "是" for row in rows)
    assert given == {place: totals[place].exact for place in given}


@each_row_table
@each_account
def test_page_of_rows_lists_them_all(scopes, clients, table, account):
    response = clients[account].get(ADDRESS.format(table.slug))

    names = [line["name"] for line in response.context["lines"]]
    assert names == [row.values[0] for row in rows_of(table, scopes[account])]


@each_row_table
def test_total_of_rows_opens_onto_what_it_counts(clients, table):
    shown = page(clients["clerk"], ADDRESS.format(table.slug))

    columns = [column for column in table.columns if column.slug]
    assert [one.slug for one in shown.figures] == [column.slug for column in columns]
    for cell, column in zip(shown.figures, columns, strict=True):
        assert plain(cell.value) == from_listed(clients["clerk"], cell, column)


def test_long_table_is_cut_on_the_page_alone(root, as_role):
    factories.EnterpriseFactory.create_batch(201, organization=root)

    response = as_role("clerk", root).get(ADDRESS.format("enterprises"))

    lines = [line["name"] for line in response.context["lines"]]
    assert (len(lines), response.context["more"]) == (200, 200)
    assert page_total(response) == "201"


def page_total(response):
    return Page(response.content.decode()).figures[0].value


# — what the columns mean —


@pytest.mark.parametrize("body", ["党组织成员", "村（居）民委员会成员"])
@pytest.mark.parametrize("group", ["年龄", "学历", None])
def test_bands_partition_the_members(scopes, body, group):
    table = next(one for one in VILLAGE_TABLES if one.slug == "elections")
    lines, total = lines_of(table, scopes["clerk"], PERIOD)

    members = table.paths.index((body, "人数"))
    bands = [
        place
        for place, path in enumerate(table.paths)
        if table.columns[place].filters
        and path[0] == body
        and path[1:-1] == ((group,) if group else ())
    ]
    assert len(bands) == {"年龄": 5, "学历": 4, None: 2}[group]
    for line in [*lines, total]:
        assert sum(line.values[place].exact for place in bands) == line.values[members].exact


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        (("党组织成员", "女"), "elections.party_women"),
        (("党组织成员", "年龄", "35及以下"), "elections.party_young"),
        (("党组织成员", "学历", "大专及以上"), "elections.party_college"),
        (("村（居）民委员会成员", "女"), "elections.committee_women"),
        (("村（居）民委员会成员", "学历", "大专及以上"), "elections.committee_college"),
    ],
)
def test_filtered_column_is_the_figure_declared_for_it(scopes, path, slug):
    table = next(one for one in VILLAGE_TABLES if one.slug == "elections")
    _lines, total = lines_of(table, scopes["clerk"], PERIOD)

    declared = compute([slug], scopes["clerk"], PERIOD)[slug]
    assert total.values[table.paths.index(path)].exact == declared.exact


def test_baseline_is_the_round_before(scopes):
    table = next(one for one in VILLAGE_TABLES if one.slug == "elections")
    _lines, total = lines_of(table, scopes["clerk"], PERIOD)

    change = compute(["elections.party_members_change"], scopes["clerk"], PERIOD)
    before = total.values[table.paths.index(("上届党组织", "人数"))]
    assert before.exact == change["elections.party_members_change"].before == 75


def test_first_round_has_nothing_to_compare_with(root, as_role):
    seat = factories.SeatFactory(
        election__term__organization=root,
        election__body__organization=root,
        election__body__village__organization=root,
    )

    shown = page(as_role("clerk", root), ADDRESS.format("elections"))

    assert seat.election.term.previous is None
    table = next(one for one in VILLAGE_TABLES if one.slug == "elections")
    compared = [column.slug for column in table.columns if column.before]
    # Neither of the line nor of the total: there is no day to open onto.
    assert len(shown.figures) == 2 * (len(table.columns) - len(compared))


def test_rows_of_no_village_have_a_line_that_opens_onto_them(root, as_role):
    instructor = factories.PostingFactory(
        organization=root,
        kind="rotation",
        department=factories.DepartmentFactory(organization=root),
    )

    shown = page(as_role("clerk", root), ADDRESS.format("cadres"))

    assert instructor.targets.count() == 0
    table = next(one for one in VILLAGE_TABLES if one.slug == "cadres")
    cell = shown.figures[table.paths.index(("派驻", "轮岗"))]
    assert (cell.value, "village=none" in cell.href) == ("1", True)
    listed = page(as_role("clerk", root), cell.href)
    assert listed.tables[0].row_count == 1


def test_scope_without_villages_has_no_line_that_leads_astray(scopes, clients):
    """Rows of villages the reader may not choose are summed under 其他, without links."""
    table = next(one for one in VILLAGE_TABLES if one.slug == "cadres")
    lines, _total = lines_of(table, scopes["branch"], PERIOD)

    assert [(line.name, line.village) for line in lines] == [("其他", None)]
    shown = page(clients["branch"], ADDRESS.format("cadres"))
    assert len(shown.figures) == len(table.columns)


# — who may see what —


def test_reader_without_registers_sees_numbers_without_links(root, as_role):
    factories.MembershipFactory(organization=root)
    guest = as_role("guest", root)

    answers = {one.slug: guest.get(ADDRESS.format(one.slug)) for one in all_crosstables()}

    assert {slug: answer.status_code for slug, answer in answers.items()} == {
        **{one.slug: 200 for one in VILLAGE_TABLES},
        **{one.slug: 403 for one in ROW_TABLES},
    }
    assert [Page(answers[one.slug].content.decode()).figures for one in VILLAGE_TABLES] == [[], []]


def test_list_leaves_out_tables_of_rows_one_may_not_see(root, as_role):
    response = as_role("guest", root).get("/reports/2025/tables/")

    assert [one.slug for one in response.context["tables"]] == [one.slug for one in VILLAGE_TABLES]


@pytest.mark.parametrize("address", ["nothing/", "nothing.xlsx", "../1900/tables/"])
def test_table_that_is_not_there_is_not_found(root, as_role, address):
    answer = as_role("clerk", root).get(f"/reports/2025/tables/{address}")

    assert answer.status_code == 404


def test_no_table_counts_or_lists_a_sensitive_register():
    registers = {
        side.register.slug
        for table in all_crosstables()
        for figure in table.figures
        for side in figure.sides()
    } | {table.register.slug for table in ROW_TABLES}

    assert "cadres.talks" not in registers
    assert "cadres.postings" in registers


def test_enterprises_are_listed_by_the_scope(scopes):
    table = next(one for one in ROW_TABLES if one.slug == "enterprises")

    listed = {row.pk for row in rows_of(table, scopes["secretary"])}
    within = set(Enterprise.objects.within(scopes["secretary"]).values_list("pk", flat=True))
    assert (
        listed <= within < set(Enterprise.objects.within(EVERYTHING).values_list("pk", flat=True))
    )
