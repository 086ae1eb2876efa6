"""The demo's summary as a text to check, and ten kinds of errors to plant in it."""

from dataclasses import dataclass
from decimal import Decimal

from dangjian.lib import periods, prose
from dangjian.lib.figures import all_figures, compute
from dangjian.lib.numerals import write_numeral
from dangjian.lib.stated import cut_off
from orgs.models import Office
from orgs.scope import EVERYTHING
from reports.documents.build import build_summary
from reports.proofreading import proofread

PERIOD, LAST_YEAR = periods.year(2025), periods.year(2024)
OFFICE = "大桥街道"
# What people add by hand: lists that are counted, totals, a move with both its ends.
ADDED = """
思想、组织、作风三个方面都有新气象，化解纠纷8件、积案5件，合计13件。
基层组织建设、非公党建创建、干部人才活力、村居换届选举四项党建工程同步推进。
"""
OTHER_UNITS = {"家": "名", "条": "人", "户": "次", "期": "名", "处": "人"}
# Parts of one whole that are taken for each other.
SIBLINGS = [
    ("单独组建13个，联合组建", "9个", "13个"),
    ("其中一对一5对，一对多", "3对", "5对"),
    ("其中党总支15个，党支部", "66个", "15个"),
    ("党委中心组学习12次，抽查学习笔记", "4次", "12次"),
]
DIRECTIONS = [
    ("党员数", "增加", "减少"),
    ("组织职数", "压缩", "增加"),
    ("学历比例", "提高", "下降"),
    ("平均年龄", "下降", "提高"),
]


@dataclass(frozen=True)
class Planting:
    """Replaces `source[start:end]`; the wrong number begins `lead` characters into the new text."""

    start: int
    end: int
    text: str
    lead: int = 0


def summary():
    """The demo's summary of 2025 as a person would copy it, and a few sentences of theirs."""
    name = Office.objects.get().name
    document = build_summary(EVERYTHING, PERIOD, unit=name, office=name)
    return "\n".join(prose.plain(block.pieces) for block in document.blocks) + ADDED


def check(text, figures=None):
    return proofread(text, EVERYTHING, PERIOD, unit=OFFICE, figures=figures or all_figures())


def over(one, text, *, lead=0):
    return Planting(one.start, one.end, text, lead)


def with_number(one, number):
    """The quantity with another number before its unit."""
    return over(one, f"{number}{one.unit}")


class Sites:
    """Where each kind of error can be planted in a correct text."""

    def __init__(self, text):
        self.text = text
        self.marks = [one for one in check(text).marks if one.candidates]
        self.quantities = [one.quantity for one in self.marks]
        self.old = compute(all_figures(), EVERYTHING, LAST_YEAR)

    def kinds(self):
        return {
            "wrong count": self.counts(),
            "truncated share": self.truncated(),
            "wrong unit": self.units(),
            "part of a sibling": self.siblings(),
            "impossible share": self.shares(),
            "wrong sum": self.at("合计", "13件", ["12件", "14件", "15件"]),
            "last year's": self.last_years(),
            "wrong mean age": self.ages(),
            "wrong direction or change": self.changes(),
            "wrong list": self.at("作风", "三个", ["四个", "两个"])
            + self.at("村居换届选举", "四项", ["五项", "三项"]),
        }

    def counts(self):
        plain = [one for one in self.quantities if one.unit in ("个", "名", "人", "次", "人次")]
        return [
            with_number(one, int(one.value) + off)
            for one in plain
            for off in (-2, -1, 1, 2, 10)
            if one.value + off > 1
        ]

    def truncated(self):
        found = []
        for one in self.marks:
            value = one.candidates[0].value
            if one.quantity.unit == "%":
                cut = cut_off(Decimal(value.exact), 2)
                found += [over(one.quantity, f"{cut}%")] if cut != value.number else []
        return found

    def units(self):
        return [
            over(one, f"{one.value}{OTHER_UNITS[one.unit]}")
            for one in self.quantities
            if one.unit in OTHER_UNITS
        ]

    def siblings(self):
        found = []
        for before, right, wrong in SIBLINGS:
            start = self.text.index(before + right) + len(before)
            found.append(Planting(start, start + len(right), wrong))
        return found

    def shares(self):
        leaning = [one for one in self.marks if one.before.endswith("占")]
        return [
            with_number(one.quantity, one.quantity.value + off)
            for one in leaning
            for off in (Decimal("0.1"), Decimal("-1.03"), Decimal("3.3"))
        ]

    def last_years(self):
        found = []
        for one in self.marks:
            figure = one.candidates[0].figure
            old = self.old[figure.slug].number
            if not figure.is_change and old and old != one.candidates[0].value.number:
                found.append(with_number(one.quantity, old))
        return found

    def ages(self):
        return [
            with_number(one, one.value + off)
            for one in self.quantities
            if one.unit == "岁" and one.decimals == 0
            for off in (-2, -1, 1, 3)
        ]

    def changes(self):
        found = []
        for before, right, wrong in DIRECTIONS:
            start = self.text.index(before + right) + len(before)
            found.append(Planting(start, start + len(right), wrong, len(wrong)))
        moved = [one for one in self.quantities if one.kind == "points" or one.value in (11, 21)]
        return found + [with_number(one, one.value + off) for one in moved for off in (-1, 1, 2)]

    def at(self, before, right, wrongs):
        start = self.text.index(before + right) + len(before)
        return [Planting(start, start + len(right), wrong) for wrong in wrongs]


def plant(text, chance, kinds):
    """One error of each kind, apart from each other: the text, and where the wrong numbers are."""
    chosen = []
    # Kinds with few places first, so that each finds one that is free.
    for sites in sorted(kinds.values(), key=len):
        free = [
            one
            for one in sites
            if all(one.end + 8 < other.start or other.end + 8 < one.start for other in chosen)
        ]
        chosen.append(chance.choice(free))
    return planted(text, chosen)


def planted(text, chosen):
    written, place, wrong = "", 0, []
    for one in sorted(chosen, key=lambda each: each.start):
        written += text[place : one.start]
        wrong.append(len(written) + one.lead)
        written += one.text
        place = one.end
    return written + text[place:], wrong


FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")  # noqa: RUF001 written so on purpose


def in_full_width(one):
    return one.text.translate(FULL_WIDTH).replace("%", "﹪")


def in_numerals(one):
    """The quantity as speeches write it: 二十二个, 百分之七十点三一."""
    whole, _, places = str(one.value).partition(".")
    digits = "".join("零一二三四五六七八九"[int(each)] for each in places)
    number = write_numeral(int(whole)) + (f"点{digits}" if digits else "")
    return f"百分之{number}" if one.unit == "%" else f"{number}{one.unit}"


def rewritten(text, write):
    """The text with every number that counts in another notation."""
    chosen = [over(one, write(one)) for one in (mark.quantity for mark in check(text).marks)]
    return planted(text, chosen)[0]
