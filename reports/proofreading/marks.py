"""What each number of a text comes to beside the figures and beside its neighbours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from dangjian.lib.asides import Aside
from dangjian.lib.figures import Figure, Value
from dangjian.lib.neighbours import Relation
from dangjian.lib.quantities import Quantity
from dangjian.lib.stated import Agreement, Stated, compare
from dangjian.lib.surroundings import Surroundings

from .matching import UNFIT, Candidate, Mood, falls

# From here on the words name the figure; from there on well enough to say the number is wrong.
LIKELY, SURE = 0.5, 0.7
# The office's own sentence, word for word.
VERBATIM = 0.93
# A figure nearly as likely as the likeliest keeps a number from being judged by that alone.
BESIDE, BESIDE_VERBATIM, BESIDE_AGREEING = 0.6, 0.92, 0.95
SHOWN = 4


class Verdict(Enum):
    """What a number comes to."""

    AGREES = "agrees"
    CONSISTENT = "consistent"
    DIFFERS = "differs"
    IMPOSSIBLE = "impossible"
    UNSURE = "unsure"
    NONE = "none"

    @property
    def label(self) -> str:
        return LABELS[self][0]

    @property
    def icon(self) -> str:
        return LABELS[self][1]

    @property
    def tone(self) -> str:
        """The Bootstrap colour it is shown in."""
        return LABELS[self][2]

    @property
    def is_alarm(self) -> bool:
        return self in (Verdict.DIFFERS, Verdict.IMPOSSIBLE)


LABELS = {
    Verdict.AGREES: ("相符", "check-circle-fill", "success"),
    Verdict.CONSISTENT: ("前后相符", "check-circle", "success"),
    Verdict.DIFFERS: ("不符", "x-circle-fill", "danger"),
    Verdict.IMPOSSIBLE: ("算不通", "x-octagon-fill", "danger"),
    Verdict.UNSURE: ("拿不准", "question-circle", "warning"),
    Verdict.NONE: ("没有对应指标", "dash-circle", "secondary"),
}


@dataclass(frozen=True)
class Mark:
    """A number of the text, the words around it, its verdict, and the likeliest figures."""

    number: int
    quantity: Quantity
    before: str
    after: str
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Proofread:
    """A text with its numbers marked, and those in it that count nothing."""

    text: str
    marks: list[Mark]
    asides: list[Aside]
    # How many numbers after the last marked one were not looked at.
    left_out: int = 0

    @property
    def alarms(self) -> list[Mark]:
        return [one for one in self.marks if one.verdict.is_alarm]

    @property
    def pieces(self) -> list[tuple[str, Mark | None]]:
        """The text cut at its numbers, in order."""
        found: list[tuple[str, Mark | None]] = []
        place = 0
        for mark in self.marks:
            found += [(self.text[place : mark.quantity.start], None), (mark.quantity.text, mark)]
            place = mark.quantity.end
        return [*found, (self.text[place:], None)]


Judgement = tuple[Verdict, tuple[Candidate, ...], str]


def judged(
    one: Quantity, around: Surroundings, mood: Mood, listed: Sequence[Candidate]
) -> Judgement:
    """The verdict on a number from the figures it may be, with the figures and the reason."""
    if not listed or listed[0].likeness < LIKELY:
        return Verdict.NONE, (), ""
    best = listed[0]
    agreeing = [each for each in listed if agreement(one, around, each) is Agreement.AGREES]
    if misnamed := _only_unit_differs(listed, agreeing):
        return Verdict.DIFFERS, (misnamed,), _other_unit(misnamed)
    if best in agreeing:
        return _agrees(best, listed, agreeing)
    beside = best.likeness * (BESIDE_VERBATIM if best.likeness >= VERBATIM else BESIDE)
    rivals = [each for each in agreeing if each.likeness >= beside]
    doubt = ""
    if rivals:
        doubt = "最像的一项数不同，另有指标数相同。"
    elif mood is Mood.AHEAD:
        doubt = "说的是打算，不是已有的数。"
    elif best.likeness < (VERBATIM if mood is Mood.PAST else SURE):
        doubt = "最像这一项，但不能肯定。"
    if doubt:
        return Verdict.UNSURE, (best, *rivals)[:SHOWN], doubt
    return Verdict.DIFFERS, (best,), difference(one, around, best)


def _agrees(
    best: Candidate, listed: Sequence[Candidate], agreeing: Sequence[Candidate]
) -> Judgement:
    """Agreement, unless a figure as likely has another value, or only the number is the same."""
    near = [each for each in listed if each.likeness >= best.likeness * BESIDE_AGREEING]
    if not all(each in agreeing for each in near):
        return Verdict.UNSURE, tuple(near[:SHOWN]), "几项指标都可能，数不全相同。"
    if best.unit_fits:
        return Verdict.AGREES, tuple(near[:SHOWN]), ""
    verdict = Verdict.DIFFERS if best.likeness >= SURE else Verdict.UNSURE
    return verdict, (best,), _other_unit(best)


def _only_unit_differs(
    listed: Sequence[Candidate], agreeing: Sequence[Candidate]
) -> Candidate | None:
    """The figure the office's own sentence prints there, in another unit than it was given."""
    misnamed = next((one for one in agreeing if not one.unit_fits), None)
    if misnamed is None or misnamed.likeness < UNFIT * VERBATIM:
        return None
    fitting = [one for one in listed if one.unit_fits]
    alike = [one for one in fitting if one in agreeing or one.likeness >= VERBATIM]
    return None if alike else misnamed


