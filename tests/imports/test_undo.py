"""Taking an import back: exactly what it did, as long as nothing rests on it."""

from datetime import date

import pytest
from django.db import transaction

from orgs.models import Coverage, Membership, Organization, Person, Tag, TagLink
from orgs.scope import EVERYTHING
from reports.imports.batches import Settled
from reports.imports.examine import write
from reports.imports.reading import Book, Sheet
from reports.imports.undo import Blocked, undo
from reports.models import Batch
from tests import factories as make
from tests.imports.batches import batch_of, batch_that_wrote, dump, writing

EDITED = "导入后又有修改"


@pytest.fixture
def user(root):
    return make.UserFactory(organization=root)


def reasons(batch, user):
    """Why it cannot be undone: (record, why) each; nothing is changed by asking."""
    before = dump()
    with pytest.raises(Blocked) as blocked:
        undo(batch, user=user)
    assert dump() == before
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.IMPORTED
    return [(str(one.record), one.why) for one in blocked.value.obstacles]


def test_made_records_are_deleted(root, user):
    before = dump()
    person = make.PersonFactory(organization=root)
    batch = batch_of(root, person, make.MembershipFactory(person=person, organization=root))

    undo(batch, user=user)

    assert dump() == before


def test_tree_made_in_one_import_is_deleted(root, user):
    before = dump()
    parent = make.OrganizationFactory(parent=root)
    batch = batch_of(root, parent, make.OrganizationFactory(parent=parent))

    undo(batch, user=user)

    assert dump() == before


def test_changed_record_gets_back_version_and_times(root, user):
    person = make.PersonFactory(organization=root, name="张三")
    before = dump()
    person.name = "张三丰"
    person.save()

    undo(batch_of(root, person), user=user)

    assert dump() == before


def test_record_written_twice_gets_back_what_it_was_before_both(root, user):
    village = make.VillageFactory(organization=root, name="石桥村")
    before = dump()
    village.name = "石桥社区"
    village.save()
    first = writing(village)
    village.name = "石桥新社区"
    village.save()

    undo(batch_that_wrote(root, first, writing(village)), user=user)

    assert dump() == before


def test_record_made_and_changed_by_the_import_is_deleted(root, user):
    before = dump()
    person = make.PersonFactory(organization=root)
    made = writing(person)
    person.name = "张三丰"
    person.save()

    undo(batch_that_wrote(root, made, writing(person)), user=user)

    assert dump() == before


def test_link_that_gave_way_is_open_again(root, user):
    enterprise = make.EnterpriseFactory(organization=root)
    first, second = (make.OrganizationFactory(branch=True, parent=root) for _ in range(2))
    old = make.CoverageFactory(enterprise=enterprise, organization=first)
    before = dump()
    old.until = date(2025, 6, 1)
    old.save()
    new = make.CoverageFactory(enterprise=enterprise, organization=second, since=old.until)

    undo(batch_of(root, old, new), user=user)

    assert dump() == before


def test_history_keeps_import_and_undoing(root, user):
    person = make.PersonFactory(organization=root)
    batch = batch_of(root, person)

    undo(batch, user=user)

    entries = Person.history.filter(id=person.pk).order_by("history_id")
    assert [(one.history_type, one.history_change_reason) for one in entries] == [
        ("+", None),
        ("-", f"撤销导入：{batch.name}"),
    ]
    assert entries.last().history_user == user


def test_batch_says_who_undid_it(root, user):
    batch = batch_of(root, make.PersonFactory(organization=root))

    undo(batch, user=user)

    batch.refresh_from_db()
    assert (batch.state, batch.undone_by) == (Batch.State.UNDONE, user)


def test_undoing_twice_is_refused(root, user):
    batch = batch_of(root, make.PersonFactory(organization=root))
    undo(batch, user=user)
    before = dump()

    with pytest.raises(Settled):
        undo(batch, user=user)

    assert dump() == before


def test_waiting_batch_cannot_be_undone(root, user):
    with pytest.raises(Settled):
        undo(make.BatchFactory(organization=root), user=user)


def test_made_record_edited_since_stands_in_the_way(root, user):
    person = make.PersonFactory(organization=root, name="张三")
    batch = batch_of(root, person)
    person.ethnicity = "回族"
    person.save()

    assert reasons(batch, user) == [("张三", EDITED)]


