"""Filters: what a register is narrowed to, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db.models import Exists, OuterRef
from hypothesis import example, given
from hypothesis import strategies as st

from dangjian.lib import periods
from dangjian.lib.figures import BadFilter, Dimension, words_in
from dangjian.lib.figures.conditions import filtered_by
from dangjian.lib.figures.dimensions import of_field, years_before
from orgs.models import Enterprise, EnterpriseFact, Person, TagLink
from orgs.scope import EVERYTHING, Scope
from tests.factories import OrganizationFactory, PersonFactory, TagFactory, TagLinkFactory
from tests.lib.random_rows import over_rows, persons, stored, years_between

PERIOD = periods.on(date(2025, 2, 28))
ages = st.integers(0, 90)
educations = st.integers(0, 6)
days = st.dates(date(1950, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("江", {"王大江", "江小王"}),
        ("大江", {"王大江"}),
        ("江 王", {"王大江", "江小王"}),
        ("王　小", {"江小王"}),
        ("石桥", {"李四"}),
        ("%", set()),
        ("  ", {"王大江", "江小王", "李四"}),
    ],
)
@pytest.mark.django_db
def test_words_are_looked_for_in_parts_of_names(text, found):
    elsewhere = OrganizationFactory(subdistrict=True, name="大石桥党支部")
    here = OrganizationFactory(subdistrict=True, name="党支部")
    for name, keeper in (("王大江", here), ("江小王", here), ("李四", elsewhere)):
        PersonFactory(name=name, organization=keeper)
    condition = words_in("姓名", "name", "organization__name").condition([text])

    people = filtered_by(Person.objects.all(), condition, PERIOD)

    assert {person.name for person in people} == found


def age(person):
    return years_between(person.birth_on, PERIOD.as_of)


def one_of(values):
    return st.lists(values, min_size=1, max_size=3, unique=True)


# A strategy of filter values, and whether a person meets them.
FILTERS = {
    "sex": (st.sampled_from(Person.Sex.values), lambda one, sex: one.sex == sex),
    "education": (one_of(educations), lambda one, these: one.education in these),
    "education__gte": (educations, lambda one, least: one.education >= least),
    "education__lte": (educations.map(str), lambda one, most: one.education <= int(most)),
    "education_completed": (
        st.sampled_from(["true", "false", "1", "0", True, False]),
        lambda one, text: one.education_completed is (text in {"true", "1", True}),
    ),
    "joined_on__gte": (days, lambda one, day: bool(one.joined_on) and one.joined_on >= day),
    "joined_on__lte": (
        days.map(str),
        lambda one, day: bool(one.joined_on) and str(one.joined_on) <= day,
    ),
    "name": (st.sampled_from(["人员0", "人员1", "x"]), lambda one, name: one.name == name),
    "organization__village__kind": (
        st.sampled_from(["village", "community"]),
        lambda one, kind: bool(one.organization.village) and kind == "village",
    ),
    "age": (one_of(ages), lambda one, these: age(one) in these),
    "age__gte": (ages, lambda one, least: age(one) >= least),
    "age__lte": (ages.map(str), lambda one, most: age(one) <= int(most)),
    "aged": (one_of(ages), lambda one, these: age(one) in these),
    "aged__gte": (ages, lambda one, least: age(one) >= least),
    "aged__lte": (ages.map(str), lambda one, most: age(one) <= int(most)),
}


@given(birth=st.dates(), day=st.dates(), years=st.integers(1, 10_000))
@example(birth=date(2000, 2, 29), day=date(2025, 2, 28), years=25)
@example(birth=date(2000, 3, 1), day=date(2024, 2, 29), years=24)
@example(birth=date(2001, 2, 28), day=date(2024, 2, 29), years=23)
def test_years_are_completed_by_those_born_until_that_day(birth, day, years):
    assert (birth <= years_before(day, years)) == (years_between(birth, day) >= years)


@pytest.mark.parametrize("key", FILTERS)
def test_filter_equals_python(people, places, key):
    values, meets = FILTERS[key]

    @over_rows
    @given(persons(), values)
    def check(rows, value):
        with stored(places, rows) as there:
            found = set(people.filtered(EVERYTHING, PERIOD, {key: value}))
            assert found == {one for one in there if meets(one, value)}

    check()


def test_filter_by_organization_takes_several(people, places):
    @over_rows
    @given(persons(), one_of(st.integers(0, 2)))
    def check(rows, numbers):
        chosen = [places.organizations[number].pk for number in numbers]
        with stored(places, rows) as there:
            found = set(people.filtered(EVERYTHING, PERIOD, {"organization": chosen}))
            assert found == {one for one in there if one.organization_id in chosen}

    check()


def test_filters_hold_together(people, places):
    @over_rows
    @given(persons(), ages, ages)
    def check(rows, least, most):
        with stored(places, rows) as there:
            found = people.filtered(EVERYTHING, PERIOD, {"age__gte": least, "age__lte": most})
            assert set(found) == {one for one in there if least <= age(one) <= most}

    check()


# — dimensions a row can have several values of —


def holds_on_the_day(subject):
    """Tags held on the figure's day."""

    def holds(tag):
        links = TagLink.objects.filter(**{subject: OuterRef("pk"), "tag": tag})
        return lambda period: Exists(links.current_on(period.as_of))

    return holds


