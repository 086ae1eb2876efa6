"""Signing a paper: what stands in the way, what is kept, and that it is never changed."""

from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO

import openpyxl
import pytest
from django.contrib import admin
from django.db import Error, connection, transaction

from dangjian.lib import periods
from dangjian.lib.frozen import FrozenError, triggers_of
from orgs.models import Role
from reports.models import Edition, EditionFile
from tests.factories import (
    EditionFactory,
    EditionFileFactory,
    ExplanationFactory,
    MembershipFactory,
    PersonFactory,
    UserFactory,
    VillageFactory,
)

SIGN = "/reports/2025/summary/sign/"
TABLES = ["reports_edition", "reports_editionfile"]


@pytest.fixture
def leader(root, as_role):
    return as_role(Role.LEADER, root)


def typed(client, address=SIGN, **values):
    """What the form at the address would send, with the box ticked."""
    form = client.get(address).context["form"]
    return {"seen": form.fingerprint, "is_read": "on", **values}


def signed(client, **values):
    client.post(SIGN, typed(client, **values))
    return Edition.objects.order_by("-pk").first()


# — what stands in the way —


def test_leader_signs_the_first_edition(leader, root):
    answer = leader.post(SIGN, typed(leader))

    edition = Edition.objects.get()
    assert answer.url.startswith(edition.get_absolute_url())
    assert (edition.organization, edition.year, edition.number) == (root, 2025, 1)
    assert (edition.signer, edition.reason) == (edition.signed_by.name, "")


def test_role_that_does_not_sign_may_not(root, as_role):
    answers = {}
    for role in Role:
        client = as_role(role, root)
        answers[role] = client.post(SIGN, {"seen": "x", "is_read": "on"}).status_code

    assert answers == {**dict.fromkeys(Role, 403), Role.LEADER: 400}
    assert Edition.objects.count() == 0


def test_unread_paper_is_not_signed(leader):
    data = {name: value for name, value in typed(leader).items() if name != "is_read"}

    answer = leader.post(SIGN, data)

    assert (answer.status_code, Edition.objects.count()) == (400, 0)
    assert answer.context["form"].errors == {"is_read": ["请先通读全文、核对数字，再勾选。"]}


def test_blocking_check_stands_in_the_way(leader, root):
    VillageFactory(organization=root, party_organization=None)

    answer = leader.post(SIGN, typed(leader))

    assert [one.check.slug for one in answer.context["prepared"].blocking] == [
        "orgs.villages_led",
        "orgs.village_without_organization",
    ]
    assert (answer.status_code, Edition.objects.count()) == (400, 0)


def test_failed_check_is_explained_before_signing(leader, root):
    PersonFactory(organization=root, political_status="member")
    slug = "orgs.member_without_organization"
    before = leader.get(SIGN).context["prepared"]
    ExplanationFactory(
        organization=root, year=2025, about="check", slug=slug, text="组织关系在外。"
    )

    edition = signed(leader)

    assert [one.check.slug for one in before.unexplained] == [slug]
    assert not before.may_be_signed
    assert [one["explanation"] for one in edition.checks if one["slug"] == slug] == [
        "组织关系在外。"
    ]


def test_paper_that_changed_since_it_was_shown_is_not_signed(leader, root):
    data = typed(leader)
    MembershipFactory(person=PersonFactory(organization=root), organization=root)

    answer = leader.post(SIGN, data)

    assert (answer.status_code, Edition.objects.count()) == (400, 0)
    assert "您查看以后，文稿、数字或校核结果有了变化" in answer.content.decode()


def test_second_edition_needs_a_reason(leader):
    signed(leader)

    answer = leader.post(SIGN, typed(leader, reason="  "))

    assert (answer.status_code, Edition.objects.count()) == (400, 1)
    assert answer.context["form"].errors == {"reason": ["更正已定稿的文稿，必须写明原因。"]}


def test_correction_is_the_second_edition(leader):
    first = signed(leader)

    second = signed(leader, reason="漏算一名党员。")

    assert [str(one) for one in Edition.objects.order_by("number")] == [str(first), str(second)]
    assert (second.label, second.reason) == ("第2版（更正）", "漏算一名党员。")
    page = leader.get("/reports/2025/summary/").content.decode()
    assert [label in page for label in ("第1版", "第2版（更正）", "漏算一名党员。")] == [True] * 3


def test_twice_sent_form_signs_once(leader):
    data = typed(leader)

    answers = [leader.post(SIGN, data).status_code for _ in range(2)]

    assert (answers, Edition.objects.count()) == ([302, 400], 1)


def test_year_that_runs_is_warned_of(leader, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2025, 6, 30))

    page = leader.get(SIGN)

    assert "2025年还没有结束：文中的数字只截至2025年6月30日" in page.content.decode()
    assert page.context["prepared"].may_be_signed


def test_year_not_begun_cannot_be_signed(leader):
    page = leader.get("/reports/2030/summary/sign/")

    assert not page.context["prepared"].may_be_signed
    assert "2030年还没有开始" in page.content.decode()


def test_unit_below_is_signed_for_itself(leader, village_organization):
    address = f"{SIGN}?org={village_organization.pk}"
    for one in leader.get(address).context["prepared"].unexplained:
        ExplanationFactory(organization=village_organization, slug=one.check.slug)

    leader.post(address, typed(leader, address))

    edition = Edition.objects.get()
    assert edition.organization == village_organization
    assert edition.paper["counted_only"] == village_organization.short_name


