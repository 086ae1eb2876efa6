"""Talks: for clerks and leaders only, on every way to them, and each look is on record."""

import io

import openpyxl
import pytest
from django.urls import reverse

from cadres.models import TalkReading
from dangjian.lib.checks import sides_over
from dangjian.lib.figures import all_figures, register_named
from orgs.models import Role
from tests.access.pages import admin_url

pytestmark = pytest.mark.django_db
READERS = (Role.CLERK, Role.LEADER)
OTHERS = tuple(role for role in Role if role not in READERS)
TALKS = register_named("cadres.talks")
FIGURES = [figure for figure in all_figures() if figure.register == TALKS]
REGISTER = "/registers/cadres.talks/"
WORKBOOK = "/reports/2025/summary.xlsx"
REASON = "本级专名事由"
ROWS = [
    REGISTER,
    f"{REGISTER}xlsx",
    *(f"{REGISTER}?figure={one.slug}" for one in FIGURES),
    *(f"{REGISTER}?check={one.slug}" for one in sides_over(TALKS)),
]
DATA_ENTRY = [
    f"/admin/cadres/talk/{end}"
    for end in ("", "add/", "{pk}/change/", "{pk}/history/", "{pk}/delete/")
]


def of_talk(address, world):
    return address.format(pk=world["own", "cadres.Talk"].pk)


def page(client, url):
    return client.get(url).content.decode()


def cells(client, url):
    book = openpyxl.load_workbook(io.BytesIO(client.get(url).getvalue()))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return book.sheetnames, [str(value) for row in rows for value in row if value is not None]


def readings():
    return list(TalkReading.objects.values_list("user__role", "address"))


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("address", [*ROWS, *DATA_ENTRY])
def test_others_are_refused_and_nothing_is_recorded(world, clients, role, address):
    response = clients[role].get(of_talk(address, world))

    assert (response.status_code, readings()) == (403, [])


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("url", ROWS)
def test_readers_of_the_register_are_on_record(world, clients, role, url):
    response = clients[role].get(url)

    assert (response.status_code, readings()) == (200, [(role, url)])


@pytest.mark.parametrize("address", [one for one in DATA_ENTRY if "add" not in one])
def test_readers_in_the_data_entry_are_on_record(world, clerk, address):
    url = of_talk(address, world)

    response = clerk.get(url)

    assert (response.status_code, readings()) == (200, [(Role.CLERK, url)])


def test_versions_of_a_talk_are_on_record(world, clerk):
    talk = world["own", "cadres.Talk"]
    url = admin_url(talk, "simple_history", talk.history.first().pk)

    response = clerk.get(url)

    assert (response.status_code, readings()) == (200, [(Role.CLERK, url)])


@pytest.mark.parametrize("role", Role)
def test_person_shows_talks_to_readers_only(world, clients, role):
    url = reverse("person", args=[world["own", "orgs.Person"].pk])

    html = page(clients[role], url)

    is_reader = role in READERS
    assert (REASON in html, "提醒谈话" in html) == (is_reader, is_reader)
    assert readings() == ([(role, url)] if is_reader else [])


@pytest.mark.parametrize("role", Role)
def test_workbook_holds_talks_for_readers_only(world, clients, role):
    sheets, texts = cells(clients[role], WORKBOOK)

    is_reader = role in READERS
    of_talks = [text for text in texts if text == REASON or text.startswith("cadres.talks")]
    assert (TALKS.name in sheets, bool(of_talks)) == (is_reader, is_reader)
    assert not {figure.slug for figure in FIGURES} & set(texts) or is_reader
    assert readings() == ([(role, WORKBOOK)] if is_reader else [])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "url", ["/", "/figures/", "/reports/2025/summary/", "/reports/2025/checks/", "/tasks/"]
)
def test_pages_lead_to_talks_for_readers_only(world, clients, role, url):
    html = page(clients[role], url)

    assert (REGISTER in html) == (role in READERS)
    assert REASON not in html


@pytest.mark.parametrize("role", Role)
def test_catalogue_lists_figures_over_talks_for_readers_only(world, clients, role):
    html = page(clients[role], "/figures/")

    listed = [figure.slug for figure in FIGURES if f'data-figure="{figure.slug}"' in html]
    assert listed == ([figure.slug for figure in FIGURES] if role in READERS else [])


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
@pytest.mark.parametrize("label", ["orgs.Person", "orgs.Organization"])
def test_refusing_to_delete_names_talks_to_readers_only(world, clients, label, role):
    html = page(clients[role], admin_url(world["own", label], "delete"))

    assert ("谈话" in html) == (role in READERS)
    # Of the talks to an administrator, and of the users to a clerk.
    assert "您无权查看的记录：" in html


@pytest.mark.parametrize("role", OTHERS)
def test_navigation_of_the_data_entry_is_silent(world, clients, role):
    html = "".join(page(clients[role], url) for url in ("/admin/", "/admin/cadres/"))

    assert ("谈话" in html, "/cadres/talk/" in html) == (False, False)


@pytest.mark.parametrize("role", Role)
def test_nobody_reads_or_edits_the_record_of_readings(clients, world, role):
    user = clients[role].get("/").wsgi_request.user

    verbs = ("view", "add", "change", "delete")
    assert [verb for verb in verbs if user.has_perm(f"cadres.{verb}_talkreading")] == []
