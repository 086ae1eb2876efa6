"""The registers of floor 1 as files: their columns, and what tells one row from another."""

from import_export.fields import Field

from orgs.models import (
    ChecklistItem,
    ChecklistScheme,
    Coverage,
    Department,
    Enterprise,
    EnterpriseFact,
    Membership,
    Office,
    Organization,
    OrganizingPlan,
    Tag,
    TagLink,
    Village,
    VillageFact,
)

from .base import RecordResource
from .people import person_column
from .references import Reference

CREDIT_CODE = "统一社会信用代码"


def enterprise_column(attribute="enterprise"):
    return Field(attribute, CREDIT_CODE, Reference(Enterprise))


class OfficeResource(RecordResource):
    class Meta:
        model = Office
        fields = ["name", "organization", "working_year"]
        import_id_fields = ["organization"]


class DepartmentResource(RecordResource):
    class Meta:
        model = Department
        fields = ["name", "organization"]
        import_id_fields = ["organization", "name"]


class OrganizationResource(RecordResource):
    """Superiors come before those below them."""

    spellings = {
        "类别": ("党组织类别", "组织类别", "党组织类型"),
        "所属领域": ("领域", "所属行业领域"),
        "组建方式": ("组建形式", "设置方式"),
    }
    computed = ("党员数", "覆盖企业数")
    superior = "上级党组织"
    later = ("所在村（社区）",)

    class Meta:
        model = Organization
        fields = [
            "name",
            "short_name",
            "level",
            "sector",
            "formation",
            "parent",
            "village",
            "founded_on",
            "term_ends_on",
            "dissolved_on",
            "merged_into",
        ]
        import_id_fields = ["name"]
        use_bulk = False  # a row refers to rows above it


class VillageResource(RecordResource):
    spellings = {
        "名称": ("村（社区）", "村名", "村（社区）名称", "社区名称", "村居名称"),
        "类别": ("村（社区）类别",),
        "主管党组织": ("上级党组织",),
        "村（社区）党组织": ("党组织", "党组织名称"),
    }
    computed = ("党组织类别", "户数", "人口", "党员数")

    class Meta:
        model = Village
        fields = [
            "name",
            "kind",
            "organization",
            "party_organization",
            "planned_on",
            "established_on",
            "abolished_on",
        ]
        import_id_fields = ["name"]


class VillageFactResource(RecordResource):
    class Meta:
        model = VillageFact
        fields = ["village", "kind", "value", "counted_on", "source"]
        import_id_fields = ["village", "kind", "counted_on"]


class MembershipResource(RecordResource):
    person = person_column()

    spellings = {"起始日期": ("关系转入日期", "转入日期", "转入时间", "关系转入时间")}
    computed = ("性别", "民族", "年龄", "学历", "入党时间")

    class Meta:
        model = Membership
        fields = ["person", "organization", "kind", "since", "until", "why_ended"]
        import_id_fields = ["person", "since"]


class EnterpriseResource(RecordResource):
    head = person_column("head", name="负责人", birth="负责人出生年月")

    computed = ("从业人员", "覆盖党组织", "覆盖方式", "覆盖起始")

    class Meta:
        model = Enterprise
        fields = [
            "name",
            "credit_code",
            "ownership",
            "trade",
            "village",
            "organization",
            "head",
            "opened_on",
            "closed_on",
            "excluded_on",
            "excluded_because",
        ]
        import_id_fields = ["credit_code"]


class EnterpriseFactResource(RecordResource):
    enterprise = enterprise_column()

    class Meta:
        model = EnterpriseFact
        fields = ["enterprise", "kind", "value", "counted_on", "source"]
        import_id_fields = ["enterprise", "kind", "counted_on"]


class CoverageResource(RecordResource):
    enterprise = enterprise_column()

    class Meta:
        model = Coverage
        fields = ["enterprise", "organization", "mode", "since", "until"]
        import_id_fields = ["enterprise", "organization", "since"]


class OrganizingPlanResource(RecordResource):
    enterprise = enterprise_column()
    owner = person_column("owner", name="责任人", birth="责任人出生年月")

    computed = ("企业名称", "所在村（社区）", "正式党员")

    class Meta:
        model = OrganizingPlan
        fields = ["enterprise", "reason", "owner", "due_on", "since", "until"]
        import_id_fields = ["enterprise", "since"]


class TagResource(RecordResource):
    """Tags are a list without history, kept by administrators."""

    class Meta:
        model = Tag
        fields = ["code", "name", "order"]
        import_id_fields = ["code"]
        use_bulk = False

    def get_queryset(self):
        return Tag.objects.all()


class TagLinkResource(RecordResource):
    person = person_column()
    enterprise = enterprise_column()

    class Meta:
        model = TagLink
        fields = [
            "tag",
            "person",
            "party_organization",
            "enterprise",
            "village",
            "since",
            "until",
        ]
        import_id_fields = [
            "tag",
            "person",
            "party_organization",
            "enterprise",
            "village",
            "since",
        ]


class ChecklistSchemeResource(RecordResource):
    class Meta:
        model = ChecklistScheme
        fields = ["code", "name", "year", "threshold", "organization", "source"]
        import_id_fields = ["code", "year"]


class ChecklistItemResource(RecordResource):
    scheme = Field("scheme", "标准代码", Reference(ChecklistScheme, "年度"))

    class Meta:
        model = ChecklistItem
        fields = ["scheme", "order", "text"]
        import_id_fields = ["scheme", "order"]