@pytest.fixture
def tagged(own):
    tag = Dimension("标签", "pk", holds=holds_on_the_day("person"), parse=int)
    ever = Dimension(
        "曾有标签",
        "pk",
        holds=lambda pk: Exists(TagLink.objects.filter(person=OuterRef("pk"), tag=pk)),
        parse=int,
    )
    return own.register(
        "tagged",
        "人员",
        Person,
        rows=lambda scope, period: Person.objects.within(scope),
        dimensions={"tag": tag, "ever": ever},
    )


def test_rows_that_hold_several_values_are_listed_once(tagged, places):
    @over_rows
    @given(st.lists(st.sets(st.integers(0, 2)), max_size=8), one_of(st.integers(0, 2)))
    def check(tags_of_each, wanted):
        with stored(places, [PLAIN] * len(tags_of_each)) as there:
            tags = TagFactory.create_batch(3)
            TagLink.objects.bulk_create(
                TagLink(person=one, tag=tags[number], since=date(2020, 1, 1))
                for one, held in zip(there, tags_of_each, strict=True)
                for number in held
            )
            found = tagged.filtered(EVERYTHING, PERIOD, {"tag": [tags[n].pk for n in wanted]})
            pairs = zip(there, tags_of_each, strict=True)
            expected = [one for one, held in pairs if held & set(wanted)]
            assert sorted(found, key=lambda one: one.pk) == expected

    check()


PLAIN = {
    "place": 0,
    "sex": "female",
    "education": 4,
    "education_completed": True,
    "birth_on": date(1980, 1, 1),
    "joined_after": None,
}


@pytest.mark.parametrize(("key", "listed"), [("tag", False), ("ever", True)])
def test_holding_may_depend_on_the_day(tagged, key, listed, db):
    yesterday = PERIOD.as_of - timedelta(days=1)
    link = TagLinkFactory(person=PersonFactory(), since=date(2020, 1, 1), until=yesterday)
    assert tagged.filtered(EVERYTHING, PERIOD, {key: link.tag_id}).exists() is listed


# — what is passed over and what is refused —


