"""What a round changed, village by village and body by body."""

from dangjian.lib.figures import compute_both
from elections.figures.changes import (
    former_seats,
    seats_comparable,
    seats_incomparable,
    seats_left,
    seats_moved,
    seats_new,
    seats_stayed,
    seats_transferred,
)
from elections.models import BodyKind
from orgs.figures import village_names

# In the order of the paper: last term, who of it is gone, and what this term is made of.
CHANGES = [
    (former_seats, "上届"),
    (seats_left, "离任"),
    (seats_stayed, "留任"),
    (seats_transferred, "本村转任"),
    (seats_moved, "交流调入"),
    (seats_new, "新进"),
    (seats_comparable, "本届"),
]


def changes_of_teams(kinds, scope, period):
    """The figures of CHANGES in each kind of body: together, and by village."""
    asked = [figure.inside(body=kind.pk) for kind in kinds for figure in counted()]
    return compute_both(asked, asked, scope, period)


def counted():
    return [*(figure for figure, _ in CHANGES), seats_incomparable]


def change_table(request, period):
    """Head, villages and total of the table of changes in the two committees."""
    kinds = list(BodyKind.objects.filter(of_two_committees=True))
    totals, by_village = changes_of_teams(kinds, request.scope, period)
    villages = village_names(request.scope, period.as_of)
    return {
        "kinds": kinds,
        "columns": [label for _, label in CHANGES],
        "rows": [
            (pk, name, f"&village={pk}", [team(kind, by_village[pk]) for kind in kinds])
            for pk, name in villages
            if pk in by_village
        ],
        "totals": [team(kind, totals) for kind in kinds],
    }


def team(kind, values):
    """How one kind of body changed: its labelled figures, or why there is nothing to compare."""
    found = {figure: values[figure.inside(body=kind.pk).slug] for figure in counted()}
    return {
        "figures": [(label, found[figure]) for figure, label in CHANGES],
        "compared": bool(found[seats_comparable].number or found[former_seats].number),
        "incomparable": found[seats_incomparable],
    }
