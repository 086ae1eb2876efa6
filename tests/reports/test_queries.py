"""How many queries each page takes: as many for 150 villages as for one.

The numbers are exact. One that rises is a page that got slower; say why where it is raised.
"""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dangjian.lib.crosstables import all_crosstables
from dangjian.lib.figures import all_registers
from elections.models import BodyKind, Term
from orgs.models import Activity, Organization, Role, Village
from tests import factories

SIZES = [1, 3, 15, 150]
# Session, user, office (and how many roots the tree has), units to narrow the page to.
FRAME = 4
MOST = 15
PAGES = {
    "dashboard": "/",
    "figures": "/figures/",
    "summary": "/reports/2025/summary/",
    "plan": "/reports/2025/plan/",
    "plan_item_new": "/plan-items/new/?year=2025",
    "fulfilment": "/reports/2025/plan/fulfilment/",
    "tables": "/reports/2025/tables/",
    **{f"table {one.slug}": f"/reports/2025/tables/{one.slug}/" for one in all_crosstables()},
    "checks": "/reports/2025/checks/",
    "proofread": "/reports/proofread/",
    "failing checks": "/reports/2025/checks/failing/",
    "claims": "/reports/2025/claims/",
    "coverage": "/coverage/",
    "coverage on a day": "/coverage/?on=2025-06-30",
    "search": "/search/?q=村",
    "term": "/elections/{term}/",
    "term_village": "/elections/{term}/villages/{village}/",
    "expiry": "/elections/expiry/",
    "roster": "/elections/rosters/{election}/",
    "activities": "/activities/",
    "activity_new": "/activities/new/?organization={organization}",
    "activity": "/activities/{activity}/",
    "checklists": "/checklists/",
    "checklist_round": "/checklists/{organization}/",
    "village": "/villages/{village}/",
    "person": "/people/{person}/",
    "summary_sign": "/reports/2023/summary/sign/",
    "edition": "/reports/editions/{edition}/",
    "edition_drift": "/reports/editions/{edition}/drift/",
    "edition_rows": "/reports/editions/{edition}/rows/?figure=orgs.members",
    "summary_edit": "/reports/2023/summary/edit/",
    "summary_history": "/reports/2023/summary/edit/history/",
    "section": "/reports/sections/{section}/",
    "section_history": "/reports/sections/{section}/history/",
    "figure_picker": "/figures/picker/?q=平均年龄",
    "import_start": "/imports/start/",
    **{register.slug: f"/registers/{register.slug}/" for register in all_registers()},
    "count": "/registers/orgs.members/?figure=orgs.women_members",
    "share": "/registers/orgs.members/?figure=orgs.women_members_rate",
    "change": "/registers/elections.seats/?figure=elections.party_members_change",
    "check": "/registers/orgs.members/?check=orgs.formal_members",
}


