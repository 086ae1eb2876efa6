"""Factories of terms, bodies, elections and seats."""

from datetime import date

from factory import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from elections.models import Ballots, Body, BodyKind, Election, Seat, Term

from .orgs import OrganizationFactory, PersonFactory, VillageFactory


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    name = "2025年村（社区）换届"
    starts_on = date(2025, 1, 10)
    completed_on = date(2025, 4, 30)
    ends_on = date(2030, 1, 10)


class BodyKindFactory(DjangoModelFactory):
    """The party organization of a village, unless another code is given."""

    class Meta:
        model = BodyKind
        django_get_or_create = ["code"]

    code = BodyKind.PARTY
    name = "党组织"
    head_title = "书记"
    deputy_title = "副书记"
    of_two_committees = True


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body

    village = SubFactory(VillageFactory)
    organization = SelfAttribute("village.party_organization")
    kind = SubFactory(BodyKindFactory)
    name = Sequence("第{}村党总支班子".format)


class ElectionFactory(DjangoModelFactory):
    class Meta:
        model = Election

    term = SubFactory(TermFactory)
    body = SubFactory(BodyFactory)
    method = Election.Method.TWO_NOMINATIONS
    seats_set = 5
    state = Election.State.HELD
    due_on = date(2025, 3, 31)
    held_on = date(2025, 3, 10)


class BallotsFactory(DjangoModelFactory):
    class Meta:
        model = Ballots

    election = SubFactory(ElectionFactory)
    channel = Ballots.Channel.ROOM
    registered = 100
    attended = 90
    issued = 90
    returned = 89
    valid = 88


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    election = SubFactory(ElectionFactory)
    person = SubFactory(PersonFactory, organization=SelfAttribute("..election.body.organization"))
    post = Seat.Post.MEMBER
    education = SelfAttribute("person.education")
    since = SelfAttribute("election.held_on")
