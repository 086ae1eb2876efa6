"""The registers of key tasks as files: their columns, and what tells one row from another."""

from import_export.fields import Field

from cadres.resources import cadre_column
from orgs.resources import NAMINGS, Naming, RecordResource, Reference
from orgs.resources.columns import read_text
from tasks.models import KeyTask, PlanItem, Programme, Progress, TaskVillage

NAMINGS[Programme] = Naming(
    lambda programme: (programme.name, str(programme.year)), (read_text, read_text)
)
NAMINGS[KeyTask] = Naming(
    lambda task: (task.title, str(task.programme.year)), (read_text, read_text), ("programme",)
)


def task_column():
    return Field("task", "重点工作", Reference(KeyTask, "年度"))


class ProgrammeResource(RecordResource):
    computed = ("重点工作数",)

    class Meta:
        model = Programme
        fields = ["organization", "year", "name", "order"]
        import_id_fields = ["organization", "year", "name"]


class KeyTaskResource(RecordResource):
    programme = Field("programme", "所属工程", Reference(Programme, "年度"))
    lead = cadre_column("lead", name="领衔干部", birth="领衔干部出生年月")

    computed = ("领衔干部职务", "涉及村（社区）", "完成进度（%）")

    class Meta:
        model = KeyTask
        fields = [
            "programme",
            "number",
            "title",
            "target",
            "organization",
            "lead",
            "department",
            "begins_on",
            "due_on",
            "completed_on",
            "report_rhythm",
        ]
        import_id_fields = ["programme", "number"]


class TaskVillageResource(RecordResource):
    task = task_column()

    class Meta:
        model = TaskVillage
        fields = ["task", "village"]
        import_id_fields = fields


class ProgressResource(RecordResource):
    task = task_column()

    computed = ("责任科室", "佐证材料（份）")

    class Meta:
        model = Progress
        fields = [
            "task",
            "reported_on",
            "due_on",
            "percent",
            "note",
            "state",
            "times_returned",
            "returned_because",
            "reviewed_on",
        ]
        import_id_fields = ["task", "reported_on"]


class PlanItemResource(RecordResource):
    lead = cadre_column("lead", name="责任领导", birth="责任领导出生年月")

    computed = ("列入的重点工作",)

    class Meta:
        model = PlanItem
        fields = [
            "organization",
            "lead",
            "department",
            "year",
            "section",
            "number",
            "text",
            "kind",
            "programme",
            "rhythm",
            "figure",
            "at_least",
            "at_most",
            "due_on",
            "outcome",
            "outcome_reason",
        ]
        import_id_fields = ["organization", "year", "number"]
