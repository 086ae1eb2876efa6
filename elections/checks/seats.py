"""Checks of seats and the people who hold them."""

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.lookups import GreaterThan, LessThan

from cadres.models import Posting
from dangjian.lib.checks import CheckSet, Severity, before, minus
from dangjian.lib.figures import Years
from elections.figures import person_register, seat_register
from elections.models import Ballots, BodyKind, Election, Seat
from orgs.models import Membership

checks = CheckSet("elections")
PARTY = Q(election__body__kind__code=BodyKind.PARTY)
POSTS = Seat.Post
MEND_SEAT = "由街道党建办在数据录入的“选举”的任职中改正。"
MEND_BALLOTS = "由街道党建办在数据录入的“选举”的选票中改正。"

# — figures that must agree —


@checks.count(seat_register, "村（社区）党组织副书记", unit="人")
def party_deputies(period):
    """期末在任的村（社区）党组织副书记。"""
    return PARTY & Q(post=POSTS.DEPUTY)


@checks.count(seat_register, "村（社区）党组织委员", unit="人")
def party_ordinary_members(period):
    """期末在任的村（社区）党组织委员，不含书记、副书记。"""
    return PARTY & Q(post=POSTS.MEMBER)


checks.equal(
    "party_members_by_post",
    "党组织成员按职务合计",
    left=["elections.party_members"],
    right=["elections.secretaries", party_deputies, party_ordinary_members],
    remedy="核对任职的职务，" + MEND_SEAT,
)
checks.at_most(
    "party_members_of_seats",
    "党组织成员不多于职数",
    left=["elections.party_members"],
    right=["elections.party_seats"],
    remedy="核对批复的职数和任职的截止日期，" + MEND_SEAT,
)
checks.at_most(
    "committee_members_of_seats",
    "村（居）民委员会成员不多于职数",
    left=["elections.committee_members"],
    right=["elections.committee_seats"],
    remedy="核对批复的职数和任职的截止日期，" + MEND_SEAT,
)
checks.at_most(
    "last_term_members_of_seats",
    "上届党组织成员不多于上届职数",
    left=[before("elections.party_members_change")],
    right=[before("elections.party_seats_change")],
    remedy="核对上届批复的职数和任职的起止日期，" + MEND_SEAT,
)
checks.equal(
    "women_main_posts_by_post",
    "主要岗位的女成员按职务合计",
    left=["elections.women_main_posts"],
    right=["elections.women_secretaries", "elections.women_deputies"],
    remedy="如本单位规定副职不算主要岗位，在班子类别中取消勾选后此项不相符属正常，说明即可。",
    severity=Severity.TO_EXPLAIN,
)
checks.at_most(
    "women_main_posts_of_women",
    "主要岗位的女成员不多于女成员",
    left=["elections.women_main_posts"],
    right=["elections.party_women"],
    remedy="核对任职的职务，" + MEND_SEAT,
)
checks.at_most(
    "college_of_party_members",
    "大专及以上学历的不多于全部党组织成员",
    left=["elections.party_college"],
    right=["elections.party_members"],
    remedy="核对当选时学历，" + MEND_SEAT,
)
checks.equal(
    "persons_over_two_bodies",
    "两委人数等于两边人数之和减去交叉任职",
    left=["elections.two_committee_persons"],
    right=[
        "elections.party_members",
        "elections.committee_members",
        minus("elections.cross_posts"),
    ],
    remedy="同一人在两个村任职、或在同一班子重复登记时不相符：核对任职的截止日期，" + MEND_SEAT,
    of_whole=True,
)
checks.at_most(
    "dual_heads_of_cross_posts",
    "一肩挑人员不多于交叉任职人员",
    left=["elections.dual_heads"],
    right=["elections.cross_posts"],
    remedy="核对书记、主任的任职，" + MEND_SEAT,
)
checks.at_most(
    "secretaries_of_villages",
    "党组织书记不多于村（社区）",
    left=["elections.secretaries"],
    right=["orgs.villages"],
    remedy="一个村（社区）只有一名书记：填写前任的截止日期，" + MEND_SEAT,
    of_whole=True,
)
checks.at_most(
    "moved_of_persons",
    "交流调配和新进人员不多于两委成员",
    left=["elections.redeployed", "elections.newcomers"],
    right=["elections.two_committee_persons"],
    remedy="核对任职的人员和届次，" + MEND_SEAT,
)
checks.equal(
    "seats_by_origin",
    "与上届可比的两委任职按来源合计",
    left=["elections.seats_comparable"],
    right=[
        "elections.seats_stayed",
        "elections.seats_transferred",
        "elections.seats_moved",
        "elections.seats_new",
    ],
    remedy="核对任职的人员和届次，" + MEND_SEAT,
)

# — seats —


