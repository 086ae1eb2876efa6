"""One page for every register: filters, order, pages, totals, drill-down."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from django.db.models.functions import Coalesce

from cadres.models import PostingTarget
from dangjian.lib import periods
from dangjian.lib.figures import all_registers
from dangjian.lib.figures.dimensions import NO_VALUE, RelatedOptions
from orgs.activity_grid import grid
from orgs.models import Organization, Role, TagLink, Village
from orgs.scope import EVERYTHING
from reports.forms.registers import MOST_CHOICES
from reports.views.registers import PAGE_SIZE
from tasks.models import TaskVillage
from tests.factories import VillageFactory
from tests.reports.pages import page
from tests.reports.register_pages import every_page, ledger, table

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
REGISTERS = {register.slug: register for register in all_registers()}
DIMENSIONS = [(slug, name) for slug, register in REGISTERS.items() for name in register.dimensions]
OFFERED = [
    dimension.choices.model
    for register in REGISTERS.values()
    for dimension in register.dimensions.values()
    if isinstance(dimension.choices, RelatedOptions)
]
COLUMNS = [
    (slug, column.name) for slug, register in REGISTERS.items() for column in register.table.columns
]
SUMMED = [slug for slug, register in REGISTERS.items() if register.table.has_totals]


def has_choices(slug, name):
    """Not so a range of free numbers."""
    return REGISTERS[slug].dimensions[name].choices is not None


each_register = pytest.mark.parametrize("slug", REGISTERS)


@pytest.fixture
def client(clients):
    return clients["clerk"]


@pytest.fixture
def secretary(clients):
    return clients["secretary"]


# — what is listed —


@each_register
def test_page_lists_the_register(client, slug):
    rows = REGISTERS[slug].rows(EVERYTHING, PERIOD)

    shown = table(client, slug)

    assert (shown.row_count, shown.total) == (rows.count(), str(rows.count()))
    assert shown.header == [column.label for column in REGISTERS[slug].table.columns]
    assert len(shown.rows) == min(rows.count(), PAGE_SIZE)


@pytest.mark.parametrize(
    ("slug", "name"), [(slug, name) for slug, name in DIMENSIONS if has_choices(slug, name)]
)
def test_choices_of_a_dimension_part_the_register(client, slug, name):
    """Every row is under one choice, or has no value; a tag is held by several or none.

    Where a choice stands for no value, every row is under one.
    """
    register = REGISTERS[slug]
    dimension, rows = register.dimensions[name], register.rows(EVERYTHING, PERIOD)
    options = [key for key, _ in dimension.options(EVERYTHING)]

    counts = {key: register.filtered(EVERYTHING, PERIOD, {name: key}).count() for key in options}
    longest = max(counts, key=counts.get)

    assert table(client, slug, **{name: longest}).row_count == counts[longest]
    if name == "behind":  # no links say it, but the grid of party life does
        shown = grid(EVERYTHING, PERIOD)
        assert counts == {kind.pk: shown.behind(kind) for kind in shown.kinds}
    elif dimension.holds:
        links, subject, key_of_choice = links_of(slug, name)
        links = links.filter(**{f"{subject}__in": rows.values("pk")})
        assert counts == {
            key: links.filter(**{key_of_choice: key}).values(subject).distinct().count()
            for key in options
        }
    else:
        valued = rows.annotate(axis=dimension.source(PERIOD)).filter(axis__isnull=False)
        without = valued.filter(axis="").count() if isinstance(options[0], str) else 0
        listed = rows if NO_VALUE in options else valued
        assert sum(counts.values()) + without == listed.count()


@pytest.mark.parametrize("model", list(dict.fromkeys(OFFERED)))
def test_choices_are_called_what_their_records_are(demo, model):
    records = [(one.pk, str(one)) for one in model._default_manager.all()]

    assert RelatedOptions(model)(EVERYTHING) == records != []


def links_of(slug, name):
    """What links rows to choices of which they can have several, and the names of both ends."""
    if slug == "tasks.key_tasks":
        return TaskVillage.objects.all(), "task", "village"
    if slug == "cadres.postings":
        place = Coalesce("village", "enterprise__village")
        return PostingTarget.objects.annotate(place=place), "posting", "place"
    subject = REGISTERS[slug].model._meta.model_name
    subject = "party_organization" if subject == "organization" else subject
    return TagLink.objects.current_on(PERIOD.as_of), subject, "tag"


@pytest.mark.parametrize(
    ("slug", "name"),
    [(slug, name) for slug, name in DIMENSIONS if REGISTERS[slug].dimensions[name].ordered],
)
def test_ends_of_a_range_part_the_register(client, slug, name):
    register = REGISTERS[slug]
    rows = register.rows(EVERYTHING, PERIOD)
    valued = rows.annotate(axis=register.dimensions[name].source(PERIOD)).exclude(axis=None)
    middle = sorted(valued.values_list("axis", flat=True))[valued.count() // 2]
    step = timedelta(days=1) if isinstance(middle, date) else 1

    below, above, both = (
        table(client, slug, **{f"{name}__{end}": value for end, value in ends.items()}).row_count
        for ends in ({"lte": middle - step}, {"gte": middle}, {"gte": middle, "lte": middle})
    )

    assert below + above == valued.count()
    assert both == valued.filter(axis=middle).count() > 0


def test_filters_hold_at_once(client):
    shown = every_page(client, "orgs.members", sex="female", age__lte=35, sector="nonpublic")

    assert {(row[1], int(row[4]) <= 35) for row in shown} == {("女", True)}
    assert 0 < len(shown) < table(client, "orgs.members", sex="female", age__lte=35).row_count


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"sex": "robot"}, "选择一个有效的选项"),
        ({"age__gte": "abc"}, "输入整数"),
        ({"age__gte": "-1"}, "确保该值大于或等于0"),
        ({"age": "35"}, "没有“age”这个筛选条件。"),
        ({"sex__gte": "female"}, "没有“sex__gte”这个筛选条件。"),
        ({"age__near": "35"}, "没有“age__near”这个筛选条件。"),
    ],
)
@pytest.mark.parametrize("figure", ["", "orgs.women_members_rate"])
def test_filter_that_makes_no_sense_lists_nothing_and_says_so(client, query, said, figure):
    asked = {**query, **({"figure": figure} if figure else {})}

    answer = client.get("/registers/orgs.members/", asked)

    shown = page(client, "/registers/orgs.members/", **asked).tables
    assert [(one.row_count, one.rows) for one in shown] == [(0, [])] * len(shown)
    assert said in answer.content.decode()
    assert ledger(client, "orgs.members", **asked) == []


def test_village_of_another_cannot_be_asked_for(client, secretary):
    other = Village.objects.get(name="柳岸村")

    assert table(client, "orgs.members", village=other.pk).row_count > 0
    assert table(secretary, "orgs.members", village=other.pk).row_count == 0


def test_village_beyond_the_longest_list_can_be_asked_for(client, demo):
    for _ in range(MOST_CHOICES):
        last = VillageFactory(organization=demo, party_organization=None)

    assert table(client, "orgs.villages", village=last.pk).rows[0][0] == last.name


# — order —


@pytest.mark.parametrize(("slug", "name"), COLUMNS)
def test_order_of_a_column_turns_round_and_leaves_the_empty_last(demo, slug, name):
    register = REGISTERS[slug]
    up, down = (sorted_values(register, sign + name) for sign in ("", "-"))
    filled = [value for value in up if value not in (None, "")]

    assert up[len(filled) :] == [value for value in up if value in (None, "")]
    assert set(down[len(filled) :]) <= {None, ""}
    # In which order texts stand is the database's business; it must be one order.
    assert runs(down[: len(filled)]) == runs(filled)[::-1]
    if filled and not isinstance(filled[0], str):
        assert filled == sorted(filled)


def sorted_values(register, sort):
    rows = register.table.ordered(register.rows(EVERYTHING, PERIOD), PERIOD, sort)
    return list(rows.values_list("sorted_by", flat=True))


def runs(values):
    return [value for value, _ in groupby(values)]


def test_page_and_its_column_head_say_the_order(client):
    oldest = table(client, "orgs.members", sort="-age")
    ages = [int(row[4]) for row in oldest.rows]

    assert ages == sorted(ages, reverse=True)
    answer = client.get("/registers/orgs.members/", {"sort": "-age", "page": 2})
    heads = answer.content.decode().split("<thead>")[1].split("</thead>")[0]
    assert heads.count('aria-sort="descending"') == 1
    assert "page=" not in heads


def test_order_nobody_knows_leaves_the_register_as_it_is(client):
    assert table(client, "orgs.members", sort="shoe").rows == table(client, "orgs.members").rows


# — pages —


@pytest.mark.parametrize("sort", ["", "person__sex"])
def test_pages_show_every_row_once(client, sort):
    shown = every_page(client, "orgs.members", sort=sort)

    assert len(shown) == 1130
    assert sorted(map(tuple, shown)) == sorted(tuple(row) for row in ledger(client, "orgs.members"))


@pytest.mark.parametrize(("asked", "number"), [("999", 38), ("0", 38), ("abc", 1), ("", 1)])
def test_page_that_is_not_there_is_the_nearest(client, asked, number):
    assert table(client, "orgs.members", page=asked) == table(client, "orgs.members", page=number)


# — totals —


@pytest.mark.parametrize("slug", SUMMED)
def test_totals_are_the_sums_of_all_rows(client, slug):
    columns = REGISTERS[slug].table.columns
    rows = every_page(client, slug)

    footer = table(client, slug).footer

    sums = [
        without_zeros(sum(Decimal(row[place] or 0) for row in rows)) if column.total else ""
        for place, column in enumerate(columns)
    ]
    assert footer == ["合计", *sums[1:]]


def without_zeros(number):
    """Digits as a page prints them: 225, not 225.0."""
    return str(int(number)) if number == int(number) else str(number).rstrip("0")


def test_totals_are_of_the_rows_filtered(client):
    shown = table(client, "orgs.villages", kind="community")

    assert shown.footer[5] == str(sum(int(row[5]) for row in shown.rows))


# — drill-down —


def test_figure_on_a_day_is_counted_on_that_day(client):
    query = {"figure": "elections.party_members", "on": "2021-01-20"}

    shown = page(client, "/registers/elections.seats/", **query)

    assert (shown.figures[0].value, shown.tables[0].row_count) == ("75", 75)


def test_filters_narrow_the_rows_of_a_figure(client):
    village = Village.objects.get(name="石桥村").pk
    query = {"figure": "elections.party_women_rate", "village": village}

    part, whole = page(client, "/registers/elections.seats/", **query).tables

    assert (part.row_count, whole.row_count) == (0, 5)


def test_sides_over_two_registers_take_the_filters_they_have(client):
    village = Village.objects.get(name="石桥村").pk
    query = {"figure": "orgs.enterprises_per_joint_branch", "village": village, "ownership": ""}

    enterprises, branches = page(client, "/registers/orgs.enterprises/", **query).tables

    assert {row[4] for row in enterprises.rows} == {"石桥村"}
    assert {row[5] for row in branches.rows} == {"石桥村"}


def test_change_shows_now_then_the_baseline(client):
    query = {"figure": "elections.party_college_rate_change"}

    shown = page(client, "/registers/elections.seats/", **query).tables

    assert [one.row_count for one in shown] == [45, 64, 40, 75]


def test_narrower_organization_is_kept_in_every_address(client):
    village = Organization.objects.get(short_name="石桥村党总支")
    query = {"figure": "elections.party_members", "org": village.pk}

    shown = page(client, "/registers/elections.seats/", **query)

    assert shown.figures[0].value == str(shown.tables[0].row_count) == "5"
    assert f"org={village.pk}" in shown.figures[0].href


@each_register
def test_without_an_organization_registers_are_empty(as_role, slug):
    client = as_role(Role.CLERK, None)

    assert table(client, slug).row_count == 0
    assert ledger(client, slug) == []


def test_range_filter_holds_on_a_drill_down_too(client):
    members = table(client, "orgs.members", figure="orgs.members", age__lte=35)
    young = table(client, "orgs.members", figure="orgs.young_members")

    assert members.row_count == young.row_count == 251
