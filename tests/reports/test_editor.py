"""The list of sections: begun, added to, rearranged, removed from, and brought back."""

import pytest

from orgs.models import Role
from reports.models import Draft, Kind, Report, Section
from reports.texts import default_parts
from tests.factories import DraftFactory, OrganizationFactory
from tests.reports.editing import (
    EDIT,
    HISTORY,
    NEAREST,
    PARTS,
    address,
    begun,
    html,
    order,
    said,
    stored,
)

pytestmark = pytest.mark.django_db
READERS = [Role.LEADER, Role.DEPARTMENT, Role.SECRETARY]


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


def parts_of(sections):
    return [(one.code, one.level, one.heading, one.text) for one in sections]


def versions(**conditions):
    """Type, number and version of rows of the history, the oldest first."""
    rows = Section.history.filter(**conditions).order_by("history_id")
    return list(rows.values_list("history_type", "number", "version"))


# — beginning —


def test_nothing_written_is_begun_with_the_default_text(clerk, root):
    response = clerk.post(EDIT, {"start": "default"}, follow=True)

    assert said(response) == ["已建立2025年度总结，共7段，可以逐段编辑。"]
    assert parts_of(stored(root)) == [tuple(part) for part in default_parts("summary")]


def test_unit_of_the_office_begins_with_its_own_default_text(clerk, root):
    village = OrganizationFactory(parent=root)

    clerk.post(f"{EDIT}?org={village.pk}", {"start": "default"})

    assert parts_of(stored(village)) == [tuple(part) for part in default_parts("unit_summary")]
    assert stored(root) == []


def test_last_years_text_is_offered_where_there_is_one(clerk, root):
    before = html(clerk.get(EDIT))
    begun(root, year=2024)

    after = html(clerk.get(EDIT))

    assert ("从2024年的文稿开始" in before, "从2024年的文稿开始" in after) == (False, True)


def test_text_begun_from_last_years_has_its_sections(clerk, root):
    begun(root, year=2024)

    clerk.post(EDIT, {"start": "last"})

    assert parts_of(stored(root)) == [tuple(part) for part in PARTS]
    assert parts_of(stored(root, 2024)) == [tuple(part) for part in PARTS]


@pytest.mark.parametrize("start", ["", "last", "nonsense"])
def test_nothing_is_begun_without_a_text_to_begin_with(clerk, root, start):
    response = clerk.post(EDIT, {"start": start})

    assert said(response) == ["没有开始：请选择从默认文本还是从上一年度的文稿开始。"]
    assert Report.objects.count() == 0


def test_text_begun_twice_is_not_doubled(clerk, root):
    sections = begun(root)

    begun(root)

    assert stored(root) == sections


def test_reading_page_prints_what_was_written(clerk, root):
    begun(root)

    page = html(clerk.get("/reports/2025/summary/"))

    assert ("我们自己的话。" in page, "一年来，工作有序推进。" in page) == (True, True)


def test_plan_is_written_like_the_summary(clerk, root):
    clerk.post("/reports/2026/plan/edit/", {"start": "default"})

    written = list(Section.objects.of(root.pk, Kind.PLAN, 2026))
    assert parts_of(written) == [tuple(part) for part in default_parts("plan")]
    assert address(written[0]) in html(clerk.get("/reports/2026/plan/edit/"))
    assert "/reports/2026/plan/edit/" in html(clerk.get("/reports/2026/plan/"))
    assert order(root, 2026) == []


# — who —


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("sent", [{"start": "default"}, {"up": "1"}, {"heading": "新"}])
def test_readers_write_nothing(as_role, root, role, sent):
    response = as_role(role, root).post(EDIT, sent)

    assert (response.status_code, Section.objects.count()) == (403, 0)


@pytest.mark.parametrize(("role", "offered"), [(Role.CLERK, True), (Role.LEADER, False)])
def test_reading_page_offers_writing_to_who_may(as_role, root, role, offered):
    page = html(as_role(role, root).get("/reports/2025/summary/"))

    assert (EDIT in page) == offered


def test_user_without_an_organization_has_nothing_to_write(as_role):
    assert as_role(Role.CLERK, None).get(EDIT).status_code == 404


# — the list —


