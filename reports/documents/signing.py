"""Sign-off (定稿): what stands in its way, and what is kept when a leader signs."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from dangjian.lib.checks import Found
from dangjian.lib.figures import Figure, Register, Value, compute, figure_named
from orgs.models import Organization
from reports.access import registers_open_to_all
from reports.changes import Moved
from reports.desk import Desk
from reports.explanations import texts_of_checks
from reports.exporters.indicators import figures_over
from reports.exporters.word import write_word
from reports.exporters.workbook import write_workbook
from reports.models import Edition, EditionFile, Kind

from .build import Document
from .evidence import gather, packed
from .stored import checks_as_data, paper_as_data, slugs_in, values_as_data

Format = EditionFile.Format
# What is kept with a paper: format, what the file is called, and who writes it. The report of a
# year goes with its summary; of a plan's year there is nothing to report yet.
Writer = Callable[[Document, Any, Iterable[Register]], BytesIO]
WORD: tuple[Format, str, Writer] = (
    Format.DOCX,
    "{title}",
    lambda document, scope, registers: write_word(document),
)
EXCEL: tuple[Format, str, Writer] = (
    Format.XLSX,
    "{unit}{year}年度党建工作报表",
    write_workbook,
)
FILES = {Kind.SUMMARY: [WORD, EXCEL], Kind.PLAN: [WORD]}


class NotReady(Exception):  # noqa: N818 - reads as what it is: "except NotReady"
    """Something stands in the way of signing; the message is Chinese and says what."""


@dataclass(frozen=True)
class Prepared:
    """A paper about to be signed: the document, its checks, and the edition before it."""

    organization: Organization
    scope: Any
    document: Document
    desk: Desk
    last: Edition | None

    @property
    def number(self) -> int:
        return self.last.number + 1 if self.last else 1

    @property
    def blocking(self) -> list[Found]:
        return self.desk.blocking

    @property
    def asks_why(self) -> bool:
        """Whether failures need an explanation; a plan speaks of what is still to come."""
        return self.document.kind == Kind.SUMMARY

    @property
    def unexplained(self) -> list[Found]:
        return self.desk.unexplained_checks if self.asks_why else []

    @property
    def moved(self) -> list[Moved]:
        return self.desk.unexplained_moves if self.asks_why else []

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to sum up; a plan is signed before its year."""
        begun = self.document.period.first_day <= timezone.localdate()
        return begun or self.document.kind == Kind.PLAN

    @property
    def is_running(self) -> bool:
        """Whether a summary's year is not over: its numbers are those up to today."""
        period = self.document.period
        return self.document.kind == Kind.SUMMARY and period.as_of < period.last_day

    @property
    def is_unchanged(self) -> bool:
        """Whether the edition before says the same, word for word and number for number."""
        last = self.last
        return last is not None and (last.paper, last.values) == (self.paper, self.values)

    @property
    def may_be_signed(self) -> bool:
        stands = self.blocking or self.unexplained or self.moved
        return self.has_begun and not stands

    @cached_property
    def figures(self) -> list[Figure]:
        """Those the text names; of a summary also those of its workbook."""
        named = [figure_named(slug) for slug in slugs_in(self.document)]
        if self.document.kind == Kind.PLAN:
            return named
        return list(dict.fromkeys([*named, *figures_over(registers_open_to_all())]))

    @cached_property
    def values(self) -> list[dict[str, Any]]:
        found: dict[str, Value] = compute(self.figures, self.scope, self.document.period)
        ordered = [found[figure.slug] for figure in self.figures]
        return values_as_data(ordered, set(slugs_in(self.document)))

    @cached_property
    def paper(self) -> dict[str, Any]:
        return paper_as_data(self.document)

    @cached_property
    def checks(self) -> list[dict[str, Any]]:
        return checks_as_data(self.desk.found, texts_of_checks(self.desk.explained))

    @property
    def fingerprint(self) -> str:
        """Tells whether what is signed is what was shown."""
        shown = [self.number, self.paper, self.values, self.checks]
        return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def prepare(organization: Organization, scope: Any, document: Document, desk: Desk) -> Prepared:
    """What signing the document now would keep."""
    year = document.period.first_day.year
    last = Edition.objects.of(organization.pk, document.kind, year).first()
    return Prepared(organization, scope, document, desk, last)


def sign(
    *, prepared: Prepared, by: Any, reason: str = "", seen: str = "", at: datetime | None = None
) -> Edition:
    """Keep the paper as the next edition, with its files; raises NotReady, keeping nothing.

    `seen` is the fingerprint of what the signer was shown; `reason` is needed from edition 2 on.
    """
    refuse(prepared, reason, seen)
    document = prepared.document
    edition = Edition(
        organization=prepared.organization,
        signed_by=by,
        kind=document.kind,
        year=document.period.first_day.year,
        number=prepared.number,
        reason=reason,
        title=document.title,
        unit=document.unit,
        signer=str(by),
        paper=prepared.paper,
        values=prepared.values,
        checks=prepared.checks,
        evidence=packed(gather(prepared.figures, prepared.scope, document.period)),
        as_of=document.period.as_of,
        signed_at=at or timezone.now(),
    )
    files = files_of(edition, prepared)
    edition.sha256 = edition.digest(files)
    try:
        with transaction.atomic():
            edition.save()
            for file in files:
                file.edition = edition
                file.save()
    except IntegrityError as error:
        raise NotReady("刚刚已有人定稿，请重新打开本页查看。") from error
    return edition


def refuse(prepared: Prepared, reason: str, seen: str) -> None:
    """Raise NotReady where something stands in the way."""
    if not prepared.may_be_signed:
        raise NotReady("校核没有通过，还不能定稿。")
    if seen and seen != prepared.fingerprint:
        raise NotReady("您查看以后，文稿、数字或校核结果有了变化，没有定稿。请重新核对后再签发。")
    if prepared.last and not reason.strip():
        raise NotReady("更正已定稿的文稿，必须写明原因。")


def files_of(edition: Edition, prepared: Prepared) -> list[EditionFile]:
    """The files of the edition, not stored yet.

    Everybody in scope may read them, so they hold only registers that every role may see.
    """
    document, registers = prepared.document, registers_open_to_all()
    found = []
    for format_, title, write in FILES[Kind(edition.kind)]:
        name = title.format(unit=edition.unit, year=edition.year, title=edition.title)
        content = write(document, prepared.scope, registers).getvalue()
        full_name = f"{name}（第{edition.number}版）.{format_.value}"
        found.append(EditionFile.of(format_, full_name, content))
    return found
