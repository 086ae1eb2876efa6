"""The pages of a round: what changed, seat by seat, and every number opens onto its rows."""

import re

import pytest
from django.urls import reverse

from cadres.models import Posting
from dangjian.lib.figures import figure_named
from elections.models import BodyKind, Election, Seat, Term
from orgs.models import Role, Village
from tests import factories
from tests.elections.rounds import Rounds
from tests.reports.pages import agrees, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds(root):
    return Rounds(root)


@pytest.fixture
def clerk(rounds, as_role):
    return as_role(Role.CLERK, rounds.root)


def text(html):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", html))


def rows(client, rounds, village=None):
    """The cells of the seat-by-seat table, one text a row."""
    village = village or rounds.village
    address = reverse("term_village", args=[rounds.term.pk, village.pk])
    html = client.get(address).content.decode()
    body = re.search(r"<table.*?</table>", html, re.DOTALL)[0]
    found = re.findall(r"<tr.*?</tr>", body, re.DOTALL)[2:]
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in found]
    return [[text(cell) for cell in row] for row in cells]


# — seat by seat —


def test_who_stayed_stands_beside_themselves(rounds, clerk):
    rounds.sat(rounds.party, person__name="王东辉")
    rounds.sits(rounds.party, person__name="袁永凯")
    rounds.sits(rounds.party, rounds.person)

    names = [(row[1], row[5]) for row in rows(clerk, rounds)[1:]]

    assert names == [("贺正宏", "贺正宏"), ("王东辉", "袁永凯")]


def test_who_changed_post_in_the_body_is_told_apart(rounds, clerk):
    rounds.sits(rounds.party, rounds.person, post=Seat.Post.HEAD)

    _team, head, member = rows(clerk, rounds)

    assert (head[1], head[2], head[-2]) == ("—", "贺正宏", "留任原委员")
    assert (member[1], member[4], member[5]) == ("贺正宏", "留任任书记", "—")


def test_who_came_from_another_village_is_named_with_it(rounds, clerk):
    elsewhere = rounds.new_village("柳岸村")
    body = rounds.body(village=elsewhere)
    rounds.sat(body)
    rounds.sits(body, rounds.person)

    assert rows(clerk, rounds, elsewhere)[1][-2] == "交流调入石桥村党组织委员"


def test_who_left_for_another_village_is_named_with_it_to_who_may_see_that(rounds, clerk, as_role):
    rounds.sits(rounds.party)
    rounds.sits(rounds.body(village=rounds.new_village("柳岸村")), rounds.person)
    secretary = as_role(Role.SECRETARY, rounds.village.party_organization)

    told = [rows(client, rounds)[1][4] for client in (clerk, secretary)]

    assert told == ["离任柳岸村党组织委员", "离任"]


def test_posts_in_both_committees_are_marked(rounds, clerk):
    committee = rounds.body(BodyKind.COMMITTEE)
    for post in (Seat.Post.HEAD, Seat.Post.MEMBER):
        seat = rounds.sits(rounds.party, post=post)
        rounds.sits(committee, seat.person, post=post)
    rounds.sits(rounds.party)

    marks = [row[-1] for row in rows(clerk, rounds) if len(row) > 2]

    assert marks == ["一肩挑", "交叉任职", "", "一肩挑", "交叉任职"]


def test_body_without_a_team_last_term_is_not_compared(rounds, clerk):
    rounds.sits(rounds.body(BodyKind.COMMITTEE))

    team = rows(clerk, rounds)[-2]

    assert team == [
        "石桥村村（居）民委员会",
        "不可比：没有录入上届的任职；补录后即可比较。（本届1人次）",
    ]


def test_village_younger_than_the_last_round_says_so(rounds, clerk):
    young = rounds.new_village("新城社区")
    Village.objects.filter(pk=young.pk).update(established_on="2022-05-01")
    rounds.sits(rounds.body(village=young))

    told = rows(clerk, rounds, young)[0][1]

    assert told == "不可比：本村（社区）成立于2022年5月1日，晚于上届换届。（本届1人次）"


def test_team_still_to_be_elected_anew_stands_on_one_side(rounds, clerk):
    Seat.objects.update(until=None)
    due = {"state": Election.State.DUE, "held_on": None}
    factories.ElectionFactory(term=rounds.term, body=rounds.party, **due)

    team, seat = rows(clerk, rounds)

    assert (team[1], seat[1], seat[4], seat[5]) == ("本届没有选举结果", "贺正宏", "待换届", "—")


def test_first_secretary_is_listed_apart(rounds, clerk):
    rounds.sits(rounds.party)
    sent = factories.PostingFactory(
        organization=rounds.root, kind=Posting.Kind.FIRST_SECRETARY, person__name="张永杰",
        since="2025-01-01",
    )  # fmt: skip
    factories.PostingTargetFactory(posting=sent, village=rounds.village)

    html = clerk.get(reverse("term_village", args=[rounds.term.pk, rounds.village.pk])).content

    assert re.findall("张永杰", html.decode()) == ["张永杰"]
    assert "张永杰" not in str(rows(clerk, rounds))


@pytest.mark.parametrize("of", ["term", "village"])
def test_page_of_a_village_is_only_for_those_who_may_see_both(rounds, as_role, of):
    other = rounds.new_village("柳岸村")
    rounds.sits(rounds.body(village=other))
    client = as_role(Role.SECRETARY, other.party_organization)
    elsewhere = factories.TermFactory(organization=factories.OrganizationFactory(subdistrict=True))
    term, village = (elsewhere, other) if of == "term" else (rounds.term, rounds.village)

    assert client.get(reverse("term_village", args=[term.pk, village.pk])).status_code == 404


# — the table of the round —


def test_table_of_changes_adds_up_and_names_what_does_not_compare(rounds, clerk):
    rounds.sits(rounds.party, rounds.person)
    young = rounds.new_village("新城社区")
    rounds.sits(rounds.body(village=young))

    html = clerk.get(rounds.term.get_absolute_url()).content.decode()
    table = re.search(r'<table class="table changes">.*?</table>', html, re.DOTALL)[0]
    told = [text(row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[2:]]

    nothing = "本届没有选举结果"
    assert told == [
        f"石桥村1010001{nothing}",
        f"新城社区不可比：没有上届任职记录（本届1人次）{nothing}",
        f"合计1010001{nothing}",
    ]


def test_first_round_has_no_table_of_changes(rounds, clerk):
    html = clerk.get(rounds.last.get_absolute_url()).content.decode()

    assert "班子变动" not in html


@pytest.mark.parametrize("account", [Role.CLERK, Role.SECRETARY])
def test_every_number_of_a_round_is_what_its_page_lists(demo, as_role, account):
    village = Village.objects.get(name="石桥村")
    keeper = demo if account == Role.CLERK else village.party_organization
    client, term = as_role(account, keeper), Term.objects.latest("starts_on")
    shown = [
        figure
        for address in (
            term.get_absolute_url(),
            reverse("term_village", args=[term.pk, village.pk]),
            reverse("expiry"),
        )
        for figure in page(client, address).figures
    ]

    tables = {one.href: page(client, one.href).tables for one in shown}
    wrong = [
        (one.href, one.value)
        for one in shown
        if not agrees(figure_named(one.slug), one.value, tables[one.href])
    ]

    assert wrong == []
    assert len(tables) > {Role.CLERK: 400, Role.SECRETARY: 80}[account]
