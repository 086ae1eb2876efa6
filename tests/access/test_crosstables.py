"""Cross-tables in the world of four places: who gets them, and nothing of a sibling in any."""

import io

import openpyxl
import pytest

from dangjian.lib.crosstables import all_crosstables
from orgs.models import Role
from tests.access.test_leaks import marks_in
from tests.access.test_matrix import OVER_FIGURES, answer
from tests.access.world import MARKS

SLUGS = [table.slug for table in all_crosstables()]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("ending", ["/", ".xlsx"])
def test_table_answers_each_role_in_each_place(world, clients, db, slug, ending):
    asked_for = [(role, place) for role in clients for place in MARKS]
    urls = {
        place: f"/reports/2025/tables/{slug}{ending}?org={world[place, 'orgs.Organization'].pk}"
        for place in MARKS
    }

    answers = {(role, place): answer(clients[role], urls[place]) for role, place in asked_for}

    assert answers == {
        (role, place): OVER_FIGURES.expected(role, place) for role, place in asked_for
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_table_names_nothing_outside(world, clients, db, slug):
    html = clients[Role.LEADER].get(f"/reports/2025/tables/{slug}/").content.decode()

    assert marks_in(html) == [MARKS["own"], MARKS["child"]]


@pytest.mark.parametrize("slug", SLUGS)
def test_workbook_of_a_table_names_nothing_outside(world, clients, db, slug):
    content = clients[Role.LEADER].get(f"/reports/2025/tables/{slug}.xlsx").getvalue()

    texts = "".join(
        str(value)
        for sheet in openpyxl.load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows(values_only=True)
        for value in row
    )
    assert marks_in(texts) == [MARKS["own"], MARKS["child"]]
