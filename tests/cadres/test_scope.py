"""Whose records of cadres a user sees, where it is not simply the keeper's subtree."""

import pytest

from cadres.models import Visit
from orgs.scope import Scope
from tests.factories import EnterpriseFactory, PostingFactory, PostingTargetFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def visits(root, village_organization, sibling_organization):
    """By organization, the visit one instructor of the subdistrict paid to its enterprise."""
    posting = PostingFactory(organization=root, kind="instructor")
    made = {}
    for organization in (village_organization, sibling_organization):
        enterprise = EnterpriseFactory(organization=organization)
        PostingTargetFactory(posting=posting, enterprise=enterprise)
        made[organization] = VisitFactory(posting=posting, enterprise=enterprise)
    return made


def test_a_village_sees_the_visits_to_its_own_enterprises(visits, village_organization):
    seen = Visit.objects.within(Scope(village_organization.pk))

    assert list(seen) == [visits[village_organization]]


def test_the_sender_sees_all_visits(visits, root):
    assert set(Visit.objects.within(Scope(root.pk))) == set(visits.values())
