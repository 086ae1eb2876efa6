"""The registers of elections as files: their columns, and what tells one row from another."""

from import_export.fields import Field

from elections.models import Ballots, Body, BodyKind, Election, Seat, Term
from orgs.models import Education
from orgs.resources import (
    NAMINGS,
    Naming,
    RecordResource,
    Reference,
    enterprise_column,
    person_column,
)
from orgs.resources.columns import Choice, read_text
from orgs.resources.spellings import EDUCATIONS

NAMINGS[BodyKind] = Naming(lambda kind: (kind.name,))
NAMINGS[Term] = Naming(lambda term: (term.name,))
NAMINGS[Body] = Naming(lambda body: (body.name,))
NAMINGS[Election] = Naming(
    lambda election: (election.term.name, election.body.name, election.get_kind_display()),
    (read_text, read_text, lambda kind: read_text(kind) or Election.Kind.GENERAL.label),
    ("term", "body"),
)


def election_column():
    return Field("election", "届次", Reference(Election, "班子", "选举类型"))


class TermResource(RecordResource):
    """Earlier terms come before later ones."""

    superior = "上一届"

    class Meta:
        model = Term
        fields = ["name", "organization", "previous", "starts_on", "completed_on", "ends_on"]
        import_id_fields = ["name"]
        use_bulk = False  # a row refers to rows above it


class BodyResource(RecordResource):
    enterprise = enterprise_column()

    class Meta:
        model = Body
        fields = ["name", "kind", "organization", "village", "enterprise"]
        import_id_fields = ["name"]


class ElectionResource(RecordResource):
    spellings = {"选举轮次": ("轮次",), "暂缓或未成功原因": ("原因",)}
    # The register shows the kind of the body.
    computed = ("村（社区）", "班子", "任期届满")

    class Meta:
        model = Election
        fields = [
            "term",
            "body",
            "kind",
            "nomination_method",
            "method",
            "seats_set",
            "rounds",
            "state",
            "reason",
            "due_on",
            "held_on",
        ]
        import_id_fields = ["term", "body", "kind"]


class BallotsResource(RecordResource):
    election = election_column()

    spellings = {"选区或选民组": ("选区",)}
    computed = ("村（社区）", "班子")

    class Meta:
        model = Ballots
        fields = [
            "election",
            "channel",
            "group",
            "registered",
            "attended",
            "issued",
            "returned",
            "valid",
        ]
        import_id_fields = ["election", "channel", "group"]


class SeatResource(RecordResource):
    election = election_column()
    person = person_column()

    education = Field("education", "当选时学历", Choice(Education.choices, EDUCATIONS))
    # The register shows the kind of the body, and the post as that body calls it.
    computed = ("村（社区）", "班子", "职务", "性别", "当选年龄", "入党时间", "较上届")

    class Meta:
        model = Seat
        fields = [
            "election",
            "person",
            "post",
            "duty",
            "votes",
            "education",
            "since",
            "until",
            "why_ended",
        ]
        import_id_fields = ["election", "person"]
