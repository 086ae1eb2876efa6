"""Nothing of a sibling in any form, suggestion, filter, search, page or export."""

import io

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse

from dangjian.lib.figures import all_figures, all_registers
from orgs.admin.base import ScopedFields
from orgs.models import Membership, Role
from orgs.scope import ScopedQuerySet
from tests.access.pages import admin_url, complaints, opened, with_row
from tests.access.test_matrix import MAY
from tests.access.world import INSIDE, MARKS

REFUSED = "选择一个有效的选项： 该选择不在可用的选项中。"
ADMINS = {
    model._meta.label: model_admin
    for model, model_admin in admin.site._registry.items()
    if isinstance(model_admin, ScopedFields)
}


def scoped_keys(model, names):
    """The foreign keys among the named fields that lead to records of an organization."""
    fields = [model._meta.get_field(name) for name in names if name != "version"]
    return [
        field.name
        for field in fields
        if field.many_to_one
        and isinstance(field.related_model._default_manager.all(), ScopedQuerySet)
    ]


FORM_KEYS = [
    (label, name)
    for label, model_admin in ADMINS.items()
    for name in scoped_keys(model_admin.model, flatten_fieldsets(model_admin.fieldsets))
]
# Suggested as one types; the others are offered in a list.
SUGGESTED = [
    (label, name) for label, name in FORM_KEYS if name in ADMINS[label].autocomplete_fields
]
LISTED = [key for key in FORM_KEYS if key not in SUGGESTED]
INLINE_KEYS = [
    (label, inline, name)
    for label, model_admin in ADMINS.items()
    for inline in model_admin.inlines
    for name in scoped_keys(inline.model, inline.fields)
]


def marks_in(text):
    """Whose rows the text names.

    A column may name the organization above one's own, and figures it defined count below it, too.
    """
    for shared in ("党总支", "指标"):
        text = text.replace(f"{MARKS['parent']}{shared}", "")
    return [mark for mark in MARKS.values() if mark in text]


def keeper(clients, label):
    """A client of a role that keeps rows of the model."""
    _view, _add, change, _delete = MAY[label]
    return clients[change[0]]


def related(label, name):
    return ADMINS[label].model._meta.get_field(name).related_model._meta.label


def prefix_of(world, label, inline):
    """The name an inline's rows have on the page of a row of that model."""
    model = ADMINS[label].model
    named = getattr(inline, "fk_name", None)
    keys = [field for field in inline.model._meta.fields if field.related_model is model]
    key = next(field for field in keys if field.name == (named or field.name))
    return key.remote_field.get_accessor_name()


@pytest.mark.parametrize(("label", "name"), FORM_KEYS)
@pytest.mark.parametrize("place", ["sibling", "parent"])
@pytest.mark.django_db
def test_form_refuses_a_row_from_outside(world, clients, label, name, place):
    page, client = admin_url(world["child", label]), keeper(clients, label)
    outside = world[place, related(label, name)]

    response = client.post(page, {**opened(client, page), name: outside.pk})

    assert (response.status_code, complaints(response)[name]) == (200, [REFUSED])


@pytest.mark.parametrize(("label", "inline", "name"), INLINE_KEYS)
def test_inline_refuses_a_row_from_outside(world, clerk, label, inline, name):
    page = admin_url(world["child", label])
    prefix = prefix_of(world, label, inline)
    data = opened(clerk, page)
    outside = world["sibling", inline.model._meta.get_field(name).related_model._meta.label]
    field = f"{prefix}-{data[f'{prefix}-TOTAL_FORMS']}-{name}"

    response = clerk.post(page, with_row(data, prefix, **{name: outside.pk}))

    assert (response.status_code, complaints(response)[field]) == (200, [REFUSED])


@pytest.mark.parametrize(
    ("model", "name"),
    [(ADMINS[label].model, name) for label, name in SUGGESTED]
    + [(inline.model, name) for _label, inline, name in INLINE_KEYS],
)
def test_suggestions_are_from_inside(world, administrator, model, name):
    related_label = model._meta.get_field(name).related_model._meta.label
    url = reverse("admin:autocomplete")
    asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}

    for term in ["", "专名"]:
        response = administrator.get(url, {**asked, "field_name": name, "term": term})

        suggested = {int(result["id"]) for result in response.json()["results"]}
        known = {world[place, related_label].pk for place in MARKS}
        assert suggested & known == {row.pk for row in world.of(related_label, INSIDE)}


