"""Exported register sheets come back: as they are they change nothing, one cell is one change."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.db import transaction

from dangjian.lib import periods
from dangjian.lib.figures import all_registers, figure_named, register_named
from orgs.models import Activity, Membership
from orgs.resources.spellings import column_titled, spelled
from orgs.scope import EVERYTHING
from reports.exporters.ledgers import register_workbook
from reports.imports.examine import Fault, examine, write
from reports.imports.headers import layout_of
from reports.imports.reading import Book, Sheet, read_file
from reports.imports.targets import TARGETS
from reports.listing import Section, sections_of_figure

from .exported import register_book

pytestmark = pytest.mark.django_db
YEAR = periods.year(2025)
WITH_REGISTER = [target for target in TARGETS.values() if target.register]
# What the mark columns and the numbering make of any sheet.
MARKS = "“记录号”右边的1列是各指标的标记，不导入。"


NOTHING = ((), (), (), (), ())


def of_sheet(found):
    return found.faults, found.created, found.changed, found.missing, found.in_vain


@pytest.fixture(scope="module")
def exported(demo):
    return read_file("年终报表.xlsx", register_book(all_registers(), EVERYTHING, YEAR))


@pytest.fixture
def sheet_of(exported):
    return lambda target: next(
        sheet for sheet in exported.sheets if sheet.title == register_named(target.register).name
    )


@pytest.mark.parametrize("target", WITH_REGISTER, ids=lambda target: target.slug)
def test_every_column_of_a_register_is_imported_or_declared_computed(target):
    labels = [column.label for column in register_named(target.register).table.columns]
    computed = {spelled(title) for title in target.resource.computed}

    unknown = [
        label
        for label in labels
        if spelled(label) not in computed and not column_titled(target.resource, label)
    ]

    assert unknown == []


@pytest.mark.parametrize("target", WITH_REGISTER, ids=lambda target: target.slug)
def test_every_column_that_counts_is_declared_computed(target):
    columns = register_named(target.register).table.columns

    assert {one.label for one in columns if one.of} - set(target.resource.computed) == set()


def test_unchanged_workbook_changes_nothing(exported):
    found = examine(exported, scope=EVERYTHING)

    told = {one.title: of_sheet(one) for one in found.sheets}
    assert told == {register.name: NOTHING for register in all_registers()}


def test_every_row_is_met_again(exported):
    found = examine(exported, scope=EVERYTHING)

    same = {one.title: one.same for one in found.sheets if one.target}
    registers = [register_named(target.register) for target in WITH_REGISTER]
    assert same == {one.name: one.all_rows(EVERYTHING, YEAR).count() for one in registers}


def test_written_workbook_leaves_no_history(exported):
    before = Membership.history.count()

    with transaction.atomic():
        assert write(exported, scope=EVERYTHING) == []

    assert Membership.history.count() == before


# For each register a column that can be edited in it, and what to make of its value.
def later(value):
    return value + timedelta(days=1)


def longer(value):
    return f"{value}（改）"


def other(*values):
    return lambda value: values[value == values[0]]


EDITS = {
    "organizations": ("党组织全称", longer),
    "villages": ("类别", other("村", "社区")),
    "people": ("姓名", longer),
    "memberships": ("党员类型", other("正式党员", "预备党员")),
    "enterprises": ("企业名称", longer),
    "organizing_plans": ("未建原因", longer),
    "elections": ("轮次", lambda value: value + 1),
    "ballots": ("登记人数", lambda value: value + 1),
    "seats": ("得票数", lambda value: (value or 0) + 1),
    "pairings": ("共建内容", longer),
    "activities": ("主题", longer),
    "attendances": ("缺席原因", longer),
    "rhythms": ("次数", lambda value: value + 1),
    "pledges": ("承诺内容", longer),
    "developments": ("确定日期", later),
    "sites": ("阵地名称", longer),
    "ratings": ("等级", longer),
    "checklist_results": ("达标", other("是", "否")),
    "cadres": ("职务", longer),
    "postings": ("职责", longer),
    "visits": ("走访内容", longer),
    "recruits": ("笔试成绩", lambda value: value - 1),
    "reserves": ("培养方向", longer),
    "talk_people": ("影响期至", later),
    "study_reviews": ("考学成绩", lambda value: value - 1),
    "programmes": ("工程名称", longer),
    "key_tasks": ("任务名称", longer),
    "progress": ("进展情况", longer),
    "plan_items": ("计划内容", longer),
}


@pytest.mark.parametrize("target", WITH_REGISTER, ids=lambda target: target.slug)
def test_one_cell_is_one_change(sheet_of, target):
    sheet = deepcopy(sheet_of(target))
    column, change = EDITS[target.slug]
    layout = layout_of(sheet, target)
    place = layout.titles.index(column)
    number, row = next(
        (number, row) for number, row in layout.rows(sheet) if row[place] is not None
    )
    row[place] = change(row[place])

    found = examine(Book("改.xlsx", [sheet]), scope=EVERYTHING).sheets[0]

    cells = [(one.row, cell.column) for one in found.changed for cell in one.cells]
    assert (found.faults, found.created, cells) == (
        (),
        (),
        [(number, column_titled(target.resource, column))],
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-无", "@某", "\t缩进", "两\r\n行", "_x000D_", "㐂𠮷"]
)
def test_text_that_looks_like_a_formula_comes_back(demo, text):
    activity = Activity.objects.held_in(YEAR).first()
    activity.topic = text
    activity.save()
    content = register_book([register_named("orgs.activities")], EVERYTHING, YEAR)

    found = examine(read_file("年终报表.xlsx", content), scope=EVERYTHING)

    assert found.counts == {
        "created": 0,
        "changed": 0,
        "missing": 0,
        "faults": 0,
        "questions": 0,
        "same": Activity.objects.held_in(YEAR).count(),
    }


def test_row_without_a_number_is_a_new_record(sheet_of):
    target = TARGETS["programmes"]
    sheet = deepcopy(sheet_of(target))
    layout = layout_of(sheet, target)
    end = max(number for number, _ in layout.rows(sheet))
    sheet.rows.insert(end, [None, "新工程", 2025])

    found = examine(Book("改.xlsx", [sheet]), scope=EVERYTHING).sheets[0]

    assert [fault.message for fault in found.faults] == [
        "新增的行要有“制定党组织”列，请用导入模板。"
    ]


def test_record_number_of_another_scope_is_refused(demo, exported):
    sheet = Sheet("工程台账", [["工程名称", "年度", "记录号"], ["某工程", 2025, 999999]])

    found = examine(Book("改.xlsx", [sheet]), scope=EVERYTHING).sheets[0]

    assert [fault.message for fault in found.faults] == [
        "记录号“999999”在台账中不存在，可能已被删除。"
    ]


def test_computed_columns_and_marks_are_noted(exported):
    found = examine(exported, scope=EVERYTHING)

    notes = {one.target.slug: one.notes for one in found.sheets if one.target}
    assert notes["people"] == ("“年龄”由系统计算，或记在别的台账里，不导入。", MARKS)


def test_sheets_of_last_year_are_not_imported(sheet_of):
    sheet = sheet_of(TARGETS["people"])
    last_year = Sheet("人员台账（上年）", deepcopy(sheet.rows))

    found = examine(Book("年终报表.xlsx", [sheet, last_year]), scope=EVERYTHING)

    assert [one.target and one.target.slug for one in found.sheets] == ["people", None]
    assert found.sheets[1].notes == ("年终报表中由系统计算的表，或上年、上届的数据，不导入。",)


def test_edit_of_a_computed_column_is_told_cell_by_cell(sheet_of):
    target = TARGETS["people"]
    sheet = deepcopy(sheet_of(target))
    layout = layout_of(sheet, target)
    (place,) = layout.computed
    number, row = next(iter(layout.rows(sheet)))
    age = row[place]
    row[place] = age + 1

    found = examine(Book("改.xlsx", [sheet]), scope=EVERYTHING).sheets[0]

    message = f"该列由系统计算，或记在别的台账里，修改无效，不导入；系统中是“{age}”。"
    assert found.in_vain == (Fault(number, "年龄", str(age + 1), message),)
    assert (found.faults, found.created, found.changed) == ((), (), ())


def test_edit_of_a_computed_column_does_not_keep_others_from_being_imported(sheet_of):
    target = TARGETS["people"]
    sheet = deepcopy(sheet_of(target))
    layout = layout_of(sheet, target)
    number, row = next(iter(layout.rows(sheet)))
    row[layout.titles.index("年龄")] = None
    row[layout.titles.index("民族")] = "回族"

    found = examine(Book("改.xlsx", [sheet]), scope=EVERYTHING)

    assert [one.row for one in found.sheets[0].in_vain] == [number]
    assert [one.row for one in found.sheets[0].changed] == [number]
    assert found.is_clean


def test_computed_values_are_those_of_the_day_of_the_export(demo):
    """What runs on since then, such as ages, is nobody's edit."""
    people = register_named("orgs.people")
    early = periods.year(2025, today=date(2025, 1, 1))
    content = register_book([people], EVERYTHING, early)

    found = examine(read_file("年终报表.xlsx", content), scope=EVERYTHING)

    assert found.sheets[0].in_vain == ()


def test_workbook_of_a_register_page_comes_back_too(demo):
    sections = [Section(one.name, one, EVERYTHING, YEAR) for one in all_registers()]
    content = register_workbook(sections, unit="大桥街道", sort="").getvalue()

    found = examine(read_file("台账.xlsx", content), scope=EVERYTHING)

    told = {one.title: of_sheet(one) for one in found.sheets}
    assert told == {register.name: NOTHING for register in all_registers()}
    taken_back = {target.register for target in WITH_REGISTER}
    assert [one.title for one in found.sheets if one.target] == [
        one.name for one in all_registers() if one.slug in taken_back
    ]


def test_list_of_a_figure_has_no_record_numbers(demo):
    (section,) = sections_of_figure(figure_named("orgs.women_members"), EVERYTHING, YEAR, {})
    content = register_workbook([section], unit="大桥街道", sort="").getvalue()

    (sheet,) = read_file("党员.xlsx", content).sheets

    assert "记录号" not in sheet.rows[2]