def test_changed_record_edited_since_stands_in_the_way(root, user):
    person = make.PersonFactory(organization=root)
    person.name = "李四"
    person.save()
    batch = batch_of(root, person)
    person.name = "李五"
    person.save()

    assert reasons(batch, user) == [("李五", EDITED)]


def test_changed_record_deleted_since_stands_in_the_way(root, user):
    person = make.PersonFactory(organization=root)
    person.name = "李四"
    person.save()
    batch = batch_of(root, person)
    person.delete()

    assert reasons(batch, user) == [("李四", "导入后已被删除")]


def test_made_record_deleted_since_is_nothing_to_undo(root, user):
    before = dump()
    person = make.PersonFactory(organization=root)
    batch = batch_of(root, person)
    Person.objects.get(pk=person.pk).delete()

    undo(batch, user=user)

    assert dump() == before


def test_changed_record_without_earlier_history_stands_in_the_way(root, user):
    person = make.PersonFactory(organization=root, name="张三")
    person.save()
    person.history.order_by("history_id").first().delete()

    assert reasons(batch_of(root, person), user) == [("张三", "没有导入前的历史可以还原")]


def test_records_that_refer_to_made_ones_stand_in_the_way(root, user):
    person = make.PersonFactory(organization=root, name="张三")
    batch = batch_of(root, person)
    make.MembershipFactory(person=person, organization=root)
    make.EnterpriseFactory(organization=root, head=person, name="大桥公司")

    assert sorted(reasons(batch, user)) == [
        ("大桥公司", "引用了导入的人员"),
        (f"张三 {root}", "引用了导入的人员"),
    ]


def test_later_import_is_undone_first(root, user):
    before = dump()
    person = make.PersonFactory(organization=root)
    first = batch_of(root, person)
    person.name = "李四"
    person.save()
    second = batch_of(root, person)

    assert reasons(first, user) == [("李四", EDITED)]
    undo(second, user=user)
    undo(first, user=user)

    assert dump() == before


def test_restored_link_that_overlaps_a_new_one_stands_in_the_way(root, user):
    enterprise = make.EnterpriseFactory(organization=root)
    first, second = (make.OrganizationFactory(branch=True, parent=root) for _ in range(2))
    old = make.CoverageFactory(enterprise=enterprise, organization=first, until=date(2025, 12, 1))
    old.until = date(2025, 6, 1)
    old.save()
    batch = batch_of(root, old)
    make.CoverageFactory(enterprise=enterprise, organization=second, since=old.until)

    (found,) = reasons(batch, user)

    assert found[1].startswith("还原后与现有记录冲突：")


def test_rule_of_the_database_stands_in_the_way(root, user):
    department = make.DepartmentFactory(organization=root, name="党建办")
    department.name = "党政办"
    department.save()
    batch = batch_of(root, department)
    make.DepartmentFactory(organization=root, name="党建办")

    assert reasons(batch, user) == []


def test_tag_links_are_deleted_and_tags_without_history_stay(root, user):
    make.PersonFactory(organization=root, name="张三", birth_on=date(1975, 3, 1))
    before = dump()
    tags = Sheet("标签", [["代码", "名称"], ["veteran", "退役军人"]])
    links = Sheet(
        "标签对象",
        [["标签", "姓名", "出生年月", "起始日期"], ["退役军人", "张三", "1975-03", "2025-01-01"]],
    )
    book = Book("标签.xlsx", [tags, links])
    with transaction.atomic():
        batch = batch_that_wrote(root, *write(book, scope=EVERYTHING))
    assert TagLink.objects.count() == 1

    undo(batch, user=user)

    assert dump() == before
    assert [str(tag) for tag in Tag.objects.all()] == ["退役军人"]


@pytest.mark.parametrize("model", [Organization, Membership, Coverage])
def test_rows_of_others_are_left_alone(root, user, model):
    batch = batch_of(root, make.PersonFactory(organization=root))
    make.MembershipFactory(person=make.PersonFactory(organization=root), organization=root)
    make.CoverageFactory(
        enterprise=make.EnterpriseFactory(organization=root),
        organization=make.OrganizationFactory(branch=True, parent=root),
    )
    before = sorted(model.objects.values_list())

    undo(batch, user=user)

    assert sorted(model.objects.values_list()) == before
