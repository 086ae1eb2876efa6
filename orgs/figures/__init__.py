"""Figures of floor 1; importing this package declares them all."""

from . import activities, nonpublic, organizations, party_life, rhythms
from .dimensions import AGE, OWN_AGE, tag_dimension, village_dimension, village_names
from .nonpublic import enterprise_register, in_scope, is_in_scope, nonpublic_branches
from .organizations import organization_register, people_register, village_register

__all__ = [
    "AGE",
    "OWN_AGE",
    "activities",
    "enterprise_register",
    "in_scope",
    "is_in_scope",
    "nonpublic",
    "nonpublic_branches",
    "organization_register",
    "organizations",
    "party_life",
    "people_register",
    "rhythms",
    "tag_dimension",
    "village_dimension",
    "village_names",
    "village_register",
]
