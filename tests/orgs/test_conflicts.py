"""Two people editing one record: 409, both values side by side, nothing typed lost."""

import re
from datetime import date

import pytest

from orgs.models import Coverage, Enterprise, Organization, Person, Record, Role, StaleRecordError
from tests.access.pages import admin_url, opened, sent_by, with_row
from tests.factories import (
    CoverageFactory,
    EnterpriseFactory,
    OrganizationFactory,
    PersonFactory,
)


@pytest.fixture
def clerk(root, as_role):
    return as_role(Role.CLERK, root)


@pytest.fixture
def person(root):
    return PersonFactory(organization=root, name="王建国")


@pytest.fixture
def enterprise(root):
    return EnterpriseFactory(organization=root, name="桥头五金")


def hidden(response):
    """What the conflict page's form would send."""
    # The header has forms of its own.
    form = response.content.decode().split("<main", 1)[1]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))


def compared(response):
    return {
        row["label"]: (row["stored"], row["typed"])
        for row in response.context["rows"]
        if row["differs"]
    }


def test_stale_form_is_a_conflict(clerk, person):
    typed = {**opened(clerk, admin_url(person)), "name": "王建军", "ethnicity": "回族"}
    person.name = "王建业"
    person.save()

    response = clerk.post(admin_url(person), typed)

    assert response.status_code == 409
    assert compared(response) == {"姓名": ("王建业", "王建军"), "民族": ("汉族", "回族")}
    assert Person.objects.get().name == "王建业"


def test_conflict_page_names_who_saved(clerk, root, as_role, person):
    typed = {**opened(clerk, admin_url(person)), "name": "王建军"}
    other = as_role(Role.CLERK, root)
    other.post(admin_url(person), {**opened(other, admin_url(person)), "name": "王建业"})

    response = clerk.post(admin_url(person), typed)

    who = Person.objects.get().updated_by
    assert (response.context["changed_by"], response.context["object_label"]) == (
        who,
        "人员“王建业”",
    )
    assert f"<strong>{who.name}</strong>" in response.content.decode()


def test_conflict_page_keeps_everything_typed(clerk, person):
    typed = {**opened(clerk, admin_url(person)), "name": "王建军", "_continue": "1"}
    person.save()

    response = clerk.post(admin_url(person), typed)

    sent = {name: str(value) for name, value in typed.items()}
    kept = hidden(response)
    kept.pop("csrfmiddlewaretoken", None)
    assert kept == {**sent, "version": "2"}


def test_conflict_page_sends_what_was_typed_over_the_fresh_version(clerk, person):
    typed = {**opened(clerk, admin_url(person)), "name": "王建军"}
    person.save()
    conflict = clerk.post(admin_url(person), typed)

    response = clerk.post(admin_url(person), hidden(conflict))

    stored = Person.objects.get()
    assert (response.status_code, stored.name, stored.version) == (302, "王建军", 3)


def test_conflict_page_shows_names_rather_than_keys(clerk, root, person):
    village = OrganizationFactory(parent=root, short_name="石桥村党总支")
    typed = {**opened(clerk, admin_url(person)), "organization": village.pk, "sex": "female"}
    typed |= {"joined_on": "2006/07/01"}
    person.save()

    response = clerk.post(admin_url(person), typed)

    assert compared(response) == {
        "归口党组织": ("大桥街道", "石桥村党总支"),
        "性别": ("男", "女"),
        "入党时间": ("2005/07/01", "2006/07/01"),
    }


def test_conflict_page_shows_nonsense_as_typed(clerk, person):
    typed = {**opened(clerk, admin_url(person)), "organization": "x", "birth_on": "x"}
    person.save()

    response = clerk.post(admin_url(person), typed)

    assert response.status_code == 409
    assert compared(response)["出生年月"] == ("1980/05/01", "x")


def test_form_without_a_version_is_a_conflict(clerk, person):
    typed = {**opened(clerk, admin_url(person)), "name": "王建军"}
    del typed["version"]

    response = clerk.post(admin_url(person), typed)

    assert (response.status_code, Person.objects.get().name) == (409, "王建国")


def test_stale_form_without_a_change_is_no_conflict(clerk, person):
    typed = opened(clerk, admin_url(person))
    person.save()

    response = clerk.post(admin_url(person), typed)

    assert (response.status_code, Person.objects.get().name) == (302, "王建国")


