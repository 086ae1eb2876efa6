"""Figures over what a round of elections changed: who stayed, left, came and moved."""

from django.db.models import Q

from dangjian.lib.figures import Dimension, words_in
from dangjian.lib.figures.dimensions import of_field
from elections.models import Fate, Seat, Term
from elections.models.changes import fate, had_team, was_anywhere, was_here, was_in_village
from elections.tables import former_seat_table
from orgs.figures import village_dimension

from .bodies import seat_register
from .terms import figures

TWO_COMMITTEES = Q(election__body__kind__of_two_committees=True)

# — seats of this term: where those who hold them come from —


def of_this_round(period):
    """Seats in the two committees from the round in force: not those still to be elected anew."""
    return TWO_COMMITTEES & Q(
        election__term__in=Term.objects.in_force_on(period.as_of).values("pk")
    )


def comparable(period):
    return of_this_round(period) & Q(had_team())


@seat_register.count("与上届可比的两委任职", unit="人次")
def seats_comparable(period):
    """期末在任、本届选举产生的两委任职中，所在班子上届有任职记录的；两边任职的计两次。"""
    return comparable(period)


@seat_register.count("与上届不可比的两委任职", unit="人次")
def seats_incomparable(period):
    """期末在任、本届选举产生的两委任职中，所在班子没有上届任职记录，无从比较的。"""
    return of_this_round(period) & ~had_team()


@seat_register.count("留任", unit="人次")
def seats_stayed(period):
    """与上届可比的两委任职中，本人上届（含届中补选）在同一班子任职的，职务变动的也算。"""
    return comparable(period) & Q(was_here())


@seat_register.count("本村转任", unit="人次")
def seats_transferred(period):
    """与上届可比的两委任职中，本人上届不在同一班子、在同一村（社区）的另一个两委班子任职的。"""
    return comparable(period) & ~was_here() & Q(was_in_village())


@seat_register.count("交流调入", unit="人次")
def seats_moved(period):
    """与上届可比的两委任职中，本人上届不在本村（社区）、在其他村（社区）两委任职的。"""
    return comparable(period) & ~was_in_village() & Q(was_anywhere())


@seat_register.count("新进", unit="人次")
def seats_new(period):
    """与上届可比的两委任职中，本人上届未在任何村（社区）两委任职的。"""
    return comparable(period) & ~was_anywhere()


seats_stayed_rate = seat_register.share(
    "seats_stayed_rate", "留任比例", part=seats_stayed, whole=seats_comparable
)
seats_moved_rate = seat_register.share(
    "seats_moved_rate", "交流调入比例", part=seats_moved, whole=seats_comparable
)

# — seats of the round before: what became of those who held them —

FATE = Dimension("本届", fate, choices=Fate.choices)

former_seat_register = figures.register(
    "former_seats",
    "上届班子任职台账",
    Seat,
    table=former_seat_table,
    village="election__body__village",
    rows=lambda scope, period: Seat.objects.within(scope).of_round_before(period.as_of),
    dimensions={
        "q": words_in("姓名", "person__name"),
        "village": village_dimension("election__body__village"),
        "body": of_field(Seat, "election__body__kind", "班子"),
        "post": "职务",
        "sex": of_field(Seat, "person__sex", "性别"),
        "education": "当选时学历",
        "fate": FATE,
    },
)


@former_seat_register.count("上届两委任职", unit="人次")
def former_seats(period):
    """上届换届完成之日在任的两委任职，所在班子本届期末已换届；两边任职的计两次。"""
    return TWO_COMMITTEES & ~Q(FATE.condition([Fate.PENDING])(period))


@former_seat_register.count("离任", unit="人次")
def seats_left(period):
    """上届两委任职中，本人期末已不在同一班子任职的；转任、调往其他村（社区）的也算。"""
    return TWO_COMMITTEES & FATE.condition([Fate.LEFT])(period)


seats_left_rate = former_seat_register.share(
    "seats_left_rate", "离任比例", part=seats_left, whole=former_seats
)
