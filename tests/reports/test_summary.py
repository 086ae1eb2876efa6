"""The annual summary: whose numbers it prints, where they lead, and that its sentences hold."""

import re

import pytest

from dangjian.lib import periods, prose
from dangjian.lib.figures import all_figures, figure_named
from orgs.middleware import scope_below
from orgs.models import Organization, Role
from reports.documents.build import build_summary
from reports.texts import default_parts
from tests.factories import OrganizationFactory
from tests.reports.pages import agrees, page

pytestmark = pytest.mark.django_db

OFFICE = "大桥街道"
TEXTS = ["summary", "unit_summary"]
ACCOUNTS = ["clerk", "leader", "secretary", "branch"]
# 2024 lies in the last term, which has none before it; 2030 has not begun.
YEARS = [2024, 2025, 2026, 2030]
UNITS = {
    "the office": OFFICE,
    "a village": "石桥村党总支",
    "a branch": "石桥片区联合党支部",
    "the committee of the branches": "非公企业综合党委",
}
BROKEN = {
    "a dash for no value": r"—",
    "a count of zero": r"(?<![\d.])0(?:\.0+)?[个名人家户岁张次%]",
    "two marks in a row": r"[，；、：。（]\s*[，；、：。）]",
    "a mark at the beginning": r"^[，；、：。）]",
    "no full stop": r"[^。]$",
    "a bracket left open": r"（[^）]*$|^[^（]*）",
    "marks of the text's own language": r"[\[\]{}]",
    "a comparison named twice": r"较上.(?:与上.持平)|与上届相比[^。]*与上届持平",
}
BROKEN_SENTENCES = [
    "平均年龄—。",
    "共有党支部0个。",
    "覆盖率0.00%。",
    "共有党员5人，，其中女党员2人。",
    "共有党员5人，。",
    "；共有党员5人。",
    "共有党员5人",
    "共有党员5人（女2人。",
    "共有党员[5人]。",
    "党员数较上年与上年持平。",
    "与上届相比，党组织职数与上届持平。",
]


def summary_of(organization, year=2025):
    unit = OFFICE if organization.parent_id is None else organization.short_name
    return build_summary(scope_below(organization), periods.year(year), unit=unit, office=OFFICE)


def lines_of(name):
    return [line for part in default_parts(name) for _, line in part.lines]


def paragraphs(summary):
    return [prose.plain(block.pieces) for block in summary.blocks if block.level == 0]


def headings(summary):
    return [prose.plain(block.pieces) for block in summary.blocks if block.level]


def broken(lines):
    return [
        (what, line)
        for line in lines
        for what, pattern in BROKEN.items()
        if re.search(pattern, line)
    ]


# — the texts —


@pytest.mark.parametrize("name", TEXTS)
def test_text_has_no_mistakes(name):
    known = [figure.slug for figure in all_figures()]
    texts = [prose.parse(line.replace("{unit}", "")) for line in lines_of(name)]

    problems = [*(p for t in texts for p in t.problems)]
    assert [*problems, *(p for t in texts for p in prose.unknown(t, known))] == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_number_of_a_text_is_typed(name):
    typed = [
        digits.text for line in lines_of(name) for digits in prose.typed_digits(prose.parse(line))
    ]

    # 35岁及以下, 近60天 … are names of groups; none of them counts anything.
    assert set(typed) <= {"3", "35", "45", "60"}


# — its sentences —


@pytest.mark.parametrize("sentence", BROKEN_SENTENCES)
def test_broken_sentence_is_found(sentence):
    assert broken([sentence]) != []


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("unit", UNITS)
def test_sentences_hold(demo, unit, year):
    organization = (
        demo if unit == "the office" else Organization.objects.get(short_name=UNITS[unit])
    )

    assert broken(paragraphs(summary_of(organization, year))) == []


