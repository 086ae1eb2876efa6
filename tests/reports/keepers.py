"""Whose each record is, told by another way than `within`: walked in Python, row by row."""

from orgs.models import Coverage, Organization

# What villages can have in common.
SHARED = {"cadres.posting", "orgs.pairing", "tasks.keytask", "tasks.progress"}


def subtree_of(organization_id):
    """The ids of an organization and all below it, walked in Python."""
    parents = dict(Organization.objects.values_list("pk", "parent"))
    inside = {organization_id}
    while more := {pk for pk, parent in parents.items() if parent in inside} - inside:
        inside |= more
    return inside


def keepers(record):
    """The organizations any of which puts a record into a scope."""
    return KEEPERS.get(record._meta.label_lower, keeper)(record)


def keeper(record):
    return {record.organization_id}


def keepers_of_village(record):
    return {record.organization_id, record.party_organization_id}


def keepers_of_enterprise(record):
    links = Coverage.objects.filter(enterprise=record)
    return {record.organization_id, *links.values_list("organization", flat=True)}


def keepers_of_posting(record):
    return {record.organization_id, *ends(record.targets.all())}


def keepers_of_visit(record):
    visited = keepers_of_enterprise(record.enterprise) if record.enterprise else set()
    return {record.posting.organization_id, *visited}


def keepers_of_pairing(record):
    return {record.organization_id, *ends(record.sides.all())}


def keepers_of_task(record):
    links = record.task_villages.select_related("village")
    return {record.organization_id, *(link.village.party_organization_id for link in links)}


def ends(links):
    """The organizations behind links to one organization, enterprise or village each."""
    for link in links.select_related("enterprise", "village"):
        if link.party_organization_id:
            yield link.party_organization_id
        if link.enterprise:
            yield link.enterprise.organization_id
        if link.village:
            yield link.village.party_organization_id


KEEPERS = {
    "orgs.organization": lambda record: {record.pk},
    "orgs.village": keepers_of_village,
    "orgs.enterprise": keepers_of_enterprise,
    "orgs.organizingplan": lambda record: keepers_of_enterprise(record.enterprise),
    "orgs.pairing": keepers_of_pairing,
    "orgs.attendance": lambda record: keeper(record.activity),
    "elections.election": lambda record: keeper(record.body),
    "elections.seat": lambda record: keeper(record.election.body),
    "elections.ballots": lambda record: keeper(record.election.body),
    "cadres.posting": keepers_of_posting,
    "cadres.visit": keepers_of_visit,
    "cadres.recruit": lambda record: keeper(record.recruitment),
    "cadres.talkperson": lambda record: keeper(record.talk),
    "tasks.keytask": keepers_of_task,
    "tasks.progress": lambda record: keepers_of_task(record.task),
}


def is_inside(record, register, inside, day):
    if register.slug == "elections.persons":
        return any(keepers(seat) & inside for seat in seats_held(record, day))
    return bool(keepers(record) & inside)


def seats_held(person, day):
    return [
        seat
        for seat in person.seats.select_related("election__body__kind")
        if seat.election.body.kind.of_two_committees
        and seat.since <= day
        and (seat.until is None or seat.until > day)
    ]
