"""The demo year: its counts come out of its rows, and loading it again changes nothing."""

import csv
import re
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from cadres.models import Cadre, Posting, Recruit, TalkPerson
from dangjian.lib import periods
from dangjian.lib.figures import all_registers, compute
from elections.models import Election, Seat
from orgs.models import (
    Activity,
    ChecklistResult,
    Coverage,
    Development,
    Membership,
    Organization,
    Person,
    Role,
    User,
    Village,
)
from orgs.scope import EVERYTHING
from reports.documents.drift import drift_of
from reports.management.commands import load_demo
from reports.models import Edition
from tasks.models import KeyTask
from tests.factories import OrganizationFactory

YEAR_END = date(2025, 12, 31)


def rows_of_everything():
    ours = {"orgs", "cadres", "elections", "tasks"}
    models = [model for model in apps.get_models() if model._meta.app_label in ours]
    return {model._meta.label: model._base_manager.count() for model in models}


def output_of_load_demo(*options):
    out = StringIO()
    call_command("load_demo", *options, stdout=out)
    return out.getvalue()


def test_loading_again_changes_nothing(demo):
    before = rows_of_everything()

    call_command("load_demo", verbosity=0)

    assert rows_of_everything() == before


def test_papers_of_earlier_years_are_signed_once(demo):
    for _ in range(2):
        call_command("load_demo", verbosity=0)

    editions = list(Edition.objects.order_by("year"))
    assert [(str(one), one.signer, one.signed_at.date()) for one in editions] == [
        ("大桥街道2024年度党建工作总结（第1版）", "街道分管领导", date(2025, 1, 6)),
        ("大桥街道2025年党建工作计划（第1版）", "街道分管领导", date(2025, 1, 10)),
    ]
    assert [drift_of(one, all_registers()).figures for one in editions] == [[], []]
    assert [one.digest(one.files.all()) for one in editions] == [one.sha256 for one in editions]


def test_every_row_of_the_demo_has_its_history(demo):
    records = [model for model in apps.get_models() if hasattr(model, "history")]
    records = [model for model in records if model is not Village]

    without = [model for model in records if model.objects.count() != model.history.count()]

    assert without == []
    # A village is read twice: before its organizations and after them.
    versions = Village.history.values_list("version").annotate(rows=Count("pk")).order_by("version")
    assert list(versions) == [(1, 18), (2, 15)]


def test_enterprises_are_covered_by_22_branches(demo):
    links = Coverage.objects.current_on(YEAR_END).values_list("mode")

    assert sorted(links.annotate(Count("enterprise"), Count("organization", distinct=True))) == [
        ("joint", 34, 9),
        ("standalone", 13, 13),
    ]


def test_every_nonpublic_branch_has_three_formal_members(demo):
    branches = Organization.objects.nonpublic().existing_on(YEAR_END)
    formal = Membership.objects.current_on(YEAR_END).filter(kind=Membership.Kind.FORMAL)
    sizes = formal.filter(organization__in=branches).values_list("organization")

    assert branches.count() == 22
    assert sizes.annotate(size=Count("pk")).filter(size__gte=3).order_by().count() == 22


def test_last_year_answers_differently(demo):
    day = date(2024, 12, 31)

    branches = Organization.objects.nonpublic().existing_on(day).count()

    assert (branches, Coverage.objects.current_on(day).count()) == (19, 43)


def test_seats_of_the_party_are_those_of_both_terms(demo):
    elections = Election.objects.filter(body__kind__code="party").order_by("term__starts_on")
    per_term = elections.values_list("term__name").annotate(Sum("seats_set"), Count("pk"))

    assert list(per_term) == [("2020年村（社区）换届", 75, 15), ("2025年村（社区）换届", 64, 15)]
    assert Seat.objects.of_party().count() == 75 + 64


def test_votes_are_more_than_half_of_the_valid_ballots(demo):
    counted = Seat.objects.annotate(valid=Sum("election__ballots__valid"))

    assert counted.filter(votes__gt=F("valid")).count() == 0
    assert counted.filter(votes__lte=F("valid") / 2).count() == 0


def test_elected_to_a_party_body_are_formal_members_there(demo):
    elsewhere = [
        seat.person.name
        for seat in Seat.objects.of_party().select_related("election__body", "person")
        if not Membership.objects.current_on(seat.election.held_on)
        .filter(person=seat.person, kind="formal")
        .filter(organization__village=seat.election.body.village)
        .exists()
    ]

    assert elsewhere == []


def test_every_branch_basically_reaches_the_six_ones(demo):
    results = ChecklistResult.objects.standing_on(YEAR_END)
    met = results.values_list("organization").annotate(met=Count("pk", filter=Q(is_met=True)))

    assert sorted(Counter(number for _, number in met.order_by()).items()) == [(5, 8), (6, 14)]


def test_recruits_scored_best_of_those_interviewed(demo):
    interviewed = Recruit.objects.filter(interview_score__isnull=False)
    ranked = interviewed.order_by(-(F("written_score") + F("interview_score")))
    hired = Recruit.objects.filter(hired_on=date(2025, 2, 17), probation_ends_on=date(2025, 8, 17))

    assert Recruit.objects.count() == 42
    assert set(ranked[:10]) == set(hired)


def test_recruits_went_from_departments_to_villages(demo):
    recruits = Recruit.objects.filter(hired_on__isnull=False).values("person")
    postings = Posting.objects.filter(person__in=recruits)
    rotations = postings.of_kind(Posting.Kind.ROTATION).values_list("person")
    posted = postings.of_kind(Posting.Kind.VILLAGE_POST).to_a_village().current_on(YEAR_END)

    per_person = Counter(number for _, number in rotations.annotate(Count("pk")).order_by())
    assert (per_person, posted.count()) == ({1: 3, 2: 7}, 10)