class Subdistrict:
    """An office whose villages all have the same: members, an enterprise and its branch, teams."""

    def __init__(self):
        self.root = factories.OrganizationFactory(subdistrict=True)
        factories.OfficeFactory(organization=self.root)
        self.last, self.term = (
            factories.TermFactory(
                organization=self.root, name=f"{year}年换届", starts_on=f"{year}-01-10",
                completed_on=f"{year}-04-30", ends_on=f"{year + 5}-01-10",
            )
            for year in (2020, 2025)
        )  # fmt: skip
        Term.objects.filter(pk=self.term.pk).update(previous=self.last)
        self.kinds = [
            factories.BodyKindFactory(),
            factories.BodyKindFactory(code=BodyKind.COMMITTEE, name="村（居）民委员会"),
        ]
        self.theme_day = factories.ActivityKindFactory(code="theme_day")
        factories.RhythmFactory(
            organization=self.root, kind=self.theme_day, level=Organization.Level.GENERAL_BRANCH
        )
        factories.ChecklistItemFactory(scheme__organization=self.root)
        self.edition = factories.EditionFactory(
            organization=self.root,
            signed_by__organization=None,
            year=2023,
        )
        self.section = factories.SectionFactory(
            report__organization=self.root, report__year=2023, text="共有党员{orgs.members}。"
        )
        factories.DraftFactory(section=self.section, user__organization=self.root)
        self.size = 0

    def grow(self, size):
        more, self.size = size - self.size, size
        keepers = made(factories.OrganizationFactory, more, parent=self.root)
        villages = made(
            factories.VillageFactory,
            more,
            organization=self.root,
            party_organization=iter(keepers),
        )
        for keeper, village in zip(keepers, villages, strict=True):
            keeper.village = village
        Organization.objects.bulk_update(keepers, ["village"])
        people = made(factories.PersonFactory, more, organization=iter(keepers))
        made(factories.MembershipFactory, more, person=iter(people), organization=iter(keepers))
        made(factories.ClaimFactory, more, organization=self.root)
        self.add_enterprises(more, villages, keepers)
        self.add_activities(more, keepers, people)
        for kind in self.kinds:
            self.add_teams(kind, more, villages, people)

    def add_activities(self, more, keepers, people):
        kept = {"organization": iter(keepers), "kind": self.theme_day}
        activities = made(factories.ActivityFactory, more, **kept)
        made(
            factories.AttendanceFactory, more, activity=iter(activities), person=iter(people),
            reason="生病", presence="absent",
        )  # fmt: skip

    def add_enterprises(self, more, villages, keepers):
        branches = made(
            factories.OrganizationFactory,
            more,
            branch=True,
            parent=iter(keepers),
            village=iter(villages),
        )
        enterprises = made(
            factories.EnterpriseFactory, more, organization=iter(keepers), village=iter(villages)
        )
        made(
            factories.CoverageFactory,
            more,
            enterprise=iter(enterprises),
            organization=iter(branches),
        )

    def add_teams(self, kind, more, villages, people):
        bodies = made(
            factories.BodyFactory,
            more,
            kind=kind,
            village=iter(villages),
            organization=iter([village.party_organization for village in villages]),
        )
        for term, since, until in (
            (self.last, "2020-03-10", "2025-03-10"),
            (self.term, "2025-03-10", None),
        ):
            elections = made(
                factories.ElectionFactory, more, term=term, body=iter(bodies), held_on=since,
                due_on=since,
            )  # fmt: skip
            made(factories.BallotsFactory, more, election=iter(elections))
            made(
                factories.SeatFactory,
                more,
                election=iter(elections),
                person=iter(people),
                since=since,
                until=until,
                education=4,
            )


