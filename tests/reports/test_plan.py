"""The work plan on paper: items below their headings, and their fulfilment behind the summary."""

import re
from datetime import date

import pytest

from dangjian.lib import periods, prose
from dangjian.lib.figures import all_figures, figure_named
from orgs.middleware import scope_below
from orgs.models import Role
from reports.documents.build import build_plan, build_summary
from reports.models import Kind
from reports.texts import default_parts
from tests.factories import (
    ActivityFactory,
    ActivityKindFactory,
    CadreFactory,
    DepartmentFactory,
    KeyTaskFactory,
    OrganizationFactory,
    PlanItemFactory,
    ReportFactory,
    SectionFactory,
)
from tests.reports.pages import agrees, page

pytestmark = pytest.mark.django_db

OFFICE = "大桥街道"
TEXTS = ["plan", "unit_plan"]
OVER = periods.year(2025, today=date(2026, 1, 5))


def plan_of(organization, year=2026):
    return build_plan(scope_below(organization), periods.year(year), unit=OFFICE, office=OFFICE)


def fulfilment_of(organization, period=OVER):
    document = build_summary(scope_below(organization), period, unit=OFFICE, office=OFFICE)
    return [
        (one.title, [[prose.plain(cell) for cell in row] for row in one.rows])
        for one in document.appendices
    ]


def lines(document):
    return [(block.level, prose.plain(block.pieces)) for block in document.blocks]


def written(root, *parts):
    """The plan of the root consists of these headings and texts."""
    report = ReportFactory(organization=root, kind=Kind.PLAN, year=2026)
    for level, heading, text in parts:
        SectionFactory(report=report, level=level, heading=heading, text=text)


# — the texts —


@pytest.mark.parametrize("name", TEXTS)
def test_text_has_no_mistakes_and_no_typed_number(name):
    known = [figure.slug for figure in all_figures()]
    texts = [
        prose.parse(line.replace("{unit}", "")) for p in default_parts(name) for _, line in p.lines
    ]

    assert [p for text in texts for p in [*text.problems, *prose.unknown(text, known)]] == []
    assert [digits for text in texts for digits in prose.typed_digits(text)] == []


def test_items_of_the_demo_belong_to_sections_of_its_plans(demo):
    for year in (2025, 2026):
        headings = [text for level, text in lines(plan_of(demo, year)) if level == 1]

        assert len(headings) == 6
        assert headings[-1] == "六、对上级组织部门的建议"


# — items —


def test_item_stands_numbered_at_the_end_of_its_section(root):
    written(root, (0, "", "导语。"), (1, "甲", "甲的话。"), (1, "乙", "乙的话。"))
    for section, text in (("乙", "乙一"), ("甲", "甲一"), ("甲", "甲二。")):
        PlanItemFactory(organization=root, section=section, text=text)

    assert lines(plan_of(root)) == [
        (0, "导语。"),
        (1, "一、甲"),
        (0, "甲的话。"),
        (0, "1. 甲一。"),
        (0, "2. 甲二。"),
        (1, "二、乙"),
        (0, "乙的话。"),
        (0, "1. 乙一。"),
    ]


def test_section_without_a_text_keeps_its_heading_for_its_items(root):
    written(root, (1, "甲", ""), (1, "乙", ""))
    PlanItemFactory(organization=root, section="甲", text="甲一")

    assert lines(plan_of(root)) == [(1, "一、甲"), (0, "1. 甲一。")]


def test_items_of_no_section_get_a_heading_before_what_follows_the_tasks(root):
    written(root, (1, "甲", "甲的话。"), (1, "建议", "建议多来。"))
    PlanItemFactory(organization=root, section="甲", text="甲一")
    PlanItemFactory(organization=root, section="[另]", text="另一件")

    assert lines(plan_of(root)) == [
        (1, "一、甲"),
        (0, "甲的话。"),
        (0, "1. 甲一。"),
        (1, "二、[另]"),
        (0, "1. 另一件。"),
        (1, "三、建议"),
        (0, "建议多来。"),
    ]


def test_item_says_who_until_when_how_often_and_how_much(root):
    written(root, (1, "甲", ""))
    PlanItemFactory(
        organization=root, section="甲", text="抽查笔记", rhythm="quarterly",
        department=DepartmentFactory(organization=root, name="党建办"),
        lead=CadreFactory(organization=root, person__name="王大江"), due_on=date(2027, 1, 31),
        figure="orgs.note_checks", at_least=4,
    )  # fmt: skip

    level, text = lines(plan_of(root))[1]
    assert level == 0
    assert text == (
        "1. 抽查笔记（责任领导：王大江；责任科室：党建办；时限：2027年1月31日；每季度；"
        "考核指标：学习笔记抽查不少于4次）。"
    )


