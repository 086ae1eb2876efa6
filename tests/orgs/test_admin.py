"""What the data entry says to bad input in a record's own fields; nothing typed is lost."""

import pytest

from orgs.models import Enterprise, Organization, Person, Role
from tests import factories as make
from tests.access.pages import add_url, admin_url, complaints, opened, typed_in

REQUIRED = "这个字段是必填项。"
ALL = "__all__"


@pytest.fixture
def administrator(root, as_role):
    return as_role(Role.ADMINISTRATOR, root)


# The model's factory, what is typed, and what is said to it at which field.
BAD = [
    (make.EnterpriseFactory, {"name": ""}, {"name": REQUIRED}),
    (
        make.EnterpriseFactory,
        {"credit_code": "91330400ABCDEFGHI0"},
        {"credit_code": "统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）。"},
    ),
    (
        make.EnterpriseFactory,
        {"opened_on": "2025/01/02", "closed_on": "2025/01/01"},
        {ALL: "停业日期必须晚于开业日期。"},
    ),
    (
        make.EnterpriseFactory,
        {"excluded_on": "2025/01/01"},
        {ALL: "排除认定日期和排除原因必须同时填写。"},
    ),
    (
        make.EnterpriseFactory,
        {"ownership": "state"},
        {"ownership": "选择一个有效的选项。 state 不在可用的选项中。"},
    ),
    (make.EnterpriseFactory, {"opened_on": "2025/02/30"}, {"opened_on": "输入一个有效的日期。"}),
    (
        make.OrganizationFactory,
        {"founded_on": "2025/01/02", "dissolved_on": "2025/01/01"},
        {ALL: "撤销日期必须晚于成立日期。"},
    ),
    (
        make.OrganizationFactory,
        {"level": "branch", "sector": "nonpublic"},
        {ALL: "非公企业党支部必须填写组建方式。"},
    ),
    (make.OrganizationFactory, {"parent": ""}, {"parent": "请选择上级党组织。"}),
    (
        make.VillageFactory,
        {"established_on": "2025/01/02", "abolished_on": "2025/01/01"},
        {ALL: "撤销日期必须晚于成立日期。"},
    ),
    (
        make.VillageFactory,
        {"planned_on": "2025/01/02", "established_on": "2025/01/01"},
        {ALL: "成立日期不能早于开始筹建日期。"},
    ),
    (
        make.PersonFactory,
        {"birth_on": "1980/05/01", "joined_on": "1979/07/01"},
        {ALL: "入党时间必须晚于出生年月。"},
    ),
    (make.PersonFactory, {"birth_on": "1980年5月"}, {"birth_on": "输入一个有效的日期。"}),
    (
        make.PersonFactory,
        {"education": "9"},
        {"education": "选择一个有效的选项。 9 不在可用的选项中。"},
    ),
    (make.ChecklistSchemeFactory, {"threshold": "0"}, {ALL: "基本达到所需项数至少为1。"}),
    (make.ChecklistSchemeFactory, {"threshold": "五"}, {"threshold": "输入整数。"}),
    (
        make.TermFactory,
        {"starts_on": "2025/01/02", "ends_on": "2025/01/02", "completed_on": ""},
        {ALL: "任期届满日期必须晚于启动日期。"},
    ),
    (
        make.TermFactory,
        {"starts_on": "2025/01/02", "completed_on": "2025/01/01"},
        {ALL: "换届完成日期不能早于启动日期。"},
    ),
    (
        make.ElectionFactory,
        {"state": "held", "held_on": ""},
        {ALL: "已完成的选举必须填写选举日期，未完成的不填。"},
    ),
    (
        make.ElectionFactory,
        {"state": "failed", "held_on": ""},
        {ALL: "暂缓或未成功的选举必须填写原因。"},
    ),
    (make.ElectionFactory, {"seats_set": "0"}, {ALL: "职数至少为1。"}),
    (make.ElectionFactory, {"rounds": "0"}, {ALL: "选举轮次至少为1。"}),
]


def kept_below(root, factory):
    """A row of the factory inside the root's scope, with all it refers to."""
    if factory is make.OrganizationFactory:
        return factory(parent=root)
    if factory is make.ElectionFactory:
        village = make.VillageFactory(organization=root)
        return factory(term=make.TermFactory(organization=root), body__village=village)
    return factory(organization=root)


def refused(client, row, **typed):
    """What the page complains of, when everything typed still stands in it."""
    data = {**opened(client, admin_url(row)), **typed}
    response = client.post(admin_url(row), data)
    filled = {name: value for name, value in data.items() if value != ""}
    assert (response.status_code, typed_in(response)) == (200, filled)
    return complaints(response)


@pytest.mark.parametrize(("factory", "typed", "said"), BAD)
def test_bad_input_is_answered_at_its_field(root, administrator, factory, typed, said):
    row = kept_below(root, factory)

    assert refused(administrator, row, **typed) == {name: [said[name]] for name in said}
    assert type(row).objects.get(pk=row.pk).version == 1


