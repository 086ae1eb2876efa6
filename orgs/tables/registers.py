"""The columns of floor 1's registers, in the order of the paper ledgers."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from dangjian.lib.figures import Years
from dangjian.lib.tables import Column, Link, Table
from orgs.models import (
    Coverage,
    Enterprise,
    EnterpriseFact,
    Membership,
    Organization,
    OrganizingPlan,
    Person,
    Village,
    VillageFact,
)


def person_link(key="person"):
    """The page of the person a row names; `key` is the path of the person's key."""
    return Link("person", Person, key)


def enterprise_link(key="enterprise"):
    return Link("enterprise", Enterprise, key)


def village_link(key="village"):
    return Link("village", Village, key)


def latest_fact(facts, code, day, **subject):
    """The value of the newest fact of a kind counted by the day, as a subquery."""
    found = facts.objects.filter(kind__code=code, counted_on__lte=day, **subject)
    return Subquery(found.order_by("-counted_on").values("value")[:1])


def village_fact(code, day):
    return latest_fact(VillageFact, code, day, village=OuterRef("pk"))


def enterprise_fact(code, day, enterprise="pk"):
    return latest_fact(EnterpriseFact, code, day, enterprise=OuterRef(enterprise))


def counted(rows, key):
    """How many of `rows` point at the outer row through `key`, as a subquery."""
    found = rows.filter(**{key: OuterRef("pk")}).order_by().values(key)
    total = Subquery(found.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(total, 0)


def members_of(period, **conditions):
    return counted(Membership.objects.current_on(period.as_of).filter(**conditions), "organization")


def village_members(period):
    """Members whose organization lies in the village."""
    found = Membership.objects.current_on(period.as_of).filter(organization__village=OuterRef("pk"))
    per_village = found.order_by().values("organization__village").annotate(n=Count("pk"))
    return Coalesce(Subquery(per_village.values("n"), output_field=IntegerField()), 0)


def covering(field):
    """A field of the organization covering the outer enterprise on the period's day."""

    def of(period):
        links = Coverage.objects.by_organization().current_on(period.as_of).of()
        return Subquery(links.values(field)[:1])

    return of


village_table = Table(
    Village,
    [
        Column("name", "名称", width=14, link=village_link("pk")),
        Column("kind", "类别"),
        Column("party_organization__short_name", "党组织", width=20),
        Column("party_organization__level", "党组织类别"),
        Column("established_on", "成立日期", "date"),
        Column(
            "households",
            "户数",
            "number",
            lambda p: village_fact("households", p.as_of),
            total=True,
        ),
        Column(
            "population",
            "人口",
            "number",
            lambda p: village_fact("population", p.as_of),
            total=True,
        ),
        Column("members", "党员数", "number", village_members, total=True),
    ],
)

organization_table = Table(
    Organization,
    [
        Column("name", "党组织全称", width=36),
        Column("level", "类别"),
        Column("sector", "所属领域"),
        Column("formation", "组建方式"),
        Column("parent__short_name", "上级党组织", width=22),
        Column("village__name", "所在村（社区）", link=village_link()),
        Column("founded_on", "成立日期", "date"),
        Column("term_ends_on", "任届期满", "date"),
        Column("members", "党员数", "number", members_of, total=True),
        Column(
            "enterprises",
            "覆盖企业数",
            "number",
            lambda p: counted(
                Coverage.objects.by_organization().current_on(p.as_of), "organization"
            ),
            total=True,
        ),
    ],
)

member_table = Table(
    Membership,
    [
        Column("person__name", "姓名", width=10, link=person_link()),
        Column("person__sex", "性别", width=6),
        Column("person__ethnicity", "民族", width=8),
        Column("person__birth_on", "出生年月", "month"),
        Column("age", "年龄", "number", lambda p: Years("person__birth_on", p.as_of), width=6),
        Column("person__education", "学历", width=12),
        Column("person__joined_on", "入党时间", "month"),
        Column("kind", "党员类型"),
        Column("organization__short_name", "所在党组织", width=24),
        Column("since", "关系转入日期", "date"),
    ],
)

enterprise_table = Table(
    Enterprise,
    [
        Column("name", "企业名称", width=30, link=enterprise_link("pk")),
        Column("credit_code", "统一社会信用代码", "code", width=22),
        Column("ownership", "所有制"),
        Column("trade", "行业", width=18),
        Column("village__name", "所在村（社区）", link=village_link()),
        Column(
            "staff", "从业人员", "number", lambda p: enterprise_fact("staff", p.as_of), total=True
        ),
        Column("organization", "覆盖党组织", of=covering("organization__short_name"), width=24),
        Column("mode", "覆盖方式", of=covering("mode"), labels=dict(Coverage.Mode.choices)),
        Column("since", "覆盖起始", "date", covering("since")),
    ],
)

plan_table = Table(
    OrganizingPlan,
    [
        Column("enterprise__name", "企业名称", width=30, link=enterprise_link()),
        Column("enterprise__credit_code", "统一社会信用代码", "code", width=22),
        Column(
            "enterprise__village__name", "所在村（社区）", link=village_link("enterprise__village")
        ),
        Column(
            "formal_members",
            "正式党员",
            "number",
            lambda p: enterprise_fact("formal_members", p.as_of, "enterprise"),
        ),
        Column("reason", "未建原因", width=30),
        Column("owner__name", "责任人", width=10, link=person_link("owner")),
        Column("due_on", "计划组建日期", "date"),
        Column("since", "起始日期", "date"),
        Column("until", "截止日期", "date"),
    ],
)

person_table = Table(
    Person,
    [
        Column("name", "姓名", width=10, link=person_link("pk")),
        Column("sex", "性别", width=6),
        Column("ethnicity", "民族", width=8),
        Column("birth_on", "出生年月", "month"),
        Column("age", "年龄", "number", lambda p: Years("birth_on", p.as_of), width=6),
        Column("education", "学历"),
        Column("political_status", "政治面貌"),
        Column("joined_on", "入党时间", "month"),
        Column("organization__short_name", "归口党组织", width=24),
    ],
)
