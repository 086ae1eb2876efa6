"""The election of one body, and the ballots counted in it."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from orgs.models.record import Record
from orgs.scope import ScopedQuerySet

from .terms import Term


class ElectionQuerySet(ScopedQuerySet):
    def of_term_on(self, day):
        """Elections of the round in force on the day, held or still due."""
        return self.filter(Exists(Term.objects.in_force_on(day).filter(pk=OuterRef("term"))))

    def general(self):
        return self.filter(kind=Election.Kind.GENERAL)


class Election(Record):
    """选举: the election of one body in one term, or a by-election within it."""

    class Kind(models.TextChoices):
        GENERAL = "general", "换届选举"
        BY_ELECTION = "by_election", "补选"

    class Method(models.TextChoices):
        TWO_NOMINATIONS = "two_nominations", "两推一选"
        OPEN_DIRECT = "open_direct", "公推直选"
        ASSEMBLY = "assembly", "党员大会差额选举"
        VOTERS = "voters", "选民直接选举"
        DELEGATES = "delegates", "代表会议选举"

    class State(models.TextChoices):
        DUE = "due", "待选举"
        HELD = "held", "已完成"
        POSTPONED = "postponed", "暂缓"
        FAILED = "failed", "选举未成功"

    term = models.ForeignKey(Term, models.PROTECT, related_name="elections", verbose_name="届次")
    body = models.ForeignKey(
        "elections.Body", models.PROTECT, related_name="elections", verbose_name="班子"
    )
    kind = models.CharField("选举类型", max_length=20, choices=Kind, default=Kind.GENERAL)
    nomination_method = models.CharField("提名方式", max_length=40, blank=True)
    method = models.CharField("选举方式", max_length=20, choices=Method, blank=True)
    seats_set = models.PositiveSmallIntegerField("职数", help_text="上级批复的名额。")
    rounds = models.PositiveSmallIntegerField("选举轮次", default=1)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DUE)
    reason = models.CharField("暂缓或未成功原因", max_length=200, blank=True)
    due_on = models.DateField("应选日期", help_text="最迟应在这一天之前完成。")
    held_on = models.DateField("选举日期", null=True, blank=True)

    objects = ElectionQuerySet.as_manager()
    inside = ("body",)

    class Meta:
        verbose_name = "选举"
        verbose_name_plural = "选举"
        ordering = ["pk"]
        # Every seat's figures ask for the election of its body in the term before.
        indexes = [models.Index(fields=["body", "term"], name="elections_election_body_term")]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "body"],
                condition=Q(kind="general"),
                name="elections_election_general_once",
                violation_error_message="该班子在本届已有一次换届选举。",
            ),
            models.CheckConstraint(
                condition=Q(state="held", held_on__isnull=False)
                | (~Q(state="held") & Q(held_on__isnull=True)),
                name="elections_election_held_with_date",
                violation_error_message="已完成的选举必须填写选举日期，未完成的不填。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["postponed", "failed"]) | ~Q(reason=""),
                name="elections_election_reason_given",
                violation_error_message="暂缓或未成功的选举必须填写原因。",
            ),
            models.CheckConstraint(
                condition=Q(seats_set__gte=1),
                name="elections_election_seats_positive",
                violation_error_message="职数至少为1。",
            ),
            models.CheckConstraint(
                condition=Q(rounds__gte=1),
                name="elections_election_rounds_positive",
                violation_error_message="选举轮次至少为1。",
            ),
        ]

    def __str__(self):
        return f"{self.body}（{self.term}）"


class Ballots(Record):
    """选票: one count in the room, by channel and group of voters."""

    class Channel(models.TextChoices):
        ROOM = "room", "会场投票"
        PROXY = "proxy", "委托投票"
        MOBILE = "mobile", "流动票箱"

    election = models.ForeignKey(
        Election, models.CASCADE, related_name="ballots", verbose_name="选举"
    )
    channel = models.CharField("投票渠道", max_length=20, choices=Channel)
    group = models.CharField("选区或选民组", max_length=40, blank=True)
    registered = models.PositiveIntegerField("登记人数")
    attended = models.PositiveIntegerField("到会人数")
    issued = models.PositiveIntegerField("发出票数")
    returned = models.PositiveIntegerField("收回票数")
    valid = models.PositiveIntegerField("有效票数")

    inside = ("election",)

    class Meta:
        verbose_name = "选票"
        verbose_name_plural = "选票"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "channel", "group"],
                name="elections_ballots_channel_once",
                violation_error_message="同一渠道和选区只能填一行。",
            ),
            models.CheckConstraint(
                condition=Q(attended__lte=F("registered")),
                name="elections_ballots_attended_of_registered",
                violation_error_message="到会人数不能多于登记人数。",
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")),
                name="elections_ballots_returned_of_issued",
                violation_error_message="收回票数不能多于发出票数。",
            ),
            models.CheckConstraint(
                condition=Q(valid__lte=F("returned")),
                name="elections_ballots_valid_of_returned",
                violation_error_message="有效票数不能多于收回票数。",
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()}{self.group}"