def test_plan_is_signed_with_its_word_file(leader):
    address = "/reports/2025/plan/sign/"

    leader.post(address, typed(leader, address))

    edition = Edition.objects.get()
    assert (edition.kind, edition.as_of) == ("plan", date(2025, 12, 31))
    assert [file.name for file in edition.files.all()] == [f"{edition.title}（第1版）.docx"]
    assert "第1版" in leader.get("/reports/2025/plan/").content.decode()


# — what is kept —


def test_edition_keeps_what_was_printed(leader, root):
    MembershipFactory(person=PersonFactory(organization=root), organization=root)
    printed = leader.get("/reports/2025/summary/").context["summary"]

    edition = signed(leader)

    blocks = [
        [level, "".join(one if isinstance(one, str) else one[1] for one in pieces)]
        for level, pieces, _source in edition.paper["blocks"]
    ]
    assert blocks == [
        [block.level, "".join(piece.text for piece in block.pieces)] for block in printed.blocks
    ]
    kept = {one["slug"]: one["text"] for one in edition.values}
    assert kept.items() >= {slug: value.text for slug, value in printed.values.items()}.items()


def test_edition_keeps_the_rows_behind_every_figure(leader, root):
    member = MembershipFactory(person=PersonFactory(organization=root), organization=root)

    edition = signed(leader)

    places = edition.rows["figures"]["orgs.members"]
    assert [edition.rows["columns"][place]["rows"] for place in places] == [[member.pk]]
    assert edition.rows["figures"].keys() == {one["slug"] for one in edition.values}


def test_files_hold_no_register_that_is_closed_to_a_role(leader):
    signed(leader)

    content = bytes(EditionFile.objects.get(format="xlsx").content)
    page = leader.get("/reports/2025/summary.xlsx")

    assert "谈话" not in names_of_sheets(content)
    assert "谈话" in names_of_sheets(b"".join(page.streaming_content))


def names_of_sheets(content):
    return " ".join(openpyxl.load_workbook(BytesIO(content), read_only=True).sheetnames)


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_file_downloads_the_same_bytes_a_year_later(format, leader, root, monkeypatch, as_role):  # noqa: A002 - the field's name
    edition = signed(leader)
    file = edition.files.get(format=format)
    at_once = downloaded(leader, file)
    MembershipFactory(person=PersonFactory(organization=root), organization=root)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2027, 11, 30))

    later = downloaded(as_role(Role.CLERK, root), file)

    assert later == at_once
    assert sha256(later).hexdigest() == file.sha256


def downloaded(client, file):
    return b"".join(client.get(f"/reports/editions/files/{file.pk}/").streaming_content)


def test_digest_is_that_of_all_that_was_signed(leader):
    edition = signed(leader)
    stored = Edition.objects.get(pk=edition.pk)

    assert stored.digest(stored.files.all()) == edition.sha256
    for name, other in {
        "title": "别的标题",
        "reason": "别的原因",
        "signer": "别人",
        "year": 2024,
        "number": 9,
        "paper": {},
        "values": [],
        "checks": [{}],
        "evidence": b"",
        "as_of": date(2025, 1, 1),
        "signed_at": datetime(2025, 1, 1, tzinfo=UTC),
    }.items():
        altered = Edition.objects.get(pk=edition.pk)
        setattr(altered, name, other)
        assert altered.digest(altered.files.all()) != edition.sha256, name
    assert stored.digest([]) != edition.sha256


def test_altered_edition_is_shown_as_altered(leader, root):
    edition = EditionFactory.build(
        organization=root, signed_by=UserFactory(organization=root), number=1, reason=""
    )
    edition.sha256 = "0" * 64
    edition.save()

    page = leader.get(edition.get_absolute_url()).content.decode()

    assert "校验不一致，内容被改动过" in page


# — never changed —


def test_stored_edition_refuses_to_be_saved(db):
    edition = EditionFactory()

    for act in (edition.save, edition.delete, edition.files.model(pk=1, edition=edition).delete):
        with pytest.raises(FrozenError):
            act()
    with pytest.raises(FrozenError):
        Edition.objects.update(title="别的标题")
    with pytest.raises(FrozenError):
        EditionFile.objects.all().delete()


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", TABLES)
def test_database_refuses_to_change_what_was_signed(table, statement, db):
    EditionFileFactory()

    with pytest.raises(Error, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement.format(table))


@pytest.mark.parametrize("table", TABLES)
def test_triggers_are_there_after_all_migrations(table, db):
    """SQLite drops them with a table that a migration alters: it has to freeze the table again."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
        " AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [table])
        names = {name for (name,) in cursor.fetchall()}

    assert names == set(triggers_of(table))


def test_admin_offers_no_edition():
    assert not {Edition, EditionFile} & admin.site._registry.keys()


def test_role_only_reads_or_adds():
    user = UserFactory.build
    verbs = ("add", "change", "delete", "view")
    may = {
        role: [verb for verb in verbs if user(role=role).has_perm(f"reports.{verb}_edition")]
        for role in Role
    }

    assert may == {**{role: ["view"] for role in Role}, Role.LEADER: ["add", "view"]}


def test_period_of_an_edition_is_read_on_the_day_it_was_signed_for(db):
    edition = EditionFactory(as_of=date(2025, 6, 30))

    assert edition.period == periods.year(2025, today=date(2025, 6, 30))