def test_list_says_what_is_to_be_known_of_each_section(clerk, root):
    begun(root)

    rows = clerk.get(EDIT).context["sections"]

    assert [(row.heading, row.excerpt, row.is_default) for row in rows] == [
        ("导语", "一年来，工作有序推进。", False),
        ("一、工作回顾", "", True),
        ("（一）非公党建", "现有非公企业党支部【非公企业党支部】。", False),
        ("（二）自拟一段", "我们自己的话。", False),
    ]


def test_list_says_who_is_writing(clerk, root):
    section = begun(root)[2]
    DraftFactory(section=section, user__name="王建国")

    assert "王建国正在编辑" in html(clerk.get(EDIT))


def test_list_marks_a_section_that_names_a_figure_that_is_gone(clerk, root):
    section = begun(root)[2]
    Section.objects.filter(pk=section.pk).update(text="共{orgs.no_such}。")

    assert [row.mistakes for row in clerk.get(EDIT).context["sections"]] == [0, 0, 1, 0]


# — adding —


def test_section_is_added_behind_another(clerk, root):
    sections = begun(root)

    response = clerk.post(EDIT, {"after": sections[1].pk, "level": 2, "heading": "班子建设"})

    added = Section.objects.get(heading="班子建设")
    assert response["Location"] == f"{address(added)}?year=2025"
    assert order(root) == [
        (1, "导语"),
        (2, "工作回顾"),
        (3, "班子建设"),
        (4, "非公党建"),
        (5, "自拟一段"),
    ]


def test_section_is_added_in_front(clerk, root):
    begun(root)

    clerk.post(EDIT, {"after": "", "level": 1, "heading": "班子建设"})

    assert order(root)[0] == (1, "班子建设")


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"level": 2, "heading": ""}, {"heading": ["有层级的段落必须有标题。"]}),
        (
            {"level": 0, "heading": "导语"},
            {"heading": ["导语没有标题：请清空标题，或选择标题的层级。"]},
        ),
        (
            {"level": 2, "heading": "共{orgs.coverd}"},
            {"heading": [f"第1行第2字：{NEAREST}"]},
        ),
        (
            {"after": "0", "level": 2, "heading": "甲"},
            {"after": ["选择一个有效的选项。 0 不在可用的选项中。"]},
        ),
    ],
)
def test_wrong_section_is_not_added_and_nothing_typed_is_lost(clerk, root, sent, errors):
    begun(root)

    response = clerk.post(EDIT, sent)

    form = response.context["form"]
    assert (response.status_code, form.errors) == (400, errors)
    assert form["heading"].value() == sent["heading"]
    assert len(stored(root)) == 4


# — moving —


@pytest.mark.parametrize(
    ("way", "place", "moved"),
    [
        ("up", 2, ["导语", "非公党建", "工作回顾", "自拟一段"]),
        ("down", 2, ["导语", "工作回顾", "自拟一段", "非公党建"]),
        ("up", 0, ["导语", "工作回顾", "非公党建", "自拟一段"]),
        ("down", 3, ["导语", "工作回顾", "非公党建", "自拟一段"]),
    ],
)
def test_section_trades_places(clerk, root, way, place, moved):
    section = begun(root)[place]

    clerk.post(EDIT, {way: section.pk})

    assert order(root) == list(enumerate(moved, 1))


def test_moving_is_in_the_history_but_no_new_version(clerk, root):
    first, second, *_ = begun(root)

    clerk.post(EDIT, {"down": first.pk})

    assert versions(id=first.pk) == [("+", 1, 1), ("~", 2, 1)]
    assert versions(id=second.pk) == [("+", 2, 1), ("~", 1, 1)]
    assert Section.history.first().history_user.role == Role.CLERK


def test_section_of_another_report_is_not_moved(clerk, root):
    begun(root)
    last_year = begun(root, year=2024)

    clerk.post(EDIT, {"up": last_year[2].pk})

    assert order(root, 2024)[2] == (3, "非公党建")


# — removing and bringing back —


def test_removing_says_what_goes(clerk, root):
    section = begun(root)[3]
    DraftFactory(section=section, user__name="王建国")

    page = html(clerk.get(address(section, "remove/")))

    assert "“<strong>自拟一段</strong>”和它的正文（7字）" in page
    assert "王建国对本段未保存的草稿" in page


