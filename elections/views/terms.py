"""Results of a round of elections, beside the round before it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render

from dangjian.lib.figures import compute, compute_by_village, figure_named
from dangjian.lib.periods import Period
from elections.figures import period_of_term
from elections.models import Election, Term
from orgs.middleware import carry_on
from orgs.models import Village

from .changes import change_table
from .rosters import NEEDED

# Figures with what they are called under the heading of their group.
GROUPS = [
    (
        "换届进度",
        [
            ("elections.villages_completed", "完成换届的村（社区）"),
            ("elections.elections_due", "应换届的班子"),
            ("elections.elections_held", "完成换届的班子"),
            ("elections.elections_on_time_rate", "按期换届率"),
            ("elections.party_seats", "党组织职数"),
            ("elections.committee_seats", "村（居）委会职数"),
        ],
    ),
    (
        "村（社区）党组织",
        [
            ("elections.party_members", "成员"),
            ("elections.party_mean_age", "平均年龄"),
            ("elections.party_college", "大专及以上学历"),
            ("elections.party_college_rate", "大专及以上学历比例"),
            ("elections.party_women", "女成员"),
            ("elections.party_women_rate", "女成员比例"),
            ("elections.women_main_posts", "女成员在主要岗位"),
        ],
    ),
    (
        "村（居）民委员会",
        [
            ("elections.committee_members", "成员"),
            ("elections.committee_mean_age", "平均年龄"),
            ("elections.committee_college", "大专及以上学历"),
            ("elections.committee_women", "女成员"),
            ("elections.committee_women_rate", "女成员比例"),
        ],
    ),
    (
        "两委合计",
        [
            ("elections.two_committee_persons", "两委成员"),
            ("elections.cross_posts", "交叉任职"),
            ("elections.dual_heads", "书记主任一肩挑"),
            ("elections.dual_heads_rate", "一肩挑占村（社区）"),
            ("elections.redeployed", "交流调配"),
            ("elections.redeployed_rate", "交流调配占两委成员"),
            ("elections.newcomers", "新进人员"),
        ],
    ),
    (
        "两委任职变动",
        [
            ("elections.former_seats", "上届任职"),
            ("elections.seats_left", "离任"),
            ("elections.seats_comparable", "本届可比任职"),
            ("elections.seats_stayed", "留任"),
            ("elections.seats_transferred", "本村转任"),
            ("elections.seats_moved", "交流调入"),
            ("elections.seats_moved_rate", "交流调入占可比任职"),
            ("elections.seats_new", "新进"),
            ("elections.seats_incomparable", "不可比任职"),
        ],
    ),
    ("另列，不计入班子", [("cadres.first_secretaries", "第一书记")]),
]
COLUMNS = [
    ("elections.party_seats", "党组织职数"),
    ("elections.party_members", "党组织成员"),
    ("elections.party_mean_age", "平均年龄"),
    ("elections.party_college", "大专及以上"),
    ("elections.party_women", "女成员"),
    ("elections.committee_members", "村（居）委会成员"),
    ("elections.cross_posts", "交叉任职"),
    ("elections.dual_heads", "一肩挑"),
]
# A village without an election to hold in a round has nothing to show of it.
HAD_ELECTIONS = "elections.elections_due"
# Counted against the round before: the first round on record says nothing of them.
AGAINST_LAST = {
    "elections.redeployed",
    "elections.redeployed_rate",
    "elections.newcomers",
    *(slug for slug, _ in dict(GROUPS)["两委任职变动"]),
}


@dataclass(frozen=True)
class Side:
    """One of the two rounds compared: its figures, read on the day its result was complete."""

    label: str
    term: Term
    period: Period
    carry: str


def terms(request):
    """The round in force; a page that says what belongs here where there is none."""
    term = terms_within(request.scope).begun_by(request.period.as_of).first()
    if term is None:
        return render(request, "elections/no_terms.html")
    return redirect(f"{term.get_absolute_url()}?{request.carry}")


def term(request, pk):
    shown = get_object_or_404(terms_within(request.scope), pk=pk)
    sides = [side_of(request, "本届", shown)]
    if shown.previous:
        sides.append(side_of(request, "上届", shown.previous))
    slugs = [slug for _, pairs in GROUPS for slug, _ in pairs]
    values = [figures_of_side(request, side, slugs) for side in sides]
    context = {
        "term": shown,
        "terms": terms_within(request.scope),
        "sides": sides,
        "groups": [
            (title, [(label, beside(sides, values, slug)) for slug, label in pairs])
            for title, pairs in GROUPS
        ],
        "columns": [(label, figure_named(slug).unit) for slug, label in COLUMNS],
        "villages": village_rows(request, sides),
        "changes": change_table(request, sides[0].period) if shown.previous else None,
        "rosters": rosters_of(request, shown) if request.user.has_perms(NEEDED) else [],
    }
    return render(request, "elections/term.html", context)


def rosters_of(request, term):
    """The elections of the round in the order of the villages, with how many are seated."""
    elections = Election.objects.within(request.scope).filter(term=term)
    seated = Count("seats", filter=Q(seats__until__isnull=True))
    found = elections.select_related("body__kind", "body__village").annotate(seated=seated)
    return found.order_by("body__village", "body__kind__order", "pk")


def figures_of_side(request, side, slugs):
    told = [slug for slug in slugs if side.term.previous or slug not in AGAINST_LAST]
    return compute(told, request.scope, side.period)


def beside(sides, values, slug):
    """A figure of every side; None where a side has nothing to compare."""
    return [(side, found.get(slug)) for side, found in zip(sides, values, strict=True)]


def terms_within(scope):
    """Rounds in which something inside the scope was elected, newest first."""
    here = Election.objects.within(scope).filter(term=OuterRef("pk"))
    return Term.objects.filter(Exists(here)).select_related("previous")


def side_of(request, label, term):
    period = period_of_term(term)
    return Side(label, term, period, carry_on(request, period.as_of))


def village_rows(request, sides):
    """Each village with its figures of every side."""
    slugs = [HAD_ELECTIONS, *(slug for slug, _ in COLUMNS)]
    by_side = [compute_by_village(slugs, request.scope, side.period) for side in sides]
    villages = Village.objects.within(request.scope).established_by(sides[0].period.as_of)
    return [
        {
            "village": village,
            "filter": f"&village={village.pk}",
            "cells": [
                beside(sides, [figures_of(found, village) for found in by_side], slug)
                for slug, _ in COLUMNS
            ],
        }
        for village in villages
        if figures_of(by_side[0], village)
    ]


def figures_of(found, village):
    """A village's figures in a round; none where it held no election then."""
    values = found.get(village.pk, {})
    return values if values and values[HAD_ELECTIONS].number else {}
