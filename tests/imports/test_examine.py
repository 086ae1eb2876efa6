"""A workbook against the registers: what it would change, and what is wrong with it."""

from datetime import date

import pytest
from django.db import transaction

from orgs.models import Membership, Organization, Person, Village
from orgs.scope import EVERYTHING, Scope
from reports.imports.examine import CellChange, Fault, Refused, RowChange, examine, write
from reports.imports.reading import Book, Sheet
from tests.factories import OrganizationFactory, PersonFactory

pytestmark = pytest.mark.django_db

PEOPLE = ["姓名", "性别", "出生年月", "政治面貌", "学历", "归口党组织"]
BRANCH = "中共石桥村总支部委员会"


@pytest.fixture
def branch():
    return OrganizationFactory(name=BRANCH)


def book(*sheets):
    return Book("导入.xlsx", [Sheet(title, [list(row) for row in rows]) for title, *rows in sheets])


def examined(*sheets, **options):
    return examine(book(*sheets), scope=EVERYTHING, **options)


def written(*sheets, **options):
    with transaction.atomic():
        return write(book(*sheets), scope=EVERYTHING, **options)


def person(name="张建国", birth="1965-03", education="大专", organization=BRANCH):
    return [name, "男", birth, "群众", education, organization]


def test_new_rows_are_told_and_nothing_is_stored(branch):
    found = examined(("人员", PEOPLE, person()))

    assert found.is_clean
    assert found.sheets[0].created == (RowChange(2, "张建国，1965-03-01"),)
    assert (Person.objects.count(), Person.history.count()) == (0, 0)


def test_written_is_what_was_examined(branch):
    result = written(("人员", PEOPLE, person()))

    stored = Person.objects.get()
    assert [(row.model, row.pk, row.is_new) for row in result] == [(Person, stored.pk, True)]
    assert result[0].history_id == stored.history.get().history_id


def test_same_file_twice_changes_nothing(branch):
    written(("人员", PEOPLE, person()))

    found = examined(("人员", PEOPLE, person()))

    assert found.counts == {
        "created": 0,
        "changed": 0,
        "missing": 0,
        "faults": 0,
        "questions": 0,
        "same": 1,
    }


def test_changed_cell_is_told_with_old_value(branch):
    written(("人员", PEOPLE, person()))

    found = examined(("人员", PEOPLE, person(education="本科")))

    change = RowChange(2, "张建国，1965-03-01", (CellChange("学历", "大专", "大学本科"),))
    assert found.sheets[0].changed == (change,)


def test_record_not_in_the_file_is_listed(branch):
    PersonFactory(name="李秀英", birth_on=date(1970, 4, 1), organization=branch)

    found = examined(("人员", PEOPLE, person()))

    assert found.sheets[0].missing == ("李秀英，1970-04-01",)


def test_title_rows_two_header_rows_and_closing_rows_are_no_records(branch):
    found = examined(
        (
            "花名册",
            ["石桥村人员花名册"],
            ["填报单位：石桥村", None, None, "填报日期：2025年12月31日"],
            ["序号", "个人情况", None, "出生\n年月", "政治面貌", "文化程度", "所在支部"],
            [None, "姓 名", "性别", None, None, None, None],
            [1, "张　建国", "男", date(1965, 3, 1), "群众", "大专", BRANCH],
            [],
            ["合计", "共1人"],
            ["单位负责人：        填表人："],
        ),
        targets={"花名册": "people"},
    )

    assert found.sheets[0].faults == ()
    assert found.sheets[0].created == (RowChange(5, "张建国，1965-03-01"),)


def test_sheet_is_recognised_by_its_headers(branch):
    found = examined(("Sheet1", PEOPLE, person()))

    assert found.sheets[0].target.slug == "people"


def test_unknown_column_is_noted_with_the_nearest(branch):
    found = examined(("人员", [*PEOPLE, "备注", "入党时闻"], [*person(), "无", None]))

    assert found.sheets[0].notes == (
        "“备注”列不认识，不导入。",
        "“入党时闻”列不认识，不导入。您是否要找“入党时间”？",
    )


