"""Talks: for clerks and leaders only, and every look at them is on record."""

from django.conf import settings
from django.db import models

from orgs.models.record import Record


class Talk(Record):
    """谈话: a collective talk, a reminder or an admonition; none of them is a punishment."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", "集体约谈"
        REMINDER = "reminder", "提醒谈话"
        ADMONITION = "admonition", "诫勉谈话"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="talks", verbose_name="谈话党组织"
    )
    kind = models.CharField("谈话类别", max_length=20, choices=Kind)
    held_on = models.DateField("谈话日期")
    talker = models.CharField("谈话人", max_length=40)
    reason = models.CharField("谈话事由", max_length=200)
    points = models.TextField("谈话要点", blank=True)

    class Meta:
        verbose_name = "谈话"
        verbose_name_plural = "谈话"
        ordering = ["-held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "held_on", "reason"],
                name="cadres_talk_once",
                violation_error_message="当天已有同类别、同事由的谈话。",
            ),
        ]

    def __str__(self):
        return f"{self.held_on} {self.get_kind_display()}"


class TalkPerson(Record):
    """谈话对象: a person talked to; an admonition bars promotion and awards until a day."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="people", verbose_name="谈话")
    person = models.ForeignKey(
        "orgs.Person", models.PROTECT, related_name="talks", verbose_name="谈话对象"
    )
    effect_until = models.DateField(
        "影响期至", null=True, blank=True, help_text="诫勉谈话的影响期为六个月。"
    )

    inside = ("talk",)

    class Meta:
        verbose_name = "谈话对象"
        verbose_name_plural = "谈话对象"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "person"],
                name="cadres_talkperson_once",
                violation_error_message="同一谈话中每人只填一次。",
            ),
        ]

    def __str__(self):
        return str(self.person)


class TalkReading(models.Model):
    """谈话查阅记录: who looked at talks, when and at which address. Only ever added to."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查阅人"
    )
    at = models.DateTimeField("查阅时间", auto_now_add=True)
    address = models.CharField("页面", max_length=200)

    class Meta:
        verbose_name = "谈话查阅记录"
        verbose_name_plural = "谈话查阅记录"
        ordering = ["-at"]

    def __str__(self):
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"
