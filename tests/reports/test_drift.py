"""Drift: which signed figures differ from today's records, by how much, and because of whom."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangjian.lib import periods
from dangjian.lib.figures import all_figures, all_registers
from dangjian.lib.figures.behind import columns_of, moments_of
from dangjian.lib.figures.reads import places_of
from orgs.middleware import scope_below
from orgs.models import Coverage, Role
from orgs.scope import EVERYTHING
from reports.desk import Desk
from reports.documents.build import build_document
from reports.documents.drift import changed_in_text, drift_of
from reports.documents.signing import prepare, sign
from reports.models import Kind
from tests.factories import (
    ActivityFactory,
    CoverageFactory,
    EnterpriseFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonFactory,
    UserFactory,
)

PERIOD = periods.year(2025, today=date(2025, 12, 31))


def sign_summary(organization):
    """The organization's summary of 2025 signed as it stands, whatever its checks say."""
    scope = scope_below(organization)
    document = build_document(Kind.SUMMARY, scope, PERIOD, unit="本级", office="本级")
    desk = Desk("本级", PERIOD, [])
    leader = UserFactory(role=Role.LEADER, organization=organization)
    return sign(prepared=prepare(organization, scope, document, desk), by=leader)


def drift(edition):
    return drift_of(edition, all_registers())


def figures(found):
    """{slug: (signed, now, difference)} of the figures that differ."""
    return {one.signed.slug: (one.signed.text, one.now_text, one.difference) for one in found}


def edits(found):
    """What each edit did: verb, record, and the fields changed, the earliest first."""
    return [
        (one.edit.verb, one.name, [(cell.column, cell.old, cell.new) for cell in one.cells])
        for one in reversed(found.edits)
    ]


@pytest.fixture
def member(root):
    person = PersonFactory(organization=root, name="张建国", birth_on=date(1980, 5, 1))
    return MembershipFactory(person=person, organization=root, since=date(2010, 1, 1))


@pytest.fixture
def coverage(root):
    branch = OrganizationFactory(parent=root, branch=True, founded_on=date(2020, 1, 1))
    enterprise = EnterpriseFactory(organization=root, name="锦川公司", opened_on=date(2019, 1, 1))
    return CoverageFactory(enterprise=enterprise, organization=branch, since=date(2021, 1, 1))


@pytest.fixture
def activity(root):
    return ActivityFactory(organization=root, held_on=date(2025, 5, 9), topic="五月座谈会")


@pytest.fixture
def edition(root, member, coverage, activity):
    return sign_summary(root)


def test_unchanged_records_have_no_drift(edition):
    found = drift(edition)

    assert (found.figures, found.edits) == ([], [])
    assert changed_in_text(edition, all_registers()) == []


def test_birth_date_drifts_the_ages_it_enters(edition, member):
    member.person.birth_on = date(1970, 5, 1)
    member.person.save()

    found = drift(edition)

    assert figures(found.figures) == {
        "orgs.members_mean_age": ("45岁", "55岁", "增加10岁"),
        "orgs.members_median_age": ("45岁", "55岁", "增加10岁"),
    }
    assert edits(found) == [("修改", "张建国", [("出生年月", "1980-05-01", "1970-05-01")])]


def test_coverage_ended_drifts_what_it_covered(edition, coverage):
    coverage.until = date(2025, 6, 1)
    coverage.save()

    found = drift(edition)

    assert figures(found.figures)["orgs.coverage_rate"] == (
        "100.00%",
        "0.00%",
        "下降100.00个百分点",
    )
    assert edits(found) == [
        ("修改", str(Coverage.objects.get()), [("截止日期", "（空）", "2025-06-01")])
    ]
    assert {row.name for one in found.figures for side in one.sides for row in side.rows} == {
        "锦川公司"
    }


def test_deleted_activity_drifts_what_counted_it(edition, activity):
    activity.delete()

    found = drift(edition)

    assert figures(found.figures)["orgs.activities"] == ("1次", "0次", "减少1次")
    assert edits(found) == [("删除", str(activity), [])]


def test_three_edits_drift_exactly_their_figures(edition, member, coverage, activity):
    member.person.birth_on = date(1970, 5, 1)
    member.person.save()
    coverage.until = date(2025, 6, 1)
    coverage.save()
    activity.delete()

    found = drift(edition)

    assert [verb for verb, *_ in edits(found)] == ["修改", "修改", "删除"]
    touched = {one.edit.model.__name__: set(one.figures) for one in found.edits}
    assert touched["Person"].isdisjoint(touched["Coverage"] | touched["Activity"])
    assert {one.signed.name for one in found.figures} == set().union(*touched.values())


