"""The rows behind figures: listed, marked, filtered; always the ones that were counted."""

from datetime import date

import pytest
from django.db.models import F, Q
from hypothesis import given

from dangjian.lib import periods
from dangjian.lib.figures import FigureSet, Years, compute, measure, rounded
from orgs.models import Person
from orgs.scope import EVERYTHING, Scope
from tests.factories import PersonFactory
from tests.lib.random_rows import over_rows, persons, stored

PERIOD = periods.on(date(2025, 2, 28))
TURN = date(1990, 1, 1)
MEASURES = ["count", "sum", "mean", "minimum", "maximum", "median"]
SOURCES = {
    "path": "education",
    "expression": F("education") + 1,
    "callable": lambda period: Years("birth_on", period.as_of),
    "nullable": Years("birth_on", "joined_on"),
}


def late(period):
    """1990年后入党，或者没有入党。"""
    return ~Q(joined_on__lte=TURN)


def everybody(period):
    """全部人员。"""


def no_question(period):
    """全部人员。"""
    return Q()


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", MEASURES)
def test_listed_rows_measured_again_equal_the_figure(people, places, kind, source):
    options = {} if kind == "count" else {"of": SOURCES[source]}
    figure = getattr(people, kind)("指标", unit="个", **options)(late)

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows):
            listed = people.listed(figure, EVERYTHING, PERIOD).rows
            again = measure(kind, listed.values_list("measured", flat=True))
            value = compute([figure], EVERYTHING, PERIOD)[figure.slug]
            assert rounded(again, figure.decimals) == value.number

    check()


def test_sides_of_a_share_list_its_part_within_its_whole(people, places):
    part = people.count("后入党", unit="人")(late)

    @people.count("女性", unit="人")
    def women(period):
        """女性。"""
        return Q(sex=Person.Sex.FEMALE)

    share = people.share("share", "占比", part=part, whole=women)

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows):
            value = compute([share], EVERYTHING, PERIOD)[share.slug]
            counts = [
                people.listed(side, EVERYTHING, PERIOD).rows.count() for side in share.sides()
            ]
            assert counts == [value.part, value.whole]

    check()


def test_marks_equal_listed_rows(people, places):
    figures = [people.count(each.__name__, unit="人")(each) for each in (late, everybody)]
    figures.append(FigureSet("sum", "").on(people).sum("学历", unit="级", of="education")(late))
    figures.append(people.count("全部", unit="人")(no_question))

    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows):
            marked, marks = people.marked(EVERYTHING, PERIOD)
            assert list(marks.values()) == figures
            for mark, side in marks.items():
                pks = {row.pk for row in marked if getattr(row, mark) == 1}
                listed = people.listed(side, EVERYTHING, PERIOD).rows
                assert pks == set(listed.values_list("pk", flat=True))

    check()


def test_marks_are_zero_or_one(people, places):
    people.count("后入党", unit="人")(late)
    for joined_on in (TURN, None):
        PersonFactory(organization=places.root, joined_on=joined_on)
    marked, _ = people.marked(EVERYTHING, PERIOD)
    assert list(marked.order_by("pk").values_list("f0", flat=True)) == [0, 1]


def test_marks_leave_other_registers_out(own, people):
    other = own.register("other", "其他", Person, rows=lambda s, p: Person.objects.all())
    other.count("其他", unit="人")(late)
    here = people.count("全部", unit="人")(everybody)
    assert list(people.marked(EVERYTHING, PERIOD)[1].values()) == [here]


def test_listed_rows_keep_to_the_scope(people, places):
    east, west, _ = places.organizations
    inside, _ = PersonFactory(organization=east), PersonFactory(organization=west)
    figure = people.count("全部", unit="人")(everybody)
    assert list(people.listed(figure, Scope(east.pk), PERIOD).rows) == [inside]


def test_filtered_rows_meet_every_filter(people, places):
    def person(sex, education):
        return PersonFactory(organization=places.root, sex=sex, education=education)

    met = person("female", 5)
    person("female", 2)
    person("male", 5)
    filters = {"sex": "female", "education__gte": "4"}
    assert list(people.filtered(EVERYTHING, PERIOD, filters)) == [met]
