"""The columns of the registers of elections, in the order of the paper rosters."""

from django.db.models import Case, F, Subquery, When
from django.db.models.functions import Coalesce

from dangjian.lib.figures import Years
from dangjian.lib.tables import Column, Table
from orgs.models import Person
from orgs.tables import person_link, village_link

from .models import Ballots, BodyKind, Election, Fate, Origin, Seat
from .models.changes import fate, origin


def title(period):
    """A seat's post as its body calls it."""
    kind = "election__body__kind__"
    return Case(
        When(post=Seat.Post.HEAD, then=F(f"{kind}head_title")),
        When(post=Seat.Post.DEPUTY, then=F(f"{kind}deputy_title")),
        default=F(f"{kind}member_title"),
    )


def age_at_election(period):
    return Years("person__birth_on", "election__held_on")


def term_of_body_ends_on(period):
    """When the term of an election's body ends: until it is held, the term before it runs on."""
    term_before = Coalesce("term__previous__ends_on", "due_on")
    return Case(When(held_on__lte=period.as_of, then=F("term__ends_on")), default=term_before)


def seat_of_person(code, value):
    """Of a person's current seat in a kind of body: a field or expression, as a subquery."""

    def of(period):
        seats = Seat.objects.current_on(period.as_of).of()
        found = seats.filter(election__body__kind__code=code).annotate(shown=value(period))
        return Subquery(found.values("shown")[:1])

    return of


def village_of_person(field):
    """A field of the village of the outer person's current seat."""

    def of(period):
        seats = Seat.objects.of_two_committees().current_on(period.as_of).of()
        return Subquery(seats.values(f"election__body__village__{field}")[:1])

    return of


seat_table = Table(
    Seat,
    [
        Column(
            "election__body__village__name",
            "村（社区）",
            width=14,
            link=village_link("election__body__village"),
        ),
        Column("election__body__kind__name", "班子", width=18),
        Column("person__name", "姓名", width=10, link=person_link()),
        Column("title", "职务", of=title, width=8),
        Column("duty", "分工", width=8),
        Column("person__sex", "性别", width=6),
        Column("person__birth_on", "出生年月", "month"),
        Column("age", "当选年龄", "number", age_at_election, width=8),
        Column("education", "当选时学历"),
        Column("person__joined_on", "入党时间", "month"),
        Column("votes", "得票数", "number", width=8),
        Column("since", "任职起始", "date"),
        Column("origin", "较上届", of=origin, labels=dict(Origin.choices), width=10),
    ],
)

former_seat_table = Table(
    Seat,
    [
        Column(
            "election__body__village__name",
            "村（社区）",
            width=14,
            link=village_link("election__body__village"),
        ),
        Column("election__body__kind__name", "班子", width=18),
        Column("person__name", "姓名", width=10, link=person_link()),
        Column("title", "职务", of=title, width=8),
        Column("person__sex", "性别", width=6),
        Column("person__birth_on", "出生年月", "month"),
        Column("age", "当选年龄", "number", age_at_election, width=8),
        Column("education", "当选时学历"),
        Column("since", "任职起始", "date"),
        Column("until", "免职日期", "date"),
        Column("why_ended", "免职原因", width=24),
        Column("fate", "本届", of=fate, labels=dict(Fate.choices), width=8),
    ],
)

person_table = Table(
    Person,
    [
        Column(
            "village",
            "村（社区）",
            of=village_of_person("name"),
            width=14,
            link=village_link(village_of_person("pk")),
        ),
        Column("name", "姓名", width=10, link=person_link("pk")),
        Column("sex", "性别", width=6),
        Column("birth_on", "出生年月", "month"),
        Column("age", "年龄", "number", lambda p: Years("birth_on", p.as_of), width=6),
        Column("education", "学历"),
        Column("political_status", "政治面貌"),
        Column("party_post", "党组织职务", of=seat_of_person(BodyKind.PARTY, title)),
        Column("committee_post", "村（居）委会职务", of=seat_of_person(BodyKind.COMMITTEE, title)),
    ],
)

election_table = Table(
    Election,
    [
        Column(
            "body__village__name",
            "村（社区）",
            width=14,
            link=village_link("body__village"),
        ),
        Column("body__kind__name", "班子", width=18),
        Column("state", "状态"),
        Column("due_on", "应选日期", "date"),
        Column("held_on", "选举日期", "date"),
        Column("term_ends_on", "任期届满", "date", term_of_body_ends_on),
        Column("method", "选举方式", width=18),
        Column("rounds", "轮次", "number", width=6),
        Column("seats_set", "职数", "number", total=True, width=8),
        Column("reason", "原因", width=20),
    ],
)

ballots_table = Table(
    Ballots,
    [
        Column(
            "election__body__village__name",
            "村（社区）",
            width=14,
            link=village_link("election__body__village"),
        ),
        Column("election__body__kind__name", "班子", width=18),
        Column("channel", "投票渠道"),
        Column("group", "选区"),
        Column("registered", "登记人数", "number", total=True),
        Column("attended", "到会人数", "number", total=True),
        Column("issued", "发出票数", "number", total=True),
        Column("returned", "收回票数", "number", total=True),
        Column("valid", "有效票数", "number", total=True),
    ],
)
