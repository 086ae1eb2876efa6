"""The plan for a year: items that become key tasks, or promises a figure can judge later."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from orgs.models.record import Record
from orgs.scope import ScopedQuerySet

from .tasks import KeyTask

LONGEST_TITLE = KeyTask._meta.get_field("title").max_length


class PlanItemQuerySet(ScopedQuerySet):
    def of(self, organization, year):
        """The items of the plan an organization made for a year, in order."""
        return self.filter(organization=organization, year=year).order_by("number", "pk")

    def to_become_tasks(self):
        """Those listed as key tasks that are none yet."""
        return self.filter(kind=PlanItem.Kind.KEY_TASK, key_task__isnull=True)


class PlanItem(Record):
    """计划事项: one item of the work plan of a year."""

    class Kind(models.TextChoices):
        PROMISE = "promise", "承诺事项"
        KEY_TASK = "key_task", "重点任务"

    class Rhythm(models.TextChoices):
        MONTHLY = "monthly", "每月"
        QUARTERLY = "quarterly", "每季度"
        HALF_YEARLY = "half_yearly", "每半年"
        YEARLY = "yearly", "每年"

        @property
        def times(self):
            """How often it comes round in a year."""
            return {"monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}[self]

    class Outcome(models.TextChoices):
        KEPT = "kept", "兑现"
        PARTLY = "partly", "部分兑现"
        UNMET = "unmet", "未兑现"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="plan_items", verbose_name="制定党组织"
    )
    department = models.ForeignKey(
        "orgs.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_items",
        verbose_name="责任科室",
    )
    lead = models.ForeignKey(
        "cadres.Cadre",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_items",
        verbose_name="责任领导",
        help_text="重点任务的责任领导为领衔干部。",
    )
    # What the item became when its year was opened.
    key_task = models.OneToOneField(
        KeyTask,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="plan_item",
        verbose_name="列入的重点工作",
    )
    year = models.PositiveSmallIntegerField("计划年度")
    section = models.CharField(
        "所属部分", max_length=40, help_text="与工作计划中的标题一致，事项就印在该标题之下。"
    )
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("计划内容", max_length=300)
    kind = models.CharField(
        "类型",
        max_length=10,
        choices=Kind,
        default=Kind.PROMISE,
        help_text="重点任务在开启新年度时列为重点工作；承诺事项年底对照兑现。",
    )
    programme = models.CharField(
        "归入工程",
        max_length=40,
        blank=True,
        help_text="重点任务归入的工程，新年度没有同名工程的随之建立；留空的以所属部分为名。",
    )
    rhythm = models.CharField("频次", max_length=20, choices=Rhythm, blank=True)
    figure = models.CharField("考核指标代码", max_length=80, blank=True)
    at_least = models.DecimalField("至少", max_digits=10, decimal_places=2, null=True, blank=True)
    at_most = models.DecimalField("至多", max_digits=10, decimal_places=2, null=True, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    outcome = models.CharField(
        "认定兑现情况",
        max_length=10,
        choices=Outcome,
        blank=True,
        help_text="只用于没有考核指标、也没有列为重点工作的事项。",
    )
    outcome_reason = models.CharField(
        "原因说明", max_length=200, blank=True, help_text="部分兑现和未兑现的，说明原因。"
    )

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = "计划事项"
        verbose_name_plural = "计划事项"
        ordering = ["year", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"],
                name="tasks_planitem_number_once",
                violation_error_message="同一年度计划内序号不能重复。",
            ),
            models.CheckConstraint(
                condition=Q(at_least__isnull=True)
                | Q(at_most__isnull=True)
                | Q(at_most__gte=F("at_least")),
                name="tasks_planitem_range",
                violation_error_message="至多的数量不能小于至少的数量。",
            ),
            models.CheckConstraint(
                condition=Q(kind="promise")
                | Q(lead__isnull=False, department__isnull=False, due_on__isnull=False),
                name="tasks_planitem_task_complete",
                violation_error_message="重点任务必须填写责任领导、责任科室和完成时限。",
            ),
            models.CheckConstraint(
                condition=Q(kind="promise") | Q(LessThanOrEqual(Length("text"), LONGEST_TITLE)),
                name="tasks_planitem_task_title",
                violation_error_message=f"重点任务的计划内容不超过{LONGEST_TITLE}字。",
            ),
        ]

    def __str__(self):
        return self.text