def test_stale_inline_row_is_a_conflict(clerk, enterprise):
    link = CoverageFactory(enterprise=enterprise)
    typed = {**opened(clerk, admin_url(enterprise)), "coverages-0-mode": "joint"}
    link.mode = "attached"
    link.save()

    response = clerk.post(admin_url(enterprise), typed)

    assert response.status_code == 409
    assert compared(response) == {"覆盖方式": ("挂靠组建", "联合组建")}
    assert Coverage.objects.get().mode == "attached"


def test_stale_inline_row_is_saved_over_the_fresh_version(clerk, enterprise):
    link = CoverageFactory(enterprise=enterprise)
    typed = {**opened(clerk, admin_url(enterprise)), "coverages-0-mode": "joint"}
    link.save()
    conflict = clerk.post(admin_url(enterprise), typed)

    response = clerk.post(admin_url(enterprise), hidden(conflict))

    stored = Coverage.objects.get()
    assert (response.status_code, stored.mode, stored.version) == (302, "joint", 3)


def test_inline_row_without_a_version_is_a_conflict(clerk, enterprise):
    CoverageFactory(enterprise=enterprise)
    typed = {**opened(clerk, admin_url(enterprise)), "coverages-0-mode": "joint"}
    del typed["coverages-0-version"]

    response = clerk.post(admin_url(enterprise), typed)

    assert (response.status_code, Coverage.objects.get().mode) == (409, "standalone")


def test_stale_inline_row_nobody_touched_is_left_alone(clerk, enterprise):
    link = CoverageFactory(enterprise=enterprise)
    typed = {**opened(clerk, admin_url(enterprise)), "name": "桥头五金制品"}
    Coverage.objects.get().save()

    response = clerk.post(admin_url(enterprise), typed)

    link.refresh_from_db()
    assert (response.status_code, link.version) == (302, 2)


def test_deleting_a_stale_inline_row_is_a_conflict(clerk, enterprise):
    link = CoverageFactory(enterprise=enterprise)
    typed = {**opened(clerk, admin_url(enterprise)), "coverages-0-DELETE": "on"}
    link.save()

    response = clerk.post(admin_url(enterprise), typed)

    assert (response.status_code, Coverage.objects.count()) == (409, 1)


def test_editing_a_deleted_record_is_not_found(clerk, person):
    typed = {**opened(clerk, admin_url(person)), "name": "王建军"}
    person.delete()

    response = clerk.post(admin_url(person), typed)

    assert response.status_code == 404
    assert "记录可能已删除" in response.content.decode()


@pytest.fixture
def deleted_row(clerk, enterprise):
    """The answer to an edit of the first of two inline rows, which somebody deleted meanwhile."""
    gone = CoverageFactory(enterprise=enterprise, mode="work")
    CoverageFactory(enterprise=enterprise)
    typed = opened(clerk, admin_url(enterprise)) | {"coverages-0-since": "2021/02/03"}
    gone.delete()
    return clerk.post(admin_url(enterprise), typed)


def test_editing_a_deleted_inline_row_is_a_conflict(deleted_row):
    assert deleted_row.status_code == 409
    assert "其他人删除了<strong>组织覆盖</strong>" in deleted_row.content.decode()
    assert compared(deleted_row)["起始日期"] == ("", "2021/02/03")


def test_deleted_inline_row_can_be_entered_again(clerk, enterprise, deleted_row):
    kept = enterprise.coverages.get()

    response = clerk.post(admin_url(enterprise), hidden(deleted_row))

    rows = enterprise.coverages.values_list("mode", "since", "version")
    assert response.status_code == 302
    assert list(rows) == [("standalone", kept.since, 1), ("work", date(2021, 2, 3), 1)]


def test_deleting_an_inline_row_that_is_gone_is_done(clerk, enterprise):
    gone = CoverageFactory(enterprise=enterprise)
    typed = {**opened(clerk, admin_url(enterprise)), "coverages-0-DELETE": "on"}
    gone.delete()

    response = clerk.post(admin_url(enterprise), typed)

    assert (response.status_code, Coverage.objects.count()) == (302, 0)


@pytest.mark.parametrize("model", Record.__subclasses__(), ids=lambda model: model.__name__)
def test_every_record_has_a_version(model):
    assert model._meta.get_field("version").default == 1


