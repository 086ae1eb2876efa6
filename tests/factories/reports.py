"""Factories of imported files and what they wrote."""

import json
import zlib
from datetime import UTC, date, datetime
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


# One figure of a text that names one: what it printed, and that it counted no row.
SIGNED_VALUE = {
    "slug": "orgs.members",
    "name": "党员",
    "unit": "名",
    "definition": "期末在册党员。",
    "register": "orgs.members",
    "registers": ["orgs.members"],
    "in_text": True,
    "exact": "0",
    "before": None,
    "part": None,
    "whole": None,
    "plain": "0",
    "digits": "0",
    "text": "0名",
    "before_text": "—",
}
SIGNED_ROWS = {
    "columns": [{"register": "orgs.members", "moment": "now", "counts": True, "rows": []}],
    "figures": {"orgs.members": [0]},
}


class EditionFactory(DjangoModelFactory):
    """A signed summary of one sentence, without files."""

    class Meta:
        model = models.Edition

    organization = SubFactory(OrganizationFactory)
    signed_by = SubFactory(UserFactory, organization=SelfAttribute("..organization"))
    kind = models.Kind.SUMMARY
    year = 2025
    number = Sequence(lambda number: number + 1)
    reason = LazyAttribute(lambda edition: "" if edition.number == 1 else "更正一个数。")
    title = "大桥街道2025年度党建工作总结"
    unit = "大桥街道"
    signer = SelfAttribute("signed_by.name")
    paper = {
        "counted_only": "",
        "dated": "2025年12月31日",
        "blocks": [[0, ["现有党员", ["orgs.members", "0名", ""], "。"], ""]],
        "appendices": [],
    }
    values = [SIGNED_VALUE]
    checks = []
    evidence = zlib.compress(json.dumps(SIGNED_ROWS).encode())
    as_of = date(2025, 12, 31)
    signed_at = datetime(2026, 1, 5, 1, 30, tzinfo=UTC)

    @classmethod
    def _create(cls, model_class, *args, **values):
        edition = model_class(**values)
        edition.sha256 = edition.digest([])
        edition.save()
        return edition


class EditionFileFactory(DjangoModelFactory):
    class Meta:
        model = models.EditionFile

    edition = SubFactory(EditionFactory)
    format = models.EditionFile.Format.XLSX
    name = "报表.xlsx"
    content = b"PK"
    size = 2
    sha256 = LazyAttribute(lambda file: sha256(file.content).hexdigest())


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