@pytest.mark.parametrize("empty", ["", None, [], [""], [None, ""]])
def test_empty_filter_is_passed_over(people, places, empty):
    person = PersonFactory(organization=places.root)
    assert list(people.filtered(EVERYTHING, PERIOD, {"sex": empty})) == [person]


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"hobby": "棋"}, "没有“hobby”这个筛选条件。"),
        ({"hobby": ""}, "没有“hobby”这个筛选条件。"),
        ({"hobby__gte": 1}, "没有“hobby__gte”这个筛选条件。"),
        ({"": "x"}, "没有“”这个筛选条件。"),
        ({"sex__gte": "male"}, "“性别”不能用“gte”比较。"),
        ({"age__contains": 3}, "“年龄”不能用“contains”比较。"),
        ({"age__": 3}, "“年龄”不能用“”比较。"),
        ({"sex": "neither"}, "“neither”不是“性别”的有效值。"),
        ({"sex": ["male", "neither"]}, "“neither”不是“性别”的有效值。"),
        ({"education": 7}, "“7”不是“学历”的有效值。"),
        ({"education__gte": "high"}, "“high”不是“学历”的有效值。"),
        ({"education_completed": "maybe"}, "“maybe”不是“已毕业”的有效值。"),
        ({"joined_on__gte": "2025-02-30"}, "“2025-02-30”不是“入党时间”的有效值。"),
        ({"joined_on": "yesterday"}, "“yesterday”不是“入党时间”的有效值。"),
        ({"organization": "x"}, "“x”不是“党组织”的有效值。"),
        ({"organization": 10**30}, f"“{10**30}”不是“党组织”的有效值。"),
        ({"age": 2**63}, f"“{2**63}”不是“年龄”的有效值。"),
        ({"age": "1.5"}, "“1.5”不是“年龄”的有效值。"),
        ({"age": float("nan")}, "“nan”不是“年龄”的有效值。"),
        ({"age": {"from": 1}}, "“年龄”的值应为文字或数字。"),
        ({"age": [[1]]}, "“年龄”的值应为文字或数字。"),
        ({"name": "a\0b"}, "“a\0b”不是“姓名”的有效值。"),
        ({"name": "\ud800"}, "“\ud800”不是“姓名”的有效值。"),
        ({"name": "长" * 41}, f"“{'长' * 40}”不是“姓名”的有效值。"),
    ],
)
def test_bad_filter_is_named(people, filters, message):
    with pytest.raises(BadFilter) as caught:
        people.filtered(EVERYTHING, PERIOD, filters)
    assert str(caught.value) == message


def test_largest_number_can_be_compared_with(people, places):
    person = PersonFactory(organization=places.root)
    filters = {"age__lte": 2**63 - 1, "age__gte": -(2**63) + 1}
    assert list(people.filtered(EVERYTHING, PERIOD, filters)) == [person]


# — what a field tells —


@pytest.mark.parametrize(
    ("model", "path", "ordered", "options"),
    [
        (Person, "sex", False, [("male", "男"), ("female", "女")]),
        (Person, "education_completed", False, [(True, "是"), (False, "否")]),
        (Person, "name", False, []),
        (Person, "joined_on", True, []),
        (EnterpriseFact, "value", True, []),
        (
            Enterprise,
            "village__kind",
            False,
            [*Enterprise.village.field.related_model.Kind.choices],
        ),
    ],
)
def test_dimension_reads_its_field(model, path, ordered, options):
    dimension = of_field(model, path, "标签")
    assert (dimension.ordered, dimension.options(EVERYTHING)) == (ordered, options)


def test_ordered_choices_can_be_chosen_and_compared():
    education = of_field(Person, "education", "学历")
    assert (education.ordered, education.options(EVERYTHING)[-1]) == (True, (6, "研究生"))


def test_related_options_keep_to_the_scope(places):
    east = places.organizations[0]
    dimension = of_field(Person, "organization", "党组织")
    assert dimension.options(Scope(east.pk)) == [(east.pk, str(east))]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400", "1.234"])
def test_decimals_no_column_could_hold_are_refused(text):
    with pytest.raises(BadFilter, match="不是“数值”的有效值"):
        of_field(EnterpriseFact, "value", "数值").read(text)
