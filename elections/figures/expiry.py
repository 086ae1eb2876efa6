"""Figures over terms that end soon, and those that ended without an election."""

from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThan, LessThanOrEqual

from dangjian.lib.periods import months_after
from elections.tables import term_of_body_ends_on
from orgs.figures.organizations import organization_register

from .elections import election_register
from .terms import figures

MONTHS = 6


def expires_soon(ends_on, period):
    """The day lies within the next half year, the period's own day included."""
    soon = months_after(period.as_of, MONTHS)
    return Q(GreaterThanOrEqual(ends_on, period.as_of)) & Q(LessThanOrEqual(ends_on, soon))


def has_expired(ends_on, period):
    return Q(LessThan(ends_on, period.as_of))


# — party organizations —

organizations_with_terms = figures.on(organization_register)


@organizations_with_terms.count("6个月内任届期满的党组织", unit="个")
def organizations_expiring(period):
    """期末存续、任届期满日期在期末当天至其后6个月之内的党组织。"""
    return expires_soon(F("term_ends_on"), period)


@organizations_with_terms.count("任届已满未换届的党组织", unit="个")
def organizations_expired(period):
    """期末存续、任届期满日期早于期末当天的党组织；换届后应更新任届期满日期。"""
    return has_expired(F("term_ends_on"), period)


# — bodies —


@election_register.count("6个月内任期届满的班子", unit="个")
def bodies_expiring(period):
    """任期在期末当天至其后6个月之内届满的班子；本届还没有选举的，按上届任期计算。"""
    return expires_soon(term_of_body_ends_on(period), period)


@election_register.count("任期已满未换届的班子", unit="个")
def bodies_expired(period):
    """任期早于期末当天届满、还没有选举的班子；没有上届的，按应选日期计算。"""
    return has_expired(term_of_body_ends_on(period), period)
