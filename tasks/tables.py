"""The columns of the registers of key tasks and plans."""

from dangjian.lib.tables import Column, Link, Table
from orgs.tables import counted, person_link

from .models import Evidence, KeyTask, PlanItem, Programme, Progress, TaskVillage

programme_table = Table(
    Programme,
    [
        Column("name", "工程名称", width=26),
        Column("year", "年度", "number", width=8),
        Column(
            "tasks",
            "重点工作数",
            "number",
            lambda p: counted(KeyTask.objects.all(), "programme"),
            total=True,
        ),
    ],
)

task_table = Table(
    KeyTask,
    [
        Column("number", "序号", "number", width=6),
        Column("title", "任务名称", width=30, link=Link("task", KeyTask, "pk")),
        Column("programme__name", "所属工程", width=18),
        Column("lead__person__name", "领衔干部", width=10, link=person_link("lead__person")),
        Column("lead__post", "领衔干部职务", width=20),
        Column("department__name", "责任科室", width=16),
        Column("target", "年度目标", width=40),
        Column(
            "villages",
            "涉及村（社区）",
            "number",
            lambda p: counted(TaskVillage.objects.all(), "task"),
        ),
        Column("due_on", "完成时限", "date"),
        Column(
            "percent",
            "完成进度（%）",
            "number",
            lambda p: Progress.objects.latest_percent(p.as_of),
        ),
        Column("completed_on", "完成日期", "date"),
    ],
)

progress_table = Table(
    Progress,
    [
        Column("task__title", "重点工作", width=30, link=Link("task", KeyTask, "task")),
        Column("task__department__name", "责任科室", width=16),
        Column("reported_on", "填报日期", "date", link=Link("progress", Progress, "pk")),
        Column("due_on", "应报日期", "date"),
        Column("percent", "完成进度（%）", "number"),
        Column("note", "进展情况", width=40),
        Column("state", "状态"),
        Column("times_returned", "退回次数", "number", total=True),
        Column("returned_because", "退回原因", width=30),
        Column("reviewed_on", "审核日期", "date"),
        Column(
            "evidence",
            "佐证材料（份）",
            "number",
            lambda p: counted(Evidence.objects.all(), "progress"),
            total=True,
        ),
    ],
)

plan_table = Table(
    PlanItem,
    [
        Column("number", "序号", "number", width=6),
        Column("section", "所属部分", width=20),
        Column("text", "计划内容", width=50),
        Column("kind", "类型"),
        Column("lead__person__name", "责任领导", width=10, link=person_link("lead__person")),
        Column("department__name", "责任科室", width=16),
        Column("rhythm", "频次"),
        Column("at_least", "至少", "number", width=8),
        Column("at_most", "至多", "number", width=8),
        Column("due_on", "完成时限", "date"),
        Column(
            "key_task__title", "列入的重点工作", width=30, link=Link("task", KeyTask, "key_task")
        ),
    ],
)