def test_sentences_hold_for_every_kind_of_organization(demo):
    """Every fourth of the 82, which has general branches, village and non-public branches."""
    some = Organization.objects.exclude(pk=demo.pk)[::4]

    assert [found for one in some if (found := broken(paragraphs(summary_of(one))))] == []


@pytest.mark.parametrize("year", YEARS)
def test_sentences_hold_in_an_empty_office(root, as_role, year):
    text = page(as_role(Role.CLERK, root), f"/reports/{year}/summary/").paper

    lines = [line.strip() for line in text.splitlines() if len(line.strip()) > 40]
    assert broken(lines) == []
    assert re.findall(r"\d+[^年月日\d]", text) == []


def test_without_an_organization_nothing_is_counted(as_role):
    shown = page(as_role(Role.CLERK, None), "/reports/2025/summary/")

    assert (shown.figures, shown.paper) == ([], "")


def test_equal_is_said_once(demo):
    """2026 counts as many members as 2025: its records are the same."""
    text = "".join(paragraphs(summary_of(demo, 2026)))

    assert "一年来党员数与上年持平" in text


def test_rise_and_fall_have_their_own_words(demo):
    text = "".join(paragraphs(summary_of(demo)))

    assert "党组织职数压缩11名，成员压缩11人，大专及以上学历比例提高16.98个百分点" in text


def test_year_without_a_round_says_nothing_of_one(demo):
    in_2025, in_2024 = ("".join(paragraphs(summary_of(demo, year))) for year in (2025, 2024))

    assert ("完成换届" in in_2025, "换届后" in in_2025) == (True, True)
    assert ("完成换届" in in_2024, "换届后" in in_2024) == (False, False)


def test_heading_over_nothing_is_left_out(demo):
    branch = Organization.objects.get(short_name=UNITS["a branch"])

    assert headings(summary_of(branch)) == [
        "一、工作回顾",
        "（一）组织建设更加扎实",
        "（二）非公党建持续推进",
        "二、存在的不足",
    ]


# — whose numbers —


@pytest.mark.parametrize(
    ("account", "query", "said"),
    [
        ("clerk", {}, ""),
        ("leader", {}, ""),
        ("secretary", {}, "（本文数字只统计石桥村党总支）"),
        ("branch", {}, "（本文数字只统计石桥片区联合党支部）"),
        ("clerk", {"org": "柳岸村党总支"}, "（本文数字只统计柳岸村党总支）"),
    ],
)
def test_whose_numbers_is_said_when_not_the_whole_subdistrict(clients, account, query, said):
    asked = {key: Organization.objects.get(short_name=name).pk for key, name in query.items()}

    text = page(clients[account], "/reports/2025/summary/", **asked).paper

    assert ("本文数字只统计" in text) == bool(said)
    assert said in text


@pytest.mark.parametrize(
    ("account", "year"), [*((account, 2025) for account in ACCOUNTS), ("clerk", 2024)]
)
def test_every_number_leads_to_the_rows_it_counts(clients, account, year):
    client = clients[account]
    found = page(client, f"/reports/{year}/summary/").figures

    assert len(found) >= 15
    for one in found:
        behind = page(client, one.href)
        again = behind.figures[0]
        assert (again.slug, again.value) == (one.slug, one.value)
        assert agrees(figure_named(one.slug), one.value, behind.tables), one.slug


def test_summary_of_another_unit_is_not_found(clients):
    other = Organization.objects.get(short_name="柳岸村党总支")

    assert clients["secretary"].get(f"/reports/2025/summary/?org={other.pk}").status_code == 404


def test_year_chosen_in_the_header_moves_the_page(clients):
    answer = clients["clerk"].get("/reports/2025/summary/?year=2024")

    assert (answer.status_code, answer.url) == (302, "/reports/2024/summary/")


def test_unit_name_with_brackets_prints_as_it_is(root):
    unit = OrganizationFactory(parent=root, short_name="[甲]{乙}党支部")

    first = paragraphs(summary_of(unit))[0]

    assert first.startswith("一年来，[甲]{乙}党支部")
