"""One village on one page."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cadres.figures import (
    first_secretaries,
    instructors,
    liaisons,
    posting_register,
    village_posts,
)
from cadres.models import Posting
from dangjian.lib.figures import compute, compute_by_village
from elections.figures import seat_register
from orgs.middleware import Request
from orgs.models import Village
from orgs.tables import person_link
from reports.access import registers_of
from tasks.figures import key_tasks, tasks_behind, tasks_completed, tasks_overdue
from tasks.lights import standings

# What a reader wants to know of one village; figures that come to nothing there are left out.
GROUPS = [
    (
        "组织和党员",
        [
            ("orgs.grassroots_organizations", "基层党组织"),
            ("orgs.members", "党员"),
            ("orgs.members_change", "党员较上年"),
            ("orgs.probationary_members", "预备党员"),
            ("orgs.young_members", "35岁及以下党员"),
            ("orgs.members_mean_age", "党员平均年龄"),
            ("orgs.women_members_rate", "女党员比例"),
            ("orgs.college_members_rate", "大专及以上学历比例"),
            ("orgs.members_admitted", "发展党员"),
        ],
    ),
    (
        "组织生活",
        [
            ("orgs.activities", "组织生活和活动"),
            ("orgs.activities_change", "活动较上年"),
            ("orgs.three_meetings_one_class", "三会一课"),
            ("orgs.theme_days", "主题党日"),
            ("orgs.activity_attendance", "参加活动"),
            ("orgs.pledges", "党员公开承诺"),
            ("orgs.pledges_fulfilled_rate", "承诺兑现率"),
            ("orgs.sites", "活动阵地"),
            ("orgs.ratings", "评星定级"),
        ],
    ),
    (
        "非公党建",
        [
            ("orgs.in_scope", "纳入范围企业"),
            ("orgs.covered", "已覆盖企业"),
            ("orgs.coverage_rate", "党组织覆盖率"),
            ("orgs.uncovered", "应建未建企业"),
            ("orgs.newly_covered", "当年新覆盖企业"),
            ("orgs.nonpublic_branches", "非公企业党支部"),
            ("orgs.nonpublic_members", "非公企业党员"),
            ("orgs.staff", "从业人员"),
            ("orgs.checklist_met", "六个一基本达标支部"),
            ("orgs.checklist_missing", "未达标的检查项"),
            ("orgs.silent_branches", "60天没有活动的支部"),
            ("cadres.enterprises_instructed", "有指导员、联络员的企业"),
            ("cadres.enterprises_uninstructed", "没有指导员、联络员的企业"),
            ("cadres.visits", "走访企业"),
        ],
    ),
    (
        "班子和换届",
        [
            ("elections.party_seats", "党组织职数"),
            ("elections.party_members", "党组织成员"),
            ("elections.party_mean_age", "成员平均年龄"),
            ("elections.party_college_rate", "大专及以上学历比例"),
            ("elections.party_women", "女成员"),
            ("elections.committee_members", "村（居）委会成员"),
            ("elections.cross_posts", "交叉任职"),
            ("elections.dual_heads", "书记主任一肩挑"),
            ("cadres.reserves", "村级后备干部"),
        ],
    ),
]
# Rows that may concern several villages: narrowed to those that concern this one.
SHARED = [
    (
        "派驻干部",
        [
            (first_secretaries, "第一书记"),
            (village_posts, "到村任职"),
            (instructors, "党建指导员"),
            (liaisons, "党建联络员"),
        ],
    ),
    (
        "重点工作",
        [
            (key_tasks, "涉及本村（社区）"),
            (tasks_completed, "已完成"),
            (tasks_overdue, "逾期未完成"),
            (tasks_behind, "进度滞后"),
        ],
    ),
]


def village(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Village.objects.within(request.scope).select_related("organization", "party_organization"),
        pk=pk,
    )
    as_of = request.period.as_of
    context = {
        "village": found,
        "is_established": bool(found.established_on and found.established_on <= as_of),
        "groups": groups_of(request, found),
        "shared": shared_groups(request, found),
        "tasks": standings(request.scope, request.period, village=found.pk),
        "posted": posted(request, found),
        "registers": [one for one in registers_of(request.user) if "village" in one.dimensions],
        "seats": seats_of(request, found),
        "facts": found.facts.filter(counted_on__lte=as_of)
        .select_related("kind")
        .order_by("kind__order", "-counted_on"),
        "filter": f"&village={found.pk}",
    }
    return render(request, "reports/village.html", context)


def groups_of(request: Request, village: Village) -> list[tuple[str, list[Any]]]:
    """The figures of registers whose every row belongs to one village, under their titles."""
    slugs = [slug for _, group in GROUPS for slug, _ in group]
    by_village = compute_by_village(slugs, request.scope, request.period)
    values = by_village.get(village.pk, {})
    groups = [
        (title, [(label, values[slug]) for slug, label in group if is_worth_showing(values, slug)])
        for title, group in GROUPS
    ]
    return [(title, group) for title, group in groups if group]


def shared_groups(request: Request, village: Village) -> list[tuple[str, list[Any]]]:
    """The figures of postings and tasks that concern the village."""
    narrowed = {
        figure: figure.inside(in_village=village.pk) for _, group in SHARED for figure, _ in group
    }
    values = compute(narrowed.values(), request.scope, request.period)
    groups = [
        (
            title,
            [
                (label, values[slug])
                for figure, label in group
                if is_worth_showing(values, slug := narrowed[figure].slug)
            ],
        )
        for title, group in SHARED
    ]
    return [(title, group) for title, group in groups if group]


def seats_of(request: Request, village: Village) -> QuerySet[Any]:
    """The teams in office, by body; `person_page` is the key of a person who may be looked at."""
    seats = seat_register.rows(request.scope, request.period)
    return (
        seats.filter(election__body__village=village)
        .annotate(person_page=person_link().reach("person", request.scope))
        .select_related("person", "election__body__kind")
        .order_by("election__body__kind__order", "pk")
    )


def posted(request: Request, village: Village) -> Any:
    """Who is posted to the village on the period's day, first secretaries first."""
    rows: Any = posting_register.filtered(request.scope, request.period, {"in_village": village.pk})
    return (
        rows.current_on(request.period.as_of)
        .annotate(
            person_page=person_link().reach("person", request.scope),
            is_first=Q(kind=Posting.Kind.FIRST_SECRETARY),
        )
        .select_related("person")
        .order_by("-is_first", "kind", "pk")
    )


def is_worth_showing(values: dict, slug: str) -> bool:
    return slug in values and not values[slug].vanishes