@checks.no_rows(
    seat_register,
    "当选时不满18周岁的成员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="核对出生年月和选举日期，由街道党建办在数据录入的“人员”或“选举”中改正。",
)
def seat_under_age(period):
    """期末在任、选举日不满18周岁的班子成员。"""
    return Q(LessThan(Years("person__birth_on", "election__held_on"), 18))


@checks.no_rows(
    seat_register,
    "不是党员的党组织成员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="补填该人员的党员组织关系，或核对任职人员，由街道党建办在“人员”中改正。",
)
def party_seat_of_nonmember(period):
    """期末在任的村（社区）党组织成员中，期末没有党员组织关系的。"""
    members = Membership.objects.current_on(period.as_of).filter(person=OuterRef("person"))
    return PARTY & ~Exists(members)


@checks.no_rows(
    seat_register,
    "当选时党龄不满一年的党组织书记",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="核对入党时间；确不满一年的说明任职依据（书记一般应有一年以上党龄）。",
)
def secretary_new_to_party(period):
    """期末在任、选举日入党不满一年的村（社区）党组织书记。"""
    new = LessThan(Years("person__joined_on", "election__held_on"), 1)
    return PARTY & Q(post=POSTS.HEAD) & Q(new)


@checks.no_rows(
    seat_register,
    "在同一班子重复任职的成员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="填写前一项任职的截止日期，" + MEND_SEAT,
)
def seated_twice(period):
    """期末在任，而同一人在同一班子另有更早一项任职期末也未结束的任职，人数会重复。"""
    earlier = Seat.objects.current_on(period.as_of).filter(
        person=OuterRef("person"),
        election__body=OuterRef("election__body"),
        election__held_on__lt=OuterRef("election__held_on"),
    )
    return Exists(earlier)


@checks.no_rows(
    seat_register,
    "换届后仍未终止的上届任职",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="填写截止日期和免职原因，" + MEND_SEAT,
)
def seat_of_former_team(period):
    """期末仍在任，而所在班子期末前已另行换届选举的任职。"""
    newer = Election.objects.general().filter(
        body=OuterRef("election__body"),
        held_on__lte=period.as_of,
        held_on__gt=OuterRef("election__held_on"),
    )
    return Exists(newer)


@checks.no_rows(
    seat_register,
    "早于选举日的任职",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="核对任职起始日期和选举日期，" + MEND_SEAT,
)
def seat_before_election(period):
    """期末在任、任职起始日期早于选举日期的任职。"""
    return Q(since__lt=F("election__held_on"))


@checks.no_rows(
    seat_register,
    "学历低于前一次当选时的成员",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="核对两次当选时的学历，" + MEND_SEAT,
)
def education_fell(period):
    """期末在任、当选时学历低于本人更早一次当选时学历的任职。"""
    earlier = Seat.objects.filter(
        person=OuterRef("person"),
        election__held_on__lt=OuterRef("election__held_on"),
        education__gt=OuterRef("education"),
    )
    return Exists(earlier)


@checks.no_rows(
    seat_register,
    "当选时学历高于现有学历的成员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="核对人员的学历和当选时学历，由街道党建办在“人员”或“选举”中改正。",
)
def education_above_own(period):
    """期末在任、当选时学历高于人员台账中现有学历的任职。"""
    return Q(education__gt=F("person__education"))


@checks.no_rows(
    seat_register,
    "得票多于有效票的成员",
    unit="人",
    severity=Severity.BLOCKING,
    remedy="核对得票数和有效票数，" + MEND_BALLOTS,
)
def votes_above_valid(period):
    """期末在任、得票数多于该次选举各渠道有效票合计的任职。"""
    counted = Ballots.objects.filter(election=OuterRef("election")).order_by().values("election")
    valid = Subquery(counted.annotate(n=Sum("valid")).values("n"), output_field=IntegerField())
    return Q(GreaterThan(F("votes"), valid))


@checks.no_rows(
    seat_register,
    "由第一书记占用的党组织职数",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="第一书记由上级选派，不占选举职数：核对任职和派驻，予以说明。",
)
def seat_of_first_secretary(period):
    """期末在任的村（社区）党组织成员中，期末同时是第一书记的。"""
    sent = Posting.objects.of_kind(Posting.Kind.FIRST_SECRETARY).current_on(period.as_of)
    return PARTY & Q(Exists(sent.filter(person=OuterRef("person"))))


# — people —


@checks.no_rows(
    person_register,
    "同时在两个村任职的两委成员",
    unit="人",
    severity=Severity.TO_EXPLAIN,
    remedy="已调任的填写原任职的截止日期；确实兼任的予以说明，" + MEND_SEAT,
)
def seated_in_two_villages(period):
    """期末同时在两个以上村（社区）的两委任职的人员，两委人数与两边人数因此对不上。"""
    seats = Seat.objects.of_two_committees().current_on(period.as_of)
    elsewhere = seats.filter(person=OuterRef("person")).exclude(
        election__body__village=OuterRef("election__body__village")
    )
    return Exists(seats.of().filter(Exists(elsewhere)))
