"""What tests of figures defined without code share."""

from urllib.parse import urlencode

from orgs.models import Role
from tests.factories import (
    CustomFigureFactory,
)

YOUNG_WOMEN = {"sex": "female", "age__lte": "35"}
TYPED = {"name": "青年女党员", "measure": "count", "unit": "名"}
MEMBERS = "/registers/orgs.members/define/"


def made(organization, **fields):
    return CustomFigureFactory(organization=organization, **fields)


def clerk_of(as_role, organization):
    return as_role(Role.CLERK, organization)


def asked(client, address=MEMBERS, filters=YOUNG_WOMEN, **typed):
    return client.post(f"{address}?{urlencode(filters)}", {**TYPED, **typed})


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}
