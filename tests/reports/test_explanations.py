"""Explanations: written on the desk, one a unit, year and check, and printed with the papers."""

import re
from io import BytesIO

import openpyxl
import pytest

from dangjian.lib import periods
from dangjian.lib.figures import all_registers
from orgs.middleware import scope_below
from orgs.models import Organization, Role
from reports.desk import look_over
from reports.documents.build import build_plan, build_summary
from reports.explanations import explained_to
from reports.exporters.workbook import write_workbook
from reports.models import Explanation
from tests.factories import ExplanationFactory, MembershipFactory

pytestmark = pytest.mark.django_db

DESK = "/reports/2025/checks/"
CHECK = "orgs.organization_term_run_out"
PAGE = f"{DESK}explanations/check/{CHECK}/"
PERIOD = periods.year(2025)


@pytest.fixture
def overdue(village_organization):
    """A village's organization whose term has run out: a check that asks to be explained."""
    Organization.objects.filter(pk=village_organization.pk).update(term_ends_on="2025-06-30")
    return village_organization


@pytest.fixture
def clerk(as_role, root):
    return as_role(Role.CLERK, root)


def row(client, slug=CHECK):
    """The desk's row of a check, as text."""
    page = client.get(DESK).content.decode()
    found = re.search(rf'data-check-row="{slug}".*?</tr>', page, re.DOTALL)[0]
    return " ".join(re.sub("<[^>]+>", " ", found).split())


def test_check_waits_for_an_explanation(clerk, overdue):
    assert "还没有说明 填写说明" in row(clerk)


def test_desk_counts_what_is_not_explained_yet(clerk, root, overdue):
    desk = look_over(
        scope_below(root), PERIOD, unit="大桥街道", is_whole=True, registers=all_registers()
    )
    assert f"{len(desk.to_explain)}项还没有说明" in clerk.get(DESK).content.decode()

    for found in desk.to_explain:
        ExplanationFactory(organization=root, slug=found.check.slug)

    assert "都已说明" in clerk.get(DESK).content.decode()


def test_explanation_is_kept_and_shown_with_its_writer(clerk, root, overdue):
    answer = clerk.post(PAGE, {"text": "换届推迟到明年1月，已经上级批准。"})

    said = Explanation.objects.get()
    assert answer["Location"] == f"{DESK}?year=2025"
    assert (said.organization, said.year, said.about, said.slug) == (root, 2025, "check", CHECK)
    assert "换届推迟到明年1月，已经上级批准。" in row(clerk)


def test_empty_explanation_is_refused(clerk, overdue):
    answer = clerk.post(PAGE, {"text": " "})

    assert (answer.status_code, Explanation.objects.count()) == (400, 0)


def test_emptied_explanation_is_taken_away(clerk, root, overdue):
    ExplanationFactory(organization=root, slug=CHECK)

    clerk.post(PAGE, {"text": "", "version": 1})

    assert Explanation.objects.count() == 0
    assert "还没有说明" in row(clerk)


