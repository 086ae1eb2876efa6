"""The world of four places, and a client of each role at `own` in it."""

import pytest
from django.db import transaction
from django.test import Client

from orgs.models import Role
from tests.access.world import make_world
from tests.factories import UserFactory


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for all tests of a module, in a transaction around theirs."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world, django_db_blocker):
    """A client of each role, signed in at `own`; None is nobody's."""
    found = {None: Client()}
    with django_db_blocker.unblock():
        for role in Role:
            user = UserFactory(role=role, organization=world["own", "orgs.Organization"])
            found[role] = Client()
            found[role].force_login(user)
    return found


@pytest.fixture
def clerk(clients, db):
    return clients[Role.CLERK]


@pytest.fixture
def administrator(clients, db):
    return clients[Role.ADMINISTRATOR]
