"""Checks of villages, organizations, members and people."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from dangjian.lib.checks import CheckSet, Severity
from dangjian.lib.figures import Years
from orgs.figures import organization_register, people_register, village_register
from orgs.figures.organizations import member_register
from orgs.models import Development, Membership, Organization, Person, Village, VillageFact

checks = CheckSet("orgs")

MEND_VILLAGE = "由街道党建办在数据录入的“村（社区）”中改正。"
MEND_ORGANIZATION = "由街道党建办在数据录入的“党组织”中改正。"
MEND_PERSON = "由街道党建办在数据录入的“人员”中改正。"
RECOUNT = "逐行核对台账中该栏空缺或填错的记录，由街道党建办改正。"

# — villages —


@checks.count(village_register, "新小区（已成立）", unit="个")
def quarters(period):
    """期末已成立、类别为新小区的村（社区）。"""
    return Q(established_on__lte=period.as_of, kind=Village.Kind.QUARTER)


checks.equal(
    "villages_by_kind",
    "村（社区）按类别合计",
    left=["orgs.villages"],
    right=["orgs.villages_rural", "orgs.communities", quarters],
    remedy=RECOUNT,
)
checks.equal(
    "villages_led",
    "村（社区）与其党组织一一对应",
    left=["orgs.villages"],
    right=["orgs.village_organizations"],
    remedy="为没有党组织或党组织已撤销的村（社区）填写党组织，" + MEND_VILLAGE,
    of_whole=True,
)


@checks.no_rows(
    village_register,
    "没有党组织的村（社区）",
    unit="个",
    severity=Severity.BLOCKING,
    remedy="填写领导该村（社区）的党组织，" + MEND_VILLAGE,
)
def village_without_organization(period):
    """期末已成立、没有填写村（社区）党组织的村和社区。"""
    return Q(established_on__lte=period.as_of, party_organization__isnull=True)


@checks.no_rows(
    village_register,
    "党组织已撤销的村（社区）",
    unit="个",
    severity=Severity.BLOCKING,
    remedy="改填现在的党组织；村（社区）也已撤销的补填撤销日期，" + MEND_VILLAGE,
)
def village_of_dissolved_organization(period):
    """期末已成立，但所填党组织期末已经撤销的村和社区。"""
    dissolved = Q(party_organization__dissolved_on__lte=period.as_of)
    return Q(established_on__lte=period.as_of) & dissolved


@checks.no_rows(
    village_register,
    "没有户数或人口的村（社区）",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="在“村情”中补填户数、人口及其统计日期和来源，" + MEND_VILLAGE,
)
def village_without_facts(period):
    """期末已成立、期末前没有任何户数或人口统计数的村和社区，户数、人口合计因此偏少。"""
    facts = VillageFact.objects.filter(village=OuterRef("pk"), counted_on__lte=period.as_of)
    counted = [Exists(facts.filter(kind__code=code)) for code in ("households", "population")]
    return Q(established_on__lte=period.as_of) & (~counted[0] | ~counted[1])


# — organizations —


@checks.count(organization_register, "党委", unit="个")
def committees(period):
    """期末存续的党委，不含街道党工委。"""
    return Q(level=Organization.Level.COMMITTEE)


checks.equal(
    "organizations_by_level",
    "基层党组织按类别合计",
    left=["orgs.grassroots_organizations"],
    right=[committees, "orgs.general_branches", "orgs.branches"],
    remedy=RECOUNT,
)


@checks.no_rows(
    organization_register,
    "上级已撤销的党组织",
    unit="个",
    severity=Severity.BLOCKING,
    remedy="改填现在的上级党组织；随上级一并撤销的补填撤销日期，" + MEND_ORGANIZATION,
)
def organization_below_dissolved(period):
    """期末存续，但上级党组织期末已经撤销的党组织。"""
    return Q(parent__dissolved_on__lte=period.as_of)


@checks.no_rows(
    organization_register,
    "任届期满仍未换届的党组织",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="已换届的填写新的任届期满日期；未换届的说明原因和安排，" + MEND_ORGANIZATION,
)
def organization_term_run_out(period):
    """期末存续、任届期满日期早于期末的党组织。"""
    return Q(term_ends_on__lt=period.as_of)


@checks.no_rows(
    organization_register,
    "没有填写所在村（社区）的村级党组织",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="填写所在村（社区），否则其党员和活动不进入按村汇总，" + MEND_ORGANIZATION,
)
def organization_without_village(period):
    """期末存续、所属领域为村或社区，但没有填写所在村（社区）的党组织。"""
    sectors = [Organization.Sector.VILLAGE, Organization.Sector.COMMUNITY]
    return Q(sector__in=sectors, village__isnull=True)


def formal_members_from(period, number):
    """The outer organization has at least so many formal members."""
    formal = Membership.objects.current_on(period.as_of).filter(kind=Membership.Kind.FORMAL)
    own = formal.filter(organization=OuterRef("pk")).order_by().values("pk")
    return Exists(own[number - 1 : number])


@checks.no_rows(
    organization_register,
    "正式党员不足3名的党支部",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="核对党员组织关系；确实不足的，说明是调整为联合组建、并入其他支部还是发展党员。",
)
def branch_too_small(period):
    """期末正式党员不足3名的党支部（党章规定正式党员3人以上成立支部）。"""
    return Q(level=Organization.Level.BRANCH) & ~formal_members_from(period, 3)


@checks.no_rows(
    organization_register,
    "正式党员达到50名的党支部",
    unit="个",
    severity=Severity.TO_EXPLAIN,
    remedy="核对党员组织关系；确已达到的，说明是否改设党总支或划小支部。",
)
def branch_too_large(period):
    """期末正式党员在50名以上的党支部（党支部党员一般不超过50名）。"""
    return Q(level=Organization.Level.BRANCH) & formal_members_from(period, 50)


# — members —


@checks.count(member_register, "正式党员", unit="名")
def formal_members(period):
    """期末组织关系在本街道党组织的正式党员。"""
    return Q(kind=Membership.Kind.FORMAL)


@checks.count(member_register, "男党员", unit="名")
def men_members(period):
    """期末组织关系在本街道党组织的男党员。"""
    return Q(person__sex=Person.Sex.MALE)


@checks.count(member_register, "机关、社会组织等其他领域的党员", unit="名")
def other_members(period):
    """期末组织关系在街道、机关、社会组织和其他领域党组织的党员。"""
    sectors = Organization.Sector
    others = [sectors.SUBDISTRICT, sectors.OFFICE, sectors.SOCIAL, sectors.OTHER]
    return Q(organization__sector__in=others)


checks.equal(
    "members_by_kind",
    "党员按正式、预备合计",
    left=["orgs.members"],
    right=[formal_members, "orgs.probationary_members"],
    remedy=RECOUNT,
)
checks.equal(
    "members_by_sex",
    "党员按性别合计",
    left=["orgs.members"],
    right=[men_members, "orgs.women_members"],
    remedy=RECOUNT,
)
checks.equal(
    "members_by_sector",
    "党员按所属领域合计",
    left=["orgs.members"],
    right=["orgs.village_members", "orgs.nonpublic_members", other_members],
    remedy="核对所在党组织的所属领域和类别：非公企业的党员应在党支部。" + MEND_ORGANIZATION,
)


@checks.no_rows(
    member_register,
    "入党时不满18周岁的党员",
    unit="名",
    severity=Severity.BLOCKING,
    remedy="核对出生年月和入党时间，" + MEND_PERSON,
)
def member_joined_under_age(period):
    """入党时间距出生年月不满18周岁的党员（党章规定年满18岁方可申请入党）。"""
    return Q(LessThan(Years("person__birth_on", "person__joined_on"), 18))


@checks.no_rows(
    member_register,
    "没有入党时间的党员",
    unit="名",
    severity=Severity.TO_EXPLAIN,
    remedy="查阅党员档案补填入党时间，" + MEND_PERSON,
)
def member_without_joining_day(period):
    """期末在册、没有填写入党时间的党员，无法统计党龄和入党时间分组。"""
    return Q(person__joined_on__isnull=True)


@checks.no_rows(
    member_register,
    "组织关系早于入党时间的党员",
    unit="名",
    severity=Severity.BLOCKING,
    remedy="核对入党时间和组织关系的起始日期，" + MEND_PERSON,
)
def member_before_joining(period):
    """组织关系的起始日期早于本人入党时间的党员。"""
    return Q(since__lt=F("person__joined_on"))


@checks.no_rows(
    member_register,
    "组织关系在已撤销党组织的党员",
    unit="名",
    severity=Severity.BLOCKING,
    remedy="填写组织关系的截止日期并新增转入党组织的一条，" + MEND_PERSON,
)
def member_of_dissolved(period):
    """期末组织关系仍在期末已撤销的党组织的党员。"""
    return Q(organization__dissolved_on__lte=period.as_of)


@checks.no_rows(
    member_register,
    "组织关系早于党组织成立的党员",
    unit="名",
    severity=Severity.BLOCKING,
    remedy="核对组织关系的起始日期和党组织的成立日期，" + MEND_PERSON,
)
def member_before_founding(period):
    """组织关系的起始日期早于所在党组织成立日期的党员。"""
    return Q(since__lt=F("organization__founded_on"))


@checks.no_rows(
    member_register,
    "政治面貌与党员类型不一致的党员",
    unit="名",
    severity=Severity.BLOCKING,
    remedy="转正后应把政治面貌改为中共党员，并新增一条正式党员的组织关系，" + MEND_PERSON,
)
def member_status_differs(period):
    """组织关系未终止的党员中，正式党员的政治面貌不是中共党员，或预备党员的不是中共预备党员的。"""
    kinds, statuses = Membership.Kind, Person.PoliticalStatus
    formal = Q(kind=kinds.FORMAL) & ~Q(person__political_status=statuses.MEMBER)
    on_probation = Q(kind=kinds.PROBATIONARY)
    differs = formal | (on_probation & ~Q(person__political_status=statuses.PROBATIONARY))
    return Q(until__isnull=True) & differs


def years_a_member(period):
    return Years("person__joined_on", period.as_of)


@checks.no_rows(
    member_register,
    "预备期满一年尚未转正的党员",
    unit="名",
    severity=Severity.TO_EXPLAIN,
    remedy="已转正的补记转正和正式党员组织关系；延长预备期的说明原因。",
)
def probation_overdue(period):
    """期末入党满一年、不满两年，仍为预备党员的（党章规定预备期为一年）。"""
    overdue = Q(GreaterThanOrEqual(years_a_member(period), 1))
    ended = Q(GreaterThanOrEqual(years_a_member(period), 2))
    return Q(kind=Membership.Kind.PROBATIONARY) & overdue & ~ended


@checks.no_rows(
    member_register,
    "预备期超过两年的党员",
    unit="名",
    severity=Severity.BLOCKING,
    remedy="核对入党时间；补记转正或取消预备党员资格，" + MEND_PERSON,
)
def probation_too_long(period):
    """期末入党已满两年仍为预备党员的（预备期一年，延长不能超过一年）。"""
    ended = Q(GreaterThanOrEqual(years_a_member(period), 2))
    return Q(kind=Membership.Kind.PROBATIONARY) & ended


@checks.no_rows(
    member_register,
    "没有发展记录的预备党员",
    unit="名",
    severity=Severity.TO_EXPLAIN,
    remedy="补填接收为预备党员的发展记录；在外地接收后转入的予以说明。",
)
def probationary_without_development(period):
    """期末在册的预备党员中，期末前没有接收为预备党员的发展记录的。"""
    admitted = Development.objects.filter(
        person=OuterRef("person"),
        stage=Development.Stage.PROBATIONARY,
        reached_on__lte=period.as_of,
    )
    return Q(kind=Membership.Kind.PROBATIONARY) & ~Exists(admitted)


# — people —


@checks.no_rows(
    people_register,
    "登记为党员却没有组织关系的人员",
    unit="名",
    severity=Severity.TO_EXPLAIN,
    remedy="补填党员组织关系；组织关系不在本街道的予以说明，" + MEND_PERSON,
)
def member_without_organization(period):
    """政治面貌为党员或预备党员、期末前已入党，但没有登记过任何组织关系的人员。"""
    statuses = [Person.PoliticalStatus.MEMBER, Person.PoliticalStatus.PROBATIONARY]
    ever = Membership.objects.filter(person=OuterRef("pk"), since__lte=period.as_of)
    return Q(political_status__in=statuses, joined_on__lte=period.as_of) & ~Exists(ever)


@checks.no_rows(
    people_register,
    "可能重复登记的人员",
    unit="名",
    severity=Severity.TO_EXPLAIN,
    remedy="确系一人的合并为一条，不是一人的在出生日上区分，" + MEND_PERSON,
)
def person_twice(period):
    """与另一名人员姓名、性别和出生年月都相同的人员，合计人数时可能重复。"""
    alike = {name: OuterRef(name) for name in ("name", "sex", "birth_on")}
    return Exists(Person.objects.filter(**alike).exclude(pk=OuterRef("pk")))
