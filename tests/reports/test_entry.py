"""Where records without a data-entry page of their own are edited."""

import pytest

from orgs.models import TagLink
from reports.entry import entry_page
from tests.factories import EnterpriseFactory, PersonFactory, TagLinkFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("subject", "factory"), [("person", PersonFactory), ("enterprise", EnterpriseFactory)]
)
def test_row_of_one_of_several_parents_leads_to_that_one(root, subject, factory):
    record = factory(organization=root)
    link = TagLinkFactory(**{subject: record})

    assert entry_page(TagLink, link) == f"/admin/orgs/{subject}/{record.pk}/change/"
