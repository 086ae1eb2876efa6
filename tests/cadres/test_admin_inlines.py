"""Rows entered on the page of a pairing, posting, talk, recruitment or task: none comes twice."""

from datetime import date

import pytest

from orgs.models import Role
from tests import factories as make
from tests.access.pages import admin_url, complaints, opened, with_row

UNSEEN = "与一条本页没有的记录冲突：它由他人刚刚录入，或属于其他党组织。"
TRADED = "与本页另一行原有的内容相同，请先保存那一行的修改，再改这一行。"
TARGET_ONCE = "同一派驻单位只能填一次。"
PARTNER_ONCE = "同一共建单位只能填一次。"


@pytest.fixture
def clerk(root, as_role):
    return as_role(Role.CLERK, root)


def enterprise(root):
    return make.EnterpriseFactory(organization=root).pk


def village(root):
    return make.VillageFactory(organization=root).pk


def organization(root):
    return make.OrganizationFactory(parent=root).pk


def person(root):
    return make.PersonFactory(organization=root).pk


VISIT = {"visited_on": "2025/06/10", "content": "了解情况"}
PROGRESS = {"reported_on": "2025/06/30", "percent": "50", "note": "按计划推进"}
# The page, the rows on it, what makes one row (a callable: of the root), and the refusal.
TWICE = [
    (make.PairingFactory, "sides", {"side": "first", "unit": "大桥中学党支部"}, PARTNER_ONCE),
    (make.PairingFactory, "sides", {"side": "first", "enterprise": enterprise}, PARTNER_ONCE),
    (make.PairingFactory, "sides", {"side": "first", "village": village}, PARTNER_ONCE),
    (
        make.PairingFactory,
        "sides",
        {"side": "first", "party_organization": organization},
        PARTNER_ONCE,
    ),
    (make.PostingFactory, "targets", {"enterprise": enterprise}, TARGET_ONCE),
    (make.PostingFactory, "targets", {"village": village}, TARGET_ONCE),
    (make.PostingFactory, "targets", {"party_organization": organization}, TARGET_ONCE),
    (
        make.PostingFactory,
        "visits",
        {**VISIT, "enterprise": enterprise},
        "当天已有对这家企业的走访。",
    ),
    (make.RecruitmentFactory, "recruits", {"person": person}, "该人员已在这一批次中。"),
    (make.TalkFactory, "people", {"person": person}, "同一谈话中每人只填一次。"),
    (make.KeyTaskFactory, "task_villages", {"village": village}, "同一村（社区）只填一次。"),
    (make.KeyTaskFactory, "progress", PROGRESS, "当天已有一条进展。"),
]
IDS = [f"{prefix}-{list(row)[-1]}" for _factory, prefix, row, _words in TWICE]


def kept_by(factory, root):
    if factory is make.KeyTaskFactory:
        return factory(programme__organization=root)
    return factory(organization=root)


def filled(row, root):
    return {name: value(root) if callable(value) else value for name, value in row.items()}


@pytest.mark.parametrize("case", TWICE, ids=IDS)
def test_two_new_rows_of_one_thing_are_refused(root, clerk, case):
    factory, prefix, row, words = case
    parent, typed = kept_by(factory, root), filled(row, root)
    data = with_row(opened(clerk, admin_url(parent)), prefix, **typed)

    response = clerk.post(admin_url(parent), with_row(data, prefix, **typed))

    assert (response.status_code, words in str(complaints(response))) == (200, True)


@pytest.mark.parametrize("case", TWICE, ids=IDS)
def test_row_stored_already_is_refused(root, clerk, case):
    factory, prefix, row, words = case
    parent, typed = kept_by(factory, root), filled(row, root)
    first = with_row(opened(clerk, admin_url(parent)), prefix, **typed)
    entered = clerk.post(admin_url(parent), first).status_code
    data = with_row(opened(clerk, admin_url(parent)), prefix, **typed)

    response = clerk.post(admin_url(parent), data)

    assert (entered, response.status_code) == (302, 200)
    assert words in str(complaints(response))


@pytest.mark.parametrize("case", TWICE, ids=IDS)
def test_row_entered_by_somebody_else_meanwhile_is_refused(root, clerk, case):
    factory, prefix, row, words = case
    parent, typed = kept_by(factory, root), filled(row, root)
    data = with_row(opened(clerk, admin_url(parent)), prefix, **typed)
    entered = clerk.post(admin_url(parent), data).status_code

    response = clerk.post(admin_url(parent), data)

    assert (entered, response.status_code) == (302, 200)
    said = str(complaints(response))
    assert words in said or UNSEEN in said


def test_visits_of_a_day_to_no_enterprise_are_entered(root, clerk):
    posting = make.PostingFactory(organization=root, kind="instructor")
    data = with_row(opened(clerk, admin_url(posting)), "visits", **VISIT)

    response = clerk.post(admin_url(posting), with_row(data, "visits", **VISIT))

    assert (response.status_code, posting.visits.count()) == (302, 2)


def test_partners_do_not_trade_places(root, clerk):
    pairing = make.PairingFactory(organization=root)
    for side, unit in (("first", "大桥中学党支部"), ("second", "大桥医院党支部")):
        make.PairingSideFactory(pairing=pairing, side=side, unit=unit)
    typed = {"sides-0-unit": "大桥医院党支部", "sides-1-unit": "大桥中学党支部"}

    response = clerk.post(admin_url(pairing), opened(clerk, admin_url(pairing)) | typed)

    assert (response.status_code, TRADED in str(complaints(response))) == (200, True)


def test_days_of_two_reports_do_not_trade_places(root, clerk):
    task = make.KeyTaskFactory(programme__organization=root)
    for day in (date(2025, 6, 30), date(2025, 3, 31)):
        make.ProgressFactory(task=task, reported_on=day)
    typed = {"progress-0-reported_on": "2025/03/31", "progress-1-reported_on": "2025/06/30"}

    response = clerk.post(admin_url(task), opened(clerk, admin_url(task)) | typed)

    assert (response.status_code, TRADED in str(complaints(response))) == (200, True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"side": "first"}, "每行只填一个党组织、企业、村（社区）或外部单位。"),
        ({"side": "first", "unit": "大桥中学", "enterprise": enterprise}, "每行只填一个党组织"),
    ],
)
def test_side_names_exactly_one_partner(root, clerk, typed, words):
    pairing = make.PairingFactory(organization=root)
    data = with_row(opened(clerk, admin_url(pairing)), "sides", **filled(typed, root))

    response = clerk.post(admin_url(pairing), data)

    assert (response.status_code, words in str(complaints(response))) == (200, True)
