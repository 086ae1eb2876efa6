"""Loads the demo year of 大桥街道 and makes its accounts."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import tablib
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import QuerySet

from cadres import resources as cadres
from dangjian.env import env
from dangjian.lib import periods
from dangjian.lib.figures import all_registers
from elections import resources as elections
from elections.models import Seat
from orgs import resources as orgs
from orgs.middleware import name_of_unit, office_of, scope_below
from orgs.models import Department, Organization, Person, Role, User
from orgs.scope import EVERYTHING
from reports.desk import look_over
from reports.documents.build import build_document
from reports.documents.signing import NotReady, prepare, sign
from reports.models import Edition, Explanation, Kind, Report, Section
from reports.resources import ClaimResource
from reports.texts import parts_in
from tasks import resources as tasks
from tasks.models import Evidence, Progress

DIRECTORY = Path(__file__).resolve().parents[2] / "demo"
EVIDENCE = DIRECTORY / "evidence"
PASSWORD_FILE = "demo-password"  # noqa: S105 - the name of the file, not what is in it

# A file and how it is read; each refers only to what stands before it.
FILES: list[tuple[str, type[orgs.RecordResource], set[str]]] = [
    ("committees", orgs.OrganizationResource, set()),
    # A village's organization belongs to the village: read again when both are there.
    ("villages", orgs.VillageResource, {"村（社区）党组织"}),
    ("organizations", orgs.OrganizationResource, set()),
    ("villages", orgs.VillageResource, set()),
    ("offices", orgs.OfficeResource, set()),
    ("departments", orgs.DepartmentResource, set()),
    ("village_facts", orgs.VillageFactResource, set()),
    ("people", orgs.PersonResource, set()),
    ("memberships", orgs.MembershipResource, set()),
    ("enterprises", orgs.EnterpriseResource, set()),
    ("enterprise_facts", orgs.EnterpriseFactResource, set()),
    ("coverages", orgs.CoverageResource, set()),
    ("organizing_plans", orgs.OrganizingPlanResource, set()),
    ("tags", orgs.TagResource, set()),
    ("tag_links", orgs.TagLinkResource, set()),
    ("checklist_schemes", orgs.ChecklistSchemeResource, set()),
    ("checklist_items", orgs.ChecklistItemResource, set()),
    ("terms", elections.TermResource, set()),
    ("bodies", elections.BodyResource, set()),
    ("elections", elections.ElectionResource, set()),
    ("ballots", elections.BallotsResource, set()),
    ("seats", elections.SeatResource, set()),
    ("pairings", orgs.PairingResource, set()),
    ("pairing_sides", orgs.PairingSideResource, set()),
    ("activities", orgs.ActivityResource, set()),
    ("attendances", orgs.AttendanceResource, set()),
    ("rhythms", orgs.RhythmResource, set()),
    ("pledges", orgs.PledgeResource, set()),
    ("developments", orgs.DevelopmentResource, set()),
    ("sites", orgs.SiteResource, set()),
    ("ratings", orgs.RatingResource, set()),
    ("checklist_results", orgs.ChecklistResultResource, set()),
    ("cadres", cadres.CadreResource, set()),
    ("postings", cadres.PostingResource, set()),
    ("posting_targets", cadres.PostingTargetResource, set()),
    ("visits", cadres.VisitResource, set()),
    ("recruitments", cadres.RecruitmentResource, set()),
    ("recruits", cadres.RecruitResource, set()),
    ("reserve_listings", cadres.ReserveListingResource, set()),
    ("talks", cadres.TalkResource, set()),
    ("talk_people", cadres.TalkPersonResource, set()),
    ("study_reviews", cadres.StudyReviewResource, set()),
    ("programmes", tasks.ProgrammeResource, set()),
    ("key_tasks", tasks.KeyTaskResource, set()),
    ("task_villages", tasks.TaskVillageResource, set()),
    ("progress", tasks.ProgressResource, set()),
    ("plan_items", tasks.PlanItemResource, set()),
    ("claims", ClaimResource, set()),
]

# The plan that the demo's year is held to, and the summary of the year before.
TEXTS = [(Kind.SUMMARY, 2024), (Kind.PLAN, 2025)]
SIGNED = [
    (Kind.SUMMARY, 2024, datetime(2025, 1, 6, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))),
    (Kind.PLAN, 2025, datetime(2025, 1, 10, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))),
]
ROOT = "中共大桥街道工作委员会"
SECRETARY_OF = "中共大桥街道石桥村总支部委员会"
BRANCH_SECRETARY_OF = "中共大桥街道石桥片区企业联合支部委员会"
# Username, name, role, organization. The name of a department is also that of its account.
ACCOUNTS = [
    ("admin", "系统管理员", Role.ADMINISTRATOR, ROOT),
    ("clerk", "党建办工作人员", Role.CLERK, ROOT),
    ("leader", "街道分管领导", Role.LEADER, ROOT),
    ("department", "城建管理办公室", Role.DEPARTMENT, ROOT),
    ("secretary", "石桥村党总支书记", Role.SECRETARY, SECRETARY_OF),
    ("branch", "石桥片区联合党支部书记", Role.SECRETARY, BRANCH_SECRETARY_OF),
]


class Command(BaseCommand):
    help = "载入示例数据：大桥街道2025年度，以及各角色的示例账号。可以重复执行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="数据库中已有党组织时只列出示例账号。"
        )
        parser.add_argument(
            "--no-editions",
            action="store_false",
            dest="editions",
            help="不签发示例的定稿：载入快几秒。",
        )

    def handle(
        self, *args: Any, if_empty: bool, editions: bool, verbosity: int, **options: Any
    ) -> None:
        with transaction.atomic():
            if not (if_empty and Organization.objects.exists()):
                load_records()
                make_accounts(demo_password())
                if editions:
                    sign_papers()
        if verbosity > 0:
            self._print_accounts()

    def _print_accounts(self) -> None:
        users = demo_users().select_related("organization")
        if not users:
            return
        password, is_right = demo_password(), PasswordCheck()
        self.stdout.write(f"示例账号（密码：{password}）：")
        for user in users:
            changed = "" if is_right(user, password) else "，密码已改"
            place = user.organization.short_name if user.organization else "—"
            self.stdout.write(f"  {user.username}：{user.get_role_display()}，{place}{changed}")


def load_records() -> None:
    """Import every file; raises CommandError, which undoes all, at the first that is refused."""
    for name, resource_class, left_out in FILES:
        dataset = read_csv(DIRECTORY / f"{name}.csv")
        for column in left_out:
            del dataset[column]
        resource = resource_class(scope=EVERYTHING)
        problems = resource.problems(resource.import_data(dataset))
        if problems:
            raise CommandError("\n".join([f"{name}.csv", *problems]))
    attach_evidence()
    write_texts()
    write_explanations()


def write_texts() -> None:
    """What the office wrote of earlier years, unless it is there already."""
    keeper = Organization.objects.get(name=ROOT)
    for kind, year in TEXTS:
        report, is_new = Report.objects.get_or_create(organization=keeper, kind=kind, year=year)
        parts = parts_in(DIRECTORY / "texts" / f"{kind}-{year}.md") if is_new else ()
        for number, part in enumerate(parts, 1):
            Section.objects.create(report=report, number=number, **part._asdict())


def write_explanations() -> None:
    """Why some checks fail and numbers moved in the year that is signed, unless it is said."""
    keeper = Organization.objects.get(name=ROOT)
    for row in read_csv(DIRECTORY / "explanations.csv").dict:
        key = {"year": row["年度"], "about": row["类别"], "slug": row["代码"]}
        said = {"text": row["说明"]}
        Explanation.objects.get_or_create(organization=keeper, **key, defaults=said)


def sign_papers() -> None:
    """Sign what was signed of earlier years, unless it is: by the leader, on fixed days."""
    keeper = Organization.objects.get(name=ROOT)
    leader = User.objects.get(username="leader")
    scope, unit = scope_below(keeper), name_of_unit(keeper, office_of(keeper))
    for kind, year, at in SIGNED:
        if Edition.objects.of(keeper.pk, kind, year).exists():
            continue
        period = periods.year(year, today=at.date())
        document = build_document(kind, scope, period, unit=unit, office=unit)
        desk = look_over(
            scope,
            period,
            unit=unit,
            is_whole=True,
            registers=all_registers(),
            threshold=keeper.office.change_threshold if kind == Kind.SUMMARY else None,
        )
        try:
            sign(prepared=prepare(keeper, scope, document, desk), by=leader, at=at)
        except NotReady as error:
            raise CommandError(f"{kind} {year}: {error}") from error


def attach_evidence() -> None:
    """Attach the files of evidence.csv to their reports, unless they are there already."""
    for row in read_csv(DIRECTORY / "evidence.csv").dict:
        of_task = {"task__title": row["重点工作"], "task__programme__year": row["年度"]}
        report = Progress.objects.get(**of_task, reported_on=row["填报日期"])
        path = EVIDENCE / row["文件"]
        file = Evidence.of_file(path.name, path.read_bytes())
        if not report.evidence.filter(sha256=file.sha256).exists():
            file.progress = report
            file.save()


def read_csv(path: Path) -> tablib.Dataset:
    return tablib.Dataset().load(path.read_text(encoding="utf-8-sig"), format="csv")


def demo_users() -> QuerySet[User]:
    return User.objects.filter(username__in=[username for username, *_ in ACCOUNTS])


def make_accounts(password: str) -> None:
    """Make the accounts that are missing; give those with another password this one."""
    stored = {user.username: user for user in demo_users()}
    is_right = PasswordCheck()
    changed = [user for user in stored.values() if not is_right(user, password)]
    missing = [account for account in ACCOUNTS if account[0] not in stored]
    if not missing and not changed:
        return
    hashed = make_password(password)
    for user in changed:
        user.password = hashed
        user.save(update_fields=["password"])
    for username, name, role, organization in missing:
        keeper = Organization.objects.get(name=organization)
        user = User(username=username, name=name, role=role, organization=keeper, password=hashed)
        user.department = Department.objects.filter(name=name).first()
        user.person = head_of(keeper) if role == Role.SECRETARY else None
        user.save()


def head_of(organization: Organization) -> Person | None:
    """Who heads the elected party organization of a village; a branch's is not elected here."""
    seats = Seat.objects.of_party().filter(post=Seat.Post.HEAD, until__isnull=True)
    seat = seats.filter(election__body__organization=organization).select_related("person").first()
    return seat.person if seat else None


class PasswordCheck:
    """Whether a user has a password; a hash seen before is not computed again (0.1 s each)."""

    def __init__(self) -> None:
        self.known: dict[str, bool] = {}

    def __call__(self, user: User, password: str) -> bool:
        if user.password not in self.known:
            self.known[user.password] = check_password(password, user.password)
        return self.known[user.password]


def demo_password() -> str:
    """DEMO_PASSWORD of the environment, else a random one kept in DATA_DIR."""
    if password := env.str("DEMO_PASSWORD", default=""):
        return password
    path = settings.DATA_DIR / PASSWORD_FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(random_password())
    return path.read_text().strip()


def random_password() -> str:
    """Characters hard to confuse, with lower case, upper case and digits, as the rules ask."""
    groups = ("abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
    letters = [secrets.choice(group) for group in groups for _ in range(4)]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)
