"""What is still missing before the year can be counted: figures over other apps' registers."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from dangjian.lib.figures import FigureSet
from dangjian.lib.periods import Period
from elections.models import Seat, Term
from orgs.figures import village_register
from orgs.figures.organizations import people_register
from orgs.models import Membership, Person

figures = FigureSet("reports", "建账情况")

known_villages = figures.on(village_register)
known_people = figures.on(people_register)


@known_villages.count("未建党组织的村（社区）", unit="个")
def villages_without_organization(period: Period) -> Any:
    """期末已成立、没有填写本村（社区）党组织的村和社区。"""
    return Q(established_on__lte=period.as_of, party_organization__isnull=True)


@known_villages.count("缺上届班子的村（社区）", unit="个")
def villages_without_last_seats(period: Period) -> Any:
    """期末已成立、没有录入上一届任何班子成员的村和社区；还没有录入届次的，全部算缺。"""
    rounds = Term.objects.in_force_on(period.as_of).values("previous")
    seats = Seat.objects.filter(election__body__village=OuterRef("pk"), election__term__in=rounds)
    return Q(established_on__lte=period.as_of) & ~Exists(seats)


@known_people.count("没有录入组织关系的党员", unit="人")
def members_without_organization(period: Period) -> Any:
    """政治面貌为中共党员或预备党员、从未录入党员组织关系的人员；已转出的不算。"""
    links = Membership.objects.filter(person=OuterRef("pk"))
    statuses = [Person.PoliticalStatus.MEMBER, Person.PoliticalStatus.PROBATIONARY]
    return Q(political_status__in=statuses) & ~Exists(links)
