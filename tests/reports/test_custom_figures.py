"""Figures defined without code: what they count, where they work, whose they are."""

import json
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangjian.lib import periods, prose
from dangjian.lib.figures import UnknownFigure, compute, figure_named, rounded
from orgs.middleware import scope_below
from orgs.models import Organization, Role
from orgs.scope import EVERYTHING
from reports.custom_figures import figure_of, figures_of
from reports.documents.build import build_summary
from reports.forms.plans import FigureField
from reports.models import CustomFigure
from tests.factories import (
    OfficeFactory,
    OrganizationFactory,
    ReportFactory,
    SectionFactory,
)
from tests.reports.defining import YOUNG_WOMEN, asked, clerk_of, made
from tests.reports.pages import agrees, page
from tests.reports.test_every_figure import from_rows

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
# Of every kind, over several registers, now and against a baseline.
DEFINITIONS = {
    "count": {"filters": YOUNG_WOMEN},
    "count of all rows": {"filters": {}},
    "words": {"filters": {"q": "李"}},
    "share": {"measure": "share", "unit": "", "filters": YOUNG_WOMEN, "base": ["sex"]},
    "share of all rows": {"measure": "share", "unit": "", "filters": {"sex": "female"}},
    "mean": {"measure": "mean", "of": "age", "unit": "岁"},
    "median": {"measure": "median", "of": "age", "unit": "岁", "filters": {"sex": "male"}},
    "minimum": {"measure": "minimum", "of": "age", "unit": "岁"},
    "maximum": {"measure": "maximum", "of": "age", "unit": "岁", "filters": {"age__lte": 60}},
    "sum": {"measure": "sum", "of": "age", "unit": "岁"},
    "change of a count": {"filters": YOUNG_WOMEN, "since": "last_year"},
    "change of a share": {
        "measure": "share", "unit": "", "register": "elections.seats",
        "filters": {"sex": "female"}, "since": "last_term",
    },
    "change of a mean": {"measure": "mean", "of": "age", "unit": "岁", "since": "last_year"},
    "nothing": {"filters": {"age__gte": "300"}},
}  # fmt: skip
each_definition = pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)


def slugs_on(client, **query):
    found = page(client, "/figures/", **query).figures
    return [one.slug for one in found if one.slug.startswith("custom.")]


# — what they count —


@each_definition
def test_value_is_what_its_rows_give(demo, definition):
    figure = figure_of(made(demo, **definition))

    for scope in (EVERYTHING, scope_below(Organization.objects.get(short_name="石桥村党总支"))):
        value = compute([figure], scope, PERIOD)[figure.slug]
        again = rounded(from_rows(figure, scope, PERIOD), figure.decimals)
        assert value.number == again


@each_definition
def test_page_of_a_figure_lists_its_rows(demo, as_role, definition):
    row = made(demo, **definition)

    shown = page(clerk_of(as_role, demo), f"/registers/{row.register}/", figure=row.slug)

    value = compute([row.slug], scope_below(demo), PERIOD)[row.slug]
    plain = "" if value.plain is None else str(value.plain)
    assert [(one.slug, one.value) for one in shown.figures] == [(row.slug, plain)]
    assert agrees(value.figure, shown.figures[0].value, shown.tables)


def test_figure_is_counted_in_the_query_of_its_register(demo):
    row = made(demo, filters=YOUNG_WOMEN)
    declared = figure_named("orgs.members")
    compute([declared, figure_of(row)], EVERYTHING, PERIOD)

    with CaptureQueriesContext(connection) as queries:
        compute([declared, figure_of(row)], EVERYTHING, PERIOD)

    assert len(queries) == 1


def test_equal_definition_is_the_same_figure(root):
    row = made(root)

    assert figure_of(row) is figure_of(CustomFigure.objects.get())


def test_figure_defined_anew_is_another(demo):
    row = made(demo, filters={"sex": "female"})
    before = compute([row.slug], EVERYTHING, PERIOD)[row.slug].number

    row.filters = {"sex": "male"}
    row.save()

    after = compute([row.slug], EVERYTHING, PERIOD)[row.slug].number
    members = compute(["orgs.members"], EVERYTHING, PERIOD)["orgs.members"].number
    assert (before + after, before != after) == (members, True)


def test_definition_that_is_no_longer_possible_is_left_out(root):
    row = made(root, filters={"no_such_filter": 1})

    assert figures_of(EVERYTHING) == {}
    with pytest.raises(UnknownFigure):
        figure_named(row.slug)


# — where they work —


def test_text_prints_it(root):
    row = made(root)
    report = ReportFactory(organization=root)
    SectionFactory(report=report, text=f"女党员{{{row.slug}}}。")

    document = build_summary(scope_below(root), PERIOD, unit="大桥街道", office="大桥街道")

    assert prose.plain(document.blocks[-1].pieces) == "女党员0名。"


def test_command_prints_it_after_the_declared_ones(root):
    row, out = made(root), StringIO()

    call_command("figures", year=2025, json=True, stdout=out)

    found = json.loads(out.getvalue())
    women = compute([row.slug], EVERYTHING, PERIOD)[row.slug].plain
    assert (list(found)[-1], found[row.slug]) == (row.slug, women)


