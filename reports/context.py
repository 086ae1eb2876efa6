"""What every page's frame shows: the office, the year, the unit looked at, the navigation."""

from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.urls import reverse

from dangjian.lib.figures import Register, all_sets
from dangjian.lib.statements import Statement, fetch, prepare, vendor
from orgs.middleware import Request
from orgs.models import Organization

from .access import registers_of

YEARS_BACK = 5
# Label, icon and URL name of the pages everyone has; those of a year carry it in their path.
WORK = [
    ("工作台", "house-door", "dashboard"),
    ("重点工作", "kanban", "tasks"),
    ("非公覆盖", "diagram-2", "coverage"),
    ("组织生活", "calendar-week", "activities"),
    ("换届选举", "check2-square", "terms"),
    ("年度总结", "file-earmark-text", "summary"),
    ("工作计划", "calendar-range", "plan"),
    ("统计表", "grid-3x3", "crosstables"),
    ("勾稽校核", "ui-checks", "checks"),
    ("文稿核数", "spellcheck", "proofread"),
    ("指标目录", "list-ol", "figures"),
]
OF_A_YEAR = {"summary", "plan", "crosstables", "checks"}
REGISTER_ICONS = {
    "orgs.villages": "houses",
    "orgs.organizations": "diagram-3",
    "orgs.members": "person-badge",
    "orgs.enterprises": "buildings",
    "orgs.organizing_plans": "clipboard-check",
    "orgs.people": "people",
    "orgs.activities": "calendar-event",
    "orgs.attendances": "person-check",
    "orgs.rhythms": "arrow-repeat",
    "orgs.checklist_results": "card-checklist",
    "orgs.pairings": "link-45deg",
    "orgs.pledges": "hand-thumbs-up",
    "orgs.sites": "flag",
    "orgs.ratings": "star",
    "orgs.developments": "person-plus",
    "cadres.cadres": "briefcase",
    "cadres.postings": "signpost-2",
    "cadres.visits": "geo-alt",
    "cadres.recruits": "mortarboard",
    "cadres.reserves": "person-up",
    "cadres.talks": "chat-left-text",
    "cadres.study_reviews": "book",
    "tasks.programmes": "collection",
    "tasks.key_tasks": "list-check",
    "tasks.progress": "clipboard-check",
    "tasks.plan_items": "calendar-range",
    "elections.seats": "person-vcard",
    "elections.former_seats": "clock-history",
    "elections.persons": "person-lines-fill",
    "elections.elections": "calendar2-check",
    "elections.ballots": "inbox",
}


def navigation(request: Request) -> dict[str, Any]:
    """`nav` for base.html; only the name of the product for somebody not signed in."""
    if not hasattr(request, "carry") or not request.user.is_authenticated:
        return {"nav": {"office": ""}}
    return {"nav": frame(request)}


def frame(request: Any) -> dict[str, Any]:
    year = request.period.first_day.year
    working_year = request.office.working_year if request.office else year
    years = {*range(working_year - YEARS_BACK + 1, working_year + 2), year}
    return {
        "office": request.office.name if request.office else "",
        "unit": request.unit.short_name if request.unit else "",
        "year": year,
        "years": [(one, f"{one}年") for one in sorted(years, reverse=True)],
        "units": units_below(request),
        "day": request.day.isoformat() if request.day else "",
        "in_office": is_in_office(request),
        "org": request.unit.pk if request.scope != request.own_scope else "",
        # Called only when the template has no rendered navigation of this kind at hand.
        "groups": partial(groups, request),
    }


def units_below(request: Any) -> Any:
    """The organizations directly below the user's own, to narrow the page to."""
    if request.user.organization_id is None:
        return []
    return fetch(children_of(request.user.organization_id, request.period.as_of, vendor()))


@lru_cache(maxsize=512)
def children_of(organization: int, day: date, database: str) -> Statement | None:
    """The organizations below one on a day, as a statement: every page's frame asks."""
    children = Organization.objects.existing_on(day).filter(parent=organization)
    return prepare(children.values_list("pk", "short_name"))


def groups(request: Any) -> list[dict[str, Any]]:
    found = [{"title": "工作", "items": [work_item(request, *page) for page in WORK]}]
    open_to_user = registers_of(request.user)
    for figure_set in all_sets():
        shown = [register for register in figure_set.registers if register in open_to_user]
        items = [register_item(request, register) for register in shown]
        found.append({"title": f"{figure_set.title}台账", "items": items})
    if request.user.is_staff:
        found.append({"title": "管理", "items": keeping(request)})
    return [group for group in found if group["items"]]


def keeping(request: Any) -> list[dict[str, Any]]:
    """Entering records: one by one, by the file, and all of them in a new office."""
    entry = item(request, "数据录入", "pencil-square", "/admin/")
    files = item(request, "批量导入", "upload", reverse("imports"))
    first = item(request, "首次建账", "signpost-split", reverse("import_start"))
    files["active"] = files["active"] and not first["active"]
    if not request.user.has_perm("reports.add_batch"):
        return [entry]
    return [entry, files, first, *([opening_of_year(request)] if is_in_office(request) else [])]


def is_in_office(request: Any) -> bool:
    """Whether the user's own organization is the office itself, which opens its years."""
    office = request.office
    return office is not None and office.organization_id == request.user.organization_id


def opening_of_year(request: Any) -> dict[str, Any]:
    return item(request, "开启新年度", "calendar-plus", reverse("new_year"))


def work_item(request: Any, label: str, icon: str, name: str) -> dict[str, Any]:
    kwargs = {"year": request.period.first_day.year} if name in OF_A_YEAR else {}
    return item(request, label, icon, reverse(name, kwargs=kwargs))


def register_item(request: Any, register: Register) -> dict[str, Any]:
    icon = REGISTER_ICONS.get(register.slug, "table")
    label = register.name.removesuffix("台账")  # the heading above says so
    return item(request, label, icon, reverse("register", args=[register.slug]))


def item(request: Any, label: str, icon: str, path: str) -> dict[str, Any]:
    return {
        "label": label,
        "icon": icon,
        "url": f"{path}?{request.carry}",
        "active": request.path.startswith(path) if path != "/" else request.path == "/",
    }
