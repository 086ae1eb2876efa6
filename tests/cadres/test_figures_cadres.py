"""Where the definitions of the figures of cadres draw their lines."""

from datetime import date, timedelta

import pytest

from cadres.models import Posting, Recruit, Talk
from dangjian.lib import periods
from dangjian.lib.figures import compute
from orgs.models import Coverage
from orgs.scope import EVERYTHING, Scope
from tests.factories import (
    CadreFactory,
    CoverageFactory,
    EnterpriseFactory,
    PostingFactory,
    PostingTargetFactory,
    RecruitFactory,
    ReserveListingFactory,
    StudyReviewFactory,
    TalkPersonFactory,
    VillageFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
DAY = timedelta(days=1)
PERIOD = periods.year(2025)


def number(slug, scope=EVERYTHING, period=PERIOD):
    return compute([f"cadres.{slug}"], scope, period)[f"cadres.{slug}"].number


def numbers(*slugs):
    return [number(slug) for slug in slugs]


def test_cadre_who_left_on_the_last_day_is_no_cadre(root):
    CadreFactory(organization=root, until=LAST + DAY, rank=3)
    CadreFactory(organization=root, until=LAST, rank=3)
    CadreFactory(organization=root, rank=1)

    assert numbers("cadres", "section_cadres") == [2, 1]


def test_first_secretary_counts_from_the_first_day_until_the_last(root):
    PostingFactory(organization=root, since=LAST, until=None)
    PostingFactory(organization=root, until=LAST + DAY)
    PostingFactory(organization=root, until=LAST)
    PostingFactory(organization=root, since=LAST + DAY)

    assert number("first_secretaries") == 2


def test_first_secretary_who_is_a_leader_no_more_is_not_a_leading_one(root):
    leader = CadreFactory(organization=root, is_leader=True)
    retired = CadreFactory(organization=root, is_leader=True, until=LAST)
    clerk = CadreFactory(organization=root)
    for cadre in (leader, retired, clerk):
        PostingFactory(organization=root, person=cadre.person)

    assert numbers("first_secretaries", "leading_first_secretaries") == [3, 1]


def test_secondment_that_ended_in_the_year_counts(root):
    seconded = {"organization": root, "kind": Posting.Kind.SECONDMENT, "project": "征地拆迁"}
    PostingFactory(**seconded, until=FIRST + DAY)
    PostingFactory(**seconded, until=FIRST)
    PostingFactory(**seconded, since=LAST)

    assert number("secondments") == 2


@pytest.mark.parametrize(
    ("recruit", "found"),
    [
        ({}, [0, 0]),
        ({"hired": True}, [1, 0]),
        ({"hired": True, "result": Recruit.Result.PASSED}, [1, 1]),
        ({"hired": True, "result": Recruit.Result.FAILED}, [1, 0]),
        ({"hired": True, "result": Recruit.Result.PASSED, "probation_ends_on": LAST}, [1, 1]),
        ({"hired": True, "result": Recruit.Result.PASSED, "probation_ends_on": LAST + DAY}, [1, 0]),
        ({"hired": True, "hired_on": FIRST}, [1, 0]),
        ({"hired": True, "hired_on": FIRST - DAY}, [0, 0]),
    ],
)
def test_recruit_is_hired_then_passes(recruit, found):
    RecruitFactory(**recruit)

    assert numbers("recruits_hired", "recruits_passed") == found


@pytest.mark.parametrize(
    ("posting", "found"),
    [
        ({}, 1),
        ({"until": LAST}, 0),
        ({"until": LAST + DAY}, 1),
        ({"kind": Posting.Kind.FIRST_SECRETARY}, 0),
    ],
)
def test_recruit_is_posted_while_sent_to_a_village(posting, found):
    recruit = RecruitFactory(hired=True)
    sent = {"kind": Posting.Kind.VILLAGE_POST, "since": date(2025, 9, 1), **posting}
    PostingTargetFactory(
        posting__organization=recruit.recruitment.organization,
        posting__person=recruit.person,
        **{f"posting__{name}": value for name, value in sent.items()},
    )

    assert number("recruits_posted") == found


def test_recruit_with_two_postings_is_one_recruit(root):
    recruit = RecruitFactory(hired=True, recruitment__organization=root)
    for since in (date(2025, 9, 1), date(2025, 10, 1)):
        PostingTargetFactory(
            posting__organization=root,
            posting__person=recruit.person,
            posting__kind=Posting.Kind.VILLAGE_POST,
            posting__since=since,
            village__organization=root,
        )

    assert numbers("recruits_posted", "village_posts") == [1, 2]


def test_applicants_are_those_of_rounds_that_hired_in_the_year(root):
    hired = RecruitFactory(hired=True, recruitment__organization=root)
    RecruitFactory.create_batch(2, recruitment=hired.recruitment)
    RecruitFactory(recruitment__organization=root)

    assert number("applicants") == 3


def test_enterprise_with_an_instructor_is_covered_by_work(root):
    covered = CoverageFactory(enterprise__organization=root).enterprise
    instructed, visited_before, neither = EnterpriseFactory.create_batch(3, organization=root)
    sent = {"posting__organization": root, "posting__kind": Posting.Kind.INSTRUCTOR}
    for enterprise in (covered, instructed):
        PostingTargetFactory(enterprise=enterprise, **sent)
    PostingTargetFactory(enterprise=visited_before, **sent, posting__until=LAST)
    CoverageFactory(enterprise=neither, mode=Coverage.Mode.WORK)

    assert numbers("enterprises_instructed", "work_covered") == [2, 2]
    assert number("work_coverage_rate") == 50


def test_first_secretary_sent_to_an_enterprise_is_no_instructor(root):
    enterprise = EnterpriseFactory(organization=root)
    PostingTargetFactory(posting__organization=root, enterprise=enterprise)

    assert number("enterprises_instructed") == 0


def test_problem_solved_is_part_of_the_problems(root):
    visit = {"posting__organization": root}
    VisitFactory(**visit, problem="招工难", is_solved=True)
    VisitFactory(**visit, problem="道路破损")
    VisitFactory(**visit, is_solved=True)
    VisitFactory(**visit, problem="去年的问题", visited_on=FIRST - DAY)

    assert numbers("visits", "visit_problems", "visit_problems_solved") == [3, 2, 1]


def test_reserve_appointed_on_the_last_day_is_off_the_list(root):
    ReserveListingFactory(organization=root, since=FIRST - DAY)
    ReserveListingFactory(organization=root, until=LAST, outcome="appointed")
    ReserveListingFactory(organization=root, since=FIRST)

    assert numbers("reserves", "reserves_change") == [2, 0]


def test_talks_count_each_person(root):
    for kind, people in ((Talk.Kind.COLLECTIVE, 3), (Talk.Kind.ADMONITION, 1)):
        talk = TalkPersonFactory(talk__organization=root, talk__kind=kind).talk
        TalkPersonFactory.create_batch(people - 1, talk=talk)
    TalkPersonFactory(talk__organization=root, talk__held_on=FIRST - DAY)

    assert numbers("talks", "collective_talks", "reminders", "admonitions") == [4, 3, 0, 1]


def test_study_of_the_year_that_is_rated_after_it_does_not_count(root):
    StudyReviewFactory(organization=root, grade=4, score=90)
    StudyReviewFactory(organization=root, reviewed_on=LAST + DAY)
    StudyReviewFactory(organization=root, year=2024, reviewed_on=FIRST)

    assert numbers("reviewed", "reviewed_excellent", "review_mean_score") == [1, 1, 90]


def test_village_sees_the_first_secretary_sent_to_it_only(root):
    village, other = VillageFactory.create_batch(2, organization=root)
    for place in (village, other):
        PostingTargetFactory(posting__organization=root, village=place)

    assert number("first_secretaries", Scope(village.party_organization_id)) == 1


@pytest.mark.parametrize(
    ("owed", "since", "months", "number_behind"),
    [
        (1, FIRST, range(1, 13), 0),
        (1, FIRST, [*range(1, 5), *range(6, 13)], 1),
        (2, FIRST, range(1, 13), 1),
        (None, FIRST, [], 0),
        # The month it began in was not a whole one.
        (1, date(2025, 11, 2), [12], 0),
        (1, date(2025, 11, 1), [12], 1),
    ],
)
def test_visits_are_held_against_the_duty_of_each_whole_month(owed, since, months, number_behind):
    posting = PostingFactory(kind=Posting.Kind.INSTRUCTOR, since=since, visits_per_month=owed)
    for month in months:
        VisitFactory(posting=posting, visited_on=date(2025, month, 28))

    assert number("visiting_too_little") == number_behind
