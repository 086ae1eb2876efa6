"""One village in a round: its teams seat by seat, beside those of the round before."""

import math
from collections import defaultdict
from itertools import groupby, zip_longest

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render

from cadres.figures import first_secretaries, posting_register
from elections.figures import former_seat_register, seat_register
from elections.figures.bodies import ORIGIN, in_both_committees, secretaries_in_the_chair
from elections.figures.changes import FATE
from elections.models import Fate, Origin, Seat
from elections.tables import age_at_election
from orgs.models import Village
from orgs.tables import person_link

from .changes import changes_of_teams, team
from .terms import side_of, terms_within

# Colours of badges; those who stayed, and what does not compare, are grey.
TONES = {
    Origin.TRANSFERRED: "warning",
    Origin.MOVED: "warning",
    Origin.NEW: "success",
}


def village(request, pk, village):
    term = get_object_or_404(terms_within(request.scope), pk=pk)
    found = get_object_or_404(Village.objects.within(request.scope), pk=village)
    side = side_of(request, "本届", term)
    context = {
        "term": term,
        "village": found,
        "side": side,
        "teams": teams_of(request, found, side),
        "not_compared": why_not_compared(found, term),
        "posted": first_secretaries_of(request, found, side.period),
        "filter": f"&village={found.pk}",
    }
    return render(request, "elections/village.html", context)


def teams_of(request, village, side):
    """Every body of the village that has a team in either round, in the order of the kinds."""
    present = list(present_seats(request, village, side))
    former = list(former_seats(request, village, side.period))
    add_changes(request, side, present, former)
    teams, teams_before = by_body(present), by_body(former)
    changes = changes_of_village(request, village, side.period, [*teams, *teams_before])
    return [
        {
            "body": body,
            "changes": changes.get(body.kind),
            "present": teams.get(body, []),
            "former": teams_before.get(body, []),
            "rows": side_by_side(body.kind, teams_before.get(body, []), teams.get(body, [])),
        }
        for body in sorted(teams_before | teams, key=lambda body: (body.kind.order, body.pk))
    ]


# — seats —


def present_seats(request, village, side):
    """Those of this round only: a team still to be elected anew is the one of last term."""
    seats = seat_register.all_rows(request.scope, side.period).filter(election__term=side.term)
    chair = {"person": OuterRef("person"), "election__body__village": village}
    return of_village(request, seats, village, side.period).annotate(
        origin=ORIGIN.source(side.period),
        is_cross_post=in_both_committees(side.period, "person"),
        is_dual_head=Exists(secretaries_in_the_chair(side.period).filter(**chair)),
    )


def former_seats(request, village, period):
    seats = former_seat_register.all_rows(request.scope, period)
    return of_village(request, seats, village, period).annotate(fate=FATE.source(period))


def of_village(request, seats, village, period):
    """Its seats with what the page prints; `person_page` only inside the scope."""
    return (
        seats.filter(election__body__village=village)
        .annotate(
            age=age_at_election(period),
            person_page=person_link().reach("person", request.scope),
        )
        .select_related("person", "election__body__kind")
        .order_by("election__body", "pk")
    )


def by_body(seats):
    return {body: list(held) for body, held in groupby(seats, lambda seat: seat.election.body)}


def side_by_side(kind, former, present):
    """Title, former and present seat, post by post; who stayed in a post beside themselves."""
    rows = []
    for post in Seat.Post:
        sides = [[seat for seat in seats if seat.post == post] for seats in (former, present)]
        stayed = set.intersection(*({seat.person_id for seat in side} for side in sides))
        for side in sides:
            side.sort(key=lambda seat: seat.person_id if seat.person_id in stayed else math.inf)
        title = getattr(kind, f"{post}_title")
        rows += [(title, *pair) for pair in zip_longest(*sides)]
    return rows


# — what changed —


def add_changes(request, side, present, former):
    """Sets on each seat what changed: where its holder came from, or went to."""
    # Not within the scope: where members sat before is part of their own record, as on their page.
    of_last_term = Seat.objects.filter(election__term=side.term.previous)
    before = held_by(present, of_last_term)
    now = held_by(former, seat_register.all_rows(request.scope, side.period))
    for seat in present:
        seat.change, seat.place = Origin(seat.origin), "、".join(other_posts(seat, before, "原"))
        seat.tone = TONES.get(seat.change, "secondary")
        seat.double = double_post(seat)
    for seat in former:
        seat.change, seat.place = Fate(seat.fate), "、".join(other_posts(seat, now, "任"))


def held_by(seats, among):
    """Those seats among others that the holders of `seats` have, by person."""
    found = defaultdict(list)
    people = {seat.person_id for seat in seats}
    for seat in among.filter(person__in=people).select_related("election__body__kind"):
        found[seat.person_id].append(seat)
    return found


def other_posts(seat, held, verb):
    """What else the holder of a seat was, or is: another post in the same body, or other bodies."""
    body = seat.election.body
    here = [one for one in held[seat.person_id] if one.election.body == body]
    if here:
        return [f"{verb}{one.title}" for one in here if one.post != seat.post]
    return [f"{one.election.body}{one.title}" for one in held[seat.person_id]]


def double_post(seat):
    if not (seat.is_cross_post and seat.election.body.kind.of_two_committees):
        return ""
    return "一肩挑" if seat.is_dual_head else "交叉任职"


def changes_of_village(request, village, period, bodies):
    """By kind of body how it changed here, counted as on the page of the round."""
    kinds = list(dict.fromkeys(body.kind for body in bodies if body.kind.of_two_committees))
    _, by_village = changes_of_teams(kinds, request.scope, period)
    values = by_village.get(village.pk)
    return {kind: team(kind, values) for kind in kinds} if values else {}


def why_not_compared(village, term):
    """What is missing for a body without seats of the round before to be compared."""
    if term.previous is None:
        return "这是最早的一届，没有上届。"
    if term.previous.completed_on is None:
        return "上届没有填写换届完成日期。"
    if village.established_on and village.established_on > term.previous.completed_on:
        return f"本村（社区）成立于{village.established_on:%Y年%-m月%-d日}，晚于上届换届。"
    return "没有录入上届的任职；补录后即可比较。"


# — not elected —


def first_secretaries_of(request, village, period):
    """Sent from above: listed apart from the teams."""
    sent = first_secretaries.inside(in_village=village.pk)
    return (
        posting_register.listed(sent, request.scope, period)
        .rows.annotate(person_page=person_link().reach("person", request.scope))
        .select_related("person", "organization")
        .order_by("since", "pk")
    )
