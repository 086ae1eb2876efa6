"""Picking a figure by its name, beside the text it goes into."""

import pytest

from orgs.models import Role
from tests.factories import (
    CustomFigureFactory,
)
from tests.reports.editing import (
    address,
    begun,
    html,
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