def test_saving_a_stale_record_is_refused(person):
    stale = Person.objects.get()
    person.save()

    with pytest.raises(StaleRecordError):
        stale.save()

    assert Person.objects.get().version == 2


def test_saving_some_fields_of_a_stale_record_is_refused(person):
    stale = Person.objects.get()
    person.save(update_fields=["name"])

    with pytest.raises(StaleRecordError):
        stale.save(update_fields=["name"])


def test_saving_a_deleted_record_is_refused(person):
    stale = Person.objects.get()
    person.delete()

    with pytest.raises(StaleRecordError):
        stale.save()

    assert list(Person.objects.all()) == []


def test_every_save_leaves_a_history_row_with_its_author(clerk, person):
    for name in ("王建军", "王建业"):
        clerk.post(admin_url(person), {**opened(clerk, admin_url(person)), "name": name})

    clerk_user = Person.objects.get().updated_by
    rows = Person.history.order_by("history_id").values_list("name", "version", "history_user")
    assert list(rows) == [
        ("王建国", 1, None),
        ("王建军", 2, clerk_user.pk),
        ("王建业", 3, clerk_user.pk),
    ]


def test_every_saved_inline_row_leaves_a_history_row_with_its_author(clerk, root, enterprise):
    branch = OrganizationFactory(parent=root, branch=True)
    row = {"organization": branch.pk, "mode": "joint", "since": "2025/01/01"}
    clerk.post(
        admin_url(enterprise), with_row(opened(clerk, admin_url(enterprise)), "coverages", **row)
    )

    stored = Coverage.objects.get()
    history = Coverage.history.values_list("id", "history_type", "history_user__role")
    assert list(history) == [(stored.pk, "+", "clerk")]
    assert stored.created_by.role == "clerk"


def test_deleting_leaves_a_history_row_with_its_author(clerk, person):
    clerk.post(admin_url(person, "delete"), {"post": "yes"})

    last = Person.history.first()
    assert (last.history_type, last.name, last.history_user.role) == ("-", "王建国", "clerk")


def restoring(client, record, version):
    """The page that restores a version, and what it would send."""
    page = admin_url(record, "simple_history", record.history.get(version=version).pk)
    return page, sent_by(client.get(page).context["adminform"].form)


def test_restoring_saves_the_old_values_as_the_next_version(clerk, person):
    person.name = "王建军"
    person.save()
    page, data = restoring(clerk, person, 1)

    response = clerk.post(page, data)

    stored = Person.objects.get()
    assert (response.status_code, stored.name, stored.version) == (302, "王建国", 3)


def test_restoring_over_an_edit_made_meanwhile_is_a_conflict(clerk, person):
    person.name = "王建军"
    person.save()
    page, data = restoring(clerk, person, 1)
    person.save()

    response = clerk.post(page, data)

    assert (response.status_code, Person.objects.get().name) == (409, "王建军")


def test_restoring_needs_the_right_to_change(clerk, root):
    office = root.office
    page = admin_url(office, "simple_history", office.history.get().pk)

    assert clerk.post(page, {"name": "别处"}).status_code == 403


def test_what_leads_out_of_the_scope_is_kept(root, as_role):
    village = OrganizationFactory(parent=root)
    clerk = as_role(Role.CLERK, village)
    page = admin_url(village)

    response = clerk.post(page, {**opened(clerk, page), "short_name": "石桥村"})

    stored = Organization.objects.get(pk=village.pk)
    assert (response.status_code, stored.short_name, stored.parent) == (302, "石桥村", root)


def test_what_leads_out_of_the_scope_cannot_be_changed(root, as_role, sibling_organization):
    village = OrganizationFactory(parent=root)
    clerk = as_role(Role.CLERK, village)
    page = admin_url(village)

    clerk.post(page, {**opened(clerk, page), "parent": sibling_organization.pk})

    assert Organization.objects.get(pk=village.pk).parent == root


def test_enterprise_covered_here_is_not_taken_over(root, as_role, sibling_organization):
    village = OrganizationFactory(parent=root)
    enterprise = EnterpriseFactory(organization=sibling_organization)
    CoverageFactory(enterprise=enterprise, organization=village)
    clerk = as_role(Role.CLERK, village)
    page = admin_url(enterprise)

    clerk.post(page, {**opened(clerk, page), "organization": village.pk, "trade": "五金"})

    stored = Enterprise.objects.get()
    assert (stored.organization, stored.trade) == (sibling_organization, "五金")
