"""The records of floor 1: organizations, villages, people, enterprises, and who may work here."""

from .accounts import Department, Office, Role, User
from .checklists import ChecklistItem, ChecklistResult, ChecklistScheme
from .enterprises import (
    Coverage,
    Enterprise,
    EnterpriseFact,
    EnterpriseFactKind,
    OrganizingPlan,
)
from .organizations import Organization
from .pairings import Pairing, PairingSide
from .party_life import Activity, ActivityKind, Attendance, Development, Pledge
from .people import Education, Membership, Person
from .record import Record, StaleRecordError
from .rhythms import Rhythm
from .sites import Rating, Site
from .tags import Tag, TagLink
from .villages import Village, VillageFact, VillageFactKind

__all__ = [
    "Activity",
    "ActivityKind",
    "Attendance",
    "ChecklistItem",
    "ChecklistResult",
    "ChecklistScheme",
    "Coverage",
    "Department",
    "Development",
    "Education",
    "Enterprise",
    "EnterpriseFact",
    "EnterpriseFactKind",
    "Membership",
    "Office",
    "Organization",
    "OrganizingPlan",
    "Pairing",
    "PairingSide",
    "Person",
    "Pledge",
    "Rating",
    "Record",
    "Rhythm",
    "Role",
    "Site",
    "StaleRecordError",
    "Tag",
    "TagLink",
    "User",
    "Village",
    "VillageFact",
    "VillageFactKind",
]
