"""Who was elected to what."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from orgs.models import Education
from orgs.models.record import DatedRecord
from orgs.scope import DatedQuerySet

from .bodies import BodyKind
from .elections import Election
from .terms import Term


class SeatQuerySet(DatedQuerySet):
    def of_party(self):
        return self.filter(election__body__kind__code=BodyKind.PARTY)

    def of_committee(self):
        return self.filter(election__body__kind__code=BodyKind.COMMITTEE)

    def of_two_committees(self):
        return self.filter(election__body__kind__of_two_committees=True)

    def of(self, person_ref="pk"):
        """Seats of the person of an outer query."""
        return self.filter(person=OuterRef(person_ref))

    def of_elected_teams(self):
        """Seats held on the day their round was complete: the teams elected then."""
        completed = F("election__term__completed_on")
        return self.filter(Q(until__isnull=True) | Q(until__gt=completed), since__lte=completed)

    def of_round_before(self, day):
        """Seats of the teams elected in the round before the one in force on the day."""
        rounds = Term.objects.in_force_on(day).filter(previous=OuterRef("election__term"))
        return self.of_elected_teams().filter(Exists(rounds))

    def of_people_seated_last_term(self):
        """Seats whose person had a seat in the two committees last term, whichever it was."""
        return self.filter(Exists(last_term_seats(**IN_TWO_COMMITTEES)))

    def kept(self):
        """Seats whose person had the same post in the same body last term."""
        same_body = last_term_seats(**IN_TWO_COMMITTEES, **IN_SAME_BODY)
        return self.filter(Exists(same_body.filter(post=OuterRef("post"))))


# Of an election, compared with that of the seat two queries further out: see last_term_seats.
IN_TWO_COMMITTEES = {"body__kind__of_two_committees": True}
IN_SAME_BODY = {"body": OuterRef(OuterRef("election__body"))}
IN_SAME_VILLAGE = {"body__village": OuterRef(OuterRef("election__body__village"))}


def last_term_seats(**elected):
    """Seats, one term before, of the person of an outer query's seat; from elections like that.

    Looked for among the person's own few seats: joined, a database without statistics would start
    from the term, and go through all its elections for every seat.
    """
    last_term = OuterRef(OuterRef("election__term__previous"))
    elections = Election.objects.filter(pk=OuterRef("election"), term=last_term, **elected)
    return Seat.objects.filter(Exists(elections), person=OuterRef("person"))


class Seat(DatedRecord):
    """任职: a person's seat in a body, from one election."""

    class Post(models.TextChoices):
        HEAD = "head", "正职"
        DEPUTY = "deputy", "副职"
        MEMBER = "member", "委员"

    election = models.ForeignKey(
        Election, models.CASCADE, related_name="seats", verbose_name="选举"
    )
    person = models.ForeignKey(
        "orgs.Person", models.PROTECT, related_name="seats", verbose_name="人员"
    )
    post = models.CharField("职务", max_length=20, choices=Post)
    duty = models.CharField("分工", max_length=20, blank=True, help_text="例如：组织、宣传、纪检。")
    votes = models.PositiveIntegerField("得票数", null=True, blank=True)
    education = models.PositiveSmallIntegerField("当选时学历", choices=Education)
    why_ended = models.CharField("免职原因", max_length=40, blank=True)

    objects = SeatQuerySet.as_manager()
    inside = ("election",)
    sibling_key = "election"

    class Meta(DatedRecord.Meta):
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["election", "person"],
                name="elections_seat_person_once",
                violation_error_message="该人员在这次选举中已有一个职务。",
            ),
            models.UniqueConstraint(
                fields=["election"],
                condition=Q(post="head", until__isnull=True),
                name="elections_seat_one_head",
                violation_error_message="这个班子已有一名在任的正职。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.title}"

    @property
    def title(self):
        """The post as this kind of body calls it: 书记, 主任, …"""
        return getattr(self.election.body.kind, f"{self.post}_title")

    def clean(self):
        super().clean()
        # A new election's seats are checked before it is stored: by what it is, not by its key.
        held_on = getattr(self, "election", None) and self.election.held_on
        if held_on and self.since and self.since < held_on:
            raise ValidationError({"since": "任职起始日期不能早于选举日期。"})

    def clean_among(self, siblings):
        if self.until is not None:
            return
        serving = [seat for seat in siblings if seat.until is None]
        if self.post == self.Post.HEAD and any(seat.post == self.post for seat in serving):
            raise ValidationError({"post": "这个班子已有一名在任的正职。"})
        seats_set = self.election.seats_set
        if seats_set is not None and len(serving) >= seats_set:
            raise ValidationError(f"这次选举的职数是{seats_set}，在任人数不能超过职数。")
