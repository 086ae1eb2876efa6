"""Figures over who sits in the bodies: seats, and the people who hold them, each once."""

from django.db.models import Exists, OuterRef, Q, Subquery

from dangjian.lib.figures import Dimension, words_in
from dangjian.lib.figures.dimensions import of_field
from elections.models import BodyKind, Origin, Seat
from elections.models.changes import had_team, origin
from elections.tables import age_at_election, person_table, seat_table
from orgs.figures import OWN_AGE, village_dimension
from orgs.models import Person

from .terms import LAST_TERM, figures

# — seats —

AGE_AT_ELECTION = Dimension("当选年龄", age_at_election, ordered=True, parse=int)
ORIGIN = Dimension("较上届", origin, choices=Origin.choices)

seat_register = figures.register(
    "seats",
    "班子任职台账",
    Seat,
    table=seat_table,
    village="election__body__village",
    rows=lambda scope, period: Seat.objects.within(scope).current_on(period.as_of),
    dimensions={
        "q": words_in("姓名", "person__name"),
        "village": village_dimension("election__body__village"),
        "body": of_field(Seat, "election__body__kind", "班子"),
        "post": "职务",
        "sex": of_field(Seat, "person__sex", "性别"),
        "education": "当选时学历",
        "age": AGE_AT_ELECTION,
        "origin": ORIGIN,
    },
)

PARTY = Q(election__body__kind__code=BodyKind.PARTY)
COMMITTEE = Q(election__body__kind__code=BodyKind.COMMITTEE)
WOMAN = Q(person__sex=Person.Sex.FEMALE)
COLLEGE = Q(education__gte=4)
MAIN_POST = Q(post=Seat.Post.HEAD) | Q(
    post=Seat.Post.DEPUTY, election__body__kind__deputies_are_main=True
)


@seat_register.count("村（社区）党组织成员", unit="人")
def party_members(period):
    """期末在任的村（社区）党组织成员（书记、副书记、委员），不含第一书记。"""
    return PARTY


@seat_register.mean("村（社区）党组织成员平均年龄", unit="岁", of=age_at_election)
def party_mean_age(period):
    """期末在任的村（社区）党组织成员选举日周岁年龄的平均数。"""
    return PARTY


@seat_register.minimum("村（社区）党组织成员最小年龄", unit="岁", of=age_at_election)
def party_youngest(period):
    """期末在任的村（社区）党组织成员选举日周岁年龄的最小值。"""
    return PARTY


@seat_register.maximum("村（社区）党组织成员最大年龄", unit="岁", of=age_at_election)
def party_oldest(period):
    """期末在任的村（社区）党组织成员选举日周岁年龄的最大值。"""
    return PARTY


@seat_register.count("35岁及以下的村（社区）党组织成员", unit="人")
def party_young(period):
    """期末在任、选举日不超过35周岁的村（社区）党组织成员。"""
    return PARTY & Q(AGE_AT_ELECTION.condition([35], "lte")(period))


@seat_register.count("大专及以上学历的村（社区）党组织成员", unit="人")
def party_college(period):
    """期末在任、当选时具有大专及以上学历的村（社区）党组织成员。"""
    return PARTY & COLLEGE


@seat_register.count("村（社区）党组织女成员", unit="人")
def party_women(period):
    """期末在任的村（社区）党组织女成员。"""
    return PARTY & WOMAN


@seat_register.count("在主要岗位的女成员", unit="人")
def women_main_posts(period):
    """期末在任、担任村（社区）党组织主要岗位（正职；按班子类别的设置，含副职）的女成员。"""
    return PARTY & WOMAN & MAIN_POST


@seat_register.count("村（社区）党组织女书记", unit="人")
def women_secretaries(period):
    """期末在任的村（社区）党组织女书记。"""
    return PARTY & WOMAN & Q(post=Seat.Post.HEAD)


@seat_register.count("村（社区）党组织女副书记", unit="人")
def women_deputies(period):
    """期末在任的村（社区）党组织女副书记。"""
    return PARTY & WOMAN & Q(post=Seat.Post.DEPUTY)


@seat_register.count("村（社区）党组织书记", unit="人")
def secretaries(period):
    """期末在任的村（社区）党组织书记，不含第一书记。"""
    return PARTY & Q(post=Seat.Post.HEAD)


@seat_register.count("45岁及以下的村（社区）党组织书记", unit="人")
def young_secretaries(period):
    """期末在任、选举日不超过45周岁的村（社区）党组织书记。"""
    young = AGE_AT_ELECTION.condition([45], "lte")(period)
    return PARTY & Q(post=Seat.Post.HEAD) & Q(young)


@seat_register.mean("村（社区）党组织书记平均年龄", unit="岁", of=age_at_election)
def secretaries_mean_age(period):
    """期末在任的村（社区）党组织书记选举日周岁年龄的平均数，不含第一书记。"""
    return PARTY & Q(post=Seat.Post.HEAD)


@seat_register.count("大专以下学历的村（社区）党组织书记", unit="人")
def secretaries_below_college(period):
    """期末在任、当选时没有大专及以上学历的村（社区）党组织书记，不含第一书记。"""
    return PARTY & Q(post=Seat.Post.HEAD) & ~COLLEGE


