"""Entering what papers state: one number, a pasted paper, two people at once."""

import re

import pytest

from orgs.models import Role
from reports.forms.claims import MOST_LINES
from reports.models import Claim
from tests.factories import ClaimFactory, MembershipFactory

pytestmark = pytest.mark.django_db

LIST, NEW, PASTE = (f"/reports/2025/claims/{name}" for name in ("", "new/", "paste/"))
TYPED = {
    "source": "年度总结",
    "statement": "共有党员5名。",
    "subject": "党员",
    "number": "5名",
    "figure": "orgs.members",
}
ROW = re.compile(r'<tr data-claim="(\d+)"\s+data-agreement="(\w+)">')


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


def told(answer):
    """The complaints listed on top of the form."""
    listed = re.search(r'class="alert alert-danger form-errors".*?</div>', text(answer), re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", one).split()) for one in re.findall(
        r"<li>(.*?)</li>", listed[0], re.DOTALL
    )]  # fmt: skip


def text(answer):
    return answer.content.decode()


def test_typed_claim_is_kept_as_stated(clerk, root):
    answer = clerk.post(NEW, {**TYPED, "number": "约5名"})

    claim = Claim.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert (claim.organization, claim.year, claim.position) == (root, 2025, 1)
    assert (claim.number, claim.stated.qualifier) == ("约5名", "约")


def test_next_claim_of_the_paper_comes_last(clerk, root):
    ClaimFactory(organization=root, source="年度总结", position=7)
    ClaimFactory(organization=root, source="简报", position=9)

    clerk.post(NEW, TYPED)

    assert Claim.objects.get(subject="党员", position=8).source == "年度总结"


def test_saving_and_entering_the_next_keeps_the_paper(clerk):
    answer = clerk.post(NEW, {**TYPED, "next": "1"})

    shown = clerk.get(answer["Location"]).context["form"]
    assert shown["source"].value() == "年度总结"


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        (
            {"number": "若干"},
            "数字：“若干”不是一个数，应如 70.31%、约47家、1-2个、压缩11人。",
        ),
        ({"number": ""}, "数字：这个字段是必填项。"),
        (
            {"figure": "orgs.no_such"},
            "对照指标：没有代码为“orgs.no_such”的指标，可在指标目录中查找。",
        ),
        ({"base": "0"}, "基数必须大于0。"),
        ({"position": "1"}, "这份材料中已有这个序号。"),
    ],
)
def test_wrong_claim_is_told_and_nothing_typed_is_lost(clerk, root, wrong, complaint):
    ClaimFactory(organization=root, source="年度总结", position=1)

    answer = clerk.post(NEW, {**TYPED, **wrong})

    assert answer.status_code == 400
    assert complaint in told(answer)
    assert Claim.objects.count() == 1
    assert "共有党员5名。" in text(answer)


def test_claim_changed_by_another_meanwhile_is_a_conflict(clerk, root):
    claim = ClaimFactory(organization=root)
    page = f"/claims/{claim.pk}/"
    clerk.post(page, {**TYPED, "position": 1, "number": "6名", "version": 1})

    answer = clerk.post(page, {**TYPED, "position": 1, "number": "7名", "version": 1})

    claim.refresh_from_db()
    assert (answer.status_code, claim.number) == (409, "6名")
    assert "7名" in text(answer)


def test_deleting_asks_first(clerk, root):
    claim = ClaimFactory(organization=root)
    page = f"/claims/{claim.pk}/delete/"

    assert "将删除“<strong>党员5名</strong>”" in text(clerk.get(page))
    assert Claim.objects.count() == 1
    assert clerk.post(page)["Location"] == LIST
    assert Claim.objects.count() == 0


def test_list_shows_what_each_claim_comes_to(clerk, root):
    for _ in range(5):
        MembershipFactory(person__organization=root, organization=root)
    ClaimFactory(organization=root, position=1)
    ClaimFactory(organization=root, position=2, number="6名")
    ClaimFactory(organization=root, position=3, figure="")

    answer = clerk.get(LIST)

    assert ROW.findall(text(answer)) == [("1", "agrees"), ("2", "differs"), ("3", "no_record")]
    assert "台账中“党员”为5名，相差1名。" in text(answer)


def test_list_has_the_claims_of_the_unit_and_year_only(clerk, root, village_organization):
    ClaimFactory(organization=village_organization, subject="村里的数")
    ClaimFactory(organization=root, year=2024, subject="去年的数")
    ClaimFactory(organization=root, subject="本级的数")

    shown = text(clerk.get(LIST))

    found = [words in shown for words in ("村里的数", "去年的数", "本级的数")]
    assert found == [False, False, True]


def test_secretary_reads_own_claims_and_enters_none(as_role, village_organization):
    ClaimFactory(organization=village_organization, subject="村里的数")
    secretary = as_role(Role.SECRETARY, village_organization)

    shown = text(secretary.get(LIST))

    assert "村里的数" in shown
    assert "登记一个数" not in shown
    assert secretary.post(NEW, TYPED).status_code == 403


def test_claim_of_a_sibling_is_not_found(as_role, village_organization, sibling_organization):
    claim = ClaimFactory(organization=sibling_organization)
    clerk = as_role(Role.CLERK, village_organization)

    answers = [
        clerk.post(f"/claims/{claim.pk}/{name}", TYPED).status_code for name in ("", "delete/")
    ]

    assert answers == [404, 404]
    assert Claim.objects.get().number == "5名"


# — pasting —


def test_every_number_of_a_pasted_paper_becomes_a_claim(clerk, root):
    pasted = "大专以上学历45人，占比70.31%。\n\n全年新建支部1-2个。"

    answer = clerk.post(PASTE, {"source": "简报", "text": pasted})

    found = Claim.objects.order_by("position").values_list("position", "number", "statement")
    assert answer["Location"] == LIST
    assert list(found) == [
        (1, "45人", "大专以上学历45人，占比70.31%。"),
        (2, "70.31%", "大专以上学历45人，占比70.31%。"),
        (3, "1-2个", "全年新建支部1-2个。"),
    ]


def test_pasting_more_goes_on_after_what_the_paper_has(clerk, root):
    ClaimFactory(organization=root, source="简报", position=4)

    clerk.post(PASTE, {"source": "简报", "text": "共有党员5名。"})

    assert Claim.objects.get(number="5名", statement="共有党员5名。", position=5)


@pytest.mark.parametrize(
    ("pasted", "complaint"),
    [
        ("共有党员5名。\n成效明显。", "原文：第2行没有找到数，请改写或删去这一行。"),
        (" \n ", "原文：没有内容。"),
        ("党" * 300 + "5名", "原文：第1行超过300个字，请断成几句。"),
        ("5名\n" * (MOST_LINES + 1), "原文：一次最多粘贴200行，现在有201行，请分几次。"),
    ],
)
def test_paste_that_cannot_be_read_is_told_by_line(clerk, pasted, complaint):
    answer = clerk.post(PASTE, {"source": "简报", "text": pasted})

    assert (answer.status_code, told(answer)) == (400, [complaint])
    assert Claim.objects.count() == 0
    assert pasted.strip()[:5] in text(answer)
