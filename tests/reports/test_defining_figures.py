"""Defining a figure without code: proposed, refused, changed, deleted."""

import pytest

from orgs.models import Role
from reports.models import CustomFigure
from tests.factories import (
    ClaimFactory,
    PlanItemFactory,
    ReportFactory,
    SectionFactory,
)
from tests.reports.defining import YOUNG_WOMEN, asked, clerk_of, errors, made

pytestmark = pytest.mark.django_db


# — defining one —


def test_register_page_leads_to_defining_its_filters(root, as_role):
    html = clerk_of(as_role, root).get("/registers/orgs.members/?sex=female&q=").content.decode()

    assert "/registers/orgs.members/define/?sex=female&amp;year=2025" in html


def test_clerk_defines_a_figure(root, as_role):
    answer = asked(clerk_of(as_role, root))

    row = CustomFigure.objects.get()
    assert answer["Location"] == f"/registers/orgs.members/?figure={row.slug}&year=2025"
    assert (row.organization, row.name, row.unit, row.filters) == (
        root, "青年女党员", "名", {"sex": "female", "age__lte": 35}
    )  # fmt: skip
    assert row.definition == "期末“党员台账”中性别为女、年龄不大于35的记录，按条计数。"


@pytest.mark.parametrize(
    ("typed", "definition"),
    [
        (
            {"measure": "share"},
            "期末“党员台账”的全部记录里，性别为女、年龄不大于35的记录所占的百分比。",
        ),
        (
            {"measure": "share", "base": ["sex"]},
            "期末“党员台账”的性别为女的记录里，年龄不大于35的记录所占的百分比。",
        ),
        (
            {"measure": "mean", "of": "age", "unit": "岁", "since": "last_year"},
            "期末“党员台账”中性别为女、年龄不大于35的记录，“年龄”的平均值，没有填写的不计；与上年相比的增减。",
        ),
        ({"definition": "我们自己的口径。"}, "我们自己的口径。"),
    ],
    ids=["share of all", "share of some", "change of a mean", "own words"],
)
def test_definition_is_proposed_in_words(root, as_role, typed, definition):
    asked(clerk_of(as_role, root), **typed)

    assert CustomFigure.objects.get().definition == definition


@pytest.mark.parametrize(
    ("filters", "typed", "wrong"),
    [
        (YOUNG_WOMEN, {"name": ""}, {"name": ["这个字段是必填项。"]}),
        (YOUNG_WOMEN, {"unit": ""}, {"unit": ["请填写计量单位。"]}),
        (YOUNG_WOMEN, {"measure": "mean"}, {"of": ["请选择计算台账的哪一项。"]}),
        (
            {"sex": "female"},
            {"measure": "share", "base": ["sex"]},
            {"base": ["基数保留了全部条件，占比总是100%；至少留一个条件不勾选。"]},
        ),
        (
            {},
            {"measure": "share"},
            {"measure": ["没有筛选条件，占比总是100%；请先在台账页选择条件。"]},
        ),
        (
            YOUNG_WOMEN,
            {"name": "党员"},
            {"name": ["指标目录里已有这个名称的指标，请换一个名称，或直接使用它。"]},
        ),
        (YOUNG_WOMEN, {"name": "已有的"}, {"name": ["本单位已有同名的自定义指标。"]}),
        (YOUNG_WOMEN, {"unit": "名\u200b"}, {"unit": ["含有不能显示的字符。"]}),
    ],
    ids=["name", "unit", "of", "base", "no filters", "declared name", "own name", "unprintable"],
)
def test_wrong_definition_is_told_at_its_field(root, as_role, filters, typed, wrong):
    made(root, name="已有的")

    answer = asked(clerk_of(as_role, root), filters=filters, **typed)

    assert (answer.status_code, errors(answer)) == (400, wrong)
    assert CustomFigure.objects.count() == 1


