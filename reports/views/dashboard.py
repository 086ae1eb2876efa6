"""The first page: what needs attention, how the year stands, where it is weak."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dangjian.lib.figures import Figure, Value, compute_both
from dangjian.lib.template_tags import badge
from orgs.figures import village_names
from orgs.middleware import Request
from reports.attention import matters_of, pending
from reports.charts import COVERAGE, charts, figures_drawn
from tasks.lights import standings

# Figures with what they are called here, where the page says whose they are.
Labelled = list[tuple[str, str]]

PANELS: list[tuple[str, Labelled]] = [
    (
        "重点工作",
        [
            ("tasks.key_tasks", "重点工作"),
            ("tasks.tasks_completed", "已完成"),
            ("tasks.tasks_completed_rate", "完成率"),
            ("tasks.tasks_mean_percent", "平均进度"),
        ],
    ),
    (
        "基层组织",
        [
            ("orgs.grassroots_organizations", "基层党组织"),
            ("orgs.villages", "村（社区）"),
            ("orgs.members", "党员"),
            ("orgs.young_members", "35岁及以下党员"),
            ("orgs.women_members_rate", "女党员比例"),
            ("orgs.college_members_rate", "大专及以上学历比例"),
        ],
    ),
    (
        "非公党建",
        [
            ("orgs.in_scope", "纳入范围企业"),
            ("orgs.covered", "已覆盖企业"),
            ("orgs.coverage_rate", "党组织覆盖率"),
            ("orgs.nonpublic_branches", "非公企业党支部"),
            ("orgs.checklist_met", "六个一基本达标支部"),
            ("orgs.nonpublic_members", "非公企业党员"),
        ],
    ),
    (
        "组织生活",
        [
            ("orgs.activities", "组织生活和活动"),
            ("orgs.three_meetings_one_class", "三会一课"),
            ("orgs.theme_days", "主题党日"),
            ("orgs.trainings", "以会代训和专题培训"),
            ("orgs.behind_rhythm", "未达频次的党组织"),
            ("orgs.pledges_fulfilled_rate", "党员承诺兑现率"),
        ],
    ),
    (
        "干部人才",
        [
            ("cadres.recruits_hired", "招聘上岗大学生"),
            ("cadres.recruits_posted", "其中到村工作"),
            ("cadres.first_secretaries", "第一书记"),
            ("cadres.instructors", "党建指导员"),
            ("cadres.secondments", "抽调一线"),
            ("cadres.village_posts", "到村任职"),
        ],
    ),
    (
        "换届选举",
        [
            ("elections.elections_held_rate", "换届完成率"),
            ("elections.party_members", "党组织成员"),
            ("elections.party_mean_age", "成员平均年龄"),
            ("elections.party_college_rate", "大专及以上学历比例"),
            ("elections.party_women", "女成员"),
            ("elections.party_women_rate", "女成员比例"),
        ],
    ),
]


@dataclass(frozen=True)
class Column:
    """A figure for every village; `weakest` picks the number that is worst, where one is."""

    slug: str
    label: str
    weakest: Callable[[list[Any]], Any] | None = None


COLUMNS = [
    Column("orgs.members", "党员"),
    Column("orgs.women_members_rate", "女党员比例", min),
    Column("orgs.college_members_rate", "党员大专及以上比例", min),
    Column("orgs.in_scope", "纳入范围企业"),
    Column("orgs.coverage_rate", "党组织覆盖率", min),
    Column("elections.party_members", "党组织成员"),
    Column("elections.party_mean_age", "成员平均年龄", max),
    Column("elections.party_college_rate", "成员大专及以上比例", min),
    Column("elections.party_women_rate", "女成员比例", min),
]
MOST_NAMED = 2  # a number that more villages share singles none of them out


@dataclass(frozen=True)
class VillageRow:
    """A village with its figures, by slug."""

    pk: int
    name: str
    values: dict[str, Value]


def dashboard(request: Request) -> HttpResponse:
    matters = matters_of(request.user)
    columns = [column.slug for column in COLUMNS]
    figures: list[Figure | str] = [
        *(figure for _, figure in matters),
        *(slug for _, panel in PANELS for slug, _ in panel),
        *columns,
        *figures_drawn(request.period),
    ]
    values, by_village = compute_both(figures, columns, request.scope, request.period)
    villages = villages_of(request, by_village)
    worst = weakest(villages)
    coverage = [(one.pk, one.name, one.values[COVERAGE.slug]) for one in villages]
    context = {
        "attention": pending(request, matters, values),
        "panels": [
            (title, [(label, values[slug]) for slug, label in panel])
            for title, panel in PANELS
            if not all(values[slug].vanishes for slug, _ in panel)
        ],
        "tasks": task_rows(request),
        "columns": [{"label": one.label, "value": values[one.slug]} for one in COLUMNS],
        "weak": weak_spots(villages, worst),
        "villages": table_of(request, villages, worst),
        "charts": charts(request, values, coverage),
    }
    return render(request, "reports/dashboard.html", context)


def task_rows(request: Request) -> list[dict[str, Any]]:
    """The key tasks with their lights, ready to be printed."""
    address = f"{reverse('task', args=[0])}?{request.carry}"
    return [
        {
            "name": task.name,
            "url": address.replace("/0/", f"/{task.pk}/"),
            "badge": badge(task.light.label, task.light.tone),
            "percent": task.percent,
            "others": (task.lead, task.department, task.due_on.isoformat()),
        }
        for task in standings(request.scope, request.period)
    ]


def villages_of(request: Request, by_village: dict[Any, dict[str, Value]]) -> list[VillageRow]:
    """Each village with its figures, in the villages' own order."""
    villages = village_names(request.scope, request.period.as_of)
    return [VillageRow(pk, name, by_village[pk]) for pk, name in villages if pk in by_village]


def weakest(rows: list[VillageRow]) -> dict[str, Any]:
    """By figure the worst number of all villages, where they are not all the same."""
    found = {}
    for column in COLUMNS:
        numbers = {row.values[column.slug].number for row in rows} - {None}
        if column.weakest and len(numbers) > 1:
            found[column.slug] = column.weakest(list(numbers))
    return found


def weak_spots(rows: list[VillageRow], worst: dict[str, Any]) -> list[dict[str, Any]]:
    """By column the villages with its worst number, where they are few enough to be named."""
    found = []
    for column in COLUMNS:
        last = [
            (row, row.values[column.slug])
            for row in rows
            if column.slug in worst and row.values[column.slug].number == worst[column.slug]
        ]
        if len(last) <= MOST_NAMED:
            found += [
                {"figures": [(f"{row.name}{column.label}", value)], "more": f"&village={row.pk}"}
                for row, value in last
            ]
    return found


def table_of(
    request: Request, rows: list[VillageRow], worst: dict[str, Any]
) -> list[dict[str, Any]]:
    """The villages as printing.figure_rows takes them."""
    address = f"{reverse('village', args=[0])}?{request.carry}"
    return [
        {
            "name": row.name,
            "url": address.replace("/0/", f"/{row.pk}/"),
            "more": f"&village={row.pk}",
            "cells": [
                {"value": value, "weak": slug in worst and value.number == worst[slug]}
                for slug, value in row.values.items()
            ],
        }
        for row in rows
    ]