def test_second_writer_is_told_of_the_first(clerk, root, overdue):
    clerk.post(PAGE, {"text": "先写的。"})

    answers = [clerk.post(PAGE, {"text": "后写的。", "version": seen}) for seen in ("", 7)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "后写的。" in answers[0].content.decode()
    assert Explanation.objects.get().text == "先写的。"


def test_second_writer_may_change_what_was_read(clerk, root, overdue):
    clerk.post(PAGE, {"text": "先写的。"})

    clerk.post(PAGE, {"text": "改过的。", "version": 1})

    said = Explanation.objects.get()
    assert (said.text, said.version, said.history.count()) == ("改过的。", 2, 2)


def test_each_unit_explains_for_itself(clerk, root, overdue):
    ExplanationFactory(organization=overdue, slug=CHECK, text="村里的说明")
    ExplanationFactory(organization=root, slug=CHECK, year=2024, text="去年的说明")

    assert "还没有说明" in row(clerk)


@pytest.mark.parametrize("role", [Role.LEADER, Role.DEPARTMENT, Role.SECRETARY])
def test_readers_are_shown_explanations_and_write_none(as_role, root, overdue, role):
    ExplanationFactory(organization=root, slug=CHECK, text="已经上级批准。")
    reader = as_role(role, root)

    assert "已经上级批准。" in row(reader)
    assert "修改" not in row(reader)
    assert reader.post(PAGE, {"text": "读者写的", "version": 1}).status_code == 403


@pytest.mark.parametrize(
    "subject",
    [
        "check/orgs.no_such",
        "change/orgs.no_such",
        "change/orgs.members_change",
        "else/orgs.members",
    ],
)
def test_what_is_no_check_cannot_be_explained(clerk, subject):
    assert clerk.get(f"{DESK}explanations/{subject}/").status_code == 404


def test_administrator_explains_nothing_of_talks(as_role, root):
    ExplanationFactory(organization=root, slug="cadres.talks_by_kind", text="谈话的说明")
    administrator = as_role(Role.ADMINISTRATOR, root)

    page = f"{DESK}explanations/check/cadres.talks_by_kind/"
    assert administrator.get(page).status_code == 404
    assert "谈话的说明" not in administrator.get(DESK).content.decode()


def test_explanation_that_is_needed_no_more_is_pointed_out(clerk, root):
    ExplanationFactory(organization=root, slug=CHECK, text="换届推迟。")

    page = clerk.get(DESK).content.decode()

    assert "不再需要的说明" in page
    assert "换届推迟。" in page


# — who can mend it —


def test_fault_names_who_keeps_it_and_leads_there(clerk, overdue):
    page = clerk.get(DESK).content.decode()

    link = f"/registers/orgs.organizations/?check={CHECK}&amp;year=2025&amp;org={overdue.pk}"
    assert f'<a href="{link}">{overdue.short_name}1个</a>' in page
    assert row(clerk).count("街道党建办工作人员、系统管理员") == 1
    shown = clerk.get(link.replace("&amp;", "&")).content.decode()
    assert 'data-row-count="1"' in shown


# — on paper —


def summary(root):
    return build_summary(scope_below(root), PERIOD, unit="大桥街道", office="大桥街道")


def test_explanations_follow_the_summary(root):
    ExplanationFactory(organization=root, slug=CHECK, text="换届推迟。")
    ExplanationFactory(organization=root, slug="orgs.members", about="change", text="转入较多。")

    (appendix,) = summary(root).appendices

    cells = [["".join(piece.text for piece in cell) for cell in row] for row in appendix.rows]
    assert (appendix.title, appendix.headers) == ("有关情况说明", ["类别", "事项", "说明"])
    assert cells == [
        ["较上年变动", "党员", "转入较多。"],
        ["校核项", "任届期满仍未换届的党组织", "换届推迟。"],
    ]


def test_paper_that_everybody_reads_says_nothing_of_talks(root):
    ExplanationFactory(organization=root, slug="cadres.talks_by_kind")

    assert summary(root).appendices == []


def test_nothing_explained_adds_no_table(root, village_organization):
    ExplanationFactory(organization=village_organization, slug=CHECK)

    assert summary(root).appendices == []


def test_plan_prints_no_explanations(root):
    ExplanationFactory(organization=root, slug=CHECK)

    plan = build_plan(scope_below(root), PERIOD, unit="大桥街道", office="大桥街道")

    assert plan.appendices == []


def test_workbook_prints_them_beside_what_they_explain(root, overdue):
    for since in ("2020-01-01", "2025-03-01"):
        MembershipFactory(person__organization=root, organization=root, since=since)
    ExplanationFactory(organization=root, slug=CHECK, text="换届推迟。")
    ExplanationFactory(organization=root, slug="orgs.members", about="change", text="转入较多。")

    stream = write_workbook(summary(root), scope_below(root), all_registers())

    rows = rows_of(stream)
    assert rows[CHECK]["说明"].endswith("换届推迟。")
    change = rows["orgs.members"]
    shown = [change[label] for label in ("级别", "左值", "右值", "差额", "结论", "说明")]
    assert shown == ["变动", 2, 1, 1, "增加100.0%", "转入较多。"]


def rows_of(stream):
    sheet = openpyxl.load_workbook(BytesIO(stream.getvalue()), data_only=True)["校核"]
    heads, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    found = [dict(zip(heads, cells, strict=True)) for cells in rows]
    return {cells["代码"]: cells for cells in found if cells["代码"]}


def test_reader_is_given_what_is_said_of_registers_open_to_them(root):
    ExplanationFactory(organization=root, slug=CHECK)
    ExplanationFactory(organization=root, slug="cadres.talks_by_kind")
    open_to_reader = [one for one in all_registers() if not one.sensitive]

    found = explained_to(root.pk, 2025, open_to_reader)

    assert list(found) == [("check", CHECK)]
