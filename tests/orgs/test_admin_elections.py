"""Seats and ballots entered on the page of their election."""

import pytest

from elections.models import Election, Seat
from orgs.models import Role
from tests import factories as make
from tests.access.pages import add_url, admin_url, complaints, opened, typed_in, with_row

ROWS = ["请改正下面标出的行。"]
SECOND_HEAD = "这个班子已有一名在任的正职。"


@pytest.fixture
def clerk(root, as_role):
    return as_role(Role.CLERK, root)


@pytest.fixture
def election(root):
    return make.ElectionFactory(
        term__organization=root, body__village__organization=root, seats_set=2
    )


def seat(root, post="member", since="2025/03/10", **typed):
    person = make.PersonFactory(organization=root)
    return {"person": person.pk, "post": post, "education": 4, "since": since, **typed}


def refused(client, row, data):
    """What the page complains of, when everything typed still stands in it."""
    response = client.post(admin_url(row), data)
    filled = {name: value for name, value in data.items() if value != ""}
    assert (response.status_code, typed_in(response)) == (200, filled)
    return complaints(response)


def accepted(client, row, data):
    response = client.post(admin_url(row), data)
    assert response.status_code == 302, complaints(response)


def test_seat_beyond_those_set_is_refused(root, clerk, election):
    for _ in range(2):
        make.SeatFactory(election=election)
    data = with_row(opened(clerk, admin_url(election)), "seats", **seat(root))

    assert refused(clerk, election, data) == {
        "seats": ROWS,
        "seats-2-__all__": ["这次选举的职数是2，在任人数不能超过职数。"],
    }


def test_setting_fewer_seats_than_are_taken_is_refused(clerk, election):
    for _ in range(2):
        make.SeatFactory(election=election)
    data = opened(clerk, admin_url(election)) | {"seats_set": "1"}

    assert refused(clerk, election, data) == {
        "seats": ROWS,
        "seats-0-__all__": ["这次选举的职数是1，在任人数不能超过职数。"],
    }


def test_seat_of_who_left_may_be_filled(root, clerk, election):
    for _ in range(2):
        make.SeatFactory(election=election)
    data = opened(clerk, admin_url(election)) | {"seats-0-until": "2025/09/01"}

    accepted(clerk, election, with_row(data, "seats", **seat(root, since="2025/09/01")))

    assert election.seats.filter(until__isnull=True).count() == 2


def test_second_head_is_refused(root, clerk, election):
    make.SeatFactory(election=election, post=Seat.Post.HEAD)
    data = with_row(opened(clerk, admin_url(election)), "seats", **seat(root, "head"))

    assert refused(clerk, election, data) == {"seats": ROWS, "seats-1-post": [SECOND_HEAD]}


def test_two_new_heads_are_refused(root, clerk, election):
    data = with_row(opened(clerk, admin_url(election)), "seats", **seat(root, "head"))
    data = with_row(data, "seats", **seat(root, "head"))

    assert refused(clerk, election, data) == {"seats": ROWS, "seats-0-post": [SECOND_HEAD]}


@pytest.mark.parametrize("head", [0, 1])
def test_head_and_member_may_trade_places(clerk, election, head):
    before = ["member", "member"]
    before[head] = "head"
    for post in before:
        make.SeatFactory(election=election, post=post)
    typed = {f"seats-{place}-post": post for place, post in enumerate(reversed(before))}

    accepted(clerk, election, opened(clerk, admin_url(election)) | typed)

    assert [row.post for row in election.seats.all()] == before[::-1]


@pytest.mark.parametrize("head", [0, 1])
def test_member_may_follow_a_head_deleted_with_the_same_click(clerk, election, head):
    posts = ["member", "member"]
    posts[head] = "head"
    seats = [make.SeatFactory(election=election, post=post) for post in posts]
    typed = {f"seats-{head}-DELETE": "on", f"seats-{1 - head}-post": "head"}

    accepted(clerk, election, opened(clerk, admin_url(election)) | typed)

    kept = seats[1 - head]
    assert list(election.seats.values_list("pk", "post")) == [(kept.pk, "head")]


def test_person_seated_twice_is_refused(root, clerk, election):
    row = seat(root)
    data = with_row(opened(clerk, admin_url(election)), "seats", **row)

    assert refused(clerk, election, with_row(data, "seats", **row)) == {
        "seats": ["该人员在这次选举中已有一个职务。"],
        "seats-1-__all__": ["请修正重复的数据."],
    }


def test_seat_before_the_election_is_refused(root, clerk, election):
    row = seat(root, since="2025/03/09")
    data = with_row(opened(clerk, admin_url(election)), "seats", **row)

    assert refused(clerk, election, data) == {"seats-0-since": ["任职起始日期不能早于选举日期。"]}


def entered(clerk, election, **typed):
    """What the page of a new election sends for another body of the same term."""
    body = make.BodyFactory(village__organization=election.term.organization)
    filled = {
        "term": str(election.term.pk),
        "body": str(body.pk),
        "kind": "general",
        "seats_set": "2",
        "rounds": "1",
        "state": "held",
        "due_on": "2025/03/31",
        "held_on": "2025/03/10",
    }
    return {**opened(clerk, add_url(Election)), **filled, **typed}


def test_new_election_is_entered_with_its_seats(root, clerk, election):
    data = entered(clerk, election)
    for post in ("head", "member"):
        data = with_row(data, "seats", **seat(root, post))

    response = clerk.post(add_url(Election), data)

    assert response.status_code == 302
    assert list(Seat.objects.values_list("post", "election__seats_set")) == [
        ("head", 2),
        ("member", 2),
    ]


def test_new_election_refuses_a_seat_before_it(root, clerk, election):
    data = with_row(entered(clerk, election), "seats", **seat(root, since="2025/03/09"))

    response = clerk.post(add_url(Election), data)

    assert complaints(response) == {"seats-0-since": ["任职起始日期不能早于选举日期。"]}


def test_new_election_without_its_number_of_seats_is_refused(root, clerk, election):
    data = with_row(entered(clerk, election, seats_set=""), "seats", **seat(root))
    data = with_row(data, "seats", **seat(root))

    response = clerk.post(add_url(Election), data)

    assert complaints(response) == {"seats_set": ["这个字段是必填项。"]}


def test_more_ballots_than_people_are_refused(clerk, election):
    row = {"channel": "room", "registered": 10, "attended": 11}
    row |= {"issued": 10, "returned": 11, "valid": 12}
    data = with_row(opened(clerk, admin_url(election)), "ballots", **row)

    assert refused(clerk, election, data) == {
        "ballots-0-__all__": [
            "到会人数不能多于登记人数。",
            "收回票数不能多于发出票数。",
            "有效票数不能多于收回票数。",
        ]
    }


def test_ballots_of_one_channel_twice_are_refused(clerk, election):
    row = {"channel": "room", "registered": 10, "attended": 10}
    row |= {"issued": 10, "returned": 10, "valid": 10}
    data = with_row(opened(clerk, admin_url(election)), "ballots", **row)

    assert refused(clerk, election, with_row(data, "ballots", **row)) == {
        "ballots": ["同一渠道和选区只能填一行。"],
        "ballots-1-__all__": ["请修正重复的数据."],
    }
