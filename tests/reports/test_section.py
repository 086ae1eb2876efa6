"""Writing a section: checked, previewed, and its default text and older versions back."""

import re

import pytest

from dangjian.lib.figures import figure_named
from orgs.models import Role
from reports.models import Draft, Section
from tests.factories import (
    OrganizationFactory,
    VillageFactory,
)
from tests.reports.editing import (
    EDIT,
    NEAREST,
    address,
    begun,
    html,
    preview,
    said,
    stored,
    text_of,
    typed,
    user_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture
def section(root):
    return begun(root)[2]


# — saving —


def test_section_is_saved_as_its_next_version(clerk, section):
    response = clerk.post(address(section), typed(section, text="改过的话。", heading="新标题"))

    section.refresh_from_db()
    assert response["Location"] == f"{EDIT}?year=2025"
    assert (section.text, section.heading, section.version) == ("改过的话。", "新标题", 2)


def test_saving_may_go_on_writing(clerk, section):
    response = clerk.post(address(section), typed(section, text="改过的话。", next="1"))

    assert response["Location"] == f"{address(section)}?year=2025"


def test_saving_nothing_new_is_no_version(clerk, section):
    clerk.post(address(section), typed(section))

    section.refresh_from_db()
    assert section.version == 1


def test_line_ends_are_stored_alike(clerk, section):
    clerk.post(address(section), typed(section, text="一行。\r\n二行。\r\n\r\n"))

    assert text_of(section) == "一行。\n二行。"


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        (
            "第一行。\n共{orgs.coverd}。",
            [f"第2行第2字：{NEAREST}"],
        ),
        ("甲{orgs.covered", ["第1行第2字：指标没有写完：缺少“}”；要印出花括号，请写“{{”。"]),
        ("甲]", ["第1行第2字：多出一个“]”：前面没有与它成对的“[”；要印出方括号，请写“]]”。"]),
        (
            "{unit}[甲]",
            ["第1行第7字：分句里没有直接写指标，不会自行消失；要印出方括号，请写“[[”和“]]”。"],
        ),
        # A clause ends with its line: each line is a paragraph.
        (
            "甲[{orgs.covered}\n乙]",
            [
                "第1行第2字：分句没有结束：缺少“]”；要印出方括号，请写“[[”。",
                "第2行第2字：多出一个“]”：前面没有与它成对的“[”；要印出方括号，请写“]]”。",
            ],
        ),
        ("{unit:n}", ["第1行第1字：没有代码为 unit 的指标。"]),
    ],
)
def test_mistakes_are_refused_with_their_place(clerk, section, text, errors):
    response = clerk.post(address(section), typed(section, text=text, heading="新标题"))

    form = response.context["form"]
    assert (response.status_code, form.errors) == (400, {"text": errors})
    assert (form["text"].value(), form["heading"].value()) == (text, "新标题")
    assert text_of(section) != text


def test_name_of_the_unit_may_stand_in_a_text(clerk, section):
    clerk.post(address(section), typed(section, text="{unit}的工作。"))

    assert text_of(section) == "{unit}的工作。"


def test_text_too_long_is_refused(clerk, section):
    response = clerk.post(address(section), typed(section, text="字" * 20_001))

    assert list(response.context["form"].errors) == ["text"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT, Role.SECRETARY])
@pytest.mark.parametrize("page", ["", "preview/", "default/", "remove/", "history/"])
def test_readers_write_nothing(as_role, root, section, role, page):
    client = as_role(role, root)

    response = client.post(address(section, page), typed(section, text="越权的话。"))

    assert (response.status_code, Draft.objects.count()) == (403, 0)
    assert Section.objects.get(pk=section.pk).version == 1


@pytest.mark.parametrize("page", ["", "preview/", "default/", "remove/", "history/"])
def test_section_of_a_sibling_is_not_found(as_role, root, section, page):
    village = as_role(Role.CLERK, OrganizationFactory(parent=root))

    response = village.post(address(section, page), typed(section, text="越权的话。"))

    assert (response.status_code, Draft.objects.count()) == (404, 0)
    assert Section.objects.get(pk=section.pk).version == 1


# — whose and when —


def test_figures_are_those_of_the_texts_own_unit_and_year(clerk, root):
    village = OrganizationFactory(parent=root, short_name="石桥村党总支")
    section = begun(village, year=2024)[2]

    response = clerk.get(address(section))

    request = response.wsgi_request
    assert (request.period.label, request.unit, request.scope.organization_id) == (
        "2024年",
        village,
        village.pk,
    )
    assert f"year=2024&amp;org={village.pk}" in html(response)


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("?year=2024", "/reports/2024/summary/edit/?org={own}"),
        ("?year=2025&org={village}", "/reports/2025/summary/edit/?org={village}"),
    ],
)
def test_switches_of_the_header_lead_to_the_other_text(clerk, root, section, query, target):
    keys = {"own": root.pk, "village": OrganizationFactory(parent=root).pk}

    response = clerk.get(address(section) + query.format(**keys))

    assert response["Location"] == target.format(**keys)


