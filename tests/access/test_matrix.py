"""Every address, as every role, for an object of every place around the user's own organization.

An address without an expectation here fails `test_every_address_has_an_expectation`.
"""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from dangjian.lib.figures import all_registers
from orgs.models import Role
from tests.access.pages import add_url, admin_url
from tests.access.world import MARKS, OUTSIDE

EVERYONE = tuple(Role)
STAFF = (Role.ADMINISTRATOR, Role.CLERK)
CLERK = (Role.CLERK,)
ADMINISTRATOR = (Role.ADMINISTRATOR,)
# Who enters party life: secretaries, too, for organizations inside their scope.
WEEKLY = (*STAFF, Role.SECRETARY)
NOBODY = ()


@dataclass(frozen=True)
class Rule:
    """Who gets which answer. Other roles get `others`; rows outside the user's scope are 404."""

    roles: tuple
    answer: object = 200
    others: int = 403
    # The model whose row the address names; ORG: a page over figures, narrowed by `?org=`.
    of: str = ""
    anonymous: object = "/login/"

    def expected(self, role, place):
        if role is None:
            return self.anonymous
        # Whose figures are asked for is looked at first.
        if self.of == ORG and place in OUTSIDE:
            return 404
        if role not in self.roles:
            return self.others
        return 404 if self.of and place in OUTSIDE else self.answer


ORG = "?org="
OVER_FIGURES = Rule(EVERYONE, of=ORG)
OVER_TALKS = Rule((Role.CLERK, Role.LEADER), of=ORG)
ELSEWHERE = Rule(EVERYONE, 302)
TO_LOGIN = Rule(EVERYONE, "/login/")
# Django sends anonymous visitors of these to the admin's login address, which leads to /login/.
SITE = Rule(STAFF, anonymous="/admin/login/")
SITE_MISSING = Rule(STAFF, 404, anonymous="/admin/login/")

