"""Consistency checks (勾稽校核): figures that must agree, and rows that should not be.

An app declares them in its `checks.py`, next to its figures; one engine counts both::

    checks = CheckSet("orgs")

    checks.equal(
        "members_by_sex", "党员按性别合计", left=["orgs.members"], right=["orgs.women_members", men]
    )

    @checks.no_rows(member_register, "入党时不满18周岁的党员", unit="名", severity=…, remedy="…")
    def joined_under_age(period):
        \"\"\"入党时间距出生年月不满18周岁的党员。\"\"\"
        return Q(…)

Django's system checks are something else: they ask whether the program is sound, these whether the
office's records are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import getdoc
from typing import Any

from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices

from dangjian.lib.figures import Condition, Figure, Measured, Register, Value, compute, figure_named
from dangjian.lib.figures.checks import errors_of_measured
from dangjian.lib.figures.registers import FIGURES, SLUG
from dangjian.lib.figures.values import Number
from dangjian.lib.periods import Period

CHECKS: dict[str, "Check"] = {}
# What checks count that is not in the catalogue: rows that should not be, parts of a total.
SIDES: dict[str, Measured] = {}


class UnknownCheck(KeyError):  # noqa: N818 - reads as what it is: "except UnknownCheck"
    """No check counts anything of that slug."""


class Severity(TextChoices):
    """What a failed check means: the report cannot go out, or somebody has to say why."""

    BLOCKING = "blocking", "阻断"
    TO_EXPLAIN = "to_explain", "需说明"


class Outcome(TextChoices):
    PASSED = "passed", "通过"
    FAILED = "failed", "未通过"
    NOT_COMPARED = "not_compared", "未比较"


class Relation(TextChoices):
    EQUAL = "=", "应等于"
    AT_MOST = "≤", "不应大于"


@dataclass(frozen=True)
class Term:
    """One figure on a side of a check: added or taken away, now or at its baseline."""

    figure: Figure
    sign: int = 1
    before: bool = False

    @property
    def name(self) -> str:
        baseline = self.figure.baseline
        if self.before and baseline:
            return f"{baseline.name}{self.figure.measured.name}"
        return self.figure.name

    def number(self, values: Mapping[str, Value]) -> Number | None:
        """What it comes to, before its sign; None: no value."""
        value = values[self.figure.slug]
        return value.before if self.before else value.exact


def minus(figure: Figure | str) -> Term:
    """The figure (or slug) taken away from its side."""
    return Term(_figure(figure), sign=-1)


def before(change: Figure | str) -> Term:
    """The baseline of a change: what its figure was then. Raises ImproperlyConfigured."""
    figure = _figure(change)
    if not figure.is_change:
        raise ImproperlyConfigured(f"{figure.slug} is no change and has no baseline")
    return Term(figure, before=True)


def _figure(figure: Figure | str) -> Figure:
    return figure_named(figure) if isinstance(figure, str) else figure


def _terms(side: Iterable[Figure | str | Term]) -> tuple[Term, ...]:
    return tuple(one if isinstance(one, Term) else Term(_figure(one)) for one in side)


def in_words(side: Sequence[Term]) -> str:
    """A side as a formula of names: 正式党员 + 预备党员."""
    signs = {1: " + ", -1: " - "}
    text = "".join(f"{signs[term.sign]}{term.name}" for term in side)
    return text.removeprefix(" + ").strip()


def total(side: Sequence[Term], values: Mapping[str, Value]) -> Number | None:
    """The sum of a side; None where one of its figures has no value."""
    numbers = [term.number(values) for term in side]
    if any(number is None for number in numbers):
        return None
    signed = zip((term.sign for term in side), numbers, strict=True)
    return sum((sign * number for sign, number in signed if number is not None), 0)


@dataclass(frozen=True, eq=False)
class Check:
    """A rule over what is kept: its code, name, definition (口径), and what to do when it fails.

    Two sums of figures are compared. Of rows that should not be, the left side is their number,
    which is `counted`, and the right side is empty: 0. `of_whole`: it holds only of a whole office,
    as its two sides count what one unit keeps and another may have.
    """

    slug: str
    name: str
    definition: str
    remedy: str
    severity: Severity
    left: tuple[Term, ...]
    relation: Relation
    right: tuple[Term, ...]
    of_whole: bool = False

    @property
    def counted(self) -> Measured | None:
        """The rows that should not be; None of a check that compares figures."""
        return None if self.right else SIDES[self.slug]

    @property
    def figures(self) -> list[Figure]:
        """Everything that has to be counted to judge it."""
        return [term.figure for term in (*self.left, *self.right)]

    @property
    def registers(self) -> set[Register]:
        """Whoever may not see all of these may not see the check."""
        return {side.register for figure in self.figures for side in figure.sides()}

    def judge(self, values: Mapping[str, Value]) -> "Found":
        """Its outcome, from the values of figures by slug, its own among them."""
        own = {figure.slug: values[figure.slug] for figure in self.figures}
        return Found(self, total(self.left, own), total(self.right, own), own)


@dataclass(frozen=True)
class Found:
    """What a check came to: its two sides (None: no value), and what they are made of, by slug."""

    check: Check
    left: Number | None
    right: Number | None
    values: Mapping[str, Value] = field(repr=False)

    @property
    def difference(self) -> Number | None:
        """Left less right."""
        if self.left is None or self.right is None:
            return None
        return self.left - self.right

    @property
    def agrees(self) -> bool:
        """Whether there is nothing wrong; so too where there is nothing to compare."""
        difference = self.difference
        if difference is None:
            return True
        at_most = self.check.relation == Relation.AT_MOST
        return difference <= 0 if at_most else difference == 0

    @property
    def outcome(self) -> Outcome:
        if self.difference is None:
            return Outcome.NOT_COMPARED
        return Outcome.PASSED if self.agrees else Outcome.FAILED

    @property
    def is_blocking(self) -> bool:
        return self.outcome == Outcome.FAILED and self.check.severity == Severity.BLOCKING

    @property
    def is_to_explain(self) -> bool:
        return self.outcome == Outcome.FAILED and self.check.severity == Severity.TO_EXPLAIN


@dataclass(frozen=True, eq=False)
class CheckSet:
    """The checks of one app; slugs begin with the app's label."""

    app: str

    def equal(self, slug: str, name: str, **options: Any) -> Check:
        """Declare that two sides come to the same; options as for `at_most`."""
        return self._identity(slug, name, Relation.EQUAL, **options)

    def at_most(self, slug: str, name: str, **options: Any) -> Check:
        """Declare that `left` is not more than `right`.

        Sides are lists of figures, slugs, or terms made by `minus` and `before`. `remedy` says what
        to do; `severity` is blocking unless another is given; `of_whole` as in Check.
        """
        return self._identity(slug, name, Relation.AT_MOST, **options)

    def _identity(  # noqa: PLR0913 - a declaration, every part of it named
        self,
        slug: str,
        name: str,
        relation: Relation,
        *,
        left: Iterable[Figure | str | Term],
        right: Iterable[Figure | str | Term],
        remedy: str,
        severity: Severity = Severity.BLOCKING,
        of_whole: bool = False,
    ) -> Check:
        sides = _terms(left), _terms(right)
        text = f"“{in_words(sides[0])}”{relation.label}“{in_words(sides[1])}”。"
        return self._keep(
            Check(
                f"{self.app}.{slug}",
                name,
                text,
                remedy,
                severity,
                sides[0],
                relation,
                sides[1],
                of_whole,
            )
        )

    def no_rows(
        self, register: Register, name: str, *, unit: str, severity: Severity, remedy: str
    ) -> Callable[[Condition], Check]:
        """Decorate a condition: no row of the register should meet it.

        Its docstring says which rows, `remedy` how to mend them and who can.
        """

        def declare(condition: Condition) -> Check:
            found = self.count(register, name, unit=unit)(condition)
            text, left = found.definition, (Term(found),)
            return self._keep(
                Check(found.slug, name, text, remedy, severity, left, Relation.EQUAL, ())
            )

        return declare

    def count(self, register: Register, name: str, *, unit: str) -> Callable[[Condition], Measured]:
        """Decorate a condition: a count that an identity needs and the catalogue does not have."""

        def declare(condition: Condition) -> Measured:
            slug = f"{self.app}.{condition.__name__}"
            text = getdoc(condition) or ""
            return keep_side(Measured(slug, name, unit, text, register, condition))

        return declare

    def _keep(self, check: Check) -> Check:
        _refuse_taken(check.slug, CHECKS)
        CHECKS[check.slug] = check
        return check


