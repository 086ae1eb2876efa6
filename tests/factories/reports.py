"""Factories of imported files and what they wrote."""

from hashlib import sha256

from django.contrib.contenttypes.models import ContentType
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from orgs.models import Organization
from reports import models

from .orgs import OrganizationFactory, UserFactory

# A sheet nobody fills: a waiting batch of it shows its page, and imports nothing.
UNKNOWN_SHEET = "甲,乙\n1,2\n".encode()


class BatchFactory(DjangoModelFactory):
    """A file that waits to be confirmed."""

    class Meta:
        model = models.Batch

    organization = SubFactory(OrganizationFactory)
    uploaded_by = SubFactory(UserFactory, organization=SelfAttribute("..organization"))
    name = Sequence("花名册{}.csv".format)
    content = UNKNOWN_SHEET
    sha256 = LazyAttribute(lambda batch: sha256(batch.content or b"").hexdigest())


class BatchRowFactory(DjangoModelFactory):
    class Meta:
        model = models.BatchRow

    class Params:
        record = SubFactory(OrganizationFactory)

    batch = SubFactory(BatchFactory)
    content_type = LazyAttribute(lambda row: ContentType.objects.get_for_model(Organization))
    object_id = SelfAttribute("record.pk")
    history_id = LazyAttribute(lambda row: row.record.history.first().pk)
    name = SelfAttribute("record.name")
    is_new = True


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = models.Report

    organization = SubFactory(OrganizationFactory)
    kind = models.Kind.SUMMARY
    year = 2025


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Section

    report = SubFactory(ReportFactory)
    number = Sequence(lambda number: number + 1)
    heading = Sequence("第{}段标题".format)
    text = "一年来，各项工作有序推进。"


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = models.Claim

    organization = SubFactory(OrganizationFactory)
    year = 2025
    source = "年度总结"
    position = Sequence(lambda number: number + 1)
    subject = "党员"
    statement = "共有党员5名。"
    number = "5名"
    figure = "orgs.members"


class ExplanationFactory(DjangoModelFactory):
    class Meta:
        model = models.Explanation

    organization = SubFactory(OrganizationFactory)
    year = 2025
    about = models.Explanation.About.CHECK
    slug = Sequence(lambda number: f"orgs.check_{number}")
    text = "已核对属实。"


class DraftFactory(DjangoModelFactory):
    class Meta:
        model = models.Draft

    section = SubFactory(SectionFactory)
    user = SubFactory(UserFactory, organization=SelfAttribute("..section.report.organization"))
    level = models.Section.Level.SECOND
    heading = SelfAttribute("section.heading")
    text = "一年来，各项工作扎实推进。"
    version = SelfAttribute("section.version")


class CustomFigureFactory(DjangoModelFactory):
    """Women among the members: a count inside one filter."""

    class Meta:
        model = models.CustomFigure

    organization = SubFactory(OrganizationFactory)
    register = "orgs.members"
    name = Sequence("自定义女党员{}".format)
    definition = "期末“党员台账”中性别为女的记录，按条计数。"
    unit = "名"
    filters = LazyFunction(lambda: {"sex": "female"})
