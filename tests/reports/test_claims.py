"""Numbers of papers beside the records: what each comes to, and the reason given."""

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import all_figures
from dangjian.lib.stated import Agreement
from orgs.scope import EVERYTHING
from reports.claims import judge_all
from tests.factories import ClaimFactory, MembershipFactory

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
RATE = "orgs.women_members_rate"
AGREES, DIFFERS = Agreement.AGREES, Agreement.DIFFERS
NO_RECORD, IMPOSSIBLE = Agreement.NO_RECORD, Agreement.IMPOSSIBLE


@pytest.fixture
def office(root):
    """Five members, three of them women, in an office that kept nothing before."""
    for sex in ["female"] * 3 + ["male"] * 2:
        MembershipFactory(person__sex=sex, person__organization=root, organization=root)
    return root


def judged(office, number, figure="", **stated):
    claim = ClaimFactory.build(organization=office, number=number, figure=figure, **stated)
    claim.full_clean(exclude=["organization"], validate_unique=False, validate_constraints=False)
    (one,) = judge_all([claim], EVERYTHING, PERIOD, all_figures())
    return one.agreement, one.reasons


@pytest.mark.parametrize(
    ("number", "figure", "agreement", "reasons"),
    [
        ("5名", "orgs.members", AGREES, []),
        ("约5名", "orgs.members", AGREES, []),
        ("6名", "orgs.members", DIFFERS, ["台账中“党员”为5名，相差1名。"]),
        ("近5名", "orgs.members", DIFFERS, ["台账中“党员”为5名，与材料的说法不符。"]),
        ("60%", RATE, AGREES, []),
        ("60%", "orgs.members", DIFFERS, ["单位不同：材料写的是“%”，指标的单位是“名”。"]),
        ("60名", RATE, DIFFERS, ["单位不同：材料写的是“名”，指标的单位是“%”。"]),
        ("6", RATE, DIFFERS, ["单位不同：材料写的是“”，指标的单位是“%”。"]),
        ("5名", "", NO_RECORD, ["没有对照指标，无法与台账核对。"]),
        (
            "45岁",
            "elections.party_mean_age",
            NO_RECORD,
            ["台账中“村（社区）党组织成员平均年龄”没有数。"],
        ),
        (
            "\uff15名",
            "orgs.members",
            AGREES,
            ["“\uff15”（U+FF15）不是规范字符，应写作“5”（U+0035）。"],
        ),
    ],
)
def test_claim_is_held_against_the_record(office, number, figure, agreement, reasons):
    assert judged(office, number, figure) == (agreement, reasons)


def test_truncated_share_is_told_from_a_rounded_one(office):
    MembershipFactory(person__sex="female", person__organization=office, organization=office)

    assert judged(office, "66.67%", RATE) == (AGREES, [])
    assert judged(office, "66.66%", RATE) == (
        Agreement.TRUNCATED,
        ["四舍五入应为66.67%，材料中的数是直接舍去尾数得到的。"],
    )


@pytest.mark.parametrize(
    ("number", "stated", "reason"),
    [
        ("61%", {"base": 5}, "5人中没有任何整数人数占61%：3人是60%，4人是80%。"),
        ("60%", {"base": 5, "parts": "4人"}, "5人中的4人是80%，不是60%。"),
        ("44.99%", {"parts": "45"}, "没有任何总数，其中45人占44.99%。"),
        (
            "61%",
            {"base_figure": "orgs.members"},
            "5人中没有任何整数人数占61%：3人是60%，4人是80%。",
        ),
    ],
)
def test_share_no_count_gives_is_impossible(office, number, stated, reason):
    agreement, reasons = judged(office, number, RATE, **stated)

    assert (agreement, reasons[0]) == (IMPOSSIBLE, reason)


@pytest.mark.parametrize(
    ("number", "stated"),
    [
        ("60%", {"base": 5}),
        ("60%", {"base": 5, "parts": "3人"}),
        ("60.00%", {"parts": "3"}),
        ("60%", {"parts": "女党员"}),
        ("60%", {"base_figure": "elections.party_members"}),
    ],
)
def test_share_some_count_gives_is_not_impossible(office, number, stated):
    assert judged(office, number, RATE, **stated) == (AGREES, [])


@pytest.mark.parametrize(
    ("number", "parts", "reason"),
    [
        ("5名", "女：3、男：1", "各项相加3+1=4，不是5名。"),
        ("5名", "3、3", "各项相加3+3=6，不是5名。"),
        ("5名", "张、王、C-2", "说的是5名，列出的是3名：张、王、C-2。"),
    ],
)
def test_parts_that_do_not_make_up_the_total_are_impossible(office, number, parts, reason):
    assert judged(office, number, "orgs.members", parts=parts) == (IMPOSSIBLE, [reason])


@pytest.mark.parametrize(
    "parts", ["女：3、男：2", "女党员=3名；男党员=2名", "甲、乙、丙、丁、戊", "女：3、其余"]
)
def test_parts_that_may_make_up_the_total_are_not(office, parts):
    assert judged(office, "5名", "orgs.members", parts=parts) == (AGREES, [])


def test_figure_the_reader_may_not_see_has_no_record(office):
    claim = ClaimFactory.build(organization=office, number="5名", figure="orgs.members")

    (one,) = judge_all([claim], EVERYTHING, PERIOD, [])

    assert (one.agreement, one.value) == (NO_RECORD, None)
