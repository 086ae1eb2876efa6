"""From choosing a file to having imported it, as a clerk meets it."""

from datetime import date

import pytest

from orgs.models import Membership, Organization, Person, Role
from reports.models import Batch, BatchRow
from tests import factories as make
from tests.imports.batches import dump
from tests.imports.files import (
    PEOPLE,
    confirm,
    fingerprint_on,
    messages_of,
    roster,
    text_of,
    upload,
    uploaded,
    workbook,
)

MEGABYTE = 2**20


@pytest.fixture
def clerk(root, as_role):
    return as_role(Role.CLERK, root)


def page(client, batch, **query):
    return client.get(f"/imports/{batch.pk}/", query)


def state(batch):
    batch.refresh_from_db()
    return batch.state


# — uploading —


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("花名册.xlsx", b"not a workbook"),
        ("花名册.xls", b"\xd0\xcf\x11\xe0" + bytes(600)),
        ("花名册.docx", b"PK\x03\x04"),
        ("花名册.csv", b""),
    ],
)
def test_bad_file_is_refused_with_nothing_stored(clerk, name, content):
    before = dump()

    response = upload(clerk, content, name)

    assert (response.status_code, Batch.objects.count(), dump()) == (400, 0, before)
    (message,) = response.context["form"].errors["file"]
    assert message in text_of(response) or message.replace(" ", "") in text_of(response)


@pytest.mark.parametrize("size", [10 * MEGABYTE + 1, 40 * MEGABYTE])
def test_large_file_is_refused_in_chinese(clerk, size):
    response = upload(clerk, bytes(size))

    assert (response.status_code, Batch.objects.count()) == (400, 0)
    assert "文件超过10MB，没有接收" in text_of(response)


def test_no_file_is_refused(clerk):
    response = clerk.post("/imports/new/", {})

    assert (response.status_code, "请选择一个文件。" in text_of(response)) == (400, True)


def test_upload_is_kept_and_nothing_imported(clerk, root):
    content = roster(root, "张三")
    before = dump()

    batch = uploaded(clerk, content)

    assert (batch.state, bytes(batch.content), batch.organization) == ("pending", content, root)
    assert dump() == before


def test_upload_on_a_waiting_page_takes_its_place(clerk, root):
    first = uploaded(clerk, roster(root, "张三"))

    upload(clerk, roster(root, "李四"), replaces=first.pk)

    assert state(first) == "discarded"
    assert [batch.state for batch in Batch.objects.all()] == ["pending", "discarded"]


def test_sheet_of_a_register_one_may_not_fill_is_refused(root, as_role):
    administrator = as_role(Role.ADMINISTRATOR, root)
    talks = workbook(谈话=[["谈话类型", "谈话日期", "谈话人", "事由", "归口党组织"]])

    response = upload(administrator, talks)

    assert (response.status_code, Batch.objects.count()) == (400, 0)
    assert "您无权导入这些工作表：“谈话”（谈话）" in text_of(response)


# — findings —


def rows_with_faults(organization, count, wrong):
    """Rows of people, in some of which the level of education is none."""
    return [
        [f"人员{n}", "男", "1975-03", "群众", "大砖" if n in wrong else "大专", organization.name]
        for n in range(count)
    ]


def test_page_lists_exactly_the_planted_faults(clerk, root):
    wrong = set(range(3, 500, 13)[:37])
    assert len(wrong) == 37
    batch = uploaded(clerk, workbook(人员=[PEOPLE, *rows_with_faults(root, 500, wrong)]))

    response = page(clerk, batch)

    (sheet,) = response.context["sheets"]
    shown = [(fault.row, fault.column, fault.value) for fault in sheet["faults"]["page"]]
    assert shown == [(n + 2, "学历", "大砖") for n in sorted(wrong)]
    assert response.content.decode().count('<th scope="row" class="num">') == 37
    assert fingerprint_on(response) == ""


def test_mended_file_is_imported_and_undone(clerk, root):
    batch = uploaded(clerk, workbook(人员=[PEOPLE, *rows_with_faults(root, 500, {7})]))
    before = dump()
    mended = workbook(人员=[PEOPLE, *rows_with_faults(root, 500, set())])
    upload(clerk, mended, replaces=batch.pk)
    batch = Batch.objects.first()

    confirm(clerk, batch)
    imported = Person.objects.count()
    clerk.post(f"/imports/{batch.pk}/undo/")

    assert (imported, state(batch), dump()) == (500, "undone", before)