def test_filters_that_make_no_sense_lead_back_to_the_register(root, as_role):
    answer = asked(clerk_of(as_role, root), filters={"sex": "x"})

    assert (answer.status_code, answer["Location"]) == (302, "/registers/orgs.members/?sex=x")


# — changing and deleting one —


def changed(client, row, version, **typed):
    filters = {"define": row.pk, **typed.pop("filters", row.filters)}
    return asked(client, filters=filters, name=row.name, version=version, **typed)


def test_change_is_a_version_with_history(root, as_role):
    row = made(root)

    changed(clerk_of(as_role, root), row, 1, filters={"sex": "male"})

    row.refresh_from_db()
    assert (row.version, row.filters) == (2, {"sex": "male"})
    assert [one.filters for one in row.history.order_by("history_id")] == [
        {"sex": "female"},
        {"sex": "male"},
    ]


def test_saving_without_a_change_is_told_of_no_conflict(root, as_role):
    """Days come from the address as days, and from the database as text."""
    row = made(root, register="orgs.activities", filters={"held_on__gte": "2025-01-01"})
    row.save()

    typed = {"address": "/registers/orgs.activities/define/", "definition": row.definition}
    answer = changed(clerk_of(as_role, root), row, 1, **typed)

    assert (answer.status_code, row.history.count()) == (302, 3)


def test_words_that_follow_from_the_filters_change_with_them(root, as_role):
    row = made(root)

    changed(clerk_of(as_role, root), row, 1, filters={"sex": "male"}, definition="")

    row.refresh_from_db()
    assert row.definition == "期末“党员台账”中性别为男的记录，按条计数。"


@pytest.mark.parametrize("filters", [{"sex": "female"}, {"sex": "male"}], ids=["same", "new"])
def test_change_of_what_somebody_else_changed_is_a_conflict(root, as_role, filters):
    row = made(root)
    row.save()

    answer = changed(clerk_of(as_role, root), row, 1, filters=filters, unit="人")

    assert answer.status_code == 409


def test_figure_in_use_is_not_deleted(root, village_organization, as_role):
    row, other = made(root), made(root)
    SectionFactory(
        report=ReportFactory(organization=root, year=2025), heading="队伍", text=f"{{{row.slug}:n}}"
    )
    PlanItemFactory(
        organization=village_organization, text="发展女党员", figure=row.slug, year=2026
    )

    answer = clerk_of(as_role, root).post(f"/figures/{row.pk}/delete/")

    assert answer.status_code == 409
    assert answer.context["uses"] == {
        "any": True,
        "places": ["2025年度总结“队伍”", "2026年计划事项“发展女党员”"],
        "elsewhere": 0,
    }
    assert set(CustomFigure.objects.all()) == {row, other}


def test_figure_of_a_claim_is_not_deleted(root, as_role):
    row = made(root)
    claim = ClaimFactory(organization=root, year=2025, base_figure=row.slug)

    answer = clerk_of(as_role, root).post(f"/figures/{row.pk}/delete/")

    assert answer.context["uses"]["places"] == [f"2025年材料数据“{claim}”"]


def test_use_outside_the_scope_is_not_named(root, village_organization, as_role):
    row = made(village_organization)
    PlanItemFactory(organization=root, text="街道的事", figure=row.slug)

    answer = as_role(Role.CLERK, village_organization).post(f"/figures/{row.pk}/delete/")

    assert answer.context["uses"] == {"any": True, "places": [], "elsewhere": 1}


def test_code_that_begins_alike_is_no_use(root, as_role):
    row = made(root)
    PlanItemFactory(organization=root, figure=f"{row.slug}0")
    SectionFactory(report=ReportFactory(organization=root), text=f"{{{row.slug}0}}")

    answer = clerk_of(as_role, root).post(f"/figures/{row.pk}/delete/")

    assert (answer.status_code, CustomFigure.objects.count()) == (302, 0)
