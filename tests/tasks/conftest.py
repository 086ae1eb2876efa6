"""A task, its department and the office, for tests of reports and reviews."""

import pytest
from django.test import Client

from orgs.models import Role
from tests.factories import DepartmentFactory, KeyTaskFactory, UserFactory


@pytest.fixture
def task(root):
    return KeyTaskFactory(
        programme__organization=root, department=DepartmentFactory(organization=root)
    )


@pytest.fixture
def reporter(task):
    return UserFactory(
        role=Role.DEPARTMENT, organization=task.organization, department=task.department
    )


@pytest.fixture
def department(reporter):
    return signed_in(reporter)


@pytest.fixture
def clerk(task):
    return signed_in(UserFactory(role=Role.CLERK, organization=task.organization))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client
