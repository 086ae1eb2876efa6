"""Factories of activities, pairings, pledges, sites, ratings and checklist results."""

from datetime import date

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from orgs import models

from .orgs import ChecklistItemFactory, OrganizationFactory, PersonFactory


class ActivityKindFactory(DjangoModelFactory):
    class Meta:
        model = models.ActivityKind
        django_get_or_create = ["code"]

    code = Sequence("activity-{}".format)
    name = Sequence("第{}类活动".format)


class PairingFactory(DjangoModelFactory):
    class Meta:
        model = models.Pairing

    organization = SubFactory(OrganizationFactory)
    name = Sequence("第{}对结对共建".format)
    mode = models.Pairing.Mode.ONE_TO_ONE
    since = date(2025, 3, 1)


class PairingSideFactory(DjangoModelFactory):
    """An outside unit, unless another partner is given."""

    class Meta:
        model = models.PairingSide

    class Params:
        other_partner = LazyAttribute(
            lambda side: any(
                getattr(side, name, None)
                for name in ("party_organization", "enterprise", "village")
            )
        )

    pairing = SubFactory(PairingFactory)
    side = models.PairingSide.Side.SECOND
    unit = LazyAttribute(lambda side: "" if side.other_partner else "大桥中学党支部")


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = models.Activity

    organization = SubFactory(OrganizationFactory)
    kind = SubFactory(ActivityKindFactory, code="theme_day")
    topic = Sequence("第{}次主题党日".format)
    held_on = date(2025, 6, 30)
    due = 20
    present = 18


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = models.Attendance

    activity = SubFactory(ActivityFactory)
    person = SubFactory(PersonFactory, organization=SelfAttribute("..activity.organization"))
    reason = LazyAttribute(lambda one: "外出务工" if one.presence == "absent" else "")
    presence = models.Attendance.Presence.ABSENT


class RhythmFactory(DjangoModelFactory):
    class Meta:
        model = models.Rhythm

    organization = SubFactory(OrganizationFactory)
    kind = SubFactory(ActivityKindFactory, code="theme_day")
    level = models.Organization.Level.BRANCH
    every = models.Rhythm.Every.MONTH
    since = date(2020, 1, 1)


class PledgeFactory(DjangoModelFactory):
    class Meta:
        model = models.Pledge

    person = SubFactory(PersonFactory)
    organization = SelfAttribute("person.organization")
    text = Sequence("第{}条承诺".format)
    pledged_on = date(2025, 3, 25)


class DevelopmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Development

    person = SubFactory(PersonFactory)
    organization = SelfAttribute("person.organization")
    stage = models.Development.Stage.ACTIVIST
    reached_on = date(2025, 5, 20)


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = models.Site

    organization = SubFactory(OrganizationFactory)
    name = Sequence("第{}党员活动室".format)
    area = 60
    opened_on = date(2020, 7, 1)


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = models.Rating

    organization = SubFactory(OrganizationFactory)
    scheme = "村（社区）党组织星级评定"
    grade = "四星"
    given_on = date(2025, 12, 19)


class ChecklistResultFactory(DjangoModelFactory):
    class Meta:
        model = models.ChecklistResult

    item = SubFactory(ChecklistItemFactory)
    organization = SubFactory(
        OrganizationFactory, branch=True, parent=SelfAttribute("..item.scheme.organization")
    )
    is_met = True
    checked_on = date(2025, 12, 5)
