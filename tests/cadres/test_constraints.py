"""The database refuses each bad state, whoever writes it."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.access.rules import declared, refusal

DAY = date(2025, 3, 1)
RULES = declared("cadres")


def twice(factory, **values):
    factory(**values)
    factory(**values)


def targeted_twice(**target):
    twice(make.PostingTargetFactory, posting=make.PostingFactory(), **target)


# What each constraint refuses.
BROKEN = {
    "cadres_cadre_until_after_since": lambda: make.CadreFactory(since=DAY, until=DAY),
    "cadres_cadre_one_open": lambda: twice(make.CadreFactory, person=make.PersonFactory()),
    "cadres_reservelisting_until_after_since": lambda: make.ReserveListingFactory(
        since=DAY, until=DAY, outcome="removed"
    ),
    "cadres_reservelisting_one_open": lambda: twice(
        make.ReserveListingFactory, person=make.PersonFactory()
    ),
    "cadres_reservelisting_outcome_with_end": lambda: make.ReserveListingFactory(
        outcome="appointed"
    ),
    "cadres_studyreview_once_a_year": lambda: twice(
        make.StudyReviewFactory, person=make.PersonFactory()
    ),
    "cadres_studyreview_score_percent": lambda: make.StudyReviewFactory(score=101),
    "cadres_posting_until_after_since": lambda: make.PostingFactory(since=DAY, until=DAY),
    "cadres_posting_once_a_day": lambda: twice(make.PostingFactory, person=make.PersonFactory()),
    "cadres_posting_secondment_names_project": lambda: make.PostingFactory(kind="secondment"),
    "cadres_posting_rotation_names_department": lambda: make.PostingFactory(kind="rotation"),
    "cadres_postingtarget_one_target": lambda: make.PostingTargetFactory(
        enterprise=make.EnterpriseFactory(), party_organization=make.OrganizationFactory()
    ),
    "cadres_postingtarget_once_party_organization": lambda: targeted_twice(
        party_organization=make.OrganizationFactory()
    ),
    "cadres_postingtarget_once_enterprise": lambda: targeted_twice(
        enterprise=make.EnterpriseFactory()
    ),
    "cadres_postingtarget_once_village": lambda: targeted_twice(village=make.VillageFactory()),
    "cadres_visit_once_a_day": lambda: twice(
        make.VisitFactory, posting=make.PostingFactory(), enterprise=make.EnterpriseFactory()
    ),
    "cadres_recruitment_name_once": lambda: twice(
        make.RecruitmentFactory, organization=make.OrganizationFactory(), name="2024年招聘"
    ),
    "cadres_recruit_person_once": lambda: twice(
        make.RecruitFactory, recruitment=make.RecruitmentFactory(), person=make.PersonFactory()
    ),
    "cadres_recruit_hired_with_probation": lambda: make.RecruitFactory(hired=True, result=""),
    "cadres_recruit_left_after_hired": lambda: make.RecruitFactory(left_on=DAY),
    "cadres_talk_once": lambda: twice(
        make.TalkFactory, organization=make.OrganizationFactory(), reason="工作滞后"
    ),
    "cadres_talkperson_once": lambda: twice(
        make.TalkPersonFactory, talk=make.TalkFactory(), person=make.PersonFactory()
    ),
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
@pytest.mark.parametrize(
    ("rule", "recruit"),
    [
        ("hired_with_probation", {"hired": True, "probation_ends_on": None}),
        ("hired_with_probation", {"hired": True, "probation_ends_on": date(2025, 2, 17)}),
        ("hired_with_probation", {"hired": True, "result": ""}),
        ("hired_with_probation", {"result": "passed"}),
        ("left_after_hired", {"left_on": date(2025, 6, 1)}),
        ("left_after_hired", {"hired": True, "left_on": date(2025, 2, 17)}),
    ],
)
def test_recruit_cannot_be_half_hired(rule, recruit):
    with (
        pytest.raises(IntegrityError, match=f"cadres_recruit_{rule}"),
        transaction.atomic(),
    ):
        make.RecruitFactory(**recruit)


@pytest.mark.django_db
def test_visits_of_a_day_to_no_enterprise_stand_side_by_side():
    posting = make.PostingFactory(kind="instructor")

    visits = [make.VisitFactory(posting=posting) for _ in range(2)]

    assert list(posting.visits.all()) == visits


@pytest.mark.django_db
def test_reserve_who_was_removed_may_be_listed_again():
    person = make.PersonFactory()

    listings = [
        make.ReserveListingFactory(
            person=person, since=date(2024, 1, 1), until=DAY, outcome="removed"
        ),
        make.ReserveListingFactory(person=person, since=DAY),
    ]

    assert list(person.reserve_listings.all()) == listings


@pytest.mark.django_db
@pytest.mark.parametrize(("since", "is_refused"), [(date(2025, 2, 1), True), (DAY, False)])
def test_listings_for_one_post_do_not_overlap(since, is_refused):
    earlier = make.ReserveListingFactory(since=date(2024, 1, 1), until=DAY, outcome="removed")
    listing = make.ReserveListingFactory.build(
        organization=earlier.organization, person=earlier.person, since=since
    )

    assert complaint(listing) == (
        {"since": ["与该人员在同一培养方向的后备时间重叠。"]} if is_refused else {}
    )


@pytest.mark.django_db
def test_posts_of_one_cadre_do_not_overlap():
    earlier = make.CadreFactory(post="组织委员", since=date(2020, 9, 1), until=DAY)
    post = make.CadreFactory.build(
        organization=earlier.organization, person=earlier.person, since=date(2024, 1, 1)
    )

    assert complaint(post) == {"since": ["与该人员的任职“组织委员”时间重叠。"]}


def complaint(row):
    """What the row's form would complain of."""
    try:
        row.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}
