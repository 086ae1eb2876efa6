"""Declaring registers and figures."""

import pytest
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Q

from dangjian.lib.figures import (
    LAST_YEAR,
    FigureSet,
    UnknownFigure,
    all_figures,
    all_registers,
    all_sets,
    figure_named,
    register_named,
)
from orgs.models import Person


@pytest.fixture
def women(people):
    @people.count("女性", unit="人")
    def women(period):
        """女性。"""
        return Q(sex=Person.Sex.FEMALE)

    return women


def test_figure_is_called_as_its_function(women):
    assert (women.slug, women.name, women.definition, women.unit, women.kind) == (
        "own.women",
        "女性",
        "女性。",
        "人",
        "count",
    )


def test_declared_things_are_found(own, people, women):
    assert (all_sets(), all_registers(), all_figures()) == ([own], [people], [women])


def test_declared_things_are_found_by_slug(people, women):
    assert (register_named("own.people"), figure_named("own.women")) == (people, women)


@pytest.mark.parametrize("find", [register_named, figure_named])
def test_unknown_slug_is_refused(own, find):
    with pytest.raises(UnknownFigure):
        find("own.nobody")


def test_slug_declared_twice_is_refused(people, women):
    with pytest.raises(ImproperlyConfigured, match=r"own\.women is declared twice"):
        people.count("女性", unit="人")(women.condition)


def test_register_declared_twice_is_refused(own, people):
    with pytest.raises(ImproperlyConfigured, match=r"own\.people is declared twice"):
        own.register("people", "人员", Person, rows=people.rows)


def test_function_without_a_name_is_refused(people):
    with pytest.raises(ImproperlyConfigured, match=r"own\.<lambda>"):
        people.count("人", unit="人")(lambda period: None)


def test_dimension_over_an_unknown_field_is_refused(own):
    with pytest.raises(FieldDoesNotExist, match="colour"):
        own.register(
            "p", "人员", Person, rows=lambda s, p: Person.objects, dimensions={"colour": "色"}
        )


def test_another_set_declares_under_its_own_name(people, women):
    other = FigureSet("other", "别处")

    @other.on(people).count("男性", unit="人")
    def men(period):
        """男性。"""
        return Q(sex=Person.Sex.MALE)

    assert (men.slug, other.figures, people.figures) == ("other.men", [men], [women, men])


def test_another_set_keeps_the_register_to_its_owner(own, people):
    other = FigureSet("other", "别处")
    assert (other.on(people) == people, other.registers, own.registers) == (True, [], [people])


def test_figure_counts_for_every_register_it_reads(own, people, women):
    other = own.register("other", "其他", Person, rows=lambda s, p: Person.objects.all())

    @other.count("其他", unit="人")
    def others(period):
        """其他人。"""

    quotient = people.quotient("q", "比", unit="人", top=women, bottom=others)
    assert (people.figures, other.figures) == ([women, quotient], [others, quotient])


def test_share_of_another_register_is_refused(own, people, women):
    other = own.register("other", "其他", Person, rows=lambda s, p: Person.objects.all())

    @other.count("其他", unit="人")
    def others(period):
        """其他人。"""

    with pytest.raises(ImproperlyConfigured, match=r"own\.others does not count own\.people"):
        people.share("s", "占比", part=women, whole=others)


def test_share_of_what_is_no_count_is_refused(people, women):
    @people.sum("学历", unit="级", of="education")
    def education(period):
        """全部人员。"""

    with pytest.raises(ImproperlyConfigured, match=r"own\.education does not count own\.people"):
        people.share("s", "占比", part=education, whole=women)


def test_change_of_a_change_is_refused(people, women):
    change = people.change("c", "增减", of=women, since=LAST_YEAR)
    with pytest.raises(ImproperlyConfigured, match=r"own\.c is a change itself"):
        people.change("c2", "增减", of=change, since=LAST_YEAR)


def test_definitions_are_written_where_none_is_given(people, women):
    share = people.share("s", "占比", part=women, whole=women)
    quotient = people.quotient("q", "比", unit="人", top=women, bottom=women)
    change = people.change("c", "增减", of=share, since=LAST_YEAR)
    assert [figure.definition for figure in (share, quotient, change)] == [
        "“女性”占“女性”的百分比。",
        "“女性”除以“女性”。",
        "“占比”与上年相比的增减。",
    ]


def test_given_definitions_are_kept(people, women):
    share = people.share("s", "占比", part=women, whole=women, definition="口径。")
    quotient = people.quotient("q", "比", unit="人", top=women, bottom=women, definition="口径。")
    change = people.change("c", "增减", of=share, since=LAST_YEAR, definition="口径。")
    assert [figure.definition for figure in (share, quotient, change)] == ["口径。"] * 3


def test_kinds_are_told_apart(people, women):
    share = people.share("s", "占比", part=women, whole=women)
    quotient = people.quotient("q", "比", unit="人", top=women, bottom=women)
    change = people.change("c", "增减", of=share, since=LAST_YEAR)
    assert [figure.kind for figure in (women, share, quotient, change)] == [
        "count",
        "share",
        "quotient",
        "change",
    ]