@pytest.mark.parametrize(("label", "name"), LISTED)
def test_choices_are_from_inside(world, clients, db, label, name):
    response = keeper(clients, label).get(admin_url(world["own", label]))

    offered = set(response.context["adminform"].form.fields[name].queryset)
    known = set(world.of(related(label, name)))
    assert offered & known == set(world.of(related(label, name), INSIDE))


@pytest.mark.parametrize("label", ADMINS)
def test_list_shows_and_filters_by_rows_inside(world, clients, db, label):
    html = keeper(clients, label).get(reverse(changelist(label))).content.decode()

    assert marks_in(html) == [MARKS["own"], MARKS["child"]]


@pytest.mark.parametrize("label", ADMINS)
def test_search_finds_nothing_outside(world, clients, db, label):
    response = keeper(clients, label).get(reverse(changelist(label)), {"q": MARKS["sibling"]})

    assert list(response.context["cl"].queryset) == []


@pytest.mark.parametrize("label", ADMINS)
def test_action_reaches_nothing_outside(world, clients, db, label):
    row = world["sibling", label]

    keeper(clients, label).post(
        reverse(changelist(label)),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )

    assert type(row).objects.filter(pk=row.pk).exists() is True


def changelist(label):
    return f"admin:{label.lower().replace('.', '_')}_changelist"


PAGES = [
    "/",
    "/figures/",
    "/tasks/",
    "/coverage/",
    "/reports/2025/summary/",
    "/reports/2025/summary/sign/",
    "/reports/2025/plan/",
    "/reports/2025/plan/fulfilment/",
    "/reports/2025/tables/",
    "/reports/2025/checks/",
    "/reports/2025/claims/",
    "/elections/expiry/",
    *(f"/registers/{register.slug}/" for register in all_registers()),
    *(f"/registers/{figure.register.slug}/?figure={figure.slug}" for figure in all_figures()),
]


@pytest.mark.parametrize("page", PAGES)
def test_page_names_nothing_outside(world, clients, db, page):
    html = clients[Role.LEADER].get(page).content.decode()

    assert set(marks_in(html)) <= {MARKS["own"], MARKS["child"]}


@pytest.mark.parametrize("register", all_registers(), ids=lambda register: register.slug)
def test_register_names_what_is_inside(world, clients, db, register):
    html = clients[Role.LEADER].get(f"/registers/{register.slug}/").content.decode()

    assert MARKS["own"] in marks_in(html)


@pytest.mark.parametrize(
    "label", ["elections.Term", "orgs.Village", "orgs.Enterprise", "orgs.Person", "tasks.KeyTask"]
)
def test_page_of_a_row_names_nothing_outside(world, clients, db, label):
    html = clients[Role.LEADER].get(world["own", label].get_absolute_url()).content.decode()

    assert set(marks_in(html)) <= {MARKS["own"], MARKS["child"]}


@pytest.mark.parametrize(
    "url",
    [
        "/reports/2025/summary.xlsx",
        *(f"/registers/{register.slug}/xlsx" for register in all_registers()),
    ],
)
def test_workbook_names_nothing_outside(world, clients, db, url):
    content = clients[Role.LEADER].get(url).getvalue()

    texts = "".join(
        str(value)
        for sheet in openpyxl.load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows(values_only=True)
        for value in row
    )
    assert marks_in(texts) == [MARKS["own"], MARKS["child"]]


@pytest.mark.parametrize("register", all_registers(), ids=lambda register: register.slug)
def test_filter_by_a_row_outside_lists_nothing(world, clients, db, register):
    village = world["sibling", "orgs.Village"].pk

    response = clients[Role.LEADER].get(f"/registers/{register.slug}/?village={village}")

    counts = [table["row_count"] for table in response.context["tables"]]
    assert counts == [0] * len(counts) if "village" in register.dimensions else counts


def test_rows_of_a_record_kept_elsewhere_stay_out_of_sight(world, clerk):
    person = world["own", "orgs.Person"]
    sibling = world["sibling", "orgs.Organization"]
    Membership.objects.filter(person=person).update(organization=sibling)

    html = clerk.get(admin_url(person)).content.decode()

    assert (MARKS["sibling"] in html, "memberships-0-since" in html) == (False, False)