def keep_side(side: Measured) -> Measured:
    _refuse_taken(side.slug, FIGURES, SIDES)
    SIDES[side.slug] = side
    return side


def _refuse_taken(slug: str, *taken: Mapping[str, Any]) -> None:
    if not SLUG.fullmatch(slug):
        raise ImproperlyConfigured(f"{slug} cannot stand in addresses")
    if any(slug in known for known in taken):
        raise ImproperlyConfigured(f"{slug} is declared twice")


def all_checks() -> list[Check]:
    """Every declared check, in the order of declaration."""
    return list(CHECKS.values())


def side_named(slug: str) -> Measured:
    """What a check counts outside the catalogue. Raises UnknownCheck."""
    try:
        return SIDES[slug]
    except KeyError as error:
        raise UnknownCheck(slug) from error


def sides_over(register: Register) -> list[Measured]:
    """Everything that checks count on a register outside the catalogue."""
    return [side for side in SIDES.values() if side.register == register]


def run(scope: Any, period: Period, checks: Iterable[Check] | None = None) -> list[Found]:
    """The outcome of each check (without `checks`: of all) in a scope and period.

    Everything is counted in one go: one query per register and baseline.
    """
    asked = all_checks() if checks is None else list(checks)
    figures = {figure.slug: figure for check in asked for figure in check.figures}
    values = compute(figures.values(), scope, period)
    return [check.judge(values) for check in asked]


def check_sides(everything: Any) -> Callable[..., list[Error]]:
    """A system check: what checks count can be counted, as figures can (figures.E001 to E006)."""

    def check(**options: Any) -> list[Error]:
        return errors_of_measured(SIDES.values(), everything)

    return check
