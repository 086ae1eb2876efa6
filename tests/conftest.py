"""What tests share: organizations, signed-in clients, the demo, and what the machine must have."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings

from orgs.models import Organization
from tests import requirements
from tests.factories import OfficeFactory, OrganizationFactory, UserFactory

# Time is for the benchmarks: on a busy machine these would make tests fail now and then.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_modifyitems(items):
    """Skip what this machine lacks, with the reason; leave alone what is required to run."""
    missing = {
        name: requirements.REQUIREMENTS[name]()
        for name in ("browser", "libreoffice")
        if name not in requirements.required()
    }
    for item in items:
        for name, reason in missing.items():
            if reason and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    for name in requirements.required():
        if item.get_closest_marker(name) and (reason := requirements.REQUIREMENTS[name]()):
            pytest.fail(f"{reason}: required by DANGJIAN_REQUIRE", pytrace=False)


@pytest.fixture
def root(db):
    """The committee of a subdistrict, the only root of the tree, with its office in 2025."""
    root = OrganizationFactory(subdistrict=True)
    OfficeFactory(organization=root, working_year=2025)
    return root


@pytest.fixture
def village_organization(root):
    """A village's general branch, right below the root."""
    return OrganizationFactory(parent=root)


@pytest.fixture
def sibling_organization(root):
    """Another village's general branch: nothing of it may show in `village_organization`."""
    return OrganizationFactory(parent=root)


@pytest.fixture
def as_role(db):
    """`as_role(Role.CLERK, organization)` is a client signed in as a new user of that role."""

    def signed_in(role, organization):
        client = Client()
        client.force_login(UserFactory(role=role, organization=organization))
        return client

    return signed_in


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The root organization of the demo, without its editions, loaded once for a module's tests.

    It lies in a transaction around those of the tests, so tests may change it, but none of the
    module may be a transaction test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0, editions=False)
        yield Organization.objects.roots().get()
        transaction.set_rollback(True)
