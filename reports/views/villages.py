"""One village on one page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from dangjian.lib.figures import compute_by_village
from elections.figures import seat_register
from orgs.middleware import Request
from orgs.models import Village
from reports.access import registers_of

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
        ],
    ),
]


def village(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Village.objects.within(request.scope).select_related("organization", "party_organization"),
        pk=pk,
    )
    as_of = request.period.as_of
    slugs = [slug for _, group in GROUPS for slug, _ in group]
    values = compute_by_village(slugs, request.scope, request.period).get(found.pk, {})
    groups = [
        (title, [(label, values[slug]) for slug, label in group if is_worth_showing(values, slug)])
        for title, group in GROUPS
    ]
    seats = seat_register.rows(request.scope, request.period)
    context = {
        "village": found,
        "is_established": bool(found.established_on and found.established_on <= as_of),
        "groups": [(title, group) for title, group in groups if group],
        "registers": [one for one in registers_of(request.user) if "village" in one.dimensions],
        "seats": seats.filter(election__body__village=found)
        .select_related("person", "election__body__kind")
        .order_by("election__body__kind__order", "pk"),
        "facts": found.facts.filter(counted_on__lte=as_of)
        .select_related("kind")
        .order_by("kind__order", "-counted_on"),
        "filter": f"&village={found.pk}",
    }
    return render(request, "reports/village.html", context)


def is_worth_showing(values: dict, slug: str) -> bool:
    return slug in values and not values[slug].vanishes
