import pytest
from django.apps import apps

from orgs.middleware import office_of, scope_below
from orgs.models import Enterprise, Membership, Organization, Person, Record, User, Village
from orgs.scope import EVERYTHING, NOTHING, Scope
from tests.access.world import INSIDE, MARKS, make_world
from tests.factories import (
    CoverageFactory,
    EnterpriseFactory,
    MembershipFactory,
    OfficeFactory,
    OrganizationFactory,
    PersonFactory,
    VillageFactory,
)

SCOPED = [model for model in apps.get_models() if issubclass(model, (Record, User))]


@pytest.fixture
def world(db):
    return make_world()


def places(world, queryset):
    """Of which places the rows of the world are that the queryset finds."""
    label = queryset.model._meta.label
    found = set(queryset.values_list("pk", flat=True))
    return [place for place in MARKS if world[place, label].pk in found]


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_within_nothing_is_empty(world, model):
    assert list(model.objects.within(NOTHING)) == []


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_within_own_is_own_with_all_below(world, model):
    scope = Scope(world["own", "orgs.Organization"].pk)

    assert places(world, model.objects.within(scope)) == list(INSIDE)


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_within_everything_is_not_filtered(world, model):
    assert str(model.objects.within(EVERYTHING).query) == str(model.objects.all().query)


def test_enterprise_is_inside_the_scope_of_who_covers_it(
    village_organization, sibling_organization
):
    enterprise = EnterpriseFactory(organization=sibling_organization)
    EnterpriseFactory(organization=sibling_organization)
    CoverageFactory(enterprise=enterprise, organization=village_organization)

    found = Enterprise.objects.within(Scope(village_organization.pk))

    assert list(found) == [enterprise]


def test_village_is_inside_the_scope_of_its_party_organization(root, village_organization):
    village = VillageFactory(organization=root, party_organization=village_organization)
    VillageFactory(organization=root)

    assert list(Village.objects.within(Scope(village_organization.pk))) == [village]


def test_membership_is_inside_where_the_relation_lies(village_organization, sibling_organization):
    person = PersonFactory(organization=sibling_organization)
    here = MembershipFactory(person=person, organization=village_organization)

    scope = Scope(village_organization.pk)

    assert list(Membership.objects.within(scope)) == [here]
    assert list(Person.objects.within(scope)) == []


def test_row_inside_by_two_keys_is_found_once(root, village_organization):
    village = VillageFactory(
        organization=village_organization, party_organization=village_organization
    )

    assert list(Village.objects.within(Scope(village_organization.pk))) == [village]


def test_ring_of_parents_ends(root, village_organization):
    Organization.objects.filter(pk=root.pk).update(parent=village_organization)

    found = Organization.objects.within(Scope(root.pk))

    assert list(found) == [root, village_organization]


def test_user_without_organization_sees_nothing(db):
    assert scope_below(None) == NOTHING


def test_user_at_the_only_root_sees_everything(root):
    assert scope_below(root) == Scope(root.pk, everything=True)


def test_user_at_one_of_two_roots_sees_their_own_tree(root, village_organization):
    OrganizationFactory(name="中共南湖街道工作委员会")

    scope = scope_below(root)

    assert scope == Scope(root.pk, everything=False)
    assert list(Organization.objects.within(scope)) == [root, village_organization]


def test_office_is_the_nearest_above(root, village_organization):
    branch = OrganizationFactory(parent=village_organization, branch=True)

    assert [office_of(unit) for unit in (branch, root)] == [root.office, root.office]


def test_office_of_its_own_goes_before_one_above(root, village_organization):
    own = OfficeFactory(organization=village_organization, name="石桥村")

    assert office_of(village_organization) == own