def test_new_changed_and_same_rows_are_told_apart(clerk, root):
    confirm(clerk, uploaded(clerk, roster(root, "张三", "李四")))
    rows = [
        ["张三", "男", "1975-03", "群众", "大专", root.name],
        ["李四", "男", "1975-03", "群众", "高中", root.name],
        ["王五", "男", "1975-03", "群众", "大专", root.name],
    ]

    response = page(clerk, uploaded(clerk, workbook(人员=[PEOPLE, *rows])))

    counts = response.context["counts"]
    assert [counts[kind] for kind in ("created", "changed", "same")] == [1, 1, 1]
    assert "学历：大专→高中" in text_of(response)


def test_long_lists_are_paged(clerk, root):
    batch = uploaded(clerk, roster(root, *(f"人员{n}" for n in range(120))))

    response = page(clerk, batch, created0=3)

    (created,) = response.context["sheets"][0]["lists"]
    assert [row.row for row in created["page"]] == list(range(102, 122))
    assert created["is_open"] is True


def test_sheet_nobody_knows_can_be_given_a_register(clerk, root):
    rows = [["姓名", "性别", "出生年月", "政治面貌", "学历", "归口党组织"]]
    rows.append(["张三", "男", "1975-03", "群众", "大专", root.name])
    batch = uploaded(clerk, workbook(随便=[["甲"], ["乙"]], 人员=rows))

    clerk.post(f"/imports/{batch.pk}/", {"do": "decide", "target:人员": ""})

    batch.refresh_from_db()
    assert batch.targets == {"人员": ""}
    assert page(clerk, batch).context["is_known"] is False


def test_possible_duplicate_is_asked_about_and_answered(clerk, root):
    make.PersonFactory(organization=root, name="张三", sex="male", birth_on="1975-03-01")
    rows = [["张三", "男", "1975-04", "群众", "大专", root.name]]
    batch = uploaded(clerk, workbook(人员=[PEOPLE, *rows]))
    response = page(clerk, batch)
    (question,) = response.context["sheets"][0]["questions"]["page"]

    clerk.post(
        f"/imports/{batch.pk}/",
        {"do": "decide", f"answer:{question.key}": question.options[-1][0]},
    )

    assert fingerprint_on(response) == ""
    assert list(page(clerk, batch).context["sheets"][0]["questions"]["page"]) == []


def test_same_file_imported_before_is_pointed_out(clerk, root):
    content = roster(root, "张三")
    confirm(clerk, uploaded(clerk, content))

    response = page(clerk, uploaded(clerk, content))

    assert "同一个文件已于" in text_of(response)
    assert "没有要导入的内容" in text_of(response)


# — confirming —


def test_confirmed_import_is_what_was_shown(clerk, root):
    batch = uploaded(clerk, roster(root, "张三", "李四"))

    response = confirm(clerk, batch)

    assert state(batch) == "imported"
    assert sorted(Person.objects.values_list("name", flat=True)) == ["张三", "李四"]
    written = BatchRow.objects.filter(batch=batch).values_list("name", "is_new")
    assert sorted(written) == [("张三", True), ("李四", True)]
    assert (batch.content, "已导入" in text_of(response)) == (None, True)


def test_repeated_post_imports_once(clerk, root):
    batch = uploaded(clerk, roster(root, "张三"))
    seen = fingerprint_on(page(clerk, batch))
    confirm(clerk, batch, seen=seen)
    before = dump()

    response = confirm(clerk, batch, seen=seen)

    assert dump() == before
    assert messages_of(response) == ["这个批次已经处理过，没有重复处理。"]


def test_records_changed_meanwhile_are_shown_again(clerk, root):
    confirm(clerk, uploaded(clerk, roster(root, "张三")))
    batch = uploaded(clerk, roster(root, "张三", education="高中"))
    seen = fingerprint_on(page(clerk, batch))
    person = Person.objects.get()
    person.education = 5
    person.save()
    before = dump()

    response = confirm(clerk, batch, seen=seen)

    assert (dump(), state(batch)) == (before, "pending")
    assert "请再确认一次" in messages_of(response)[0]
    assert fingerprint_on(response) not in {"", seen}


def test_file_with_faults_cannot_be_confirmed(clerk, root):
    batch = uploaded(clerk, workbook(人员=[PEOPLE, *rows_with_faults(root, 3, {1})]))
    before = dump()

    confirm(clerk, batch, seen="x")

    assert (dump(), state(batch)) == (before, "pending")


def test_edits_that_are_not_imported_are_listed(clerk, root):
    person = make.PersonFactory(organization=root, name="张建国", birth_on=date(1975, 3, 1))
    rows = [["姓名", "年龄", "记录号"], ["张建国", 18, person.pk]]

    text = text_of(page(clerk, uploaded(clerk, workbook(人员=rows))))

    assert "改动的单元格都在不导入的列里，没有要导入的内容" in text
    assert "1处修改无效" in text
    assert "2年龄18该列由系统计算，或记在别的台账里，修改无效，不导入；系统中是“" in text


