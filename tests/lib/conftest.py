"""What tests of the figures engine share: a register of people of their own."""

import pytest

from dangjian.lib.figures import Dimension, FigureSet, Years, age_from
from dangjian.lib.figures.registers import FIGURES, REGISTERS, SETS
from orgs.models import Person
from tests.factories import OrganizationFactory, VillageFactory
from tests.lib.random_rows import Places


@pytest.fixture
def own():
    """An empty set of figures; what the apps declared is out of sight until the test is over."""
    kept = dict(FIGURES), dict(REGISTERS), list(SETS)
    for registry in (FIGURES, REGISTERS, SETS):
        registry.clear()
    yield FigureSet("own", "测试")
    for registry in (FIGURES, REGISTERS, SETS):
        registry.clear()
    FIGURES.update(kept[0])
    REGISTERS.update(kept[1])
    SETS.extend(kept[2])


@pytest.fixture
def people(own):
    """A register of persons, by the village of their organization."""
    age = Dimension("年龄", lambda p: Years("birth_on", p.as_of), ordered=True, parse=int)
    return own.register(
        "people",
        "人员",
        Person,
        rows=lambda scope, period: Person.objects.within(scope),
        village="organization__village",
        dimensions={
            "sex": "性别",
            "education": "学历",
            "education_completed": "已毕业",
            "joined_on": "入党时间",
            "name": "姓名",
            "organization": "党组织",
            "organization__village__kind": "村类别",
            "age": age,
            "aged": age_from("年龄", "birth_on"),
        },
    )


@pytest.fixture
def places(db):
    """Two villages with an organization each, and the committee above them, in no village."""
    root = OrganizationFactory(subdistrict=True)
    villages = [VillageFactory(organization=root, name=name) for name in ("东村", "西村")]
    organizations = [OrganizationFactory(parent=root, village=village) for village in villages]
    return Places(root, villages, [*organizations, root])
