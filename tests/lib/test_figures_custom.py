"""Figures defined without code."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Exists, OuterRef
from hypothesis import given, settings
from hypothesis import strategies as st

from dangjian.lib import periods
from dangjian.lib.figures import (
    BadDefinition,
    Baseline,
    Dimension,
    all_figures,
    compute,
    compute_by_village,
    define,
)
from dangjian.lib.figures.custom import KEYS
from orgs.models import Person, TagLink, VillageFact
from orgs.scope import EVERYTHING
from tests.factories import PersonFactory, VillageFactFactory
from tests.lib.random_rows import half_up, over_rows, persons, stored, years_between

PERIOD = periods.on(date(2025, 2, 28))
COUNT = {"slug": "custom.young", "register": "own.people", "name": "青年", "unit": "人"}
AGE = {**COUNT, "measure": "mean", "of": "age"}
SHARE = {**COUNT, "filters": {"sex": "female"}, "whole": {"education__gte": 4}}
LAST_TERM = Baseline("上届", lambda scope, period: periods.on(date(2020, 2, 28)))


def value_of(definition, **baselines):
    figure = define(definition, baselines)
    return compute([figure], EVERYTHING, PERIOD)[figure.slug]


def age(person):
    return years_between(person.birth_on, PERIOD.as_of)


# — what is defined equals Python —


def test_defined_count_equals_python(people, places):
    @over_rows
    @given(persons(), st.integers(18, 80), st.lists(st.integers(0, 6), min_size=1, max_size=3))
    def check(rows, most, educations):
        filters = {"sex": "female", "age__lte": most, "education": educations}
        with stored(places, rows) as there:
            assert value_of({**COUNT, "filters": filters}).number == sum(
                one.sex == "female" and age(one) <= most and one.education in educations
                for one in there
            )

    check()


def test_defined_share_equals_python(people, places):
    @over_rows
    @given(persons())
    def check(rows):
        with stored(places, rows) as there:
            base = [one for one in there if one.education >= 4]
            part = sum(one.sex == "female" for one in base)
            percent = half_up(Decimal(100 * part) / len(base), 2) if base else None
            assert value_of(SHARE).number == percent

    check()


@pytest.mark.parametrize(
    ("measure", "number"),
    [("sum", 130), ("mean", Decimal("43.3")), ("minimum", 30), ("maximum", 60), ("median", 40)],
)
def test_defined_measure(people, db, measure, number):
    for year in (1995, 1985, 1965):
        PersonFactory(birth_on=date(year, 1, 1), joined_on=None)
    assert value_of({**AGE, "measure": measure}).number == number


def test_defined_measure_of_decimals_keeps_their_places(own, db):
    own.register(
        "facts",
        "村情",
        VillageFact,
        rows=lambda s, p: VillageFact.objects.all(),
        dimensions={"value": "数值"},
    )
    VillageFactFactory(value=Decimal("12.34"))
    VillageFactFactory(value=Decimal("0.07"))
    amount = {**COUNT, "register": "own.facts", "measure": "sum", "of": "value", "unit": "万元"}
    assert value_of(amount).text == "12.41万元"


def test_defined_change_of_a_measure(people, db):
    PersonFactory(birth_on=date(1980, 1, 1))
    value = value_of({**AGE, "baseline": "last_term", "unit": "岁"}, last_term=LAST_TERM)
    assert (value.text, value.before_text, value.plain) == ("增加5岁", "40岁", 5)


def test_defined_change_of_a_share_is_in_percentage_points(people, db):
    PersonFactory(sex="female")
    value = value_of({**SHARE, "baseline": "last_year"})
    assert (value.text, value.figure.unit) == ("与上年持平", "个百分点")


def test_share_of_every_row(people, db):
    for sex in ("female", "male"):
        PersonFactory(sex=sex)
    assert value_of({**SHARE, "whole": {}}).text == "50.00%"


def test_share_needs_no_unit(people, db):
    share = {key: value for key, value in SHARE.items() if key != "unit"}
    assert define(share).unit == "%"


def test_defined_figure_by_village(people, places):
    PersonFactory(organization=places.organizations[0])
    found = compute_by_village([define(COUNT)], EVERYTHING, PERIOD)
    assert {pk: values["custom.young"].number for pk, values in found.items()} == {
        places.villages[0].pk: 1
    }


def test_defined_figure_is_not_kept(people):
    define(COUNT)
    assert all_figures() == []


def test_null_is_the_same_as_absent(people):
    nulls = dict.fromkeys(["filters", "measure", "of", "whole", "baseline", "definition"])
    assert define({**COUNT, **nulls}).kind == "count"


def test_definition_is_published(people):
    assert define({**COUNT, "definition": "35岁及以下。"}).definition == "35岁及以下。"


# — what is refused —


def without(key):
    return {name: value for name, value in COUNT.items() if name != key}


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ([], "自定义指标应为一个对象。"),
        (without("slug"), "slug：必须填写文字。"),
        (without("register"), "register：必须填写文字。"),
        (without("name"), "name：必须填写文字。"),
        (without("unit"), "unit：必须填写文字。"),
        ({**COUNT, "name": " "}, "name：必须填写文字。"),
        ({**COUNT, "name": 5}, "name：必须填写文字。"),
        ({**COUNT, "name": "青\ud800年"}, "name：含有不能显示的字符。"),
        ({**COUNT, "slug": "a b"}, "slug：代码只能由文字、数字、下划线、连字符和点组成。"),
        ({**COUNT, "register": "own.dogs"}, "register：没有代码为“own.dogs”的台账。"),
        ({**COUNT, "filters": ["sex"]}, "filters：应为“筛选条件: 值”的对象。"),
        ({**COUNT, "filters": {"hobby": 1}}, "filters：没有“hobby”这个筛选条件。"),
        ({**COUNT, "filters": {"sex": "x"}}, "filters：“x”不是“性别”的有效值。"),
        ({**COUNT, "whole": {"sex": "x"}}, "whole：“x”不是“性别”的有效值。"),
        ({**COUNT, "whole": "all"}, "whole：应为“筛选条件: 值”的对象。"),
        ({**COUNT, "of": "age"}, "of：计数（count）不需要，请填写measure或删去of。"),
        ({**AGE, "of": None}, "of：必须填写文字。"),
        ({**AGE, "of": "hobby"}, "of：应为该台账的一个数值类筛选条件。"),
        ({**AGE, "of": "sex"}, "of：应为该台账的一个数值类筛选条件。"),
        ({**AGE, "of": "education"}, "of：应为该台账的一个数值类筛选条件。"),
        ({**AGE, "of": "joined_on"}, "of：应为该台账的一个数值类筛选条件。"),
        ({**AGE, "of": "organization"}, "of：应为该台账的一个数值类筛选条件。"),
        ({**SHARE, "measure": "mean"}, "measure：有whole的指标是占比，只按行计数。"),
        ({**SHARE, "of": "age"}, "of：有whole的指标是占比，只按行计数。"),
        ({**COUNT, "baseline": ["last_year"]}, "baseline：必须填写文字。"),
        ({**COUNT, "baseline": "ever"}, "baseline：没有“ever”这个基期，可用：last_year。"),
        (
            {**COUNT, "measure": "mode"},
            "measure：没有“mode”这种算法，可用：count、sum、mean、minimum、maximum、median。",
        ),
        (
            {**COUNT, "filter": {}},
            f"filter：没有这个键，可用：{'、'.join(KEYS)}。",
        ),
    ],
)
def test_bad_definition_names_the_key(people, definition, message):
    with pytest.raises(BadDefinition) as caught:
        define(definition)
    assert str(caught.value) == message


def test_slug_of_a_declared_figure_is_refused(people):
    @people.count("青年", unit="人")
    def young(period):
        """全部人员。"""

    with pytest.raises(BadDefinition, match=r"slug：代码“own\.young”已被使用。"):
        define({**COUNT, "slug": "own.young"})


def test_what_a_row_holds_several_of_is_not_measured(own):
    held = Dimension(
        "标签",
        "pk",
        holds=lambda tag: Exists(TagLink.objects.filter(person=OuterRef("pk"), tag=tag)),
        parse=int,
    )
    own.register(
        "people", "人员", Person, rows=lambda s, p: Person.objects.all(), dimensions={"tag": held}
    )
    with pytest.raises(BadDefinition, match="of：应为该台账的一个数值类筛选条件。"):
        define({**AGE, "of": "tag"})


# Any JSON, and definitions that are nearly right: a wrong value under a right key.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FILTER_KEYS = st.sampled_from(
    ["sex", "age", "age__lte", "education__gte", "joined_on", "name", "organization", "sex__gte"]
)
NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "slug": st.just("x") | JSON,
        "register": st.just("own.people") | JSON,
        "name": st.just("x") | JSON,
        "unit": st.just("x") | JSON,
        "definition": st.just("x") | JSON,
        "measure": st.sampled_from(["count", "mean", "median"]) | JSON,
        "of": st.just("age") | JSON,
        "filters": st.dictionaries(FILTER_KEYS, JSON, max_size=2) | JSON,
        "whole": st.dictionaries(FILTER_KEYS, JSON, max_size=2) | JSON,
        "baseline": st.just("last_year") | JSON,
    },
)


def test_any_definition_is_computed_or_refused(people, db):
    @settings(over_rows, max_examples=300)
    @given(JSON | NEARLY | NEARLY.map(lambda given: {**COUNT, **given}))
    def check(definition):
        try:
            figure = define(definition)
        except BadDefinition:
            return
        assert list(compute([figure], EVERYTHING, PERIOD)) == [figure.slug]

    check()
