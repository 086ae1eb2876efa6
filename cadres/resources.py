"""The registers of cadres as files: their columns, and what tells one row from another."""

from import_export.fields import Field

from cadres.models import (
    Cadre,
    Posting,
    PostingTarget,
    Recruit,
    Recruitment,
    ReserveListing,
    StudyReview,
    Talk,
    TalkPerson,
    Visit,
)
from orgs.resources import (
    NAMINGS,
    Naming,
    RecordResource,
    Reference,
    enterprise_column,
    person_column,
)
from orgs.resources.columns import read_date, read_month, read_name, read_text

NAMINGS[Cadre] = Naming(
    lambda cadre: (cadre.person.name, f"{cadre.person.birth_on:%Y-%m}"),
    (read_name, read_month),
    ("person",),
)
NAMINGS[Posting] = Naming(
    lambda posting: (
        posting.person.name,
        f"{posting.person.birth_on:%Y-%m}",
        posting.get_kind_display(),
        f"{posting.since:%Y-%m-%d}",
    ),
    (read_name, read_month, read_text, read_date),
    ("person",),
)
NAMINGS[Recruitment] = Naming(lambda recruitment: (recruitment.name,))
NAMINGS[Talk] = Naming(
    lambda talk: (talk.get_kind_display(), f"{talk.held_on:%Y-%m-%d}", talk.reason),
    (read_text, read_date, read_text),
)


def cadre_column(attribute, *, name, birth):
    """A cadre of another register, named by the person."""
    return Field(attribute, name, Reference(Cadre, birth))


def posting_column():
    return Field("posting", "姓名", Reference(Posting, "出生年月", "派驻类别", "派驻起始日期"))


class CadreResource(RecordResource):
    person = person_column()

    computed = ("性别", "年龄", "学历")

    class Meta:
        model = Cadre
        fields = [
            "person",
            "organization",
            "department",
            "post",
            "rank",
            "staff_kind",
            "is_leader",
            "since",
            "until",
        ]
        import_id_fields = ["person", "since"]


class PostingResource(RecordResource):
    person = person_column()

    spellings = {"每月应走访次数": ("每月应走访",)}
    computed = ("派往单位（首个）", "单位数", "本期走访")

    class Meta:
        model = Posting
        fields = [
            "person",
            "organization",
            "kind",
            "department",
            "project",
            "duty",
            "is_full_time",
            "visits_per_month",
            "appraisal",
            "since",
            "until",
        ]
        import_id_fields = ["person", "kind", "since"]


class PostingTargetResource(RecordResource):
    posting = posting_column()
    enterprise = enterprise_column()

    class Meta:
        model = PostingTarget
        fields = ["posting", "party_organization", "enterprise", "village"]
        import_id_fields = fields


class VisitResource(RecordResource):
    posting = posting_column()
    enterprise = enterprise_column()

    spellings = {
        "姓名": ("走访人",),
        "派驻类别": ("身份",),
        "统一社会信用代码": ("走访企业", "企业名称"),
    }
    computed = ("走访人", "身份")

    class Meta:
        model = Visit
        fields = ["posting", "enterprise", "visited_on", "content", "problem", "is_solved"]
        import_id_fields = ["posting", "enterprise", "visited_on"]


class RecruitmentResource(RecordResource):
    class Meta:
        model = Recruitment
        fields = ["organization", "name", "posts", "announced_on"]
        import_id_fields = ["organization", "name"]


class RecruitResource(RecordResource):
    person = person_column()

    spellings = {"试用期满日期": ("试用期满",)}
    computed = ("性别", "学历", "派驻村（社区）")

    class Meta:
        model = Recruit
        fields = [
            "recruitment",
            "person",
            "written_score",
            "interview_score",
            "hired_on",
            "probation_ends_on",
            "result",
            "left_on",
        ]
        import_id_fields = ["recruitment", "person"]


class ReserveListingResource(RecordResource):
    person = person_column()

    spellings = {"起始日期": ("入库日期", "入库时间")}
    computed = ("性别", "学历")

    class Meta:
        model = ReserveListing
        fields = ["person", "organization", "village", "target_post", "outcome", "since", "until"]
        import_id_fields = ["person", "target_post", "since"]


class TalkResource(RecordResource):
    class Meta:
        model = Talk
        fields = ["organization", "kind", "held_on", "talker", "reason", "points"]
        import_id_fields = ["organization", "kind", "held_on", "reason"]


class TalkPersonResource(RecordResource):
    talk = Field("talk", "谈话类别", Reference(Talk, "谈话日期", "谈话事由"))
    person = person_column()

    spellings = {"姓名": ("谈话对象",)}
    computed = ("谈话人",)

    class Meta:
        model = TalkPerson
        fields = ["talk", "person", "effect_until"]
        import_id_fields = ["talk", "person"]


class StudyReviewResource(RecordResource):
    person = person_column()

    spellings = {"评定等次": ("等次",)}

    class Meta:
        model = StudyReview
        fields = ["person", "organization", "year", "score", "grade", "reviewed_on"]
        import_id_fields = ["person", "year"]
