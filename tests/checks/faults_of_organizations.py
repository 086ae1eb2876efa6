"""Faults of villages, organizations, members, people, enterprises and branches."""

from datetime import date

from orgs.models import (
    Coverage,
    Development,
    Enterprise,
    Membership,
    Organization,
    Person,
    Village,
)
from tests import factories as make

from .faults import YEAR_END, Added, Altered, before, fault, first


def root():
    return Organization.objects.roots().get()


def village():
    return first(Village, name="石桥村")


def dissolved():
    return first(Organization, dissolved_on__lte=YEAR_END)


def member(**conditions):
    found = Membership.objects.current_on(YEAR_END).filter(kind="formal", until=None)
    return found.filter(**conditions).order_by("pk")[0]


def probationer():
    return first(Membership, kind="probationary", until=None)


def branch(formation):
    return first(Organization, sector="nonpublic", formation=formation, dissolved_on=None)


def links_of(organization):
    return Coverage.objects.current_on(YEAR_END).filter(organization=organization).order_by("pk")


def standalone_link():
    """A single branch's one link, and both founded and joined well before the year ended."""
    return links_of(branch("standalone")).get()


@fault
def orgs__village_without_organization():
    return Altered(village(), party_organization=None)


@fault
def orgs__village_of_dissolved_organization():
    found = village()
    return Altered(found.party_organization, [found], dissolved_on=date(2025, 12, 1))


@fault
def orgs__village_without_facts():
    return Added(lambda: make.VillageFactory(organization=root()))


@fault
def orgs__organization_below_dissolved():
    return Added(lambda: make.OrganizationFactory(parent=dissolved()))


@fault
def orgs__organization_term_run_out():
    found = first(Organization, term_ends_on__gt=YEAR_END, dissolved_on=None)
    return Altered(found, term_ends_on=before(YEAR_END))


@fault
def orgs__organization_without_village():
    return Altered(village().party_organization, village=None)


@fault
def orgs__branch_too_small():
    return Added(lambda: make.OrganizationFactory(branch=True, parent=root()))


@fault
def orgs__branch_too_large():
    one = branch("joint")
    others = Membership.objects.current_on(YEAR_END).filter(kind="formal")
    village_members = others.filter(organization__sector="village").order_by("pk")
    return Altered(village_members[:50], [one], organization=one)


@fault
def orgs__member_joined_under_age():
    found = member()
    seventeen = date(found.person.birth_on.year + 17, 1, 1)
    return Altered(found.person, [found], joined_on=seventeen)


@fault
def orgs__member_without_joining_day():
    found = member()
    return Altered(found.person, [found], joined_on=None)


@fault
def orgs__member_before_joining():
    found = member()
    return Altered(found, since=before(found.person.joined_on))


@fault
def orgs__member_of_dissolved():
    return Altered(member(), organization=dissolved())


@fault
def orgs__member_before_founding():
    found = member(organization__founded_on__isnull=False)
    return Altered(found, since=before(found.organization.founded_on))


@fault
def orgs__member_status_differs():
    found = member()
    return Altered(found.person, [found], political_status="masses")


@fault
def orgs__probation_overdue():
    found = probationer()
    return Altered(found.person, [found], joined_on=date(2024, 12, 1))


@fault
def orgs__probation_too_long():
    found = probationer()
    return Altered(found.person, [found], joined_on=date(2023, 12, 1))


@fault
def orgs__probationary_without_development():
    found = probationer()
    admitted = first(Development, person=found.person, stage=4)
    return Altered(admitted, [found], reached_on=date(2026, 2, 1))


@fault
def orgs__member_without_organization():
    return Added(lambda: make.PersonFactory(organization=root()))


@fault
def orgs__person_twice():
    one = first(Person)
    alike = {name: getattr(one, name) for name in ("organization", "name", "sex", "birth_on")}
    return Added(lambda: make.PersonFactory(**alike, joined_on=None), also=[one])


# — enterprises —


@fault
def orgs__covered_by_dissolved():
    link = standalone_link()
    return Altered(link.organization, [link.enterprise], dissolved_on=date(2025, 12, 1))


@fault
def orgs__covered_before_founding():
    link = standalone_link()
    return Altered(link, [link.enterprise], since=before(link.organization.founded_on))


@fault
def orgs__covered_without_member():
    link = standalone_link()
    members = link.organization.memberships.current_on(YEAR_END)
    return Altered(members, [link.enterprise], until=before(YEAR_END))


@fault
def orgs__covered_but_excluded():
    found = standalone_link().enterprise
    return Altered(found, excluded_on=date(2025, 6, 1), excluded_because="空壳企业")


@fault
def orgs__covered_twice():
    link = standalone_link()
    again = {"enterprise": link.enterprise, "organization": branch("joint"), "mode": "joint"}
    until = date(2026, 12, 31)
    return Added(lambda: make.CoverageFactory(**again, until=until), listed=[link.enterprise])


@fault
def orgs__coverage_mode_differs():
    link = standalone_link()
    return Altered(link, [link.enterprise], mode="joint")


@fault
def orgs__enterprise_without_village():
    return Altered(first(Enterprise, village__isnull=False, closed_on=None), village=None)


@fault
def orgs__enterprise_without_staff():
    return Added(lambda: make.EnterpriseFactory(organization=root(), village=village()))


@fault
def orgs__uncovered_without_plan():
    return Added(lambda: make.EnterpriseFactory(organization=root(), village=village()))


@fault
def orgs__plan_missed():
    found = make.EnterpriseFactory(organization=root(), village=village())
    return Added(lambda: make.OrganizingPlanFactory(enterprise=found, due_on=date(2025, 6, 30)))


# — branches —


@fault
def orgs__standalone_branch_not_of_one():
    link = standalone_link()
    return Altered(link, [link.organization], until=before(YEAR_END))


@fault
def orgs__joint_branch_of_few():
    one = branch("joint")
    return Altered(links_of(one)[1:], [one], until=before(YEAR_END))
