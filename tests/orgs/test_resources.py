"""Files into records: what a clerk's file may say, and what is said back."""

from datetime import date

import pytest
import tablib

from orgs.models import EnterpriseFactKind, Membership, Organization, Person
from orgs.resources import (
    DepartmentResource,
    EnterpriseFactResource,
    MembershipResource,
    OrganizationResource,
    PersonResource,
    RecordResource,
)
from orgs.scope import EVERYTHING, Scope
from tests.factories import (
    EnterpriseFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db


def load(resource_class, *lines, scope=EVERYTHING):
    """Import a file of these lines; what is wrong with it."""
    resource = resource_class(scope=scope)
    dataset = tablib.Dataset().load("\n".join(lines), format="csv")
    return resource.problems(resource.import_data(dataset))


@pytest.fixture
def branch():
    return OrganizationFactory(name="中共石桥村总支部委员会")


PEOPLE = "姓名,性别,出生年月,政治面貌,学历,归口党组织"
MEMBERSHIPS = "姓名,出生年月,所在党组织,起始日期,截止日期"


def test_file_makes_records_with_history(branch):
    problems = load(
        PersonResource,
        PEOPLE,
        "张建国,男,1965-03,群众,大专,中共石桥村总支部委员会",
        "李秀英,女,1970年4月12日,中共党员,高中、中技,中共石桥村总支部委员会",
    )

    assert problems == []
    people = Person.objects.values_list("name", "sex", "birth_on", "birth_day_known", "education")
    assert list(people) == [
        ("张建国", "male", date(1965, 3, 1), False, 4),
        ("李秀英", "female", date(1970, 4, 12), True, 2),
    ]
    assert list(Person.history.values_list("history_type", "version")) == [("+", 1), ("+", 1)]


def test_same_file_again_changes_nothing(branch):
    line = "张建国,男,1965-03,群众,大专,中共石桥村总支部委员会"
    load(PersonResource, PEOPLE, line)

    assert load(PersonResource, PEOPLE, line) == []
    assert Person.objects.get().version == 1
    assert Person.history.count() == 1


def test_changed_row_is_next_version_of_its_record(branch):
    load(PersonResource, PEOPLE, "张建国,男,1965-03,群众,大专,中共石桥村总支部委员会")

    problems = load(
        PersonResource, PEOPLE, "张建国,男,1965-03,群众,大学本科,中共石桥村总支部委员会"
    )

    assert problems == []
    assert list(Person.objects.values_list("education", "version")) == [(5, 2)]
    assert list(Person.history.values_list("history_type", flat=True)) == ["~", "+"]


def test_columns_left_out_stay_as_they_are(branch):
    person = PersonFactory(
        name="张建国", birth_on=date(1965, 3, 1), organization=branch, ethnicity="回族"
    )

    load(PersonResource, "姓名,出生年月,学历", "张建国,1965-03,研究生")

    person.refresh_from_db()
    assert (person.education, person.ethnicity, person.organization) == (6, "回族", branch)


def test_unknown_name_is_told_with_row_and_column(branch):
    problems = load(
        PersonResource,
        PEOPLE,
        "张建国,男,1965-03,群众,大专,中共石桥村总支部委员会",
        "李秀英,女,1970-04,群众,大专,中共柳岸村总支部委员会",
    )

    assert problems == ["第3行“归口党组织”列：没有找到“中共柳岸村总支部委员会”（党组织）。"]
    assert Person.objects.count() == 0


def test_every_unreadable_value_of_a_row_is_told(branch):
    problems = load(PersonResource, PEOPLE, "张建国,公,1965-13,群众,,中共石桥村总支部委员会")

    assert problems == [
        "第2行“性别”列：“公”不能识别，可以填：男、女。",
        "第2行“出生年月”列：“1965-13”不是日期，应如 2025-03-01 或 1975.3。",
        "第2行“学历”列：不能为空。",
    ]


def test_missing_column_is_told():
    assert load(PersonResource, "姓名,学历", "张建国,大专") == ["缺少列：出生年月。"]


def test_unknown_column_is_told():
    problems = load(DepartmentResource, "科室名称,党组织,备注", "党建办,大桥街道党工委,无")

    assert problems == ["不认识的列：备注。可用的列：科室名称、党组织。"]


def test_row_given_twice_is_refused(branch):
    line = "张建国,男,1965-03,群众,大专,中共石桥村总支部委员会"

    assert load(PersonResource, PEOPLE, line, line) == ["第3行：与第2行重复。"]


def test_namesakes_of_one_month_cannot_be_told_apart(branch):
    PersonFactory.create_batch(2, name="张建国", birth_on=date(1965, 3, 1), organization=branch)

    problems = load(
        MembershipResource, MEMBERSHIPS, "张建国,1965-03,中共石桥村总支部委员会,2020-01-01,"
    )

    assert problems == ["第2行“姓名”列：有2个“张建国，1965-03”（人员），无法确定是哪一个。"]


def test_transfer_ends_one_membership_before_the_next_begins(branch):
    other = OrganizationFactory(name="中共柳岸村总支部委员会")
    person = PersonFactory(name="张建国", birth_on=date(1965, 3, 9), birth_day_known=True)
    MembershipFactory(person=person, organization=other, since=date(2010, 7, 1))

    problems = load(
        MembershipResource,
        MEMBERSHIPS,
        "张建国,1965-03,中共石桥村总支部委员会,2025-10-01,",
        "张建国,1965-03,中共柳岸村总支部委员会,2010-07-01,2025-10-01",
    )

    assert problems == []
    held = Membership.objects.values_list("organization", "since", "until")
    assert list(held) == [
        (other.pk, date(2010, 7, 1), date(2025, 10, 1)),
        (branch.pk, date(2025, 10, 1), None),
    ]


def test_rows_that_overlap_are_refused(branch):
    PersonFactory(name="张建国", birth_on=date(1965, 3, 1))

    problems = load(
        MembershipResource,
        MEMBERSHIPS,
        "张建国,1965-03,中共石桥村总支部委员会,2010-07-01,2020-07-01",
        "张建国,1965-03,中共石桥村总支部委员会,2019-07-01,",
    )

    message = f"列：与该党员在“{branch}”的组织关系时间重叠。"
    assert problems == [f"第2行“起始日期”{message}", f"第3行“起始日期”{message}"]
    assert Membership.objects.count() == 0


def test_rule_of_the_database_is_told_with_its_row(branch):
    PersonFactory(name="张建国", birth_on=date(1965, 3, 1))
    PersonFactory(name="李秀英", birth_on=date(1970, 4, 1))

    problems = load(
        MembershipResource,
        MEMBERSHIPS,
        "张建国,1965-03,中共石桥村总支部委员会,2010-07-01,",
        "李秀英,1970-04,中共石桥村总支部委员会,2020-07-01,2019-07-01",
    )

    assert problems == ["第3行：截止日期必须晚于起始日期。"]
    assert Membership.objects.count() == 0


def test_rows_may_name_organizations_above_them():
    problems = load(
        OrganizationResource,
        "党组织全称,简称,类别,所属领域,上级党组织",
        "中共大桥街道工作委员会,大桥街道党工委,党工委,街道,",
        "中共石桥村总支部委员会,石桥村党总支,党总支,村,中共大桥街道工作委员会",
    )

    assert problems == []
    assert (
        Organization.objects.get(name="中共石桥村总支部委员会").parent.short_name
        == "大桥街道党工委"
    )


def test_records_outside_the_scope_are_not_found(root, village_organization, sibling_organization):
    VillageFactory(organization=root, name="石桥村", party_organization=sibling_organization)
    line = f"张建国,男,1965-03,群众,大专,{sibling_organization.name}"

    problems = load(PersonResource, PEOPLE, line, scope=Scope(village_organization.pk))

    assert problems == [f"第2行“归口党组织”列：没有找到“{sibling_organization.name}”（党组织）。"]


def test_trial_run_writes_nothing(branch):
    resource = PersonResource(scope=EVERYTHING)
    line = "张建国,男,1965-03,群众,大专,中共石桥村总支部委员会"
    dataset = tablib.Dataset().load(f"{PEOPLE}\n{line}", format="csv")

    result = resource.import_data(dataset, dry_run=True)

    assert result.totals["new"] == 1
    assert (Person.objects.count(), Person.history.count()) == (0, 0)


def test_number_is_read_exactly():
    enterprise = EnterpriseFactory()
    kind = EnterpriseFactKind.objects.get(code="staff")
    columns = "统一社会信用代码,项目,数值,统计日期,来源"

    problems = load(
        EnterpriseFactResource,
        columns,
        f"{enterprise.credit_code},{kind.name},12.50,2025-12-31,企业年报",
        f"{enterprise.credit_code},{kind.name},约30,2024-12-31,企业年报",
    )

    assert problems == ["第3行“数值”列：“约30”不是数字。"]


def subclasses(base):
    for cls in base.__subclasses__():
        yield cls
        yield from subclasses(cls)


@pytest.mark.parametrize("resource_class", [*subclasses(RecordResource)])
def test_every_resource_has_chinese_columns(resource_class):
    columns = resource_class(scope=EVERYTHING).columns()

    assert [column for column in columns if column.isascii()] == []
