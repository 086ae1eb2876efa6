"""Factories of cadres, postings, recruits, reserves and talks."""

from datetime import date

from factory import LazyAttribute, Maybe, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cadres import models

from .orgs import OrganizationFactory, PersonFactory, UserFactory, VillageFactory


class CadreFactory(DjangoModelFactory):
    class Meta:
        model = models.Cadre

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    person = SubFactory(PersonFactory, organization=SelfAttribute("..organization"))
    post = "党建工作办公室主任"
    rank = models.Cadre.Rank.DEPUTY_SECTION
    staff_kind = models.Cadre.StaffKind.CIVIL_SERVANT
    since = date(2020, 9, 1)


class PostingFactory(DjangoModelFactory):
    """Sent to a village as its first secretary, unless another kind is given."""

    class Meta:
        model = models.Posting

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    person = SubFactory(PersonFactory, organization=SelfAttribute("..organization"))
    kind = models.Posting.Kind.FIRST_SECRETARY
    since = date(2024, 3, 1)


class PostingTargetFactory(DjangoModelFactory):
    """A village, unless another target is given."""

    class Meta:
        model = models.PostingTarget

    class Params:
        other_target = LazyAttribute(
            lambda target: any(
                getattr(target, name, None) for name in ("party_organization", "enterprise")
            )
        )

    posting = SubFactory(PostingFactory)
    village = Maybe("other_target", None, SubFactory(VillageFactory))


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = models.Visit

    posting = SubFactory(PostingFactory, kind=models.Posting.Kind.INSTRUCTOR)
    visited_on = date(2025, 6, 10)
    content = "了解支部活动情况"


class RecruitmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Recruitment

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    name = Sequence("第{}批招聘".format)
    posts = 10
    announced_on = date(2024, 11, 20)


class RecruitFactory(DjangoModelFactory):
    """An applicant who was not hired; `hired=True`: one on probation."""

    class Meta:
        model = models.Recruit

    class Params:
        hired = False

    recruitment = SubFactory(RecruitmentFactory)
    person = SubFactory(PersonFactory, organization=SelfAttribute("..recruitment.organization"))
    hired_on = LazyAttribute(lambda recruit: date(2025, 2, 17) if recruit.hired else None)
    probation_ends_on = LazyAttribute(lambda recruit: date(2025, 8, 17) if recruit.hired else None)
    result = LazyAttribute(lambda recruit: models.Recruit.Result.PENDING if recruit.hired else "")


class ReserveListingFactory(DjangoModelFactory):
    class Meta:
        model = models.ReserveListing

    organization = SubFactory(OrganizationFactory)
    person = SubFactory(PersonFactory, organization=SelfAttribute("..organization"))
    target_post = "党总支书记"
    since = date(2024, 5, 1)


class StudyReviewFactory(DjangoModelFactory):
    class Meta:
        model = models.StudyReview

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    person = SubFactory(PersonFactory, organization=SelfAttribute("..organization"))
    year = 2025
    grade = models.StudyReview.Grade.GOOD
    reviewed_on = date(2025, 12, 20)


class TalkFactory(DjangoModelFactory):
    class Meta:
        model = models.Talk

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    kind = models.Talk.Kind.REMINDER
    held_on = date(2025, 6, 18)
    talker = "组织委员"
    reason = Sequence("第{}项事由".format)


class TalkPersonFactory(DjangoModelFactory):
    class Meta:
        model = models.TalkPerson

    talk = SubFactory(TalkFactory)
    person = SubFactory(PersonFactory, organization=SelfAttribute("..talk.organization"))


class TalkReadingFactory(DjangoModelFactory):
    class Meta:
        model = models.TalkReading

    user = SubFactory(UserFactory)
    address = "/registers/cadres.talks/"
