"""Figures over elections, the ballots counted in them, and villages seen from them."""

from django.db.models import Exists, F, OuterRef, Q

from dangjian.lib.figures.dimensions import of_field
from elections.models import Ballots, BodyKind, Election
from elections.tables import ballots_table, election_table
from orgs.figures import village_dimension, village_register
from orgs.figures.organizations import villages

from .bodies import secretaries_in_the_chair
from .terms import LAST_TERM, figures

election_register = figures.register(
    "elections",
    "换届选举台账",
    Election,
    table=election_table,
    village="body__village",
    rows=lambda scope, period: Election.objects.within(scope).of_term_on(period.as_of).general(),
    dimensions={
        "village": village_dimension("body__village"),
        "body": of_field(Election, "body__kind", "班子"),
        "state": "状态",
        "method": "选举方式",
    },
)


def held_by(period):
    return Q(held_on__lte=period.as_of)


@election_register.count("应换届的班子", unit="个")
def elections_due(period):
    """本届应进行换届选举的班子。"""


@election_register.count("完成换届的班子", unit="个")
def elections_held(period):
    """本届期末已完成换届选举的班子。"""
    return held_by(period)


@election_register.count("逾期未换届的班子", unit="个")
def elections_overdue(period):
    """本届应选日期已过、期末仍未完成换届选举的班子。"""
    return Q(due_on__lt=period.as_of) & (Q(held_on__isnull=True) | Q(held_on__gt=period.as_of))


@election_register.count("按期完成换届的班子", unit="个")
def elections_on_time(period):
    """本届选举日期不晚于应选日期的班子。"""
    return held_by(period) & Q(held_on__lte=F("due_on"))


@election_register.count("一次选举成功的班子", unit="个")
def elections_first_round(period):
    """本届经一轮选举即完成换届的班子。"""
    return held_by(period) & Q(rounds=1)


@election_register.sum("村（社区）党组织职数", unit="名", of="seats_set")
def party_seats(period):
    """本届村（社区）党组织换届批复的职数之和。"""
    return Q(body__kind__code=BodyKind.PARTY)


@election_register.sum("村（居）民委员会职数", unit="名", of="seats_set")
def committee_seats(period):
    """本届村（居）民委员会换届批复的职数之和。"""
    return Q(body__kind__code=BodyKind.COMMITTEE)


elections_held_rate = election_register.share(
    "elections_held_rate", "换届完成率", part=elections_held, whole=elections_due
)
elections_on_time_rate = election_register.share(
    "elections_on_time_rate", "按期换届率", part=elections_on_time, whole=elections_due
)
party_seats_change = election_register.change(
    "party_seats_change",
    "党组织职数较上届增减",
    of=party_seats,
    since=LAST_TERM,
    words=("增加", "压缩"),
)

# — ballots —

ballots_register = figures.register(
    "ballots",
    "选票统计台账",
    Ballots,
    table=ballots_table,
    village="election__body__village",
    rows=lambda scope, period: Ballots.objects.within(scope).filter(
        Exists(
            Election.objects.of_term_on(period.as_of)
            .filter(held_by(period))
            .filter(pk=OuterRef("election"))
        )
    ),
    dimensions={
        "village": village_dimension("election__body__village"),
        "body": of_field(Ballots, "election__body__kind", "班子"),
        "channel": "投票渠道",
    },
)


@ballots_register.sum("换届登记选民和党员", unit="人次", of="registered")
def voters_registered(period):
    """本届已完成的选举中登记人数之和；参加几次选举的按几人次计。"""


@ballots_register.sum("换届有效票", unit="张", of="valid")
def votes_valid(period):
    """本届已完成的选举中有效票数之和。"""


# — villages, seen from their elections —

villages_elected_rows = figures.on(village_register)


@villages_elected_rows.count("应换届的村（社区）", unit="个")
def villages_due(period):
    """本届有班子应进行换届选举的村（社区）。"""
    here = Election.objects.of_term_on(period.as_of).general()
    return Exists(here.filter(body__village=OuterRef("pk")))


@villages_elected_rows.count("本期完成换届的村（社区）", unit="个")
def villages_elected(period):
    """本期内举行换届选举、期末应换届的班子已全部完成换届的村（社区）。"""
    here = Election.objects.of_term_on(period.as_of).general().filter(body__village=OuterRef("pk"))
    during = here.filter(held_on__range=(period.first_day, period.as_of))
    return Q(Exists(during)) & ~Exists(here.exclude(held_by(period)))


@villages_elected_rows.count("完成本届换届的村（社区）", unit="个")
def villages_completed(period):
    """本届应换届的班子期末已全部完成换届的村（社区），不论在哪一年举行。"""
    here = Election.objects.of_term_on(period.as_of).general().filter(body__village=OuterRef("pk"))
    return Q(Exists(here)) & ~Exists(here.exclude(held_by(period)))


@villages_elected_rows.count("书记主任一肩挑的村（社区）", unit="个")
def villages_dual_headed(period):
    """期末已成立、由同一人担任党组织书记和村（居）民委员会主任的村（社区）。"""
    seats = secretaries_in_the_chair(period).filter(election__body__village=OuterRef("pk"))
    return Q(established_on__lte=period.as_of) & Q(Exists(seats))


dual_heads_rate = villages_elected_rows.share(
    "dual_heads_rate", "书记主任一肩挑比例", part=villages_dual_headed, whole=villages
)