def test_picker_finds_it(root, as_role):
    row = made(root, name="后备女党员")

    found = clerk_of(as_role, root).get("/figures/picker/", {"q": "后备女"}).context["found"]

    assert [value.figure.slug for value in found] == [row.slug]


def test_plan_item_takes_it_by_name(root):
    row = made(root, name="后备女党员")

    field = FigureField(label="考核指标")

    assert (field.clean("后备女党员"), field.prepare_value(row.slug)) == (row.slug, "后备女党员")


def test_catalogue_lists_it_last(root, as_role):
    row = made(root)

    assert page(clerk_of(as_role, root), "/figures/").figures[-1].slug == row.slug


def test_workbook_counts_it_from_marked_rows(demo, as_role):
    row = made(demo, filters=YOUNG_WOMEN, name="青年女党员")

    answer = clerk_of(as_role, demo).get("/reports/2025/summary.xlsx")

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    last = next(cells for cells in book["指标"].iter_rows() if cells[10].value == row.slug)
    assert (last[1].value, last[2].value[:1]) == ("青年女党员", "=")
    assert row.slug in [cell.value for cells in book["党员台账"].iter_rows() for cell in cells]


def test_page_that_names_none_asks_for_none(root, as_role):
    made(root)
    client = clerk_of(as_role, root)
    client.get("/reports/2025/summary/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/reports/2025/summary/")

    assert [one for one in queries if "customfigure" in one["sql"]] == []


def test_page_that_names_several_asks_once(root, as_role):
    rows = [made(root), made(root, filters={"sex": "male"})]
    SectionFactory(
        report=ReportFactory(organization=root), text="".join(f"{{{one.slug}}}" for one in rows)
    )

    with CaptureQueriesContext(connection) as queries:
        clerk_of(as_role, root).get("/reports/2025/summary/")

    assert len([one for one in queries if "customfigure" in one["sql"]]) == 1


# — whose they are —


@pytest.fixture
def places(root, village_organization, sibling_organization):
    """The office, a village below it, another one, and another office."""
    elsewhere = OrganizationFactory(subdistrict=True)
    OfficeFactory(organization=elsewhere)
    return {
        "office": root,
        "village": village_organization,
        "sibling": sibling_organization,
        "elsewhere": elsewhere,
    }


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("office", {"office", "village"}),
        ("village", {"office", "village"}),
        ("sibling", {"office"}),
        ("elsewhere", set()),
    ],
)
def test_figure_is_known_above_and_below_who_keeps_it(places, as_role, reader, seen):
    rows = {name: made(places[name]) for name in ("office", "village")}
    client = as_role(Role.LEADER, places[reader])

    known = {rows[name].slug for name in seen}
    assert set(slugs_on(client)) == known
    for row in rows.values():
        answer = client.get("/registers/orgs.members/", {"figure": row.slug})
        assert answer.status_code == (200 if row.slug in known else 404)


def test_figure_of_another_office_prints_as_no_value(places, as_role):
    row = made(places["office"])
    report = ReportFactory(organization=places["elsewhere"])
    SectionFactory(report=report, text=f"女党员{{{row.slug}}}。")

    text = page(as_role(Role.CLERK, places["elsewhere"]), "/reports/2025/summary/").paper

    assert "女党员—。" in text


def test_figure_over_talks_is_closed_with_the_talks(root, as_role):
    row = made(root, register="cadres.talks", filters={})

    assert slugs_on(as_role(Role.LEADER, root)) == [row.slug]
    assert slugs_on(as_role(Role.DEPARTMENT, root)) == []
    department = as_role(Role.DEPARTMENT, root)
    assert department.get("/registers/cadres.talks/", {"figure": row.slug}).status_code == 403
    assert department.get("/registers/orgs.members/", {"figure": row.slug}).status_code == 404


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.DEPARTMENT, Role.LEADER])
def test_who_may_not_define_sees_no_button(root, as_role, role):
    client = as_role(role, root)

    assert "由此定义指标" not in client.get("/registers/orgs.members/").content.decode()
    assert asked(client).status_code == 403
    assert CustomFigure.objects.count() == 0


def test_page_of_a_figure_leads_to_changing_it(places, as_role):
    row = made(places["office"])
    link = f"/registers/orgs.members/define/?year=2025&amp;sex=female&amp;define={row.pk}"

    shown = {
        name: link
        in as_role(role, places[name])
        .get("/registers/orgs.members/", {"figure": row.slug})
        .content.decode()
        for name, role in (("office", Role.CLERK), ("village", Role.CLERK))
    }

    assert shown == {"office": True, "village": False}


def test_figure_kept_above_is_not_changed_below(places, as_role):
    row = made(places["office"])
    client = as_role(Role.CLERK, places["village"])

    assert asked(client, filters={"define": row.pk}).status_code == 404
    assert client.post(f"/figures/{row.pk}/delete/").status_code == 404
    assert "修改</a>" not in client.get("/figures/").content.decode()
