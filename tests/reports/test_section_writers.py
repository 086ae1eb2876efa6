"""Who is writing a section: kept while typed, and never written over by surprise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orgs.models import Role
from reports.models import Draft
from tests.factories import (
    DraftFactory,
    UserFactory,
)
from tests.reports.editing import (
    EDIT,
    address,
    begun,
    html,
    preview,
    text_of,
    typed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


@pytest.fixture
def section(root):
    return begun(root)[2]


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
