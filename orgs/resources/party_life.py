"""What organizations and members do, and the standards they reach, as files."""

from import_export.fields import Field

from orgs.models import (
    Activity,
    Attendance,
    ChecklistItem,
    ChecklistResult,
    Development,
    Pairing,
    PairingSide,
    Pledge,
    Rating,
    Rhythm,
    Site,
)

from .base import RecordResource
from .people import person_column
from .references import Reference
from .registers import enterprise_column


class PairingResource(RecordResource):
    spellings = {"起始日期": ("签约日期", "签约时间")}
    computed = ("甲方", "乙方（首个）", "共建单位数", "本期活动")

    class Meta:
        model = Pairing
        fields = ["organization", "name", "mode", "plan", "since", "until"]
        import_id_fields = ["organization", "name"]


class PairingSideResource(RecordResource):
    enterprise = enterprise_column()

    class Meta:
        model = PairingSide
        fields = ["pairing", "side", "party_organization", "enterprise", "village", "unit"]
        import_id_fields = fields


class ActivityResource(RecordResource):
    class Meta:
        model = Activity
        fields = [
            "organization",
            "kind",
            "pairing",
            "topic",
            "held_on",
            "place",
            "lecturer",
            "due",
            "present",
            "hours",
        ]
        import_id_fields = ["organization", "kind", "held_on", "topic"]


class AttendanceResource(RecordResource):
    activity = Field("activity", "举办党组织", Reference(Activity, "活动类别", "举办日期", "主题"))
    person = person_column()

    class Meta:
        model = Attendance
        fields = ["activity", "person", "presence", "reason"]
        import_id_fields = ["activity", "person"]


class RhythmResource(RecordResource):
    class Meta:
        model = Rhythm
        fields = ["organization", "kind", "level", "sector", "every", "times", "since", "until"]
        import_id_fields = ["organization", "kind", "level", "sector", "since"]


class PledgeResource(RecordResource):
    person = person_column()

    class Meta:
        model = Pledge
        fields = ["person", "organization", "text", "pledged_on", "fulfilled_on"]
        import_id_fields = ["person", "pledged_on", "text"]


class DevelopmentResource(RecordResource):
    person = person_column()

    computed = ("性别", "学历")

    class Meta:
        model = Development
        fields = ["person", "organization", "stage", "reached_on"]
        import_id_fields = ["person", "stage"]


class SiteResource(RecordResource):
    spellings = {
        "名称": ("阵地名称",),
        "与其他单位共用": ("共用", "是否共用"),
        "评为示范阵地日期": ("示范阵地",),
    }

    class Meta:
        model = Site
        fields = [
            "organization",
            "village",
            "name",
            "area",
            "is_shared",
            "opened_on",
            "closed_on",
            "demonstration_since",
        ]
        import_id_fields = ["organization", "name"]


class RatingResource(RecordResource):
    class Meta:
        model = Rating
        fields = ["organization", "scheme", "grade", "given_on", "valid_until"]
        import_id_fields = ["organization", "scheme", "given_on"]


class ChecklistResultResource(RecordResource):
    item = Field("item", "标准代码", Reference(ChecklistItem, "年度", "序号"))

    computed = ("标准", "序号", "内容")

    class Meta:
        model = ChecklistResult
        fields = ["item", "organization", "is_met", "checked_on", "checker", "evidence"]
        import_id_fields = ["item", "organization", "checked_on"]