def _other_unit(one: Candidate) -> str:
    return f"数相同，计量单位应为“{one.figure.unit}”。"


def agreement(one: Quantity, around: Surroundings, candidate: Candidate) -> Agreement:
    """How the number as stated stands to a figure."""
    value = candidate.value
    exact = value.before if candidate.past else value.exact
    sign = -1 if value.figure.is_change and not candidate.past and falls(around) else 1
    stated = Stated(sign * one.value, one.decimals, one.unit, one.qualifier, one.high)
    return compare(stated, exact)


def difference(one: Quantity, around: Surroundings, best: Candidate) -> str:
    """Why a number does not agree with its figure, in words."""
    value = best.value
    if best.past:
        return f"应为{value.before_text}。"
    if value.exact is None:
        return "这项指标现在没有值。"
    if value.figure.is_change and value.number and falls(around) != (value.number < 0):
        return f"方向相反：应为“{value.text}”。"
    if agreement(one, around, best) is Agreement.TRUNCATED:
        return f"截尾：四舍五入应为{value.text}。"
    if value.figure.unit == one.unit and not value.figure.is_change and value.number is not None:
        apart = abs(one.value - value.number)
        return f"应为{value.text}，相差{apart.normalize():f}{_unit_apart(one)}。"
    return f"应为{value.text}。"


def _unit_apart(one: Quantity) -> str:
    return "个百分点" if one.unit == "%" else one.unit


def with_relations(marks: Sequence[Mark], found: Iterable[Relation]) -> list[Mark]:
    """The marks with what their neighbours say: one number is blamed where they do not fit."""
    marks = list(marks)
    for relation in found:
        subject = relation.subject
        if relation.holds:
            if marks[subject].verdict in (Verdict.NONE, Verdict.UNSURE):
                marks[subject] = replace(
                    _said(marks[subject], relation), verdict=Verdict.CONSISTENT
                )
            elif marks[subject].verdict is Verdict.AGREES:
                marks[subject] = _said(marks[subject], relation)
            elif not _known(marks, relation):
                marks[subject] = replace(_said(marks[subject], relation), verdict=Verdict.UNSURE)
            continue
        known_wrong = [one for one in relation.members if marks[one].verdict.is_alarm]
        doubtful = [one for one in relation.members if marks[one].verdict is not Verdict.AGREES]
        if known_wrong:
            marks[known_wrong[0]] = _said(marks[known_wrong[0]], relation)
        elif len(relation.members) == 1 or doubtful:
            blamed = subject if subject in doubtful or not doubtful else doubtful[-1]
            marks[blamed] = replace(_said(marks[blamed], relation), verdict=Verdict.IMPOSSIBLE)
    return marks


def _known(marks: Sequence[Mark], relation: Relation) -> bool:
    """Whether any other member was found among the figures."""
    others = [marks[one].verdict for one in relation.members if one != relation.subject]
    return any(one is Verdict.AGREES or one.is_alarm for one in others) or not others


def _said(mark: Mark, relation: Relation) -> Mark:
    return replace(mark, reason=f"{mark.reason}{relation.reason}")


def of_last_year(mark: Mark, figure: Figure, value: Value | None) -> str:
    """That a wrong number is last year's, where it is."""
    if value is None or value.exact is None or figure.is_change:
        return ""
    one = mark.quantity
    stated = Stated(one.value, one.decimals, one.unit, one.qualifier, one.high)
    is_old = compare(stated, value.exact) is Agreement.AGREES
    return f"这是上年的数（{value.text}）。" if is_old else ""
