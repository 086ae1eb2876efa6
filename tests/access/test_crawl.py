"""Following every link, as a clerk over everything: all answer, and nothing is written."""

import re
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.apps import apps
from django.test import Client

from orgs.models import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r'(?:href|action)="([^"]*)"')
WRITTEN_BY_SIGNING_IN = {"sessions.Session", "axes.AccessAttempt", "axes.AccessLog"}
READINGS = "cadres.TalkReading"
# What every link carries on; a page differs by what else it chooses, and of that one at a time.
CARRIED = {"year", "org", "on"}


def tables():
    """Every row of the database but sessions and sign-ins, as stored."""
    return {
        model._meta.label: sorted(model._base_manager.values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in WRITTEN_BY_SIGNING_IN
    }


def kind_of(url):
    """What tells an address from others of its kind; none for one that combines choices."""
    parts = urlsplit(url)
    chosen = dict(parse_qsl(parts.query))
    figure = chosen.pop("figure", "")
    names = sorted(set(chosen) - CARRIED)
    return (parts.path, figure, *names) if len(names) <= 1 else None


def links_of(url, response):
    html = "" if response.streaming else response.content.decode()
    for link in LINK.findall(html):
        target = urljoin(url, unescape(link)).partition("#")[0]
        if target.startswith("/") and not target.startswith("//"):
            yield target


def crawled(client, start):
    """The answer of every address that links lead to: {address: (status, response)}."""
    answers, seen, waiting = {}, {None}, list(start)
    while waiting:
        url = waiting.pop()
        if kind_of(url) in seen or url.startswith(("/static/", "/logout/")):
            continue
        seen.add(kind_of(url))
        answers[url] = client.get(url)
        waiting += links_of(url, answers[url])
        if answers[url].has_header("Location"):
            waiting.append(urljoin(url, answers[url]["Location"]))
    return answers


@pytest.fixture(scope="module")
def crawl(world, django_db_blocker):
    """The database before and after, and all that was answered in between."""
    with django_db_blocker.unblock():
        client = Client()
        client.force_login(
            UserFactory(role=Role.CLERK, organization=world["parent", "orgs.Organization"])
        )
        before = tables()
        answers = crawled(client, ["/", "/admin/", "/password/"])
        return before, tables(), answers


def test_reading_changes_nothing(crawl):
    before, after, _answers = crawl

    assert {**after, READINGS: []} == before


def test_whoever_is_shown_talks_is_on_record(crawl):
    before, after, answers = crawl

    shown = [
        url
        for url, answer in answers.items()
        if answer.status_code == 200 and shows_talks(urlsplit(url).path)
    ]
    addresses = [address for *_, address in after[READINGS]]
    assert (before[READINGS], sorted(addresses)) == ([], sorted(shown))


def shows_talks(path):
    """Whether it is a page or file over talks, or that of a person: each was talked to here."""
    places = ("/registers/cadres.talks/", "/admin/cadres/talk/", "/people/")
    return path.startswith(places) or path.endswith("/summary.xlsx")


def test_every_link_leads_somewhere(crawl):
    _before, _after, answers = crawl

    dead = {url: answer.status_code for url, answer in answers.items()}
    assert {url: status for url, status in dead.items() if status not in {200, 302}} == {}


def test_crawl_reaches_every_kind_of_page(crawl):
    _before, _after, answers = crawl

    names = {answer.resolver_match.view_name for answer in answers.values()}
    assert names >= {"dashboard", "register", "register_xlsx", "figures", "summary", "village"}
    assert names >= {"person", "tasks", "task", "checks"}
