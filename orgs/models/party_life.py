"""What organizations and their members do through the year."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from orgs.scope import ScopedQuerySet

from .record import Record

SILENT_DAYS = 60  # a branch that held nothing for so long is told of


class ActivityKind(models.Model):
    """活动类别: 三会一课, 主题党日, 以会代训, 中心组学习, …; kinds differ from place to place."""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=40)
    is_training = models.BooleanField("属于培训学习", default=False)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    named_by = "name"

    class Meta:
        verbose_name = "活动类别"
        verbose_name_plural = "活动类别"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class ActivityQuerySet(ScopedQuerySet):
    def held_in(self, period):
        return self.filter(held_on__range=(period.first_day, period.as_of))


class Activity(Record):
    """活动: a meeting, a theme day, a training, held by an organization on a day."""

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="activities", verbose_name="举办党组织"
    )
    kind = models.ForeignKey(ActivityKind, models.PROTECT, verbose_name="活动类别")
    pairing = models.ForeignKey(
        "orgs.Pairing",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="所属结对共建",
    )
    topic = models.CharField("主题", max_length=100)
    held_on = models.DateField("举办日期")
    place = models.CharField("地点", max_length=60, blank=True)
    lecturer = models.CharField("主讲（主持）人", max_length=40, blank=True)
    due = models.PositiveIntegerField("应到人数", help_text="会议签到表上的应到人数。")
    present = models.PositiveIntegerField("实到人数")
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1, null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "活动"
        verbose_name_plural = "活动"
        ordering = ["-held_on", "pk"]
        indexes = [models.Index(fields=["organization", "held_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("due")),
                name="orgs_activity_present_of_due",
                violation_error_message="实到人数不能多于应到人数。",
            ),
            models.UniqueConstraint(
                fields=["organization", "kind", "held_on", "topic"],
                name="orgs_activity_once",
                violation_error_message="该党组织当天已有同类别、同主题的活动。",
            ),
        ]

    def __str__(self):
        return self.topic


ABSENT_WITH_REASON = "缺席的必须填写缺席原因，没有缺席的不填。"


class Attendance(Record):
    """出缺席: a person named for an activity: who was absent and why, who sat in on it."""

    class Presence(models.TextChoices):
        ABSENT = "absent", "缺席"
        OBSERVER = "observer", "列席"
        PRESENT = "present", "出席"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="attendances", verbose_name="活动"
    )
    person = models.ForeignKey(
        "orgs.Person", models.CASCADE, related_name="attendances", verbose_name="人员"
    )
    presence = models.CharField("出缺席", max_length=10, choices=Presence, default=Presence.ABSENT)
    reason = models.CharField("缺席原因", max_length=60, blank=True)

    inside = ("activity",)

    class Meta:
        verbose_name = "出缺席"
        verbose_name_plural = "出缺席"
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"],
                name="orgs_attendance_once",
                violation_error_message="同一人在一次活动中只能填一行。",
            ),
            models.CheckConstraint(
                condition=Q(presence="absent", reason__gt="")
                | (~Q(presence="absent") & Q(reason="")),
                name="orgs_attendance_absent_with_reason",
                violation_error_message=ABSENT_WITH_REASON,
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.get_presence_display()}"

    def clean(self):
        super().clean()
        # As the constraint has it, but at the field.
        if (self.presence == self.Presence.ABSENT) != bool(self.reason):
            raise ValidationError({"reason": ABSENT_WITH_REASON})


class Pledge(Record):
    """亮身份做承诺: what a member promised in public, and when it was done."""

    person = models.ForeignKey(
        "orgs.Person", models.CASCADE, related_name="pledges", verbose_name="党员"
    )
    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="pledges", verbose_name="所在党组织"
    )
    text = models.CharField("承诺内容", max_length=200)
    pledged_on = models.DateField("承诺日期")
    fulfilled_on = models.DateField("兑现日期", null=True, blank=True)

    class Meta:
        verbose_name = "党员承诺"
        verbose_name_plural = "党员承诺"
        ordering = ["-pledged_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fulfilled_on__isnull=True) | Q(fulfilled_on__gte=F("pledged_on")),
                name="orgs_pledge_fulfilled_after_pledged",
                violation_error_message="兑现日期不能早于承诺日期。",
            ),
            models.UniqueConstraint(
                fields=["person", "pledged_on", "text"],
                name="orgs_pledge_once",
                violation_error_message="该党员当天已有相同的承诺。",
            ),
        ]

    def __str__(self):
        return self.text


class Development(Record):
    """发展党员: the day a person reached a stage on the way to full membership."""

    class Stage(models.IntegerChoices):
        APPLICANT = 1, "入党申请人"
        ACTIVIST = 2, "入党积极分子"
        CANDIDATE = 3, "发展对象"
        PROBATIONARY = 4, "预备党员"
        FORMAL = 5, "正式党员"

    person = models.ForeignKey(
        "orgs.Person", models.CASCADE, related_name="developments", verbose_name="人员"
    )
    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="developments", verbose_name="培养党组织"
    )
    stage = models.PositiveSmallIntegerField("阶段", choices=Stage)
    reached_on = models.DateField("确定日期")

    class Meta:
        verbose_name = "发展党员"
        verbose_name_plural = "发展党员"
        ordering = ["-reached_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "stage"],
                name="orgs_development_stage_once",
                violation_error_message="该人员已有这个阶段的记录。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.get_stage_display()}"
