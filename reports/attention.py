"""What needs somebody now: figures that should be zero, for each role its own.

One above zero asks somebody to act, and leads to the page where that is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from dangjian.lib.figures import Figure, Measured, Value, figure_named
from orgs.middleware import Request
from orgs.roles import Role


@dataclass(frozen=True)
class Matter:
    """A figure, what it is called here, and the page on which something is done about it.

    `of_department` is the dimension that narrows it to the reader's department.
    """

    slug: str
    label: str
    page: str = ""
    action: str = ""
    of_department: str = ""

    def figure(self, user: Any) -> Figure:
        found = figure_named(self.slug)
        if self.of_department and user.department_id and isinstance(found, Measured):
            return found.inside(**{self.of_department: user.department_id})
        return found


LATE_TASKS = [
    Matter("tasks.tasks_overdue", "逾期未完成的重点工作", "tasks", "看进展"),
    Matter("tasks.tasks_behind", "进度滞后的重点工作", "tasks", "看进展"),
    Matter("tasks.tasks_due_soon", "14天内到期的重点工作", "tasks", "看进展"),
]
TERMS = [
    Matter("elections.elections_overdue", "逾期未换届的班子", "expiry", "看任届期满"),
    Matter("elections.bodies_expiring", "6个月内任期届满的班子", "expiry", "看任届期满"),
    Matter("elections.organizations_expired", "任届已满未换届的党组织", "expiry", "看任届期满"),
    Matter("elections.organizations_expiring", "6个月内任届期满的党组织", "expiry", "看任届期满"),
]
PARTY_LIFE = [
    Matter("orgs.behind_rhythm", "组织生活未达频次的党组织", "activities", "看组织生活"),
    Matter("orgs.silent_party_branches", "60天没有活动的党支部", "activities", "看组织生活"),
]
NONPUBLIC = [
    Matter("orgs.uncovered", "应建未建党组织的非公企业", "coverage", "看组建建议"),
    Matter("orgs.plans_overdue", "逾期未组建的计划", "coverage", "看组建建议"),
    Matter("orgs.undersized_branches", "正式党员不足3名的非公企业党支部"),
    Matter("cadres.visiting_too_little", "走访不足的党建指导员、联络员"),
]
READ = [
    *LATE_TASKS,
    Matter("tasks.tasks_unreported", "逾期未报进展的重点工作", "tasks", "看进展"),
    *TERMS,
    *NONPUBLIC,
    *PARTY_LIFE,
]
KEPT = [Matter("tasks.progress_waiting", "待审核的进展", "reviews", "去审核"), *READ]
OF_DEPARTMENT = [
    Matter(
        "tasks.progress_returned",
        "被退回、待修改的进展",
        "tasks",
        "去修改",
        of_department="task__department",
    ),
    Matter(
        "tasks.tasks_unreported",
        "逾期未报进展的重点工作",
        "tasks",
        "去填报",
        of_department="department",
    ),
    *(replace(matter, of_department="department") for matter in LATE_TASKS),
]
OF_ORGANIZATION = [
    *(replace(matter, page="activity_new", action="录入活动") for matter in PARTY_LIFE),
    Matter("orgs.checklist_missing", "未达标的检查项", "checklists", "录入检查"),
    *LATE_TASKS,
    *TERMS,
    *NONPUBLIC,
]
MATTERS: dict[str, Sequence[Matter]] = {
    Role.ADMINISTRATOR: KEPT,
    Role.CLERK: KEPT,
    Role.LEADER: READ,
    Role.DEPARTMENT: OF_DEPARTMENT,
    Role.SECRETARY: OF_ORGANIZATION,
}


def matters_of(user: Any) -> list[tuple[Matter, Figure]]:
    """What a user has to look after, with the figure that counts it for them."""
    return [(matter, matter.figure(user)) for matter in MATTERS.get(user.role, [])]


def pending(
    request: Request, matters: Sequence[tuple[Matter, Figure]], values: dict[str, Value]
) -> list[dict[str, Any]]:
    """The matters that are not zero: label, value, and where something is done about them."""
    return [
        {
            "label": matter.label,
            "value": values[figure.slug],
            "url": f"{reverse(matter.page)}?{request.carry}" if matter.page else "",
            "action": matter.action,
        }
        for matter, figure in matters
        if values[figure.slug].number
    ]
