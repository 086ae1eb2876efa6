"""The database refuses each bad state, whoever writes it."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from orgs.models import Organization
from tests import factories as make
from tests.access.rules import declared, refusal

BEFORE, DAY, AFTER = date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2)
RULES = declared("orgs")


def twice(factory, **values):
    factory(**values)
    factory(**values)


def same_name_below_one_parent():
    parent = make.OrganizationFactory(subdistrict=True)
    twice(make.OrganizationFactory, parent=parent, name="石桥村党总支")


def own_parent():
    organization = make.OrganizationFactory()
    Organization.objects.filter(pk=organization.pk).update(parent=organization)


def two_open_coverages():
    enterprise = make.EnterpriseFactory()
    make.CoverageFactory(enterprise=enterprise)
    make.CoverageFactory(enterprise=enterprise, mode="joint", since=DAY)


def two_open_plans():
    enterprise = make.EnterpriseFactory()
    twice(make.OrganizingPlanFactory, enterprise=enterprise)


def two_subjects():
    make.TagLinkFactory(person=make.PersonFactory(), enterprise=make.EnterpriseFactory())


def tagged_twice(**subject):
    twice(make.TagLinkFactory, tag=make.TagFactory(), **subject)


def on_both_sides(**partner):
    pairing = make.PairingFactory()
    for side in ("first", "second"):
        make.PairingSideFactory(pairing=pairing, side=side, **partner)


# What each constraint refuses.
BROKEN = {
    "orgs_department_name_once": lambda: twice(
        make.DepartmentFactory, organization=make.OrganizationFactory(), name="党建办"
    ),
    "orgs_checklistscheme_once_a_year": lambda: twice(
        make.ChecklistSchemeFactory, organization=make.OrganizationFactory(), code="six"
    ),
    "orgs_checklistscheme_threshold_positive": lambda: make.ChecklistSchemeFactory(threshold=0),
    "orgs_checklistitem_order_once": lambda: twice(
        make.ChecklistItemFactory, scheme=make.ChecklistSchemeFactory(), order=1
    ),
    "orgs_enterprise_closed_after_opened": lambda: make.EnterpriseFactory(
        opened_on=DAY, closed_on=DAY
    ),
    "orgs_enterprise_excluded_with_reason": lambda: make.EnterpriseFactory(excluded_on=DAY),
    "orgs_enterprisefact_once_a_day": lambda: twice(
        make.EnterpriseFactFactory,
        enterprise=make.EnterpriseFactory(),
        kind=make.EnterpriseFactKindFactory(),
    ),
    "orgs_enterprisefact_not_negative": lambda: make.EnterpriseFactFactory(value=-1),
    "orgs_coverage_until_after_since": lambda: make.CoverageFactory(since=DAY, until=DAY),
    "orgs_coverage_one_open": two_open_coverages,
    "orgs_organizingplan_until_after_since": lambda: make.OrganizingPlanFactory(
        since=DAY, until=DAY
    ),
    "orgs_organizingplan_one_open": two_open_plans,
    "orgs_organizingplan_due_after_since": lambda: make.OrganizingPlanFactory(
        since=DAY, due_on=BEFORE
    ),
    "orgs_organization_name_once": same_name_below_one_parent,
    "orgs_organization_dissolved_after_founded": lambda: make.OrganizationFactory(
        founded_on=DAY, dissolved_on=DAY
    ),
    "orgs_organization_nonpublic_has_formation": lambda: make.OrganizationFactory(
        branch=True, formation=""
    ),
    "orgs_organization_merged_is_dissolved": lambda: make.OrganizationFactory(
        merged_into=make.OrganizationFactory()
    ),
    "orgs_organization_not_own_parent": own_parent,
    "orgs_person_joined_after_birth": lambda: make.PersonFactory(birth_on=DAY, joined_on=DAY),
    "orgs_membership_until_after_since": lambda: make.MembershipFactory(since=DAY, until=BEFORE),
    "orgs_membership_one_open": lambda: twice(make.MembershipFactory, person=make.PersonFactory()),
    "orgs_taglink_until_after_since": lambda: make.TagLinkFactory(since=DAY, until=BEFORE),
    "orgs_taglink_one_subject": two_subjects,
    "orgs_taglink_one_open_person": lambda: tagged_twice(person=make.PersonFactory()),
    "orgs_taglink_one_open_party_organization": lambda: tagged_twice(
        party_organization=make.OrganizationFactory()
    ),
    "orgs_taglink_one_open_enterprise": lambda: tagged_twice(enterprise=make.EnterpriseFactory()),
    "orgs_taglink_one_open_village": lambda: tagged_twice(village=make.VillageFactory()),
    "orgs_village_name_once": lambda: twice(
        make.VillageFactory,
        organization=make.OrganizationFactory(),
        party_organization=None,
        name="石桥村",
    ),
    "orgs_village_abolished_after_established": lambda: make.VillageFactory(
        established_on=DAY, abolished_on=DAY
    ),
    "orgs_village_established_after_planned": lambda: make.VillageFactory(
        planned_on=AFTER, established_on=DAY
    ),
    "orgs_villagefact_once_a_day": lambda: twice(
        make.VillageFactFactory, village=make.VillageFactory(), kind=make.VillageFactKindFactory()
    ),
    "orgs_villagefact_not_negative": lambda: make.VillageFactFactory(value=-1),
    "orgs_activity_present_of_due": lambda: make.ActivityFactory(due=17, present=18),
    "orgs_activity_once": lambda: twice(
        make.ActivityFactory, organization=make.OrganizationFactory(), topic="重温誓词"
    ),
    "orgs_attendance_once": lambda: twice(
        make.AttendanceFactory, activity=make.ActivityFactory(), person=make.PersonFactory()
    ),
    "orgs_attendance_absent_with_reason": lambda: make.AttendanceFactory(reason=""),
    "orgs_rhythm_once": lambda: twice(make.RhythmFactory, organization=make.OrganizationFactory()),
    "orgs_rhythm_until_after_since": lambda: make.RhythmFactory(since=DAY, until=BEFORE),
    "orgs_rhythm_times_positive": lambda: make.RhythmFactory(times=0),
    "orgs_pledge_fulfilled_after_pledged": lambda: make.PledgeFactory(
        pledged_on=DAY, fulfilled_on=BEFORE
    ),
    "orgs_pledge_once": lambda: twice(
        make.PledgeFactory, person=make.PersonFactory(), text="结对帮扶一户"
    ),
    "orgs_development_stage_once": lambda: twice(
        make.DevelopmentFactory, person=make.PersonFactory()
    ),
    "orgs_checklistresult_once_a_day": lambda: twice(
        make.ChecklistResultFactory,
        item=make.ChecklistItemFactory(),
        organization=make.OrganizationFactory(),
    ),
    "orgs_site_name_once": lambda: twice(
        make.SiteFactory, organization=make.OrganizationFactory(), name="党员活动室"
    ),
    "orgs_site_closed_after_opened": lambda: make.SiteFactory(opened_on=DAY, closed_on=DAY),
    "orgs_site_demonstration_after_opened": lambda: make.SiteFactory(
        opened_on=DAY, demonstration_since=BEFORE
    ),
    "orgs_rating_once_a_day": lambda: twice(
        make.RatingFactory, organization=make.OrganizationFactory()
    ),
    "orgs_rating_valid_after_given": lambda: make.RatingFactory(given_on=DAY, valid_until=DAY),
    "orgs_pairing_until_after_since": lambda: make.PairingFactory(since=DAY, until=DAY),
    "orgs_pairing_name_once": lambda: twice(
        make.PairingFactory, organization=make.OrganizationFactory(), name="村企共建"
    ),
    "orgs_pairingside_one_partner": lambda: make.PairingSideFactory(
        enterprise=make.EnterpriseFactory(), unit="大桥中学党支部"
    ),
    "orgs_pairingside_once_unit": lambda: on_both_sides(unit="大桥中学党支部"),
    "orgs_pairingside_once_party_organization": lambda: on_both_sides(
        party_organization=make.OrganizationFactory()
    ),
    "orgs_pairingside_once_enterprise": lambda: on_both_sides(enterprise=make.EnterpriseFactory()),
    "orgs_pairingside_once_village": lambda: on_both_sides(village=make.VillageFactory()),
}


def test_every_constraint_has_a_row_it_refuses():
    assert sorted(BROKEN) == sorted(RULES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_database_refuses(name):
    with pytest.raises(IntegrityError, match=refusal(*RULES[name])), transaction.atomic():
        BROKEN[name]()


@pytest.mark.parametrize("name", RULES)
def test_constraint_explains_itself_in_chinese(name):
    _model, rule = RULES[name]

    assert re.fullmatch(r"[一-鿿（）、，0-9]+。", rule.violation_error_message)


@pytest.mark.django_db
def test_tag_closed_before_can_be_given_again():
    person, tag = make.PersonFactory(), make.TagFactory()

    links = [
        make.TagLinkFactory(person=person, tag=tag, since=BEFORE, until=DAY),
        make.TagLinkFactory(person=person, tag=tag, since=DAY),
    ]

    assert list(person.tag_links.all()) == links


@pytest.mark.django_db
def test_work_coverage_may_stand_beside_an_organization():
    enterprise = make.EnterpriseFactory()

    links = [
        make.CoverageFactory(enterprise=enterprise),
        make.CoverageFactory(enterprise=enterprise, mode="work"),
        make.CoverageFactory(enterprise=enterprise, mode="work"),
    ]

    assert list(enterprise.coverages.all()) == links


@pytest.mark.django_db
def test_pairing_may_have_many_partners_of_a_sort():
    pairing = make.PairingFactory()

    sides = [
        make.PairingSideFactory(pairing=pairing, unit=unit, **partner)
        for unit, partner in [
            ("大桥中学党支部", {}),
            ("大桥医院党支部", {}),
            ("", {"enterprise": make.EnterpriseFactory()}),
            ("", {"enterprise": make.EnterpriseFactory()}),
        ]
    ]

    assert list(pairing.sides.all()) == sides