def test_sheet_that_cannot_be_undone_says_so(db):
    found = examined(("标签", ["代码", "名称"], ["veteran", "退役军人"]))

    assert found.sheets[0].notes == ("标签不留修改历史：撤销这次导入时，不会随之还原。",)


def test_missing_key_column_is_a_fault_of_the_sheet(branch):
    found = examined(("组织覆盖", ["覆盖党组织", "覆盖方式"], [BRANCH, "单独组建"]))

    assert found.sheets[0].faults == (
        Fault(
            0,
            "",
            "",
            "缺少列：统一社会信用代码、起始日期。"
            "这张表可以有的列：统一社会信用代码、覆盖党组织、覆盖方式、起始日期、截止日期。",
        ),
    )


def test_rows_refer_to_records_of_an_earlier_sheet():
    result = written(
        ("人员", PEOPLE, person()),
        (
            "村（社区）",
            ["名称", "类别", "主管党组织", "村（社区）党组织"],
            ["石桥村", "村", "中共大桥街道工作委员会", BRANCH],
        ),
        (
            "党组织",
            ["党组织全称", "简称", "类别", "所属领域", "上级党组织", "所在村（社区）"],
            [BRANCH, "石桥村党总支", "党总支", "村", "中共大桥街道工作委员会", "石桥村"],
            ["中共大桥街道工作委员会", "大桥街道党工委", "党工委", "街道", None, None],
        ),
    )

    branch = Organization.objects.get(name=BRANCH)
    assert branch.village == Village.objects.get()
    assert sorted((row.model.__name__, row.is_new) for row in result) == [
        ("Organization", True),
        ("Organization", True),
        ("Person", True),
        ("Village", True),
    ]


def test_fault_is_not_repeated_where_others_refer_to_it(branch):
    found = examined(
        ("人员", PEOPLE, person(birth="2025-13-40"), person("李秀英", "1970-04")),
        (
            "党员组织关系",
            ["姓名", "出生年月", "所在党组织", "起始日期"],
            ["张建国", "1965-03", BRANCH, "2010-07-01"],
            ["李秀英", "1970-04", BRANCH, "2010-07-01"],
        ),
    )

    fault = Fault(2, "出生年月", "2025-13-40", "“2025-13-40”不是日期，应如 2025-03-01 或 1975.3。")
    assert [sheet.faults for sheet in found.sheets] == [(fault,), ()]
    assert [change.row for change in found.sheets[1].created] == [3]


def test_refused_workbook_stores_nothing(branch):
    with pytest.raises(Refused) as refused:
        written(("人员", PEOPLE, person(), person("李秀英", "约1970")))

    assert refused.value.findings.counts["faults"] == 1
    assert Person.objects.count() == 0


def test_every_kind_of_fault_is_told_at_once(branch):
    PersonFactory(name="王五", birth_on=date(1960, 1, 1), organization=branch)
    found = examined(
        (
            "人员",
            PEOPLE,
            person(),
            person(),
            person("李秀英", education="博士后"),
            person("", "1970-01"),
        ),
        (
            "党员组织关系",
            ["姓名", "出生年月", "所在党组织", "起始日期", "截止日期"],
            ["王五", "1960-01", BRANCH, "2010-07-01", "2009-07-01"],
            ["赵六", "1960-01", BRANCH, "2010-07-01", None],
        ),
    )

    told = [
        (fault.row, fault.column, fault.message) for one in found.sheets for fault in one.faults
    ]
    assert told == [
        (3, "", "与第2行重复。"),
        (
            4,
            "学历",
            "“博士后”不能识别，可以填：小学及以下、初中、高中、中技、中专、大专、大学本科、研究生。",
        ),
        (5, "姓名", "此字段不能为空。"),
        (2, "", "截止日期必须晚于起始日期。"),
        (3, "姓名", "没有找到“赵六，1960-01”（人员）。"),
    ]
    assert Membership.objects.count() == 0


