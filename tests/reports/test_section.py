"""Writing a section: checked, previewed, kept while typed, and never written over by surprise."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from orgs.models import Role
from reports.models import Draft, Section
from tests.factories import CustomFigureFactory, DraftFactory, OrganizationFactory, UserFactory
from tests.reports.editing import EDIT, NEAREST, address, begun, html, said, stored, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture
def section(root):
    return begun(root)[2]


def user_of(client):
    return client.get("/figures/").wsgi_request.user


def text_of(section):
    section.refresh_from_db()
    return section.text


def preview(client, section, **changes):
    return client.post(address(section, "preview/"), typed(section, **changes))


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


def test_mistakes_show_in_the_preview(clerk, section):
    found = preview(clerk, section, heading="甲]", text="{no.such}").context["preview"].mistakes

    assert [(one.label, one.message[:6]) for one in found] == [
        ("标题", "第1行第2字"),
        ("正文", "第1行第1字"),
    ]


@pytest.mark.parametrize("sent", [{"level": "9", "version": "x", "text": "甲"}, {"text": "甲"}, {}])
def test_preview_takes_whatever_is_sent(clerk, section, sent):
    assert clerk.post(address(section, "preview/"), sent).status_code == 200


# — drafts —


def test_typing_is_kept_and_offered_again(clerk, section):
    preview(clerk, section, text="没有保存的话。", heading="新标题")

    form = clerk.get(address(section)).context["form"]

    assert [form[name].value() for name in ("level", "heading", "text", "version")] == [
        2,
        "新标题",
        "没有保存的话。",
        1,
    ]


def test_typing_is_kept_once(clerk, section):
    for text in ("一", "一二", "一二三"):
        preview(clerk, section, text=text)

    assert list(Draft.objects.values_list("section", "text")) == [(section.pk, "一二三")]


@pytest.mark.parametrize("end", ["saved", "given up", "typed back"])
def test_draft_goes_when_it_is(clerk, section, end):
    preview(clerk, section, text="没有保存的话。")

    if end == "saved":
        clerk.post(address(section), typed(section, text="没有保存的话。"))
    elif end == "given up":
        clerk.post(address(section), {"discard": "1"})
    else:
        preview(clerk, section)

    assert Draft.objects.count() == 0


def test_draft_stays_when_saving_is_refused(clerk, section):
    preview(clerk, section, text="共{no.such}。")

    clerk.post(address(section), typed(section, text="共{no.such}。"))

    assert Draft.objects.get().text == "共{no.such}。"


def test_preview_that_comes_after_saving_is_no_draft(clerk, section):
    clerk.post(address(section), typed(section, text="保存的话。"))

    preview(clerk, section, text="保存的")  # sent before, with the version of before

    assert Draft.objects.count() == 0


def test_draft_is_its_authors_alone(clerk, as_role, root, section):
    DraftFactory(section=section, user=UserFactory(organization=root), text="别人没写完的话")

    pages = [
        html(clerk.get(address(section))),
        html(preview(clerk, section, text="甲")),
        html(clerk.get(EDIT)),
        html(clerk.get(address(section, "remove/"))),
        html(clerk.get(address(section, "history/"))),
        html(as_role(Role.ADMINISTRATOR, root).get(address(section))),
    ]

    assert [page for page in pages if "别人没写完的话" in page] == []


# — two people —


def test_second_writer_is_told_before_typing(clerk, root, section):
    DraftFactory(section=section, user__name="王建国", user__organization=root)

    page = html(clerk.get(address(section)))

    assert "<strong>王建国</strong>正在编辑本段" in page


def test_first_writer_learns_of_the_second(clerk, root, section):
    before = html(preview(clerk, section, text="我写的。"))
    DraftFactory(section=section, user__name="王建国", user__organization=root)

    after = html(preview(clerk, section, text="我写的，"))

    assert ("王建国" in before, "王建国" in after) == (False, True)


def test_who_stopped_typing_long_ago_is_not_writing(clerk, root, section):
    DraftFactory(section=section, user__name="王建国", user__organization=root)
    Draft.objects.update(updated_at=timezone.now() - timedelta(minutes=16))

    assert "王建国" not in html(clerk.get(address(section)))


def test_second_to_save_sees_both_texts_and_overwrites_nothing(clerk, as_role, root, section):
    as_role(Role.CLERK, root).post(address(section), typed(section, text="同事写的。"))

    response = clerk.post(address(section), typed(section, text="我写的。"))

    rows = {row["label"]: row for row in response.context["rows"]}
    assert response.status_code == 409
    assert (rows["正文"]["stored"], rows["正文"]["typed"]) == ("同事写的。", "我写的。")
    assert text_of(section) == "同事写的。"


def test_conflict_page_marks_where_the_texts_differ(clerk, as_role, root, section):
    theirs, mine = "一段很长的话。\n第二段。", "一段很短的话。\n第二段。\n我加的。"
    as_role(Role.CLERK, root).post(address(section), typed(section, text=theirs))

    response = clerk.post(address(section), typed(section, text=mine))

    row = next(row for row in response.context["rows"] if row["label"] == "正文")
    marked = {
        side: [span.text for line in row[side] for span in line if span.kind != "same"]
        for side in ("stored_lines", "typed_lines")
    }
    assert marked == {"stored_lines": ["长"], "typed_lines": ["短", "我加的。"]}


def test_draft_of_an_older_version_meets_the_conflict_page(clerk, as_role, root, section):
    preview(clerk, section, text="我写的。")
    as_role(Role.CLERK, root).post(address(section), typed(section, text="同事写的。"))
    page = clerk.get(address(section))

    form = page.context["form"]
    sent = {name: form[name].value() for name in ("level", "heading", "text", "version")}

    assert "保存时会请您对照两份内容" in html(page)
    assert clerk.post(address(section), sent).status_code == 409


def test_text_of_a_removed_section_is_given_back(clerk, section):
    before = typed(section, text="删除后才保存的话。")
    clerk.post(address(section, "remove/"), {"version": 1})

    response = clerk.post(f"/reports/sections/{section.pk}/", before)

    assert (response.status_code, "删除后才保存的话。" in html(response)) == (409, True)


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


# — the picker —


def picked(client, words):
    response = client.get("/figures/picker/", {"year": 2025, "q": words})
    return [value.figure.slug for value in response.context["found"]]


def test_figure_is_found_by_name_with_its_value(clerk):
    page = html(clerk.get("/figures/picker/", {"year": 2025, "q": "非公企业党支部"}))

    assert 'data-code="orgs.nonpublic_branches"' in page
    assert "<strong>0个</strong>" in page


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("orgs.covered", "orgs.covered"),
        ("非公企业党组织覆盖率", "orgs.coverage_rate"),
        ("书记 一肩挑", "elections.dual_heads"),
    ],
)
def test_nearest_figure_comes_first(clerk, words, first):
    assert picked(clerk, words)[:1] == [first]


def test_nothing_is_looked_for_without_words(clerk):
    assert picked(clerk, " ") == []


def test_picker_offers_figures_over_talks_to_who_may_read_them(clerk, as_role, root):
    words = "诫勉谈话"

    administrator = as_role(Role.ADMINISTRATOR, root)

    assert ("cadres.admonitions" in picked(clerk, words), picked(administrator, words)) == (
        True,
        [],
    )


def test_figure_defined_by_the_office_is_offered_and_accepted(clerk, root, section):
    figure = CustomFigureFactory(organization=root, name="女党员总数")

    clerk.post(address(section), typed(section, text=f"女党员{{{figure.slug}}}。"))

    assert picked(clerk, "女党员总数") == [figure.slug]
    assert text_of(section) == f"女党员{{{figure.slug}}}。"


def test_figure_defined_by_another_office_is_unknown(clerk, section):
    figure = CustomFigureFactory(name="别处的女党员总数")

    response = clerk.post(address(section), typed(section, text=f"女党员{{{figure.slug}}}。"))

    assert (response.status_code, picked(clerk, "别处的女党员总数")) == (400, [])
