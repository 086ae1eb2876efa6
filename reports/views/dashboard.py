"""The first page: what needs attention, how the year stands, where it is weak."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dangjian.lib.figures import Value, compute, compute_by_village
from orgs.figures import village_names
from orgs.middleware import Request

# Figures with what they are called here, where the page says whose they are.
Labelled = list[tuple[str, str]]

# Figures that should be zero: each one above it asks somebody to act.
ATTENTION: Labelled = [
    ("tasks.tasks_overdue", "逾期未完成的重点工作"),
    ("tasks.tasks_behind", "进度滞后的重点工作"),
    ("elections.elections_overdue", "逾期未换届的班子"),
    ("orgs.uncovered", "应建未建党组织的非公企业"),
    ("orgs.undersized_branches", "正式党员不足3名的非公企业党支部"),
    ("orgs.silent_branches", "60天没有活动的非公企业党支部"),
    ("orgs.terms_expired", "当年任届期满的党组织"),
]
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


def dashboard(request: Request) -> HttpResponse:
    shown = [*ATTENTION, *(pair for _, panel in PANELS for pair in panel)]
    slugs = [*(slug for slug, _ in shown), *(column.slug for column in COLUMNS)]
    values = compute(slugs, request.scope, request.period)
    context = {
        "attention": [(label, values[slug]) for slug, label in ATTENTION if values[slug].number],
        "panels": [
            (title, [(label, values[slug]) for slug, label in panel])
            for title, panel in PANELS
            if not all(values[slug].vanishes for slug, _ in panel)
        ],
        "columns": [{"label": one.label, "value": values[one.slug]} for one in COLUMNS],
        "villages": village_rows(request),
    }
    return render(request, "reports/dashboard.html", context)


def village_rows(request: Request) -> list[dict[str, Any]]:
    """Each village with its figures, in the villages' own order."""
    slugs = [column.slug for column in COLUMNS]
    by_village = compute_by_village(slugs, request.scope, request.period)
    villages = village_names(request.scope, request.period.as_of)
    shown = [(pk, name) for pk, name in villages if pk in by_village]
    worst = weakest([by_village[pk] for pk, _ in shown])
    address = reverse("village", args=[0])
    return [
        {
            "name": name,
            "url": address.replace("0", str(pk)),
            "cells": [
                {"value": value, "weak": slug in worst and value.number == worst[slug]}
                for slug, value in by_village[pk].items()
            ],
            "filter": f"&village={pk}",
        }
        for pk, name in shown
    ]


def weakest(rows: list[dict[str, Value]]) -> dict[str, Any]:
    """By figure the worst number of all villages, where they are not all the same."""
    found = {}
    for column in COLUMNS:
        numbers = {row[column.slug].number for row in rows} - {None}
        if column.weakest and len(numbers) > 1:
            found[column.slug] = column.weakest(list(numbers))
    return found
