"""The templates: what an office downloads, fills in and sends back."""

import io

import openpyxl
import pytest

from orgs.models import Person
from orgs.scope import EVERYTHING
from reports.exporters.templates import template_workbook
from reports.imports.examine import examine
from reports.imports.reading import read_file
from reports.imports.targets import TARGETS
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


def template(*slugs):
    targets = [TARGETS[slug] for slug in slugs] or list(TARGETS.values())
    return template_workbook(targets, EVERYTHING).getvalue()


def test_every_target_has_a_sheet_with_its_columns():
    book = openpyxl.load_workbook(io.BytesIO(template()))

    headers = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book}
    del headers["说明"]
    headers.pop("选项", None)
    assert headers == {
        target.name: target.resource(scope=None).columns() for target in TARGETS.values()
    }


def test_empty_template_is_recognised_and_changes_nothing():
    found = examine(read_file("模板.xlsx", template()), scope=EVERYTHING)

    assert [one.target for one in found.sheets if one.target] == list(TARGETS.values())
    assert set(found.counts.values()) == {0}
    assert [note for one in found.sheets if one.target for note in one.notes] == []


def test_choices_and_names_are_offered():
    OrganizationFactory(name="中共石桥村总支部委员会")

    sheet = openpyxl.load_workbook(io.BytesIO(template("people")))["人员"]

    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["B2:B2001"].formula1 == '"男,女"'
    assert rules["I2:I2001"].formula1 == '"中共石桥村总支部委员会"'
    assert rules["I2:I2001"].errorStyle == "information"


def test_long_lists_stand_in_a_hidden_sheet():
    names = [f"中共大桥街道第{n}村总支部委员会" for n in range(40)]
    for name in names:
        OrganizationFactory(name=name)

    book = openpyxl.load_workbook(io.BytesIO(template("people")))

    rules = {str(rule.sqref): rule for rule in book["人员"].data_validations.dataValidation}
    assert rules["I2:I2001"].formula1 == "选项!$A$1:$A$40"
    assert book["选项"].sheet_state == "hidden"
    assert sorted(cell.value for cell in book["选项"]["A"]) == sorted(names)


def test_filled_template_is_imported():
    OrganizationFactory(name="中共石桥村总支部委员会")
    book = openpyxl.load_workbook(io.BytesIO(template("people")))
    book["人员"].append(
        ["张建国", "男", "汉族", "1975.3", "群众", None, "大专", "是", "中共石桥村总支部委员会"]
    )
    stream = io.BytesIO()
    book.save(stream)

    found = examine(read_file("模板.xlsx", stream.getvalue()), scope=EVERYTHING)

    assert [(one.faults, len(one.created)) for one in found.sheets if one.target] == [((), 1)]
    assert Person.objects.count() == 0


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.slug)
def test_guide_says_how_each_column_is_filled(target):
    book = openpyxl.load_workbook(io.BytesIO(template(target.slug)))

    guide = [row[:4] for row in book["说明"].iter_rows(min_row=2, values_only=True)]
    assert [row[1] for row in guide] == target.resource(scope=None).columns()
    assert [row for row in guide if row[0] != target.name or not row[3]] == []
