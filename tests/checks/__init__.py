"""Faults to plant; importing this package keeps one for each check of rows."""

from . import (
    faults_of_cadres,
    faults_of_elections,
    faults_of_organizations,
    faults_of_party_life,
    faults_of_tasks,
)

__all__ = [
    "faults_of_cadres",
    "faults_of_elections",
    "faults_of_organizations",
    "faults_of_party_life",
    "faults_of_tasks",
]
