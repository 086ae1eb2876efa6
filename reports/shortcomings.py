"""Figures that can back what a summary says of its shortcomings. The words are the writer's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dangjian.lib.figures import Value, compute_both
from dangjian.lib.periods import Period
from orgs.figures import village_names
from orgs.middleware import Request

GROUPS = [
    (
        "村（社区）工作不平衡",
        ["orgs.behind_rhythm", "orgs.behind_rhythm_rate", "orgs.villages_planned"],
    ),
    (
        "班子年龄和学历",
        [
            "elections.secretaries_mean_age",
            "elections.young_secretaries",
            "elections.secretaries_below_college",
            "elections.party_mean_age",
            "elections.party_young",
            "elections.party_college_rate",
        ],
    ),
    (
        "非公企业党支部作用发挥",
        [
            "orgs.silent_branches",
            "orgs.undersized_branches",
            "orgs.uncovered",
            "orgs.checklist_missing",
            "cadres.visiting_too_little",
            "orgs.activities_per_branch",
        ],
    ),
    ("重点工作推进", ["tasks.tasks_overdue", "tasks.tasks_behind", "tasks.tasks_late"]),
]
# By village the least of these is the weakest.
BY_VILLAGE = ["orgs.activities", "orgs.coverage_rate"]
FEWEST = 3


@dataclass(frozen=True)
class Weak:
    """A village among the weakest by a figure; `more` narrows the figure's rows to it."""

    village: str
    value: Value
    more: str


@dataclass(frozen=True)
class Evidence:
    """Figures of a unit and period, grouped by the shortcoming they back, and the weak villages.

    `carry` is the query that says whose and when: the page may be of another year.
    """

    period: Period
    carry: str
    groups: list[tuple[str, list[Value]]]
    weak: list[Weak]


def evidence_for(request: Request, period: Period) -> Evidence:
    """The evidence of the unit looked at, in a period that need not be the page's."""
    is_narrow = request.scope != request.own_scope
    return evidence(request.scope, period, org=request.scope.organization_id if is_narrow else "")


def evidence(scope: Any, period: Period, *, org: Any = "") -> Evidence:
    """What there is to say: figures of nothing are left out. One query per register, and names.

    `org` is the organization the page is narrowed to, if it is.
    """
    slugs = [slug for _, few in GROUPS for slug in few]
    values, by_village = compute_both(slugs, BY_VILLAGE, scope, period)
    said = [(title, [values[slug] for slug in few]) for title, few in GROUPS]
    groups = [(title, [one for one in few if not one.vanishes]) for title, few in said]
    carried = {"year": period.first_day.year, **({"org": org} if org else {})}
    return Evidence(
        period,
        urlencode(carried),
        [(title, few) for title, few in groups if few],
        list(weakest(by_village, dict(village_names(scope, period.as_of)))),
    )


def weakest(by_village: dict[Any, dict[str, Value]], names: dict[int, str]) -> Iterator[Weak]:
    """By each figure the villages with least, unless all have the same."""
    for slug in BY_VILLAGE:
        found = [(one, pk) for pk, values in by_village.items() if pk in names
                 for one in [values[slug]] if one.exact is not None]  # fmt: skip
        if len({one.exact for one, _ in found}) > 1:
            for value, pk in sorted(found, key=lambda each: (each[0].exact, each[1]))[:FEWEST]:
                yield Weak(names[pk], value, f"&village={pk}")
