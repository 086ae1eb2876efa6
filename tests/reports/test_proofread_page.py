"""The page that checks a pasted text: what it shows, to whom, and that it keeps nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.models import Talk
from tests.reports.plantings import summary

pytestmark = pytest.mark.django_db

ADDRESS = "/reports/proofread/?year=2025"
TALKS = "抓早抓小，集体约谈31人次，提醒谈话5人次，诫勉谈话2人次。"
SHORT = "现有非公企业党支部23个。"


def posted(client, text, address=ADDRESS):
    return client.post(address, {"text": text})


def verdicts(response):
    """Each number with its verdict, as the text on the page has them."""
    found = re.findall(r'data-verdict="(\w+)">.*?</svg>(.*?)<small', response.text, re.DOTALL)
    return [(number, verdict) for verdict, number in found]


def figures_named(response):
    return [
        one.figure.slug for mark in response.context["checked"].marks for one in mark.candidates
    ]


def test_empty_form_is_shown(clients):
    response = clients["leader"].get(ADDRESS)

    assert response.context["checked"] is None
    assert "粘贴文稿" in response.text


def test_numbers_are_marked_in_place(clients):
    response = posted(clients["leader"], "非公企业党支部22个，单独组建13个，联合组建8个。")

    assert verdicts(response) == [("22个", "agrees"), ("13个", "agrees"), ("8个", "differs")]
    assert 'data-alarms="1"' in response.text


def test_table_links_the_figure_and_says_by_how_much(clients):
    response = posted(clients["leader"], SHORT)

    row = response.text.split('data-verdict-row="differs"')[1].split("</tr>")[0]
    assert 'data-figure="orgs.nonpublic_branches" data-value="22"' in row
    assert "应为22个，相差1个。" in row


def test_text_comes_back_in_the_field(clients):
    response = posted(clients["leader"], SHORT)

    assert response.context["form"]["text"].value() == SHORT


def test_text_is_escaped(clients):
    response = posted(clients["leader"], "<script>alert(47)</script>47家<b>企业")

    assert "<script>alert" not in response.text
    assert "<b>企业" not in response.text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "请粘贴要核对的文字。"),
        (" \r\n ", "请粘贴要核对的文字。"),
        ("字" * 20_001, "一次最多核对20000字，现在有20001字，请分几次粘贴。"),
    ],
)
def test_what_cannot_be_checked_is_refused(clients, text, message):
    response = posted(clients["leader"], text)

    assert response.context["form"].errors == {"text": [message]}
    assert response.context["form"]["text"].value() == text
    assert response.context["checked"] is None


def test_text_without_numbers_says_so(clients):
    assert "文字里没有找到数。" in posted(clients["leader"], "认真贯彻落实。").text


def test_checking_writes_nothing(clients):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        posted(clients["clerk"], SHORT)

    assert [
        one["sql"] for one in queries if not one["sql"].lstrip().startswith(("SELECT", "WITH"))
    ] == []


@pytest.mark.parametrize("username", ["clerk", "leader"])
def test_talks_are_matched_for_those_who_may_read_them(clients, username):
    response = posted(clients[username], TALKS)

    assert [verdict for _, verdict in verdicts(response)] == ["agrees"] * 3


@pytest.mark.parametrize("username", ["admin", "department", "secretary", "branch"])
def test_talks_are_never_matched_for_others(clients, username):
    response = posted(clients[username], TALKS)

    assert Talk.objects.exists()
    assert [slug for slug in figures_named(response) if "talk" in slug] == []
    assert {"agrees", "differs"}.isdisjoint(verdict for _, verdict in verdicts(response))


def test_numbers_are_those_of_the_unit_looked_at(clients):
    response = posted(clients["secretary"], "共有党员1130名。")

    (mark,) = response.context["checked"].marks
    assert mark.verdict.value == "differs"
    assert mark.candidates[0].value.number < 1130


def test_number_of_a_single_village_is_not_judged_by_the_whole(clients):
    response = posted(clients["leader"], "石桥村共有党员57名。")

    (mark,) = response.context["checked"].marks
    assert (mark.verdict.value, mark.reason) == ("unsure", "说的可能只是石桥村。")


def test_queries_do_not_grow_with_the_text(clients, demo):
    def queries(text):
        with CaptureQueriesContext(connection) as found:
            posted(clients["leader"], text)
        return len(found)

    counts = [queries("共有党员1130名。"), queries(summary())]

    assert counts == [counts[0]] * 2


def test_text_of_nothing_but_numbers_is_cut(clients):
    response = posted(clients["leader"], "3个，" * 6_000)

    assert len(response.context["checked"].marks) == 500
    assert "后面5500个没有核对" in response.text