def test_items_of_another_year_and_of_units_are_not_printed(root):
    written(root, (1, "甲", "甲的话。"))
    PlanItemFactory(organization=root, section="甲", year=2025)
    PlanItemFactory(organization=OrganizationFactory(parent=root), section="甲")

    assert lines(plan_of(root)) == [(1, "一、甲"), (0, "甲的话。")]


def test_numbers_of_items_are_told_from_those_of_the_text(root):
    written(root, (1, "甲", "甲的话。"))
    PlanItemFactory(organization=root, section="甲", text="建成1至2处")

    assert [block.source for block in plan_of(root).blocks] == ["", "", "record"]


def test_plan_is_dated_at_the_beginning_of_its_year_and_the_summary_at_the_end(root):
    summary = build_summary(scope_below(root), OVER, unit=OFFICE, office=OFFICE)

    assert (plan_of(root).dated, summary.dated) == ("2026年1月1日", "2025年12月31日")


@pytest.mark.parametrize("account", ["clerk", "leader"])
def test_every_figure_of_the_plan_leads_to_its_rows(clients, account):
    client = clients[account]
    found = [one for one in page(client, "/reports/2026/plan/").figures if "2026" in one.href]

    assert len(found) == 15
    for one in found:
        behind = page(client, one.href)
        assert behind.figures[0].value == one.value
        assert agrees(figure_named(one.slug), one.value, behind.tables), one.slug


def test_digits_of_the_plan_are_those_of_its_items_or_dates(clients):
    html = clients["clerk"].get("/reports/2026/plan/").content.decode()
    paper = re.search(r'<article class="paper">.*</article>', html, re.DOTALL)[0]

    free = re.sub(r"<p data-source.*?</p>|<[^>]+>", "", paper, flags=re.DOTALL)
    assert re.findall(r"\d+年?", free) == ["2026年", "2026年", "1", "1"]


# — fulfilment —


def test_summary_prints_what_became_of_the_plan(root):
    ActivityFactory(
        organization=root, kind=ActivityKindFactory(code="note_check"), held_on=date(2025, 3, 1)
    )
    PlanItemFactory(
        organization=root, year=2025, text="抽查笔记", figure="orgs.note_checks",
        at_least=2, outcome_reason="人手不足",
    )  # fmt: skip
    PlanItemFactory(organization=root, year=2025, text="公开村务", rhythm="quarterly")
    task = KeyTaskFactory(due_on=date(2025, 9, 30), completed_on=date(2025, 9, 1))
    PlanItemFactory(
        organization=root, year=2025, text="清查登记", key_task=task, due_on=date(2025, 9, 30)
    )
    PlanItemFactory(organization=root, year=2026)

    assert fulfilment_of(root) == [
        (
            "2025年工作计划兑现情况",
            [
                ["1", "抽查笔记", "不少于2次", "1次", "部分兑现", "人手不足"],
                ["2", "公开村务", "每季度", "—", "待评", ""],
                ["3", "清查登记", "9月30日前完成", "9月1日完成", "兑现", ""],
            ],
        )
    ]


def test_summary_of_a_year_without_a_plan_has_no_table(root):
    PlanItemFactory(organization=root, year=2026)

    assert fulfilment_of(root) == []


def test_promise_of_a_figure_that_is_gone_is_left_to_the_record(root):
    PlanItemFactory(organization=root, year=2025, figure="no.such", at_least=1, outcome="kept")

    assert [row[2:5] for row in fulfilment_of(root)[0][1]] == [["—", "—", "兑现"]]


def test_demo_shows_every_outcome_with_its_reason(demo):
    (_, rows), *none = fulfilment_of(demo)

    assert none == []
    assert [(row[4], bool(row[5])) for row in rows if row[4] != "兑现"] == [
        ("部分兑现", True),
        ("未兑现", True),
        ("部分兑现", True),
        ("未兑现", True),
    ]
    assert len(rows) == 14


def test_secretary_sees_no_item_of_the_office(as_role, root, village_organization):
    PlanItemFactory(organization=root, year=2025, text="街道自己的事")
    client = as_role(Role.SECRETARY, village_organization)

    for address in ("/reports/2025/plan/", "/reports/2025/plan/fulfilment/"):
        assert "街道自己的事" not in client.get(address).content.decode()


@pytest.mark.parametrize(("year", "leads_on"), [(2025, True), (2026, False)])
def test_plan_leads_to_no_year_that_the_header_does_not_offer(as_role, root, year, leads_on):
    shown = as_role(Role.CLERK, root).get(f"/reports/{year}/plan/").content.decode()

    assert (f"{year + 1}年计划" in shown) == leads_on
