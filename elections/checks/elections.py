"""Checks of elections and the ballots counted in them."""

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThan, LessThanOrEqual

from dangjian.lib.checks import CheckSet, Severity
from elections.figures import ballots_register, election_register
from elections.models import Ballots, BodyKind, Seat

checks = CheckSet("elections")
PARTY = Q(election__body__kind__code=BodyKind.PARTY)
POSTS = Seat.Post
MEND_SEAT = "由街道党建办在数据录入的“选举”的任职中改正。"
MEND_ELECTION = "由街道党建办在数据录入的“选举”中改正。"
MEND_BALLOTS = "由街道党建办在数据录入的“选举”的选票中改正。"

# — figures that must agree —


@checks.count(election_register, "未完成换届的班子", unit="个")
def elections_pending(period):
    """本届应换届、期末尚未完成换届选举的班子。"""
    return Q(held_on__isnull=True) | Q(held_on__gt=period.as_of)


checks.equal(
    "elections_by_state",
    "应换届的班子按是否完成合计",
    left=["elections.elections_due"],
    right=["elections.elections_held", elections_pending],
    remedy="核对选举日期，" + MEND_ELECTION,
)
checks.at_most(
    "on_time_of_held",
    "按期换届的不多于完成换届的班子",
    left=["elections.elections_on_time"],
    right=["elections.elections_held"],
    remedy="核对应选日期和选举日期，" + MEND_ELECTION,
)
checks.at_most(
    "votes_of_voters",
    "有效票不多于登记人数",
    left=["elections.votes_valid"],
    right=["elections.voters_registered"],
    remedy="核对选票各栏的数，" + MEND_BALLOTS,
)

# — elections —


def held(period):
    return Q(held_on__lte=period.as_of)


def serving_in_body(period):
    """The current seats of the outer election's body."""
    return Seat.objects.current_on(period.as_of).filter(election__body=OuterRef("body"))


@checks.no_rows(
    election_register,
    "在任人数超过职数的班子",
    unit="个",
    severity=Severity.BLOCKING,
    remedy="填写离任人员的截止日期，或核对批复的职数，" + MEND_SEAT,
)
def seats_beyond_set(period):
    """本届已换届、期末在任人数多于批复职数的班子。"""
    total = serving_in_body(period).order_by().values("election__body").annotate(n=Count("pk"))
    number = Coalesce(Subquery(total.values("n"), output_field=IntegerField()), 0)
    return held(period) & Q(GreaterThan(number, F("seats_set")))


@checks.no_rows(
    election_register,
    "没有正职的班子",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="补填当选的正职；空缺的说明原因和补选安排，" + MEND_SEAT,
)
def body_without_head(period):
    """本届已换届、期末没有在任正职的班子。"""
    return held(period) & ~Exists(serving_in_body(period).filter(post=POSTS.HEAD))


@checks.no_rows(
    election_register,
    "有两名正职的班子",
    unit="个",
    severity=Severity.BLOCKING,
    remedy="填写前任正职的截止日期，" + MEND_SEAT,
)
def body_of_two_heads(period):
    """本届已换届、期末有两名以上在任正职的班子。"""
    heads = serving_in_body(period).filter(post=POSTS.HEAD).order_by().values("pk")
    return held(period) & Q(Exists(heads[1:2]))


@checks.no_rows(
    election_register,
    "换届启动之前举行的选举",
    unit="个",
    severity=Severity.BLOCKING,
    remedy="核对选举日期和所属届次，" + MEND_ELECTION,
)
def election_before_round(period):
    """本届期末已完成、选举日期早于本届换届启动日期的选举。"""
    return held(period) & Q(held_on__lt=F("term__starts_on"))


@checks.no_rows(
    election_register,
    "没有在换届完成前举行的选举",
    unit="个",
    severity=Severity.BLOCKING,
    remedy="核对选举日期和本届换届完成日期，" + MEND_ELECTION,
)
def election_after_round(period):
    """本届选举日期晚于换届完成日期，或换届已完成仍未选举的班子。"""
    over = Q(term__completed_on__lte=period.as_of)
    return over & (Q(held_on__isnull=True) | Q(held_on__gt=F("term__completed_on")))


@checks.no_rows(
    election_register,
    "晚于应选日期的选举",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="核对应选日期和选举日期；确已延期的说明原因，" + MEND_ELECTION,
)
def election_late(period):
    """本届选举日期晚于应选日期，或应选日期已过、期末仍未选举的班子。"""
    overdue = Q(due_on__lt=period.as_of, held_on__isnull=True)
    return overdue | (held(period) & Q(held_on__gt=F("due_on")))


@checks.no_rows(
    election_register,
    "没有选票统计的选举",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="补填各投票渠道的登记、到会、发出、收回和有效票数，" + MEND_BALLOTS,
)
def election_without_ballots(period):
    """本届期末已完成、没有选票统计的选举。"""
    return held(period) & ~Exists(Ballots.objects.filter(election=OuterRef("pk")))


def turned_out(period):
    """How many of the outer election's voters there are, and how many came."""
    counted = Ballots.objects.filter(election=OuterRef("pk")).order_by().values("election")
    sums = (counted.annotate(n=Sum(name)).values("n") for name in ("registered", "attended"))
    return [Subquery(found, output_field=IntegerField()) for found in sums]


@checks.no_rows(
    election_register,
    "到会不足五分之四的党组织选举",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="核对登记人数和到会人数；确实不足的选举无效，说明如何处理，" + MEND_BALLOTS,
)
def party_election_of_few(period):
    """本届已完成、到会人数不足登记人数五分之四的党组织选举。"""
    registered, attended = turned_out(period)
    few = LessThan(attended * 5, registered * 4)
    return held(period) & Q(body__kind__code=BodyKind.PARTY) & Q(few)


@checks.no_rows(
    election_register,
    "参选未过半数的村（居）民委员会选举",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="核对登记人数和到会人数；确未过半的选举无效，说明如何处理，" + MEND_BALLOTS,
)
def committee_election_of_few(period):
    """本届已完成、参加投票人数没有超过登记人数一半的村（居）民委员会选举。"""
    registered, attended = turned_out(period)
    few = LessThanOrEqual(attended * 2, registered)
    return held(period) & Q(body__kind__code=BodyKind.COMMITTEE) & Q(few)


# — ballots —


@checks.no_rows(
    ballots_register,
    "发出票数多于到会人数的选票",
    unit="条",
    severity=Severity.BLOCKING,
    remedy="核对到会人数和发出票数，" + MEND_BALLOTS,
)
def ballots_beyond_voters(period):
    """本届已完成的选举中，发出票数多于到会人数的选票统计。"""
    return Q(issued__gt=F("attended"))