PAGES = {
    "dashboard": OVER_FIGURES,
    "register": OVER_FIGURES,
    "register_xlsx": OVER_FIGURES,
    "figures": OVER_FIGURES,
    "define_figure": Rule(STAFF, of=ORG),
    "delete_figure": Rule(STAFF, of="reports.CustomFigure"),
    "search": OVER_FIGURES,
    "summary": OVER_FIGURES,
    "summary_edit": Rule(STAFF, of=ORG),
    "summary_history": Rule(STAFF, of=ORG),
    "plan_edit": Rule(STAFF, of=ORG),
    "plan_history": Rule(STAFF, of=ORG),
    "section": Rule(STAFF, of="reports.Section"),
    "section_preview": Rule(EVERYONE, 405),
    # One that the office added has no default text.
    "section_default": Rule(STAFF, 404, of="reports.Section"),
    "section_remove": Rule(STAFF, of="reports.Section"),
    "section_history": Rule(STAFF, of="reports.Section"),
    "figure_picker": OVER_FIGURES,
    "workbook": OVER_FIGURES,
    "summary_docx": OVER_FIGURES,
    "plan_docx": OVER_FIGURES,
    # Clerks see what is still in the way; only leaders sign (tests/reports/test_signing.py).
    "summary_sign": Rule((*STAFF, Role.LEADER), of=ORG),
    "plan_sign": Rule((*STAFF, Role.LEADER), of=ORG),
    "edition": Rule(EVERYONE, of="reports.Edition"),
    "edition_drift": Rule(EVERYONE, of="reports.Edition"),
    "edition_rows": Rule(EVERYONE, of="reports.Edition"),
    "edition_file": Rule(EVERYONE, of="reports.EditionFile"),
    "plan": OVER_FIGURES,
    "fulfilment": OVER_FIGURES,
    "plan_item_new": Rule(STAFF, of=ORG),
    "plan_item": Rule(STAFF, of="tasks.PlanItem"),
    "crosstables": OVER_FIGURES,
    "crosstable": OVER_FIGURES,
    "crosstable_xlsx": OVER_FIGURES,
    "checks": OVER_FIGURES,
    "proofread": OVER_FIGURES,
    "checks_failing": OVER_FIGURES,
    "explanation": Rule(STAFF, of=ORG),
    "explain_together": Rule(STAFF, of=ORG),
    "claims": OVER_FIGURES,
    "claim_new": Rule(STAFF, of=ORG),
    "claims_paste": Rule(STAFF, of=ORG),
    "claim": Rule(STAFF, of="reports.Claim"),
    "claim_delete": Rule(STAFF, of="reports.Claim"),
    "coverage": OVER_FIGURES,
    "terms": Rule(EVERYONE, 302, of=ORG),
    "term": Rule(EVERYONE, of="elections.Term"),
    "term_village": Rule(EVERYONE, of="elections.Term"),
    "expiry": OVER_FIGURES,
    "roster": Rule(STAFF, of="elections.Election"),
    "activities": OVER_FIGURES,
    "activity_new": Rule(WEEKLY, of=ORG),
    "activity": Rule(WEEKLY, of="orgs.Activity"),
    "checklists": OVER_FIGURES,
    "checklist_round": Rule(WEEKLY, of="orgs.Organization"),
    "village": Rule(EVERYONE, of="orgs.Village"),
    "enterprise": Rule(EVERYONE, of="orgs.Enterprise"),
    "person": Rule(EVERYONE, of="orgs.Person"),
    "tasks": OVER_FIGURES,
    "task": Rule(EVERYONE, of="tasks.KeyTask"),
    "new_year": Rule(STAFF, of=ORG),
    "progress": Rule(EVERYONE, of="tasks.Progress"),
    "evidence": Rule(EVERYONE, of="tasks.Evidence"),
    # Departments too, of their own tasks: tests/tasks/test_access.py.
    "report": Rule(STAFF, of="tasks.KeyTask"),
    "reviews": Rule(STAFF, of=ORG),
    "imports": Rule(STAFF, of=ORG),
    "import_new": Rule(STAFF, of=ORG),
    "import_start": Rule(STAFF, of=ORG),
    "import_template": Rule(STAFF, of=ORG),
    "import_batch": Rule(STAFF, of="reports.Batch"),
    "import_annotated": Rule(STAFF, of="reports.Batch"),
    # One that was not imported leads back to its page.
    "import_undo": Rule(STAFF, 302, of="reports.Batch"),
    "healthz": Rule(EVERYONE, anonymous=200),
    "login": Rule(EVERYONE, 302, anonymous=200),
    "logout": Rule(EVERYONE, 405),
    # Nothing was typed in vain.
    "resume": Rule(EVERYONE, 302),
    "password_change": Rule(EVERYONE),
    "password_change_done": Rule(EVERYONE),
    "/admin/login/": TO_LOGIN,
    "/admin/logout/": ELSEWHERE,
    "/admin/password_change/": ELSEWHERE,
    # The admin's own, out of reach behind the three above.
    "admin:login": TO_LOGIN,
    "admin:logout": ELSEWHERE,
    "admin:password_change": ELSEWHERE,
    "admin:password_change_done": SITE,
    "admin:index": SITE,
    "admin:app_list": SITE,
    "admin:autocomplete": SITE,
    "admin:jsi18n": SITE,
    "admin:view_on_site": SITE_MISSING,
    "/admin/missing/": SITE_MISSING,
}
ARGUMENTS = {
    "register": ["orgs.people"],
    "register_xlsx": ["orgs.people"],
    "define_figure": ["orgs.people"],
    "summary": [2025],
    "summary_edit": [2025],
    "summary_history": [2025],
    "plan_edit": [2025],
    "plan_history": [2025],
    "section_preview": [1],
    "workbook": [2025],
    "summary_docx": [2025],
    "plan_docx": [2025],
    "summary_sign": [2025],
    "plan_sign": [2025],
    "plan": [2025],
    "fulfilment": [2025],
    "crosstables": [2025],
    "crosstable": [2025, "elections"],
    "crosstable_xlsx": [2025, "elections"],
    "checks": [2025],
    "checks_failing": [2025],
    "explanation": [2025, "check", "orgs.members_by_sex"],
    "explain_together": [2025],
    "claims": [2025],
    "claim_new": [2025],
    "claims_paste": [2025],
    "admin:app_list": ["orgs"],
    "admin:view_on_site": [1, 1],
}
# Addresses that name a second row, of the same place.
SECOND = {"term_village": "orgs.Village"}
QUERIES = {
    "admin:autocomplete": "?app_label=orgs&model_name=person&field_name=organization",
    "edition_rows": "?figure=orgs.members",
}