# The model's factory, the field that only one row may hold, and what is said of a second.
TWICE = [
    (make.EnterpriseFactory, "credit_code", "已有企业使用这个统一社会信用代码。"),
    (make.OrganizationFactory, "name", "同一上级下已有同名党组织。"),
    (make.VillageFactory, "name", "已有同名的村（社区）。"),
    (make.DepartmentFactory, "name", "已有同名科室。"),
    (make.ChecklistSchemeFactory, "code", "同一年度已有相同代码的达标标准。"),
]


@pytest.mark.parametrize(("factory", "name", "said"), TWICE)
def test_second_row_of_the_same_is_refused(root, administrator, factory, name, said):
    first, second = kept_below(root, factory), kept_below(root, factory)

    found = refused(administrator, second, **{name: getattr(first, name)})

    assert list(found.values()) == [[said]]


def test_second_term_of_a_day_is_refused(root, administrator):
    make.TermFactory(organization=root, starts_on="2020-01-10")
    later = make.TermFactory(organization=root)

    found = refused(
        administrator, later, starts_on="2020/01/10", completed_on="", ends_on="2024/1/1"
    )

    assert found == {ALL: ["同一天已有另一届换届启动。"]}


def test_second_general_election_of_a_body_is_refused(root, administrator):
    election = kept_below(root, make.ElectionFactory)
    other = make.ElectionFactory(term=election.term, body=election.body, kind="by_election")

    assert refused(administrator, other, kind="general") == {
        ALL: ["该班子在本届已有一次换届选举。"]
    }


def test_second_body_of_a_kind_in_a_village_is_refused(root, administrator):
    body = make.BodyFactory(village__organization=root)
    other = make.BodyFactory(village__organization=root)

    found = refused(administrator, other, village=str(body.village.pk))

    assert found == {ALL: ["该村（社区）已有同类班子。"]}


def test_body_of_two_hosts_is_refused(root, administrator):
    body = make.BodyFactory(village__organization=root)
    enterprise = make.EnterpriseFactory(organization=root)

    found = refused(administrator, body, enterprise=str(enterprise.pk))

    assert found == {ALL: ["班子只能设在一个村（社区）或一家企业。"]}


def test_merging_without_dissolving_is_refused(root, administrator):
    merged, other = (
        kept_below(root, make.OrganizationFactory),
        kept_below(root, make.OrganizationFactory),
    )

    found = refused(administrator, merged, merged_into=str(other.pk))

    assert found == {ALL: ["填写并入党组织时，必须同时填写撤销日期。"]}


@pytest.mark.parametrize("below", ["itself", "child", "grandchild"])
def test_organization_below_itself_is_refused(root, administrator, below):
    itself = kept_below(root, make.OrganizationFactory)
    child = make.OrganizationFactory(parent=itself)
    line = {"itself": itself, "child": child, "grandchild": make.OrganizationFactory(parent=child)}

    found = refused(administrator, itself, parent=str(line[below].pk))

    assert found["parent"] == ["上级党组织不能是本组织自己或它的下级。"]


def test_second_root_is_refused(root, administrator):
    typed = {"name": "中共南湖街道工作委员会", "short_name": "南湖街道", "level": "work_committee"}
    data = {**opened(administrator, add_url(Organization)), **typed, "sector": "subdistrict"}

    response = administrator.post(add_url(Organization), data)

    assert (response.status_code, complaints(response)) == (200, {"parent": ["请选择上级党组织。"]})


def test_root_may_stay_a_root(root, administrator):
    data = {**opened(administrator, admin_url(root)), "short_name": "大桥"}

    administrator.post(admin_url(root), data)

    root.refresh_from_db()
    assert (root.short_name, root.parent) == ("大桥", None)


def test_person_is_entered(root, administrator):
    typed = {
        "name": "王建国",
        "sex": "male",
        "birth_on": "1980/05/01",
        "political_status": "member",
        "education": "4",
        "organization": str(root.pk),
    }

    response = administrator.post(
        add_url(Person), {**opened(administrator, add_url(Person)), **typed}
    )

    stored = Person.objects.get()
    assert response.status_code == 302
    assert (stored.name, stored.organization, stored.created_by.role) == (
        "王建国",
        root,
        "administrator",
    )


def test_record_of_a_sibling_may_have_the_same_credit_code_never(root, as_role):
    """A code is one enterprise's in the whole database: the message names no other."""
    village, sibling = (make.OrganizationFactory(parent=root) for _ in range(2))
    taken = make.EnterpriseFactory(organization=sibling, name="平级公司")
    own = make.EnterpriseFactory(organization=village)

    found = refused(as_role(Role.CLERK, village), own, credit_code=taken.credit_code)

    assert found == {"credit_code": ["已有企业使用这个统一社会信用代码。"]}
    assert Enterprise.objects.get(pk=own.pk).credit_code == own.credit_code


@pytest.mark.parametrize("page", ["password", "change"])
def test_user_of_another_organization_is_not_found(root, as_role, page):
    village, sibling = (make.OrganizationFactory(parent=root) for _ in range(2))
    other = make.UserFactory(organization=sibling)

    response = as_role(Role.ADMINISTRATOR, village).get(f"/admin/orgs/user/{other.pk}/{page}/")

    assert response.status_code == 404
