"""Rows entered on their parent's page: checked against each other and against what is stored."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import UniqueConstraint

from orgs.models import Coverage, Enterprise, Membership, Record, Role, TagLink
from tests import factories as make
from tests.access.pages import add_url, admin_url, complaints, opened, typed_in, with_row

ROWS = ["请改正下面标出的行。"]
UNSEEN = "与一条本页没有的记录冲突：它由他人刚刚录入，或属于其他党组织。"
SAME_DAY = "同一项目在同一统计日期只能填一个数。"


@pytest.fixture
def clerk(root, as_role):
    return as_role(Role.CLERK, root)


@pytest.fixture
def branch(root):
    return make.OrganizationFactory(parent=root, branch=True, short_name="联合党支部")


@pytest.fixture
def enterprise(root):
    return make.EnterpriseFactory(organization=root)


@pytest.fixture
def person(root):
    return make.PersonFactory(organization=root)


def refused(client, row, data):
    """What the page complains of, when everything typed still stands in it."""
    response = client.post(admin_url(row), data)
    filled = {name: value for name, value in data.items() if value != ""}
    assert (response.status_code, typed_in(response)) == (200, filled)
    return complaints(response)


def accepted(client, row, data):
    response = client.post(admin_url(row), data)
    assert response.status_code == 302, complaints(response)


def test_open_coverage_beside_a_stored_one_is_refused(clerk, enterprise, branch):
    make.CoverageFactory(enterprise=enterprise, organization=branch)
    data = with_row(
        opened(clerk, admin_url(enterprise)),
        "coverages",
        organization=branch.pk,
        mode="joint",
        since="2025/01/01",
    )

    assert refused(clerk, enterprise, data) == {
        "coverages": ROWS,
        "coverages-1-since": ["与“联合党支部”的组织覆盖时间重叠。"],
    }


def test_two_new_open_coverages_are_refused(clerk, enterprise, branch):
    row = {"organization": branch.pk, "mode": "joint"}
    data = opened(clerk, admin_url(enterprise))
    data = with_row(data, "coverages", **row, since="2024/01/01")
    data = with_row(data, "coverages", **row, since="2025/01/01")

    assert refused(clerk, enterprise, data) == {
        "coverages": ROWS,
        "coverages-0-since": ["与“联合党支部”的组织覆盖时间重叠。"],
    }


def test_closing_one_coverage_makes_room_for_the_next(clerk, enterprise, branch):
    make.CoverageFactory(enterprise=enterprise, organization=branch, since="2020-01-01")
    data = opened(clerk, admin_url(enterprise)) | {"coverages-0-until": "2025/01/01"}
    row = {"organization": branch.pk, "mode": "joint", "since": "2025/01/01"}

    accepted(clerk, enterprise, with_row(data, "coverages", **row))

    modes = enterprise.coverages.values_list("mode", "until__year")
    assert list(modes) == [("standalone", 2025), ("joint", None)]


def test_deleting_one_coverage_makes_room_for_the_next(clerk, enterprise, branch):
    make.CoverageFactory(enterprise=enterprise, organization=branch)
    data = opened(clerk, admin_url(enterprise)) | {"coverages-0-DELETE": "on"}
    row = {"organization": branch.pk, "mode": "joint", "since": "2025/01/01"}

    accepted(clerk, enterprise, with_row(data, "coverages", **row))

    assert [link.mode for link in enterprise.coverages.all()] == ["joint"]


@pytest.mark.parametrize("first", ["standalone", "work"])
def test_two_coverages_may_trade_places(clerk, enterprise, branch, first):
    second = {"standalone": "work", "work": "standalone"}[first]
    for mode in (first, second):
        make.CoverageFactory(enterprise=enterprise, organization=branch, mode=mode)
    typed = {"coverages-0-mode": second, "coverages-1-mode": first}

    accepted(clerk, enterprise, opened(clerk, admin_url(enterprise)) | typed)

    assert [link.mode for link in enterprise.coverages.all()] == [second, first]


def test_coverage_added_by_somebody_else_meanwhile_counts(clerk, enterprise, branch):
    data = opened(clerk, admin_url(enterprise))
    make.CoverageFactory(enterprise=enterprise, organization=branch)
    row = {"organization": branch.pk, "mode": "joint", "since": "2025/01/01"}

    response = clerk.post(admin_url(enterprise), with_row(data, "coverages", **row))

    assert complaints(response) == {
        "coverages": ROWS,
        "coverages-0-__all__": [UNSEEN],
    }


def test_coverage_out_of_sight_counts(root, as_role):
    village, sibling = (make.OrganizationFactory(parent=root) for _ in range(2))
    enterprise = make.EnterpriseFactory(organization=village)
    make.CoverageFactory(enterprise=enterprise, organization=sibling)
    clerk = as_role(Role.CLERK, village)
    row = {"organization": village.pk, "mode": "joint", "since": "2025/01/01"}
    data = with_row(opened(clerk, admin_url(enterprise)), "coverages", **row)

    assert refused(clerk, enterprise, data) == {
        "coverages": ROWS,
        "coverages-0-__all__": [UNSEEN],
    }


def test_coverage_before_the_organization_was_founded_is_refused(clerk, enterprise, branch):
    row = {"organization": branch.pk, "mode": "joint", "since": "2015/06/30"}
    data = with_row(opened(clerk, admin_url(enterprise)), "coverages", **row)

    assert refused(clerk, enterprise, data) == {
        "coverages-0-since": ["起始日期不能早于该党组织的成立日期。"]
    }


def test_row_that_ends_before_it_begins_is_refused(clerk, enterprise, branch):
    row = {"organization": branch.pk, "mode": "joint", "since": "2025/01/02", "until": "2025/1/1"}
    data = with_row(opened(clerk, admin_url(enterprise)), "coverages", **row)

    assert refused(clerk, enterprise, data) == {
        "coverages-0-__all__": ["截止日期必须晚于起始日期。"]
    }


def test_row_half_filled_is_refused(clerk, enterprise):
    data = with_row(opened(clerk, admin_url(enterprise)), "coverages", mode="joint")

    required = ["这个字段是必填项。"]
    assert refused(clerk, enterprise, data) == {
        "coverages-0-organization": required,
        "coverages-0-since": required,
    }


def test_overlapping_memberships_are_refused(clerk, person, branch):
    make.MembershipFactory(person=person, organization=branch, since="2020-01-01")
    row = {"organization": branch.pk, "kind": "formal", "since": "2019/1/1", "until": "2021/1/1"}
    data = with_row(opened(clerk, admin_url(person)), "memberships", **row)

    assert refused(clerk, person, data) == {
        "memberships": ROWS,
        "memberships-1-since": ["与该党员在“联合党支部”的组织关系时间重叠。"],
    }


def test_membership_may_begin_the_day_another_ends(clerk, person, branch):
    make.MembershipFactory(person=person, organization=branch, since="2020-01-01")
    data = opened(clerk, admin_url(person)) | {"memberships-0-until": "2025/01/01"}
    row = {"organization": branch.pk, "kind": "formal", "since": "2025/01/01"}

    accepted(clerk, person, with_row(data, "memberships", **row))

    assert Membership.objects.filter(person=person).count() == 2


def subjects(root):
    return [
        make.PersonFactory(organization=root),
        make.OrganizationFactory(parent=root),
        make.EnterpriseFactory(organization=root),
        make.VillageFactory(organization=root),
    ]


@pytest.mark.parametrize("number", range(4))
def test_same_tag_twice_is_refused(root, clerk, number):
    subject, tag = subjects(root)[number], make.TagFactory()
    data = opened(clerk, admin_url(subject))
    data = with_row(data, "tag_links", tag=tag.pk, since="2024/01/01")
    data = with_row(data, "tag_links", tag=tag.pk, since="2025/01/01")

    assert refused(clerk, subject, data) == {
        "tag_links": ROWS,
        "tag_links-0-since": ["与已有的相同标签时间重叠。"],
    }


def test_tag_held_already_is_refused(clerk, person):
    link = make.TagLinkFactory(person=person)
    data = with_row(
        opened(clerk, admin_url(person)), "tag_links", tag=link.tag.pk, since="2025/03/01"
    )

    assert refused(clerk, person, data) == {
        "tag_links": ROWS,
        "tag_links-1-since": ["与已有的相同标签时间重叠。"],
    }


def test_tag_given_up_may_be_taken_again(clerk, person):
    link = make.TagLinkFactory(person=person, since="2024-01-01")
    data = opened(clerk, admin_url(person)) | {"tag_links-0-until": "2025/01/01"}

    accepted(clerk, person, with_row(data, "tag_links", tag=link.tag.pk, since="2025/01/01"))

    assert TagLink.objects.filter(person=person, tag=link.tag).count() == 2


def test_open_tags_do_not_trade_places(clerk, person):
    tags = [make.TagLinkFactory(person=person).tag for _ in range(2)]
    typed = {"tag_links-0-tag": tags[1].pk, "tag_links-1-tag": tags[0].pk}

    response = clerk.post(admin_url(person), opened(clerk, admin_url(person)) | typed)

    said = ["与本页另一行原有的内容相同，请先保存那一行的修改，再改这一行。"]
    assert complaints(response) == {"tag_links": ROWS, "tag_links-0-__all__": said}


def test_fact_of_a_day_stored_already_is_refused(clerk, enterprise):
    fact = make.EnterpriseFactFactory(enterprise=enterprise)
    row = {"kind": fact.kind.pk, "value": "31", "counted_on": "2025/06/30", "source": "年报"}
    data = with_row(opened(clerk, admin_url(enterprise)), "facts", **row)

    assert SAME_DAY in str(refused(clerk, enterprise, data))


def test_two_new_facts_of_a_day_are_refused(clerk, enterprise):
    kind = make.EnterpriseFactKindFactory()
    row = {"kind": kind.pk, "value": "31", "counted_on": "2025/06/30", "source": "年报"}
    data = with_row(opened(clerk, admin_url(enterprise)), "facts", **row)

    assert refused(clerk, enterprise, with_row(data, "facts", **row)) == {
        "facts": [SAME_DAY],
        "facts-1-__all__": ["请修正重复的数据."],
    }


def test_negative_fact_is_refused(clerk, root):
    fact = make.VillageFactFactory(village__organization=root)
    data = opened(clerk, admin_url(fact.village)) | {"facts-0-value": "-1"}

    assert refused(clerk, fact.village, data) == {"facts-0-__all__": ["数值不能为负数。"]}


def test_checklist_items_of_one_number_are_refused(clerk, root):
    item = make.ChecklistItemFactory(scheme__organization=root, order=1)
    data = with_row(opened(clerk, admin_url(item.scheme)), "items", order=1, text="有阵地")

    assert "同一标准内序号不能重复。" in str(refused(clerk, item.scheme, data))


def test_new_parent_is_entered_with_its_rows(clerk, root, branch):
    typed = {
        "name": "桥头五金",
        "credit_code": "913304001234567890",
        "ownership": "private",
        "organization": str(root.pk),
    }
    row = {"organization": branch.pk, "mode": "joint", "since": "2025/01/01"}
    data = with_row(opened(clerk, add_url(Enterprise)) | typed, "coverages", **row)

    response = clerk.post(add_url(Enterprise), data)

    assert response.status_code == 302
    links = Coverage.objects.values_list(
        "enterprise__name", "mode", "version", "enterprise__version"
    )
    assert list(links) == [("桥头五金", "joint", 1, 1)]


def test_new_parent_with_clashing_rows_is_refused(clerk, root, branch):
    row = {"organization": branch.pk, "mode": "joint", "since": "2025/01/01"}
    data = with_row(opened(clerk, add_url(Enterprise)), "coverages", **row)
    data = with_row(data, "coverages", **row) | {"name": "桥头五金"}

    response = clerk.post(add_url(Enterprise), data)

    said = complaints(response)
    assert (response.status_code, said["coverages"], said["credit_code"]) == (
        200,
        ROWS,
        ["这个字段是必填项。"],
    )


def entered_inline():
    """The models of every inline, with the models of their parents."""
    return {
        (inline.model, model)
        for model, model_admin in admin.site._registry.items()
        for inline in model_admin.inlines
    }


def test_every_conditional_rule_of_an_inline_has_a_say_among_siblings():
    inlines = {model for model, _parent in entered_inline()}
    ruled = {
        model
        for model in inlines
        for rule in model._meta.constraints
        if isinstance(rule, UniqueConstraint) and rule.condition is not None
    }

    own = {model for model in ruled if model.clean_among is not Record.clean_among}
    assert {model.__name__ for model in ruled} == {model.__name__ for model in own}
    assert {model.__name__ for model in own} == {
        "Coverage",
        "Membership",
        "OrganizingPlan",
        "PairingSide",
        "Progress",
        "Seat",
        "TagLink",
    }


# Written on pages of their own: papers, what is said of their numbers, figures of an office's own.
WRITTEN_ELSEWHERE = {"Claim", "CustomFigure", "Explanation", "Report", "Section"}


def test_every_dependent_record_is_entered_inline():
    """A record without a page of its own is on its parent's, or nobody can enter it."""
    inlines = {model.__name__ for model, _parent in entered_inline()}
    records = {model for model in apps.get_models() if issubclass(model, Record)}

    without_a_page = {model.__name__ for model in records - set(admin.site._registry)}
    assert without_a_page == inlines | WRITTEN_ELSEWHERE