# Who may view, add, change and delete in the data entry; rows of SHARED belong to no organization.
MAY = {
    "orgs.Organization": (STAFF, STAFF, STAFF, STAFF),
    "orgs.Village": (STAFF, STAFF, STAFF, STAFF),
    "orgs.Person": (STAFF, STAFF, STAFF, STAFF),
    "orgs.Enterprise": (STAFF, STAFF, STAFF, STAFF),
    "orgs.ChecklistScheme": (STAFF, STAFF, STAFF, STAFF),
    "orgs.Department": (STAFF, STAFF, STAFF, STAFF),
    "orgs.Office": (STAFF, ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "orgs.User": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, NOBODY),
    **dict.fromkeys(
        [
            "orgs.Activity",
            "orgs.Rhythm",
            "orgs.Pairing",
            "orgs.Pledge",
            "orgs.Development",
            "orgs.Site",
            "orgs.Rating",
            "orgs.ChecklistResult",
            "cadres.Cadre",
            "cadres.Posting",
            "cadres.Recruitment",
            "cadres.ReserveListing",
            "cadres.StudyReview",
            "tasks.Programme",
            "tasks.KeyTask",
            "tasks.PlanItem",
        ],
        (STAFF, STAFF, STAFF, STAFF),
    ),
    "cadres.Talk": (CLERK, CLERK, CLERK, CLERK),
    "elections.Term": (STAFF, STAFF, STAFF, STAFF),
    "elections.Body": (STAFF, STAFF, STAFF, STAFF),
    "elections.Election": (STAFF, STAFF, STAFF, STAFF),
    "orgs.Tag": (STAFF, STAFF, ADMINISTRATOR, ADMINISTRATOR),
    "orgs.VillageFactKind": (STAFF, ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "orgs.EnterpriseFactKind": (STAFF, ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "orgs.ActivityKind": (STAFF, ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "elections.BodyKind": (STAFF, ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
}
SHARED = (
    "orgs.Tag",
    "orgs.VillageFactKind",
    "orgs.EnterpriseFactKind",
    "orgs.ActivityKind",
    "elections.BodyKind",
)
WITHOUT_HISTORY = ("orgs.User", *SHARED)


def data_entry():
    """The addresses of every model's data entry, with who may open them."""
    rules = {"admin:auth_user_password_change": Rule(ADMINISTRATOR, of="orgs.User")}
    for label, (view, add, _change, delete) in MAY.items():
        name = f"admin:{label.lower().replace('.', '_')}"
        row = "" if label in SHARED else label
        rules[f"{name}_changelist"] = Rule(view)
        rules[f"{name}_add"] = Rule(add)
        rules[f"{name}_change"] = Rule(view, of=row)
        rules[f"{name}_history"] = Rule(view, of=row)
        rules[f"{name}_delete"] = Rule(delete, of=row)
        # Leads to the change page, for whatever key: that page says who may see what.
        rules[f"/admin/{label.lower().replace('.', '/')}/1/"] = Rule(STAFF, 302)
        if label not in WITHOUT_HISTORY:
            rules[f"{name}_simple_history"] = Rule(view, of=row)
    return rules


RULES = {**PAGES, **data_entry()}


def addresses(patterns, route="/", namespace=""):
    """The name of every URL pattern; without one, its route."""
    for pattern in patterns:
        path = f"{route}{pattern.pattern}"
        if not isinstance(pattern, URLPattern):
            yield from addresses(pattern.url_patterns, path, pattern.namespace or namespace)
        elif pattern.name:
            yield f"{namespace}:{pattern.name}".lstrip(":")
        else:
            yield path.replace("<path:object_id>", "1").replace("(?P<url>.*)$", "missing/")


ADDRESSES = sorted(set(addresses(get_resolver().url_patterns)))


def asked(name, rule, world, place):
    """The address to ask for, about the rows of the place."""
    row = world[place, rule.of] if rule.of and rule.of != ORG else None
    query = ORG + str(world[place, "orgs.Organization"].pk) if rule.of == ORG else ""
    if name.startswith("/"):
        return name
    second = [world[place, SECOND[name]].pk] if name in SECOND else []
    return reverse(name, args=arguments(name, row) + second) + (QUERIES.get(name) or query)


def arguments(name, row):
    if row is not None:
        return [row.pk, *([row.history.first().pk] if name.endswith("_simple_history") else [])]
    label = next((label for label in SHARED if key(label) in name), "")
    if label and name.endswith(("_change", "_history", "_delete")):
        return [shared_row(label).pk]
    return ARGUMENTS.get(name, [])


def shared_row(label):
    """A row of a list that belongs to no organization."""
    return apps.get_model(label).objects.get_or_create(code="test", name="测试")[0]


def key(label):
    return f":{label.lower().replace('.', '_')}_"


def answer(client, url):
    response = client.get(url)
    redirected = response.get("Location", "").partition("?")[0]
    return redirected if redirected.endswith("/login/") else response.status_code


def test_every_address_has_an_expectation():
    assert sorted(RULES) == ADDRESSES


@pytest.mark.parametrize("name", ADDRESSES)
def test_address_answers_each_role_in_each_place(name, world, clients, db):
    rule = RULES[name]
    asked_for = [(role, place) for role in clients for place in MARKS]

    answers = {
        (role, place): answer(clients[role], asked(name, rule, world, place))
        for role, place in asked_for
    }

    assert answers == {(role, place): rule.expected(role, place) for role, place in asked_for}


@pytest.mark.parametrize("register", all_registers(), ids=lambda register: register.slug)
def test_register_answers_each_role_in_each_place(register, world, clients, db):
    asked_for = [(role, place) for role in clients for place in MARKS]
    urls = {
        place: f"/registers/{register.slug}/?org={world[place, 'orgs.Organization'].pk}"
        for place in MARKS
    }

    rule = OVER_TALKS if register.slug == "cadres.talks" else OVER_FIGURES

    answers = {(role, place): answer(clients[role], urls[place]) for role, place in asked_for}

    assert answers == {(role, place): rule.expected(role, place) for role, place in asked_for}


@pytest.mark.parametrize("label", MAY)
def test_writing_needs_a_role_that_may(label, world, clients, db):
    model, (_view, add, change, delete) = apps.get_model(label), MAY[label]
    row = shared_row(label) if label in SHARED else world["own", label]
    urls = {
        add_url(model): add,
        admin_url(row): change,
        admin_url(row, "delete"): delete,
    }

    refused = {
        (url, role): clients[role].post(url).status_code == 403 for url in urls for role in Role
    }

    assert refused == {(url, role): role not in may for url, may in urls.items() for role in Role}


def test_address_of_no_organization_is_not_found(world, clients, db):
    missing = ["abc", "0", "-1", "99999999999999999999999", "٣x", "%00", "1' OR 1=1"]

    answers = {org: answer(clients[Role.CLERK], f"/?org={org}") for org in missing}

    assert answers == dict.fromkeys(missing, 404)


@pytest.mark.parametrize(
    "url",
    [
        "/?year=abc",
        "/?year=0",
        "/?year=99999",
        "/?on=2025-02-30",
        "/?on=2100-01-01",
        "/?on=1948-12-31",
        "/?on=2025年",
        "/reports/0/summary/",
        "/villages/99999999999999999999999/",
        "/registers/orgs.people/?figure=no.such",
        "/registers/no.such/",
        "/admin/orgs/person/abc/change/",
        "/admin/orgs/person/99999999999999999999999/change/",
        "/admin/orgs/person/abc/history/",
        "/admin/orgs/person/1/history/abc/",
        "/admin/orgs/person/abc/history/1/",
        "/admin/orgs/tag/0/change/",
        "/admin/orgs/tag/0/history/",
    ],
)
def test_address_that_makes_no_sense_is_not_found(clerk, url):
    assert answer(clerk, url) == 404