def test_edit_is_told_with_who_did_it(edition, member, as_role, root):
    clerk = as_role(Role.CLERK, root)
    member.person.name = "张建军"
    member.person.birth_on = date(1970, 5, 1)
    member.person.save()
    member.person.history.filter(history_type="~").update(
        history_user=clerk.session["_auth_user_id"]
    )

    (one,) = drift(edition).edits

    assert one.edit.by == UserFactory._meta.model.objects.get(role=Role.CLERK).name


def test_edits_before_signing_are_not_named(root, member):
    member.person.birth_on = date(1975, 5, 1)
    member.person.save()
    edition = sign_summary(root)
    member.person.birth_on = date(1970, 5, 1)
    member.person.save()

    assert edits(drift(edition)) == [("修改", "张建国", [("出生年月", "1975-05-01", "1970-05-01")])]


def test_edit_of_what_no_figure_reads_is_no_drift(edition, member, coverage):
    member.person.name = "张建军"
    member.person.save()
    coverage.enterprise.name = "别的公司"
    coverage.enterprise.save()

    assert drift(edition).figures == []


def test_edit_of_another_column_of_the_record_is_not_named(edition, member):
    member.person.name = "张建军"
    member.person.save()
    member.person.birth_on = date(1970, 5, 1)
    member.person.save()

    assert edits(drift(edition)) == [("修改", "张建军", [("出生年月", "1980-05-01", "1970-05-01")])]


def test_edit_beside_another_is_not_named_with_it(edition, coverage, root):
    """Another enterprise's coverage, edited but not to any effect on the figures."""
    other = CoverageFactory(
        enterprise=EnterpriseFactory(organization=root, opened_on=date(2026, 2, 1)),
        organization=coverage.organization,
        since=date(2026, 3, 1),
    )
    other.until = date(2026, 4, 1)
    other.save()
    coverage.until = date(2025, 6, 1)
    coverage.save()

    assert {one.edit.pk for one in drift(edition).edits} == {coverage.pk}


def test_edit_taken_back_is_no_drift(edition, member):
    for birth_on in (date(1970, 5, 1), date(1980, 5, 1)):
        member.person.birth_on = birth_on
        member.person.save()

    assert drift(edition).figures == []


def test_row_added_since_is_told(edition, root):
    ActivityFactory(organization=root, held_on=date(2025, 7, 1), topic="七月座谈会")

    found = drift(edition)

    assert figures(found.figures)["orgs.activities"] == ("1次", "2次", "增加1次")
    assert [(verb, name) for verb, name, _ in edits(found)] == [("新增", "七月座谈会")]


def test_row_for_row_exchange_is_drift_though_the_number_stands(edition, activity, root):
    activity.delete()
    ActivityFactory(organization=root, held_on=date(2025, 5, 9), kind=activity.kind, topic="补录")

    found = drift(edition)

    assert figures(found.figures)["orgs.activities"] == ("1次", "1次", "数未变")
    assert changed_in_text(edition, all_registers()) == []


def test_figure_over_a_closed_register_is_not_told(edition, activity):
    activity.delete()
    open_registers = [one for one in all_registers() if one.slug != "orgs.activities"]

    found = drift_of(edition, open_registers)

    assert not any("orgs.activities" in one.signed.registers for one in found.figures)


def test_time_passing_is_no_drift(edition, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2031, 1, 1))

    assert drift(edition).figures == []


def test_queries_do_not_grow_with_rows_or_edits(root):
    def queries_after(count):
        for person in PersonFactory.create_batch(count, organization=root):
            MembershipFactory(person=person, organization=root, since=date(2010, 1, 1))
        edition = sign_summary(root) if count == 1 else editions[-1]
        editions.append(edition)
        for membership in root.memberships.select_related("person"):
            membership.person.birth_on = membership.person.birth_on.replace(year=1960 + count)
            membership.person.save()
        drift(edition)
        with CaptureQueriesContext(connection) as queries:
            assert drift(edition).edits
        return len(queries)

    editions = []
    assert len({queries_after(count) for count in (1, 3, 15)}) == 1


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.slug)
def test_every_table_a_figure_reads_is_tied_to_its_rows(figure, db):
    """Else an edit anywhere in the table would be named for every row."""
    columns = columns_of(figure, moments_of([figure], EVERYTHING, PERIOD))

    places = [places_of(column.rows(EVERYTHING)) for column in columns]

    assert [place for found in places for place in found if place.path is None] == []
    assert [found[0].path for found in places] == [()] * len(columns)
