import pytest

from orgs.models import Person, Role
from tests.factories import PersonFactory


@pytest.mark.parametrize("attempt", [1, 2])
def test_demo_is_unharmed_by_the_test_before(demo, db, attempt):
    PersonFactory(organization=demo, name="测试人员")

    assert Person.objects.filter(name="测试人员").count() == 1


def test_as_role_signs_in(root, as_role):
    client = as_role(Role.CLERK, root)

    request = client.get("/admin/").wsgi_request

    assert (request.user.role, request.user.organization) == (Role.CLERK, root)
