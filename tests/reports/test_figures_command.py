"""`manage.py figures`: the demo's numbers, by village, of one organization, defined in a file."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dangjian.lib.figures import all_figures
from elections.models import BodyKind
from tests.factories import OfficeFactory, VillageFactory

pytestmark = pytest.mark.django_db

EXPECTED = json.loads((Path(__file__).parent / "expected_2025.json").read_text(encoding="utf-8"))
NAMED = {"name": "指标", "unit": "人", "definition": "口径。"}


def output(*options, year=2025):
    out = StringIO()
    call_command("figures", "--year", str(year), *options, stdout=out)
    return json.loads(out.getvalue())


def party_kind():
    return BodyKind.objects.get(code=BodyKind.PARTY).pk


@pytest.fixture(scope="module")
def of_2025(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return output("--json")


@pytest.fixture(scope="module")
def by_village(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return output("--json", "--by-village")


@pytest.fixture
def defined(demo, tmp_path):
    """What the command prints for definitions; a string stands for the file as it is."""

    def compute(definitions, *options):
        path = tmp_path / "definitions.json"
        is_text = isinstance(definitions, str)
        path.write_text(definitions if is_text else json.dumps(definitions), encoding="utf-8")
        return output("--define", str(path), "--json", *options)

    return compute


@pytest.mark.parametrize("slug", EXPECTED)
def test_demo_gives_what_the_summary_states(of_2025, slug):
    assert of_2025[slug] == EXPECTED[slug]


def test_more_than_four_fifths_of_the_two_committees_were_redeployed(of_2025):
    assert 80 <= of_2025["elections.redeployed_rate"] < 100


def test_every_figure_is_printed_in_order(of_2025):
    assert list(of_2025) == [figure.slug for figure in all_figures()]


def test_no_value_is_null_and_never_zero(demo):
    before_any_round = output("--json", year=2019)

    assert before_any_round["elections.party_members"] == 0
    assert before_any_round["elections.party_women_rate"] is None
    assert before_any_round["elections.party_members_change"] is None


def test_without_json_numbers_have_units(demo):
    found = output()

    assert found["orgs.covered"] == "47家"
    assert found["elections.party_college_rate_change"] == "提高16.98个百分点"


def test_villages_and_rows_without_one_sum_to_the_whole(of_2025, by_village):
    sums = {
        figure.slug: sum(found[figure.slug] for found in by_village.values())
        for figure in all_figures()
        if figure.additive
    }

    assert sums == {slug: of_2025[slug] for slug in sums}


def test_rows_without_a_village_stand_under_an_empty_name(by_village):
    assert len(by_village) == 19  # 15 villages, 3 planned quarters, rows without one
    assert by_village["石桥村"]["orgs.villages"] == 1
    assert by_village[""]["orgs.villages"] == 0
    assert by_village["C-2小区"]["orgs.villages_planned"] == 1


def test_register_without_villages_is_not_split(by_village):
    assert "orgs.tagged_people" not in by_village["石桥村"]


@pytest.mark.parametrize("name", ["中共大桥街道石桥村总支部委员会", "石桥村党总支"])
def test_organization_is_found_by_full_or_short_name(by_village, name):
    found = output("--json", "--organization", name)

    assert found["orgs.villages"] == 1
    assert found["elections.party_members"] == by_village["石桥村"]["elections.party_members"]


def test_village_of_an_enterprise_outside_the_scope_keeps_its_name(demo):
    found = output("--json", "--by-village", "--organization", "石桥片区联合党支部")

    assert sum(village["orgs.covered"] for village in found.values()) == 4
    assert found.get("", {"orgs.covered": 0})["orgs.covered"] == 0


def test_organization_nobody_knows_is_refused(demo):
    with pytest.raises(CommandError, match="0 organizations are called 没有村"):
        output("--organization", "没有村")


def test_villages_of_the_same_name_are_told_apart(db):
    for name in ("东街道", "西街道"):
        office = OfficeFactory(organization__short_name=name, organization__name=name)
        VillageFactory(organization=office.organization, name="中心村")

    found = output("--json", "--by-village")

    assert [name for name in found if "中心村" in name] == ["中心村（东街道）", "中心村（西街道）"]


@pytest.mark.parametrize("year", [1900, 2101])
def test_year_out_of_range_is_refused(year):
    with pytest.raises(CommandError, match=f"{year} is not a year"):
        output(year=year)


# — figures defined in a file —


def test_defined_count_with_filters_is_the_declared_one(defined):
    women = {"slug": "a.women", "register": "elections.seats", **NAMED}
    filters = {"body": party_kind(), "sex": "female"}

    assert defined({**women, "filters": filters}) == {"a.women": EXPECTED["elections.party_women"]}


def test_defined_share_and_change_of_last_term(defined):
    college = {
        "slug": "a.college",
        "register": "elections.seats",
        "filters": {"body": party_kind(), "education__gte": 4},
        "whole": {"body": party_kind()},
        "name": "比例",
    }
    moved = {**college, "slug": "a.moved", "baseline": "last_term"}

    assert defined([college, moved]) == {
        "a.college": EXPECTED["elections.party_college_rate"],
        "a.moved": EXPECTED["elections.party_college_rate_change"],
    }


def test_defined_mean_and_change_of_last_year(defined):
    mean = {"slug": "a.age", "register": "orgs.members", "measure": "mean", "of": "age", **NAMED}
    moved = {"slug": "a.moved", "register": "orgs.members", "baseline": "last_year", **NAMED}

    assert defined([mean, moved]) == {
        "a.age": output("--json")["orgs.members_mean_age"],
        "a.moved": output("--json")["orgs.members_change"],
    }


def test_defined_by_village(defined, by_village):
    count = {"slug": "a.members", "register": "orgs.members", **NAMED}

    found = defined(count, "--by-village")

    assert found["石桥村"] == {"a.members": 102}
    assert sum(values["a.members"] for values in found.values()) == 1130


GOOD = {"slug": "a.good", "register": "orgs.members", **NAMED}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slug": "orgs.covered"}, "slug：代码“orgs.covered”已被使用"),
        ({"slug": "有 空格"}, "slug："),
        ({"register": "orgs.nothing"}, "register：没有代码为“orgs.nothing”的台账"),
        ({"name": ""}, "name：必须填写文字"),
        ({"unit": None}, "unit：必须填写文字"),
        ({"filters": {"shoe": 44}}, "filters：没有“shoe”这个筛选条件"),
        ({"filters": {"sex": "robot"}}, "filters：“robot”不是“性别”的有效值"),
        ({"filters": ["sex"]}, "filters：应为"),
        ({"measure": "mode"}, "measure：没有“mode”这种算法"),
        ({"measure": "mean"}, "of：必须填写文字"),
        ({"measure": "mean", "of": "sex"}, "of：应为该台账的一个数值类筛选条件"),
        ({"whole": {"sex": "robot"}}, "whole：“robot”不是“性别”的有效值"),
        ({"baseline": "last_century"}, "baseline：没有“last_century”这个基期"),
        ({"colour": "red"}, "colour：没有这个键"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_bad_definition_names_the_key_at_fault(defined, change, said):
    with pytest.raises(CommandError) as refused:
        defined([{**GOOD, "slug": "a.first"}, {**GOOD, **change}])

    assert f"#2: {said}" in str(refused.value)


def test_slug_defined_twice_is_refused(defined):
    with pytest.raises(CommandError, match=r"#2: slug：“a\.good”定义了两次。"):
        defined([GOOD, GOOD])


@pytest.mark.parametrize("text", ["{", "", '"text"', "[1]", "null"])
def test_file_that_defines_nothing_is_refused(defined, text):
    with pytest.raises(CommandError, match=r"definitions\.json"):
        defined(text)


def test_missing_file_is_refused(demo, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        output("--define", str(tmp_path / "missing.json"))
