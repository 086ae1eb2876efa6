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
    Person,
    Tag,
    TagLink,
    Village,
    VillageFact,
)

from .base import RecordResource
from .columns import Day, DayKnown
from .references import NAMINGS, Reference

CREDIT_CODE = "统一社会信用代码"
BIRTH = "出生年月"


def person_column(attribute="person", *, name="姓名", birth=BIRTH):
    """A person of another register, named by name and month of birth."""
    return Field(attribute, name, Reference(Person, birth))


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


class PersonResource(RecordResource):
    birth_on = Field("birth_on", BIRTH, Day(month_is_enough=True))
    birth_day_known = Field("birth_day_known", BIRTH, DayKnown())
    joined_on = Field("joined_on", "入党时间", Day(month_is_enough=True))

    class Meta:
        model = Person
        fields = [
            "name",
            "sex",
            "ethnicity",
            "birth_on",
            "birth_day_known",
            "political_status",
            "joined_on",
            "education",
            "education_completed",
            "organization",
        ]
        import_id_fields = ["name", "birth_on"]

    def key_of(self, record):
        return NAMINGS[Person].name_of(record)


class MembershipResource(RecordResource):
    person = person_column()

    class Meta:
        model = Membership
        fields = ["person", "organization", "kind", "since", "until", "why_ended"]
        import_id_fields = ["person", "since"]


class EnterpriseResource(RecordResource):
    head = person_column("head", name="负责人", birth="负责人出生年月")

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
