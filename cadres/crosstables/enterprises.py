"""非公企业党建台账: a row an enterprise. It stands on this floor, which knows the instructors."""

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from cadres.figures import instructed
from cadres.models import Posting, PostingTarget
from cadres.tables import visits_received
from dangjian.lib.crosstables import YES_NO, Group, Listed, RowTable
from dangjian.lib.tables import Column
from orgs.figures import enterprise_register, is_in_scope
from orgs.figures.party_life import SIX_ONES, items_of_scheme, reaching
from orgs.models import ChecklistResult, Coverage, Membership, Organization, Person
from orgs.tables import covering, enterprise_fact

MEMBER = [Person.PoliticalStatus.MEMBER, Person.PoliticalStatus.PROBATIONARY]


def head_is_member(period):
    return Case(
        When(head__political_status__in=MEMBER, then=True),
        When(head__isnull=False, then=False),
        output_field=BooleanField(null=True),
    )


def in_scope(period):
    return Case(When(is_in_scope(period), then=True), default=False)


def is_covered(period):
    return Coverage.objects.exists_on(period.as_of)


def is_newly_covered(period):
    """Covered for the first time in the period."""
    links = Coverage.objects.by_organization().of()
    return Case(
        When(Exists(links.filter(since__lt=period.first_day)), then=False),
        When(Exists(links.filter(since__lte=period.as_of)), then=True),
        default=False,
    )


def of_covering(value):
    """Of the organization covering the outer enterprise: an expression over the coverage."""

    def of(period):
        links = Coverage.objects.by_organization().current_on(period.as_of).of()
        return Subquery(links.annotate(shown=value(period)).values("shown")[:1])

    return of


def of_covering_counted(rows):
    """How many of `rows` the outer coverage's organization has."""
    found = rows.filter(organization=OuterRef("organization")).order_by().values("organization")
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


def members(period):
    return of_covering_counted(Membership.objects.current_on(period.as_of))


def items_met(period):
    of_year = {"item__scheme__code": SIX_ONES, "item__scheme__year": period.first_day.year}
    standing = ChecklistResult.objects.standing_on(period.as_of)
    return of_covering_counted(standing.filter(is_met=True, **of_year))


def grade(period):
    """How far the outer coverage's organization is with 六个一."""
    found = Organization.objects.filter(pk=OuterRef("organization"))
    return Case(
        When(Exists(found.filter(reaching(period, items_of_scheme()))), then=Value("全部达到")),
        When(Exists(found.filter(reaching(period, F("threshold")))), then=Value("基本达到")),
        default=Value("未达到"),
    )


def of_instructor(field):
    """A field of the posting of an instructor or liaison sent to the outer enterprise."""

    def of(period):
        sent = Posting.objects.of_kind(Posting.Kind.INSTRUCTOR, Posting.Kind.LIAISON)
        current = sent.current_on(period.as_of).filter(pk=OuterRef("posting"))
        targets = PostingTarget.objects.filter(Exists(current), enterprise=OuterRef("pk"))
        return Subquery(targets.order_by("posting__since", "pk").values(f"posting__{field}")[:1])

    return of


def yes_no(name, label, of, slug=""):
    return Listed(Column(name, label, of=of, labels=YES_NO, width=6), slug)


RowTable(
    "enterprises",
    "非公企业党建台账",
    [
        Group(
            "企业基本情况",
            [
                Listed(Column("name", "企业名称", width=24), "orgs.enterprises"),
                Listed(Column("village__name", "村（社区）", width=11)),
                Listed(Column("ownership", "所有制", width=13)),
                Listed(Column("trade", "行业", width=19)),
                Group(
                    "负责人",
                    [
                        Listed(Column("head__name", "姓名", width=8)),
                        yes_no("head_is_member", "是否党员", head_is_member),
                    ],
                ),
                Listed(
                    Column(
                        "staff",
                        "从业人员",
                        "number",
                        lambda p: enterprise_fact("staff", p.as_of),
                        total=True,
                        width=8,
                    ),
                    "orgs.staff",
                ),
                Listed(
                    Column(
                        "above_scale",
                        "是否规上",
                        of=lambda p: enterprise_fact("above_scale", p.as_of),
                        labels=YES_NO,
                        width=6,
                    ),
                    "orgs.above_scale",
                ),
                yes_no("in_scope", "纳入组建范围", in_scope, "orgs.in_scope"),
            ],
        ),
        Group(
            "党组织设置",
            [
                yes_no("is_covered", "是否建立", is_covered, "orgs.covered"),
                yes_no("is_new", "当年新建", is_newly_covered, "orgs.newly_covered"),
                Group(
                    "已建立的",
                    [
                        Listed(
                            Column(
                                "organization",
                                "党组织名称",
                                of=covering("organization__short_name"),
                                width=22,
                            )
                        ),
                        Listed(
                            Column(
                                "mode",
                                "组建形式",
                                of=covering("mode"),
                                labels=dict(Coverage.Mode.choices),
                                width=10,
                            )
                        ),
                        Listed(
                            Column(
                                "level",
                                "类别",
                                of=covering("organization__level"),
                                labels=dict(Organization.Level.choices),
                                width=8,
                            )
                        ),
                        Listed(Column("since", "覆盖起始", "month", covering("since"), width=9)),
                    ],
                ),
            ],
        ),
        Group(
            "党员队伍",
            [
                Listed(
                    Column("members", "所在支部党员", "number", of_covering(members), width=7),
                    "orgs.nonpublic_members",
                ),
            ],
        ),
        Group(
            "六个一",
            [
                Listed(Column("items", "达标项数", "number", of_covering(items_met), width=6)),
                Listed(Column("grade", "达标情况", of=of_covering(grade), width=10)),
            ],
        ),
        Group(
            "党的工作覆盖",
            [
                yes_no("instructed", "有指导员联络员", instructed, "cadres.enterprises_instructed"),
                Group(
                    "指导员（联络员）",
                    [
                        Listed(
                            Column("instructor", "姓名", of=of_instructor("person__name"), width=8)
                        ),
                        Listed(
                            Column(
                                "kind",
                                "身份",
                                of=of_instructor("kind"),
                                labels=dict(Posting.Kind.choices),
                                width=12,
                            )
                        ),
                    ],
                ),
                Listed(
                    Column("visits", "本期走访", "number", visits_received, total=True, width=6),
                    "cadres.enterprise_visits",
                ),
            ],
        ),
    ],
    register=enterprise_register,
    place=5,
    about="每家在营非公企业一行：基本情况、党组织设置、党员、六个一达标和指导员联系情况。",
    note="几家企业联合组建的党支部在每家企业的行里都列出，党员合计按人计算，不重复计。",
)
