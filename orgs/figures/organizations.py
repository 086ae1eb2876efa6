"""Figures over villages, organizations, members and people."""

from django.db.models import Exists, OuterRef, Q

from dangjian.lib.figures import LAST_YEAR, FigureSet, Years, words_in
from dangjian.lib.figures.dimensions import of_field
from orgs.models import Membership, Organization, Person, TagLink, Village
from orgs.tables import member_table, organization_table, person_table, village_fact, village_table

from .behind import behind_dimension
from .dimensions import AGE, OWN_AGE, tag_dimension, village_dimension

# — villages —

organizations = FigureSet("orgs", "基层组织")

village_register = organizations.register(
    "villages",
    "村（社区）台账",
    Village,
    table=village_table,
    village="pk",
    rows=lambda scope, period: Village.objects.within(scope).known_on(period.as_of),
    dimensions={
        "q": words_in("名称", "name"),
        "village": village_dimension("pk", or_none=False),
        "kind": "类别",
        "tag": tag_dimension("village"),
    },
)


@village_register.count("村（社区）", unit="个")
def villages(period):
    """期末已成立、未撤销的村和社区，不含筹建中的新小区。"""
    return Q(established_on__lte=period.as_of)


@village_register.count("筹建中的新小区", unit="个")
def villages_planned(period):
    """期末正在筹建、尚未成立的新小区。"""
    return Q(established_on__isnull=True) | Q(established_on__gt=period.as_of)


@village_register.count("当年新成立的村（社区）", unit="个")
def villages_founded(period):
    """成立日期在本期内、期末没有撤销的村和社区。"""
    return Q(established_on__range=(period.first_day, period.as_of))


@village_register.count("行政村", unit="个")
def villages_rural(period):
    """期末已成立的行政村（类别为“村”）。"""
    return Q(established_on__lte=period.as_of, kind=Village.Kind.VILLAGE)


@village_register.count("社区", unit="个")
def communities(period):
    """期末已成立的社区，含村改居社区。"""
    kinds = [Village.Kind.COMMUNITY, Village.Kind.CONVERTED]
    return Q(established_on__lte=period.as_of, kind__in=kinds)


@village_register.sum("户数", unit="户", of=lambda p: village_fact("households", p.as_of))
def households(period):
    """期末已成立的村（社区）最近一次统计的户数之和。"""
    return Q(established_on__lte=period.as_of)


@village_register.sum("人口", unit="人", of=lambda p: village_fact("population", p.as_of))
def population(period):
    """期末已成立的村（社区）最近一次统计的人口之和。"""
    return Q(established_on__lte=period.as_of)


# — organizations —

organization_register = organizations.register(
    "organizations",
    "党组织台账",
    Organization,
    table=organization_table,
    village="village",
    rows=lambda scope, period: Organization.objects.within(scope).existing_on(period.as_of),
    dimensions={
        "q": words_in("名称", "name", "short_name"),
        "village": village_dimension("village"),
        "level": "类别",
        "sector": "所属领域",
        "formation": "组建方式",
        "behind": behind_dimension(),
        "tag": tag_dimension("party_organization"),
    },
)


@organization_register.count("基层党组织", unit="个")
def grassroots_organizations(period):
    """期末存续的党委、党总支和党支部，不含街道党工委本身。"""
    return ~Q(level=Organization.Level.WORK_COMMITTEE)


@organization_register.count("党总支", unit="个")
def general_branches(period):
    """期末存续的党总支。"""
    return Q(level=Organization.Level.GENERAL_BRANCH)


@organization_register.count("党支部", unit="个")
def branches(period):
    """期末存续的党支部，含非公企业党支部。"""
    return Q(level=Organization.Level.BRANCH)


@organization_register.count("村（社区）党组织", unit="个")
def village_organizations(period):
    """期末领导一个已成立的村或社区的党组织。"""
    led = Village.objects.established_by(period.as_of)
    return Exists(led.filter(party_organization=OuterRef("pk")))


@organization_register.count("当年任届期满的党组织", unit="个")
def terms_expired(period):
    """任届期满日期在本期内的党组织。"""
    return Q(term_ends_on__range=(period.first_day, period.last_day))


# — members —

member_register = organizations.register(
    "members",
    "党员台账",
    Membership,
    table=member_table,
    village="organization__village",
    rows=lambda scope, period: Membership.objects.within(scope).current_on(period.as_of),
    dimensions={
        "q": words_in("姓名", "person__name"),
        "village": village_dimension("organization__village"),
        "sector": of_field(Membership, "organization__sector", "所属领域"),
        "sex": of_field(Membership, "person__sex", "性别"),
        "education": of_field(Membership, "person__education", "学历"),
        "age": AGE,
        "kind": "党员类型",
    },
)


@member_register.count("党员", unit="名")
def members(period):
    """期末组织关系在本街道党组织的正式党员和预备党员。"""


@member_register.count("预备党员", unit="名")
def probationary_members(period):
    """期末组织关系在本街道党组织的预备党员。"""
    return Q(kind=Membership.Kind.PROBATIONARY)


@member_register.count("女党员", unit="名")
def women_members(period):
    """期末组织关系在本街道党组织的女党员。"""
    return Q(person__sex=Person.Sex.FEMALE)


@member_register.count("35岁及以下党员", unit="名")
def young_members(period):
    """期末年龄（周岁）不超过35岁的党员。"""
    return AGE.condition([35], "lte")(period)


@member_register.count("大专及以上学历党员", unit="名")
def college_members(period):
    """期末取得大专及以上学历（已毕业）的党员。"""
    return Q(person__education__gte=4, person__education_completed=True)


@member_register.mean("党员平均年龄", unit="岁", of=lambda p: Years("person__birth_on", p.as_of))
def members_mean_age(period):
    """期末全体党员周岁年龄的平均数。"""


@member_register.median(
    "党员年龄中位数", unit="岁", of=lambda p: Years("person__birth_on", p.as_of)
)
def members_median_age(period):
    """期末全体党员周岁年龄的中位数。"""


@member_register.count("村（社区）党员", unit="名")
def village_members(period):
    """期末组织关系在村、社区党组织的党员。"""
    sectors = [Organization.Sector.VILLAGE, Organization.Sector.COMMUNITY]
    return Q(organization__sector__in=sectors)


women_members_rate = member_register.share(
    "women_members_rate", "女党员比例", part=women_members, whole=members
)
college_members_rate = member_register.share(
    "college_members_rate", "大专及以上学历党员比例", part=college_members, whole=members
)
members_change = member_register.change(
    "members_change", "党员数较上年增减", of=members, since=LAST_YEAR
)

# — people —

people_register = organizations.register(
    "people",
    "人员台账",
    Person,
    table=person_table,
    rows=lambda scope, period: Person.objects.within(scope),
    dimensions={
        "q": words_in("姓名", "name"),
        "sex": "性别",
        "age": OWN_AGE,
        "education": "学历",
        "political_status": "政治面貌",
        "tag": tag_dimension("person"),
    },
)


@people_register.count("持有标签的人员", unit="名")
def tagged_people(period):
    """期末持有任一标签（如致富带头人、退役军人、社工证）的人员；一人持有几个标签只计一次。"""
    return Exists(TagLink.objects.current_on(period.as_of).filter(person=OuterRef("pk")))
