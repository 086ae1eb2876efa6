"""The columns of floor 1's registers, in the order of the paper ledgers."""

from .party_life import (
    activity_table,
    checklist_table,
    development_table,
    pairing_table,
    pledge_table,
    rating_table,
    site_table,
)
from .registers import (
    counted,
    covering,
    enterprise_fact,
    enterprise_table,
    member_table,
    organization_table,
    person_table,
    village_fact,
    village_table,
)

__all__ = [
    "activity_table",
    "checklist_table",
    "counted",
    "covering",
    "development_table",
    "enterprise_fact",
    "enterprise_table",
    "member_table",
    "organization_table",
    "pairing_table",
    "person_table",
    "pledge_table",
    "rating_table",
    "site_table",
    "village_fact",
    "village_table",
]