@seat_register.count("村（居）民委员会成员", unit="人")
def committee_members(period):
    """期末在任的村（居）民委员会成员（主任、副主任、委员）。"""
    return COMMITTEE


@seat_register.count("村（居）民委员会女成员", unit="人")
def committee_women(period):
    """期末在任的村（居）民委员会女成员。"""
    return COMMITTEE & WOMAN


@seat_register.count("大专及以上学历的村（居）民委员会成员", unit="人")
def committee_college(period):
    """期末在任、当选时具有大专及以上学历的村（居）民委员会成员。"""
    return COMMITTEE & COLLEGE


@seat_register.mean("村（居）民委员会成员平均年龄", unit="岁", of=age_at_election)
def committee_mean_age(period):
    """期末在任的村（居）民委员会成员选举日周岁年龄的平均数。"""
    return COMMITTEE


party_college_rate = seat_register.share(
    "party_college_rate", "党组织成员大专及以上学历比例", part=party_college, whole=party_members
)
party_women_rate = seat_register.share(
    "party_women_rate", "党组织女成员比例", part=party_women, whole=party_members
)
committee_women_rate = seat_register.share(
    "committee_women_rate",
    "村（居）民委员会女成员比例",
    part=committee_women,
    whole=committee_members,
)
young_secretaries_rate = seat_register.share(
    "young_secretaries_rate", "45岁及以下书记比例", part=young_secretaries, whole=secretaries
)
party_members_change = seat_register.change(
    "party_members_change",
    "党组织成员数较上届增减",
    of=party_members,
    since=LAST_TERM,
    words=("增加", "压缩"),
)
party_college_rate_change = seat_register.change(
    "party_college_rate_change",
    "党组织成员大专及以上学历比例较上届增减",
    of=party_college_rate,
    since=LAST_TERM,
)
party_college_change = seat_register.change(
    "party_college_change",
    "党组织大专及以上学历成员较上届增减",
    of=party_college,
    since=LAST_TERM,
)
party_women_change = seat_register.change(
    "party_women_change", "党组织女成员较上届增减", of=party_women, since=LAST_TERM
)
party_mean_age_change = seat_register.change(
    "party_mean_age_change",
    "党组织成员平均年龄较上届增减",
    of=party_mean_age,
    since=LAST_TERM,
    words=("上升", "下降"),
)

# — people with a seat in the two committees (两委) —


def serving(period):
    return Seat.objects.of_two_committees().current_on(period.as_of)


def village_of_person(period):
    """The village of a person's current seat."""
    return Subquery(serving(period).of().values("election__body__village")[:1])


person_register = figures.register(
    "persons",
    "两委成员台账",
    Person,
    table=person_table,
    village=village_of_person,
    # Not an Exists: it would run the scope's query once for every person on record.
    rows=lambda scope, period: Person.objects.filter(
        pk__in=serving(period).within(scope).order_by().values("person")
    ),
    dimensions={
        "q": words_in("姓名", "name"),
        "village": village_dimension(village_of_person),
        "sex": "性别",
        "age": OWN_AGE,
        "education": "学历",
        "political_status": "政治面貌",
    },
)


@person_register.count("两委成员", unit="人")
def two_committee_persons(period):
    """期末在村（社区）党组织或村（居）民委员会任职的人员，两边任职的只计一人。"""


@person_register.count("两委交叉任职人员", unit="人")
def cross_posts(period):
    """期末同时在村（社区）党组织和村（居）民委员会任职的人员。"""
    return in_both_committees(period)


def in_both_committees(period, person="pk"):
    """The outer person (at that field path) has a seat in either of the two committees."""
    seats = Seat.objects.current_on(period.as_of).of(person)
    return Q(Exists(seats.of_party())) & Q(Exists(seats.of_committee()))


@person_register.count("书记主任一肩挑", unit="人")
def dual_heads(period):
    """期末同时担任同一村（社区）党组织书记和村（居）民委员会主任的人员。"""
    return Exists(secretaries_in_the_chair(period).of())


def secretaries_in_the_chair(period):
    """Seats of secretaries who are the chair of their village, too."""
    heads = Seat.objects.current_on(period.as_of).filter(post=Seat.Post.HEAD)
    chair = heads.of_committee().filter(
        person=OuterRef("person"), election__body__village=OuterRef("election__body__village")
    )
    return heads.of_party().filter(Exists(chair))


@person_register.count("交流调配的两委成员", unit="人")
def redeployed(period):
    """期末在任、上届也在两委任职，但没有保留任何一个原职务（同一班子的同一职务）的人员。"""
    seats = serving(period).of()
    return Q(Exists(seats.of_people_seated_last_term())) & ~Exists(seats.kept())


@person_register.count("新进两委成员", unit="人")
def newcomers(period):
    """期末在任的两委成员中，上届未在两委任职的人员；所在班子没有上届任职记录的不可比，不计。"""
    seats = serving(period).of()
    return Q(Exists(seats.filter(had_team()))) & ~Exists(seats.of_people_seated_last_term())


redeployed_rate = person_register.share(
    "redeployed_rate", "两委成员交流调配比例", part=redeployed, whole=two_committee_persons
)
cross_posts_rate = person_register.share(
    "cross_posts_rate", "两委成员交叉任职比例", part=cross_posts, whole=two_committee_persons
)