def test_page_opened_by_another_user_of_the_browser_saves_nothing(clerk, section):
    sent = typed(section, text="前一个人写的。", writer=str(user_of(clerk).pk + 1))

    answers = [clerk.post(address(section, page), sent).status_code for page in ("", "preview/")]

    assert (answers, Draft.objects.count()) == ([403, 403], 0)
    assert text_of(section) != "前一个人写的。"


def test_evidence_is_offered_where_shortcomings_are_written(clerk, root, section):
    Section.objects.filter(pk=section.pk).update(code="shortcomings")

    shown = ["可引用的依据" in html(clerk.get(address(one))) for one in stored(root)]

    assert shown == [False, False, True, False]


# — the preview —


def test_preview_prints_what_is_typed(clerk, section):
    page = html(preview(clerk, section, text="{unit}有村{orgs.villages}[，另有{orgs.sites}]。"))

    words = re.sub(r"<[^>]+>", "", page)
    assert "大桥街道有村0个。" in words
    assert 'data-figure="orgs.villages"' in page


def test_preview_stores_nothing_in_the_text(clerk, section):
    preview(clerk, section, text="没有保存的话。")

    assert text_of(section) == "现有非公企业党支部{orgs.nonpublic_branches}。"


def test_numbers_typed_by_hand_are_marked(clerk, section):
    response = preview(clerk, section, heading="2025年", text="甲\n走访企业12家&'“\uff13”。")

    assert [one.message for one in response.context["preview"].remarks] == [
        "标题：2025，不随台账更新，请自行核对。",
        "正文第2行：12、\uff13，不随台账更新，请自行核对。",
    ]
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", html(response))
    assert (marked, "&amp;&#x27;" in html(response)) == (["2025", "12", "\uff13"], True)


def test_words_against_a_figure_are_told(clerk, section, root):
    VillageFactory(organization=root)

    response = preview(clerk, section, text="没有{orgs.villages}。")

    village = figure_named("orgs.villages").name
    assert [(one.label, one.message) for one in response.context["preview"].remarks] == [
        ("与数字不符", f"“没有”与指标“{village}”不符：现为1个。")
    ]


def test_mistakes_show_in_the_preview(clerk, section):
    found = preview(clerk, section, heading="甲]", text="{no.such}").context["preview"].mistakes

    assert [(one.label, one.message[:6]) for one in found] == [
        ("标题", "第1行第2字"),
        ("正文", "第1行第1字"),
    ]


@pytest.mark.parametrize("sent", [{"level": "9", "version": "x", "text": "甲"}, {"text": "甲"}, {}])
def test_preview_takes_whatever_is_sent(clerk, section, sent):
    assert clerk.post(address(section, "preview/"), sent).status_code == 200


# — default text and versions —


def test_default_text_is_shown_against_what_is_stored(clerk, section):
    response = clerk.get(address(section, "default/"))

    kinds = {span.kind for line in response.context["lines"] for span in line}
    assert (kinds >= {"gone", "new"}, "恢复后有这些变化" in html(response)) == (True, True)


def test_section_gets_its_default_text_back(clerk, section):
    clerk.post(address(section, "default/"), {"version": 1})

    section.refresh_from_db()
    assert (section.heading, section.version) == ("非公党建覆盖更广", 2)
    assert section.text.startswith("按照应建尽建的要求")


def test_section_of_the_offices_own_has_no_default_text(clerk, root, section):
    own = stored(root)[3]

    response = clerk.post(address(own, "default/"), {"version": 1})

    assert (response.status_code, text_of(own)) == (404, "我们自己的话。")


def test_versions_show_what_changed(clerk, section):
    clerk.post(EDIT, {"up": section.pk})
    clerk.post(address(section), typed(section, text="现有党支部{orgs.nonpublic_branches}。"))

    versions = clerk.get(address(section, "history/")).context["versions"]

    # That it was moved is no version of the text.
    assert [(one.what, one.row.version) for one in versions] == [("修改", 2), ("新建", 1)]
    spans = [(span.kind, span.text) for line in versions[0].lines for span in line]
    assert ("gone", "非公企业") in spans


def test_old_version_is_restored_as_the_next_one(clerk, section):
    clerk.post(address(section), typed(section, text="改过的话。"))
    first = section.history.last()

    clerk.post(address(section, "history/"), {"restore": first.pk, "version": 2})

    section.refresh_from_db()
    assert section.text == "现有非公企业党支部{orgs.nonpublic_branches}。"
    assert (section.version, section.history.count()) == (3, 3)


def test_old_version_is_not_restored_over_an_unseen_one(clerk, section):
    clerk.post(address(section), typed(section, text="改过的话。"))

    sent = {"restore": section.history.last().pk, "version": 1}
    response = clerk.post(address(section, "history/"), sent, follow=True)

    assert said(response)[-1] == "您打开之后，他人又保存了本段，请看过现在的内容再确认。"
    assert text_of(section) == "改过的话。"


def test_version_of_another_section_is_not_restored(clerk, root, section):
    other = stored(root)[3]

    sent = {"restore": other.history.last().pk, "version": 1}

    assert clerk.post(address(section, "history/"), sent).status_code == 404
