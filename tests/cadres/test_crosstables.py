"""非公企业党建台账 and the villages of cadres: what a row says, and where a posting is counted."""

import pytest

from cadres.figures import posting_register, recruit_register
from dangjian.lib import periods
from dangjian.lib.crosstables import CROSSTABLES
from dangjian.lib.figures import compute_by_village
from orgs.figures.party_life import SIX_ONES
from orgs.scope import EVERYTHING
from tests import factories

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
TABLE = CROSSTABLES["enterprises"]


def row():
    """The only enterprise's values by the path of their column."""
    (found,) = TABLE.listed(TABLE.rows(EVERYTHING, PERIOD), PERIOD)
    return dict(zip(TABLE.paths, found.values, strict=True))


def under(group):
    return {path[-1]: value for path, value in row().items() if group in path}


# — the ledger of enterprises —


def test_enterprise_without_a_branch():
    factories.EnterpriseFactory(head=None)

    assert under("党组织设置") == {
        "是否建立": "否", "当年新建": "否", "党组织名称": None, "组建形式": None, "类别": None,
        "覆盖起始": None,
    }  # fmt: skip
    assert (under("党员队伍"), under("六个一")) == (
        {"所在支部党员": None},
        {"达标项数": None, "达标情况": None},
    )
    assert under("负责人") == {"姓名": None, "是否党员": None}


def test_enterprise_of_a_branch_founded_this_year():
    coverage = factories.CoverageFactory(since="2025-05-20")
    factories.MembershipFactory.create_batch(3, organization=coverage.organization)

    found = under("党组织设置")
    assert (found["是否建立"], found["当年新建"], found["组建形式"], found["类别"]) == (
        "是", "是", "单独组建", "党支部",
    )  # fmt: skip
    assert under("党员队伍") == {"所在支部党员": 3}


@pytest.mark.parametrize(
    ("met", "grade"), [(3, "全部达到"), (2, "基本达到"), (1, "未达到"), (0, "未达到")]
)
def test_items_of_six_ones_a_branch_has_met(met, grade):
    branch = factories.CoverageFactory().organization
    scheme = factories.ChecklistSchemeFactory(code=SIX_ONES, year=2025, threshold=2)
    for place in range(3):
        item = factories.ChecklistItemFactory(scheme=scheme, order=place)
        factories.ChecklistResultFactory(item=item, organization=branch, is_met=place < met)

    assert under("六个一") == {"达标项数": met, "达标情况": grade}


def test_enterprise_names_its_instructor_and_counts_the_visits():
    enterprise = factories.EnterpriseFactory()
    posting = factories.PostingFactory(kind="instructor", person__name="指导员甲")
    factories.PostingTargetFactory(posting=posting, enterprise=enterprise)
    factories.VisitFactory(posting=posting, enterprise=enterprise)

    assert under("党的工作覆盖") == {
        "有指导员联络员": "是", "姓名": "指导员甲", "身份": "党建指导员", "本期走访": 1,
    }  # fmt: skip


def test_enterprise_whose_instructor_left():
    posting = factories.PostingFactory(kind="instructor", until="2025-06-30")
    factories.PostingTargetFactory(posting=posting, enterprise=factories.EnterpriseFactory())

    assert under("党的工作覆盖") == {
        "有指导员联络员": "否", "姓名": None, "身份": None, "本期走访": 0,
    }  # fmt: skip


# — villages of postings and recruits —


def villages_of(slug):
    """Where a figure counts, and how many."""
    found = compute_by_village([slug], EVERYTHING, PERIOD)
    return {village: values[slug].number for village, values in found.items()}


def test_posting_belongs_to_the_village_its_places_lie_in():
    village = factories.VillageFactory()
    posting = factories.PostingFactory(kind="instructor")
    for _ in range(2):
        enterprise = factories.EnterpriseFactory(village=village)
        factories.PostingTargetFactory(posting=posting, enterprise=enterprise)

    assert villages_of("cadres.instructors") == {village.pk: 1}


def test_posting_to_two_villages_belongs_to_none():
    posting = factories.PostingFactory()
    factories.PostingTargetFactory.create_batch(2, posting=posting)

    assert villages_of("cadres.first_secretaries") == {None: 1}
    assert posting_register.filtered(EVERYTHING, PERIOD, {"village": "none"}).get() == posting


def test_recruit_belongs_to_the_village_of_the_present_posting():
    recruit = factories.RecruitFactory(hired=True)
    posting = factories.PostingFactory(kind="village_post", person=recruit.person)
    village = factories.PostingTargetFactory(posting=posting).village
    factories.RecruitFactory(hired=True)

    assert villages_of("cadres.recruits_hired") == {village.pk: 1, None: 1}
    filtered = recruit_register.filtered(EVERYTHING, PERIOD, {"village": village.pk})
    assert filtered.get() == recruit