def test_discarded_file_is_not_kept(clerk, root):
    batch = uploaded(clerk, roster(root, "张三"))
    seen = fingerprint_on(page(clerk, batch))

    clerk.post(f"/imports/{batch.pk}/", {"do": "discard"})
    confirm(clerk, batch, seen=seen)

    assert (state(batch), batch.content, Person.objects.count()) == ("discarded", None, 0)


def test_unknown_button_is_not_found(clerk, root):
    batch = uploaded(clerk, roster(root, "张三"))

    assert clerk.post(f"/imports/{batch.pk}/", {"do": "nothing"}).status_code == 404


def test_file_waits_through_a_new_session(clerk, root, client):
    batch = uploaded(clerk, roster(root, "张三"))
    clerk.logout()
    client.force_login(batch.uploaded_by)

    confirm(client, batch)

    assert state(batch) == "imported"


# — what was imported —


def test_outcome_lists_what_changed(clerk, root):
    confirm(clerk, uploaded(clerk, roster(root, "张三")))
    batch = uploaded(clerk, roster(root, "张三", "李四", education="高中"))

    response = confirm(clerk, batch)

    shown = {
        one["described"].row.name: [
            (cell.column, cell.old, cell.new) for cell in one["described"].cells
        ]
        for one in response.context["rows"]
    }
    assert shown == {"张三": [("学历", "大专", "高中、中技")], "李四": []}
    assert "学历：大专→高中" in text_of(response)


def test_undoing_is_asked_first(clerk, root):
    batch = uploaded(clerk, roster(root, "张三"))
    confirm(clerk, batch)

    response = clerk.get(f"/imports/{batch.pk}/undo/")

    assert "新增的1行将被删除，修改的0行将还原" in text_of(response)
    assert state(batch) == "imported"


def test_what_stands_in_the_way_is_listed_with_links(clerk, root):
    batch = uploaded(clerk, roster(root, "张三"))
    confirm(clerk, batch)
    person = Person.objects.get()
    membership = make.MembershipFactory(person=person, organization=root)

    response = clerk.post(f"/imports/{batch.pk}/undo/")

    assert response.status_code == 409
    assert response.context["obstacles"] == [
        {
            "kind": "党员组织关系",
            "name": str(membership),
            "why": "引用了导入的人员",
            "url": f"/admin/orgs/person/{person.pk}/change/",
        }
    ]


def test_obstacles_out_of_sight_are_only_counted(root, village_organization, as_role):
    clerk = as_role(Role.CLERK, village_organization)
    batch = uploaded(clerk, roster(village_organization, "张三"))
    confirm(clerk, batch)
    make.EnterpriseFactory(organization=root, head=Person.objects.get(), name="大桥公司")

    response = clerk.post(f"/imports/{batch.pk}/undo/")

    assert (response.context["obstacles"], response.context["hidden"]) == ([], 1)
    assert "大桥公司" not in text_of(response)


def test_undoing_twice_says_so(clerk, root):
    batch = uploaded(clerk, roster(root, "张三"))
    confirm(clerk, batch)
    clerk.post(f"/imports/{batch.pk}/undo/")

    response = clerk.post(f"/imports/{batch.pk}/undo/", follow=True)

    assert messages_of(response)[-1] == "这个批次没有导入，或者已经撤销过。"


def test_list_shows_states_and_counts(clerk, root):
    confirm(clerk, uploaded(clerk, roster(root, "张三", "李四")))
    uploaded(clerk, roster(root, "王五"), name="第二份.xlsx")

    response = clerk.get("/imports/")

    shown = [
        (batch.name, batch.get_state_display(), batch.totals["created"])
        for batch in response.context["page"]
    ]
    assert shown == [("第二份.xlsx", "待确认", 1), ("花名册.xlsx", "已导入", 2)]


def test_records_are_imported_within_the_uploaders_organization(root, as_role):
    mine, other = (make.OrganizationFactory(parent=root) for _ in range(2))
    clerk = as_role(Role.CLERK, mine)

    response = page(clerk, uploaded(clerk, roster(other, "张三")))

    assert response.context["counts"]["faults"] == 1
    assert Organization.objects.count() == 3


def test_register_of_a_large_office_is_told_as_missing(clerk, root):
    people = make.PersonFactory.build_batch(1100, organization=root)
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        make.MembershipFactory.build(person=person, organization=root) for person in people
    )
    titles = ["姓名", "出生年月", "党组织", "类别", "起始日期"]
    row = ["没有的人", "1975-03", root.name, "正式党员", "2001-07-01"]

    response = page(clerk, uploaded(clerk, workbook(党员组织关系=[titles, row])))

    assert response.context["counts"]["missing"] == 1100
