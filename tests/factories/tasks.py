"""Factories of programmes, key tasks, progress with its evidence, and plan items."""

from datetime import date
from hashlib import sha256

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from tasks import models

from .cadres import CadreFactory
from .orgs import DepartmentFactory, OrganizationFactory, VillageFactory


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = models.Programme

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    year = 2025
    name = Sequence("第{}项工程".format)


class KeyTaskFactory(DjangoModelFactory):
    class Meta:
        model = models.KeyTask

    programme = SubFactory(ProgrammeFactory)
    organization = SelfAttribute("programme.organization")
    lead = SubFactory(CadreFactory, organization=SelfAttribute("..organization"))
    department = SubFactory(DepartmentFactory, organization=SelfAttribute("..organization"))
    number = Sequence(lambda number: number + 1)
    title = Sequence("第{}项重点工作".format)
    target = "年底前全部完成"
    begins_on = date(2025, 1, 1)
    due_on = date(2025, 12, 31)


class TaskVillageFactory(DjangoModelFactory):
    class Meta:
        model = models.TaskVillage

    task = SubFactory(KeyTaskFactory)
    village = SubFactory(VillageFactory, organization=SelfAttribute("..task.organization"))


class ProgressFactory(DjangoModelFactory):
    class Meta:
        model = models.Progress

    task = SubFactory(KeyTaskFactory)
    reported_on = date(2025, 6, 30)
    percent = 50
    note = "按计划推进"


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Evidence

    progress = SubFactory(ProgressFactory)
    name = Sequence("会议纪要{}.pdf".format)
    kind = models.Evidence.Kind.PDF
    content = b"%PDF-1.4 "
    size = LazyAttribute(lambda evidence: len(evidence.content))
    sha256 = LazyAttribute(lambda evidence: sha256(evidence.content).hexdigest())


class PlanItemFactory(DjangoModelFactory):
    class Meta:
        model = models.PlanItem

    class Params:
        key_task_to_be = Trait(
            kind=models.PlanItem.Kind.KEY_TASK,
            lead=SubFactory(CadreFactory, organization=SelfAttribute("..organization")),
            department=SubFactory(DepartmentFactory, organization=SelfAttribute("..organization")),
            due_on=date(2026, 10, 31),
        )

    organization = SubFactory(OrganizationFactory, subdistrict=True)
    year = 2026
    section = "强化学习培训"
    number = Sequence(lambda number: number + 1)
    text = "每月组织一次党委中心组学习"