def test_section_is_removed(clerk, root):
    section = begun(root)[2]
    DraftFactory(section=section)

    response = clerk.post(address(section, "remove/"), {"version": 1})

    assert response["Location"] == f"{EDIT}?year=2025"
    assert order(root) == [(1, "导语"), (2, "工作回顾"), (4, "自拟一段")]
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("page", ["remove/", "default/"])
def test_section_changed_meanwhile_is_looked_at_again(clerk, root, page):
    section = begun(root)[2]
    section.text = "同事写的。"
    section.save()

    response = clerk.post(address(section, page), {"version": 1})

    assert said(response) == ["您打开之后，他人又保存了本段，请看过现在的内容再确认。"]
    assert [one.text for one in stored(root)][2] == "同事写的。"


def test_removed_section_is_listed_and_comes_back_to_its_place(clerk, root):
    section = begun(root)[2]
    clerk.post(address(section, "remove/"), {"version": 1})
    removed = clerk.get(HISTORY).context["removed"]

    response = clerk.post(HISTORY, {"bring_back": removed[0].pk}, follow=True)

    assert [row.heading for row in removed] == ["非公党建"]
    assert said(response)[-1] == "已恢复“非公党建”，在原来的位置。"
    assert order(root) == list(enumerate(["导语", "工作回顾", "非公党建", "自拟一段"], 1))
    assert clerk.get(HISTORY).context["removed"] == []


def test_section_is_brought_back_once(clerk, root):
    section = begun(root)[2]
    clerk.post(address(section, "remove/"), {"version": 1})
    sent = {"bring_back": clerk.get(HISTORY).context["removed"][0].pk}
    clerk.post(HISTORY, sent)

    response = clerk.post(HISTORY, sent, follow=True)

    assert said(response)[-1] == "这一段已经恢复了。"
    assert len(stored(root)) == 4


def test_all_sections_removed_leave_the_default_text_to_begin_with(clerk, root):
    for section in begun(root):
        clerk.post(address(section, "remove/"), {"version": 1})

    clerk.post(EDIT, {"start": "default"})

    assert len(stored(root)) == len(default_parts("summary"))


def test_history_of_the_text_says_who_did_what(clerk, root):
    sections = begun(root)
    clerk.post(EDIT, {"up": sections[3].pk})
    clerk.post(address(sections[3]), {"level": 2, "heading": "新标题", "text": "", "version": 1})
    clerk.post(address(sections[3], "remove/"), {"version": 2})
    clerk.post(HISTORY, {"bring_back": clerk.get(HISTORY).context["removed"][0].pk})

    changes = clerk.get(HISTORY).context["changes"]

    assert [
        (one.what, one.row.heading) for one in changes if one.row.id == sections[3].pk
    ] == [
        ("恢复", "新标题"),
        ("删除", "新标题"),
        ("修改", "新标题"),
        ("移动", "自拟一段"),
        ("新建", "自拟一段"),
    ]  # fmt: skip


def test_history_of_another_organizations_text_is_out_of_reach(as_role, root):
    sibling = OrganizationFactory(parent=root)
    section = begun(sibling)[2]
    section.delete()
    row = Section.history.get(history_type="-")
    clerk = as_role(Role.CLERK, OrganizationFactory(parent=root))

    response = clerk.post(HISTORY, {"bring_back": row.pk})

    assert (response.status_code, len(stored(sibling))) == (404, 3)
    assert clerk.get(address(section)).status_code == 404


def test_every_change_has_its_row_in_the_history(clerk, root):
    sections = begun(root)
    clerk.post(EDIT, {"after": sections[0].pk, "level": 2, "heading": "班子建设"})
    clerk.post(EDIT, {"down": sections[1].pk})
    clerk.post(address(sections[2], "remove/"), {"version": 1})

    latest = {row.id: row for row in Section.history.order_by("history_id")}
    kept = {key: row.instance for key, row in latest.items() if row.history_type != "-"}

    assert {key: (one.number, one.heading) for key, one in kept.items()} == {
        one.pk: (one.number, one.heading) for one in Section.objects.all()
    }


def test_kinds_are_apart(root):
    begun(root)

    assert list(Section.objects.of(root.pk, Kind.PLAN, 2025)) == []