def made(factory, count, **values):
    """So many new rows in one statement; of an iterator each takes the next."""
    rows = [
        factory.build(
            **{key: next(one) if hasattr(one, "__next__") else one for key, one in values.items()}
        )
        for _ in range(count)
    ]
    return factory._meta.model.objects.bulk_create(rows)


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """The number of queries of each page at each size."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        # The time of last use is stored once a minute, which on a slow machine ends in between.
        patch.setattr("dangjian.sessions.REFRESH_SECONDS", 3600)
        subdistrict, found = Subdistrict(), {name: [] for name in PAGES}
        client = Client()
        client.force_login(factories.UserFactory(role=Role.CLERK, organization=subdistrict.root))
        client.get("/figures/")  # the first page of a session stores its beginning, too
        for size in SIZES:
            subdistrict.grow(size)
            for name, address in PAGES.items():
                found[name].append(queries_of(client, address, subdistrict))
        yield found
        transaction.set_rollback(True)


def queries_of(client, address, subdistrict):
    village, election = Village.objects.first(), subdistrict.term.elections.first()
    keys = {"term": subdistrict.term, "village": village, "election": election}
    keys |= {"organization": village.party_organization, "activity": Activity.objects.first()}
    keys |= {"person": election.seats.first().person, "section": subdistrict.section}
    keys |= {"edition": subdistrict.edition}
    path = address.format(**{name: row.pk for name, row in keys.items()})
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, address
    return len(queries)


@pytest.fixture(autouse=True)
def _database(db):
    """That pytest makes the database the counts are taken in."""


# One for each register and baseline, and one that finds the last term.
SUMMARY = 20 + 4 + 1
# Villages that stand and all villages; of a table each register and baseline twice, by village and
# as a whole.
VILLAGES = 2
NUMBERS = {
    "dashboard": FRAME + 17,
    # Last, the office's own figures: those in sight, and those to be changed.
    "figures": FRAME + 31 + 6 + 1 + 2,
    # Beside its figures: the plan it answers, what was explained, and its signed editions.
    "summary": FRAME + SUMMARY + 4,
    "tables": FRAME,
    # Four registers, two of them at the last term; a query finds that, each time and for the links.
    "table elections": FRAME + VILLAGES + 2 * (4 + 2 + 1) + 1,
    "table cadres": FRAME + VILLAGES + 2 * (5 + 1),
    # The rows, and a query for each register of the totals.
    "table enterprises": FRAME + 1 + 2,
    "table recruits": FRAME + 1 + 1,
    "table tasks": FRAME + 1 + 1,
    # One for each kind of record.
    "search": FRAME + 6,
    # The figures of two rounds, whole and by village; the table of what changed.
    "term": 23 + 2 + 4,
    # The round, the village, its seats of both rounds, what else their holders were and are, two
    # registers of changes, first secretaries.
    "term_village": FRAME + 2 + 2 + 2 + 2 + 1,
    # Two registers, and the rows of two figures in each.
    "expiry": FRAME + 2 + 4,
    # The person, and one for each kind of record.
    "person": FRAME + 1 + 11,
    # The edition, its files, how many roots there are, its one figure now, the paper's editions.
    "edition": FRAME + 5,
    # The edition, the roots; of its one figure rows and value; edits of the two tables it reads.
    "edition_drift": FRAME + 4 + 2,
    # The edition, and the names of the rows.
    "edition_rows": FRAME + 2,
    # The sections, and who is writing them.
    "summary_edit": FRAME + 2,
    # The text, its versions, and which sections are still there or gone.
    "summary_history": FRAME + 4,
    # The section, the user's own draft, everybody's, and one for each register of the preview.
    "section": FRAME + 3 + 1,
    "section_history": FRAME + 2,
    # The election, its seats, names offered, the next one.
    "roster": FRAME + 4,
    # Three registers; organizations, rhythms, what was held and when last; the newest activities.
    "activities": FRAME + 3 + 4 + 1,
    # Whether there is one organization only, those to choose from, kinds, pairings, names offered.
    "activity_new": FRAME + 5,
    # The activity, who was absent, and the same lists.
    "activity": FRAME + 2 + 4,
    # Schemes, what organizations stand at, and the organizations.
    "checklists": FRAME + 3,
    # The organization, its scheme, the items and all results.
    "checklist_round": FRAME + 4,
    # An empty form; with a text: tests/reports/test_proofread_page.py.
    "proofread": FRAME,
    # One for each register but that of single checklist items; seats and elections of last term.
    # The page has three more (what was explained, the summary's sections and own figures), last
    # year's registers, and who keeps the rows of the four checks that fail here, by name.
    "checks": FRAME + 27 + 2 + 1 + 3 + 20 + 4 + 1,
    "failing checks": FRAME + 27 + 2 + 1 + 1,
    # The claims, own figures to compare with, the figure all of them name, and those of the same
    # unit on four registers.
    "claims": FRAME + 1 + 1 + 1 + 4,
    # Two registers, the uncovered, the joint branches with their links, and the twelve month-ends.
    "coverage": FRAME + 2 + 1 + 2 + 12,
    # As a register of members, the figure's value, and the pages its rows are mended on.
    "check": FRAME + 2 + 1 + 1 + 1,
    # Fifteen registers and two baselines, the village with its seats, postings, tasks and facts.
    "village": FRAME + 23,
    # A count for each register that is filled, and one query for each that has gaps.
    "import_start": FRAME + 7 + 3,
}


@pytest.mark.parametrize("name", PAGES)
def test_number_of_queries_is_the_same_for_one_village_as_for_150(counts, name):
    assert counts[name] == [counts[name][0]] * len(SIZES)


@pytest.mark.parametrize(("name", "number"), NUMBERS.items())
def test_number_of_queries_of_a_page(counts, name, number):
    assert counts[name][0] == number


@pytest.mark.parametrize("slug", [register.slug for register in all_registers()])
def test_register_takes_its_frame_two_queries_and_one_a_list_of_choices(counts, slug):
    register = next(one for one in all_registers() if one.slug == slug)
    lists = [axis for axis in register.dimensions.values() if callable(axis.choices)]
    sums, rows = 1, 1
    on_record = 1 if register.sensitive else 0  # who reads talks is put on record

    assert counts[slug][0] == FRAME + sums + rows + len(lists) + on_record <= MOST