def test_likely_double_is_asked_about(branch):
    known = PersonFactory(name="张建国", birth_on=date(1965, 8, 1), organization=branch)

    found = examined(("人员", PEOPLE, person()))

    question = found.sheets[0].questions[0]
    assert (question.row, question.key) == (2, f"people:张建国|1965-03|{branch}")
    assert [answer for answer, _ in question.options] == [str(known.pk), "new", "skip"]
    assert not found.is_clean


@pytest.mark.parametrize(
    ("answer", "counts"), [("new", (1, 0)), ("skip", (0, 0)), ("{pk}", (0, 1))]
)
def test_answer_decides(branch, answer, counts):
    known = PersonFactory(name="张建国", birth_on=date(1965, 8, 1), organization=branch)
    key = f"people:张建国|1965-03|{branch}"

    found = examined(("人员", PEOPLE, person()), answers={key: answer.format(pk=known.pk)})

    assert found.is_clean
    assert (found.counts["created"], found.counts["changed"]) == counts


def test_person_without_birth_is_asked_about(branch):
    known = PersonFactory(name="张建国", birth_on=date(1965, 8, 1), organization=branch)
    rows = ("人员", ["姓名", "学历"], ["张建国", "研究生"])

    question = examined(rows).sheets[0].questions[0]
    found = examined(rows, answers={question.key: str(known.pk)})

    assert [answer for answer, _ in question.options] == [str(known.pk), "skip"]
    assert [cell.column for cell in found.sheets[0].changed[0].cells] == ["学历"]


def test_namesake_in_another_organization_is_asked_about(branch):
    other = OrganizationFactory()
    PersonFactory(name="张建国", birth_on=date(1965, 3, 1), organization=other)

    found = examined(("人员", PEOPLE, person()))

    assert len(found.sheets[0].questions) == 1


def test_record_beyond_the_scope_is_refused(village_organization):
    headers = ["党组织全称", "简称", "类别", "所属领域", "上级党组织"]
    inside = ["中共石桥村第一支部", "第一支部", "党支部", "村", village_organization.name]
    outside = ["中共某某工作委员会", "某某党工委", "党工委", "街道", None]

    found = examine(
        book(("党组织", headers, inside, outside)), scope=Scope(village_organization.pk)
    )

    assert [(fault.row, fault.message) for fault in found.sheets[0].faults] == [
        (3, "这条记录不在您管理的范围内，请检查它属于哪个党组织。")
    ]


def test_references_beyond_the_scope_are_not_found(village_organization, sibling_organization):
    row = person(organization=sibling_organization.name)

    found = examine(book(("人员", PEOPLE, row)), scope=Scope(village_organization.pk))

    assert [fault.column for fault in found.sheets[0].faults] == ["归口党组织"]


def test_transfer_in_one_file_is_two_written_rows(branch):
    other = OrganizationFactory(name="中共柳岸村总支部委员会")
    headers = ["姓名", "出生年月", "所在党组织", "起始日期", "截止日期"]
    written(
        ("人员", PEOPLE, person()),
        ("党员组织关系", headers, ["张建国", "1965-03", other.name, "2010-07-01", None]),
    )

    result = written(
        (
            "党员组织关系",
            headers,
            ["张建国", "1965-03", BRANCH, "2025-10-01", None],
            ["张建国", "1965-03", other.name, "2010-07-01", "2025-10-01"],
        )
    )

    history = dict(Membership.history.values_list("history_id", "history_type"))
    assert [(row.is_new, history[row.history_id]) for row in result] == [(True, "+"), (False, "~")]


def test_written_history_says_what_the_record_says(branch):
    result = written(("人员", PEOPLE, person(), person("李秀英", "1970-04")))

    columns = [field.attname for field in Person._meta.concrete_fields]
    stored = list(Person.objects.order_by("pk").values_list(*columns))
    remembered = Person.history.filter(history_id__in=[row.history_id for row in result])
    assert list(remembered.order_by("id").values_list(*columns)) == stored
    assert set(remembered.values_list("history_type", "history_user")) == {("+", None)}
