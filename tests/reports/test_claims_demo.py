"""The demo's claims: what one real summary stated, each found for the right reason."""

import pytest

from dangjian.lib import periods
from dangjian.lib.figures import all_figures
from dangjian.lib.stated import Agreement
from orgs.scope import EVERYTHING
from reports.claims import judge_all
from reports.models import Claim

pytestmark = pytest.mark.django_db

PERIOD = periods.year(2025)
AGREES, DIFFERS, IMPOSSIBLE = Agreement.AGREES, Agreement.DIFFERS, Agreement.IMPOSSIBLE


@pytest.fixture(scope="module")
def found(demo, django_db_blocker):
    """The demo's claims, judged, by the number stated."""
    with django_db_blocker.unblock():
        claims = Claim.objects.order_by("position")
        judged = judge_all(claims, EVERYTHING, PERIOD, all_figures())
    return {one.claim.number: one for one in judged}


@pytest.mark.parametrize(
    ("number", "agreement", "reasons"),
    [
        (
            "5项",
            IMPOSSIBLE,
            [
                "说的是5项，列出的是4项：基层组织建设、非公党建创建、干部人才活力、村居换届选举。",
                "台账中“党建工程”为4项，相差1项。",
            ],
        ),
        (
            "2个",
            IMPOSSIBLE,
            [
                "说的是2个，列出的是3个：C-2、C-3、东部十六幢。",
                "台账中“筹建中的新小区”为3个，相差1个。",
            ],
        ),
        (
            "47家",
            DIFFERS,
            ["台账中“非公企业党支部”为22个，相差25。"],
        ),
        (
            "100﹪",
            AGREES,
            ["“﹪”（U+FE6A）不是规范字符，应写作“%”（U+0025）。"],
        ),
        ("22个", AGREES, []),
        ("34家", AGREES, []),
        ("9个", AGREES, []),
        ("45岁", AGREES, []),
        ("70.31%", AGREES, []),
        ("18.75%", AGREES, []),
        ("4名", AGREES, []),
        ("压缩11人", AGREES, []),
        (
            "提高17.41个百分点",
            IMPOSSIBLE,
            [
                "现在64人中45人占70.31%，变化以前应为52.90%。",
                "75人中没有任何整数人数占52.90%：39人是52.00%，40人是53.33%。",
                "台账中“党组织成员大专及以上学历比例较上届增减”为提高16.98个百分点，相差0.43个百分点。",
            ],
        ),
        ("超过80%", AGREES, []),
    ],
)
def test_claims_of_the_demo_are_found_for_the_right_reason(found, number, agreement, reasons):
    assert (found[number].agreement, found[number].reasons) == (agreement, reasons)


def test_number_that_is_right_of_something_else_is_told_so(found):
    assert {number: names(one.alike) for number, one in found.items() if one.alike} == {
        "47家": [
            ("orgs.in_scope", "47家"),
            ("orgs.covered", "47家"),
            ("cadres.work_covered", "47家"),
        ]
    }


def names(values):
    return [(value.figure.slug, value.text) for value in values]


def test_demo_has_no_claim_that_is_not_judged_above(found):
    assert len(found) == 14