def test_each_key_task_is_led_by_a_section_cadre_of_its_own(demo):
    leads = KeyTask.objects.values_list("lead", flat=True)
    in_rank = Cadre.objects.current_on(YEAR_END).filter(rank__gte=Cadre.Rank.DEPUTY_SECTION)

    assert (len(leads), len(set(leads))) == (13, 13)
    assert set(leads) <= set(in_rank.values_list("pk", flat=True))


def test_nobody_attends_before_their_branch_is_founded(demo):
    early = Activity.objects.filter(held_on__lt=F("organization__founded_on"))
    late = Activity.objects.filter(held_on__gte=F("organization__dissolved_on"))

    assert list(early | late) == []


def test_branch_counts_no_more_people_than_it_has_members(demo):
    members = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=OuterRef("held_on")),
        organization=OuterRef("organization"),
        since__lte=OuterRef("held_on"),
    )
    total = members.order_by().values("organization").annotate(n=Count("pk")).values("n")
    in_branches = Activity.objects.filter(
        organization__level=Organization.Level.BRANCH, pairing__isnull=True
    )

    assert in_branches.filter(due__gt=Subquery(total)).count() == 0


def test_members_admitted_are_those_who_joined(demo):
    admitted = Development.objects.filter(stage=Development.Stage.PROBATIONARY)
    joined = Membership.objects.filter(kind=Membership.Kind.PROBATIONARY)

    this_year = {"reached_on__year": 2025}
    assert set(admitted.filter(**this_year).values_list("person", "reached_on")) == set(
        joined.filter(since__year=2025).values_list("person", "since")
    )


def test_admonished_are_not_given_a_new_seat_while_it_has_effect(demo):
    admonished = TalkPerson.objects.filter(effect_until__isnull=False)
    barred = [
        Seat.objects.filter(person=one.person, since__range=(one.talk.held_on, one.effect_until))
        for one in admonished.select_related("talk", "person")
    ]

    assert [seats.count() for seats in barred] == [0, 0, 0]


def test_two_branches_held_nothing_in_the_last_sixty_days(demo):
    silent = compute(["orgs.silent_branches"], EVERYTHING, periods.year(2025))

    assert silent["orgs.silent_branches"].number == 2


def test_accounts_have_their_roles(demo):
    accounts = User.objects.order_by("username").values_list(
        "username", "role", "organization__short_name"
    )

    assert list(accounts) == [
        ("admin", Role.ADMINISTRATOR, "大桥街道党工委"),
        ("branch", Role.SECRETARY, "石桥片区联合党支部"),
        ("clerk", Role.CLERK, "大桥街道党工委"),
        ("department", Role.DEPARTMENT, "大桥街道党工委"),
        ("leader", Role.LEADER, "大桥街道党工委"),
        ("secretary", Role.SECRETARY, "石桥村党总支"),
    ]


def test_secretary_is_the_elected_head_of_the_village(demo):
    head = Seat.objects.of_party().get(
        election__body__village__name="石桥村", post=Seat.Post.HEAD, until__isnull=True
    )

    assert User.objects.get(username="secretary").person == head.person


def test_changed_password_is_put_back(demo):
    clerk = User.objects.get(username="clerk")
    clerk.set_password("Something-else-1")
    clerk.save()

    call_command("load_demo", verbosity=0)

    clerk.refresh_from_db()
    assert clerk.check_password("Daqiao-2025")


def test_accounts_are_printed_with_the_password(demo):
    lines = output_of_load_demo("--if-empty").splitlines()

    assert lines[0] == "示例账号（密码：Daqiao-2025）："
    assert lines[2] == "  clerk：街道党建办工作人员，大桥街道党工委"


def test_password_changed_since_is_not_claimed(demo):
    clerk = User.objects.get(username="clerk")
    clerk.set_password("Something-else-1")
    clerk.save()

    lines = output_of_load_demo("--if-empty").splitlines()

    assert lines[2] == "  clerk：街道党建办工作人员，大桥街道党工委，密码已改"


@pytest.mark.django_db
def test_records_of_an_office_are_left_alone():
    OrganizationFactory()

    assert output_of_load_demo("--if-empty") == ""
    assert (Organization.objects.count(), User.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_refused_file_undoes_all(monkeypatch, tmp_path):
    for path in load_demo.DIRECTORY.glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text().replace("石桥村,村,", "石桥村,乡,"))
    monkeypatch.setattr(load_demo, "DIRECTORY", tmp_path)

    with pytest.raises(CommandError, match=r"villages\.csv\n第2行“类别”列：“乡”不能识别"):
        call_command("load_demo", verbosity=0)
    assert (Organization.objects.count(), Person.objects.count()) == (0, 0)


def test_random_password_is_kept_for_its_owner_only(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD")
    settings.DATA_DIR = tmp_path

    password = load_demo.demo_password()

    assert re.fullmatch(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\w{12}", password)
    assert load_demo.demo_password() == password
    assert (tmp_path / "demo-password").stat().st_mode & 0o777 == 0o600


def test_credit_codes_have_their_check_character():
    with (load_demo.DIRECTORY / "enterprises.csv").open(encoding="utf-8") as file:
        codes = [row["统一社会信用代码"] for row in csv.DictReader(file)]

    assert [code for code in codes if check_character(code[:17]) != code[17]] == []
    assert {code[:8] for code in codes} == {"91990000"}


def check_character(code):
    """GB 32100-2015 §5."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(char) * 3**place for place, char in enumerate(code))
    return alphabet[-total % 31]
