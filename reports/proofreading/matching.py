"""Which figures a number of a text may be, from its unit and the words around it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import sqrt

from dangjian.lib.figures import Figure, Value
from dangjian.lib.quantities import Quantity
from dangjian.lib.surroundings import Surroundings

from .phrasebook import Phrasebook, Usage
from .words import own_pairs, weights_of

# Units that count the same sort of thing; 个 stands in for any of them.
ALIKE = [
    "人 名 位",
    "人次 人",
    "家 个",
    "处 个 所",
    "项 个 件 大",
    "次 场 期 回 批次 场次",
    "对 个 组",
]
ALIKE += ["个 支 类 种 条 项", "岁 周岁", "户 个", "名 个", "条 件 项", "张 票"]
_ALIKE = {
    frozenset((one, other)) for line in ALIKE for one in line.split() for other in line.split()
}
# Fainter likenesses are none; a name alone never says as much as a sentence of the office.
FAINT, BY_NAME = 0.3, 0.9
# What a likeness counts for where the number stands with another unit than the figure's.
UNFIT = 0.8

_MOVED = re.compile(
    r"(?P<fall>减少|压缩|下降|降低|缩减|精简|降)了?$|(?P<rise>增加|增长|提高|上升|提升|净增|升)了?$"
)
_NEW = re.compile(r"新增(?:加)?了?$")
_PAST = re.compile(
    r"(?:上届|上一届|上年|去年|上一年|年初|原来|原有)的?(?:为|有|是)?$"
    r"|(?<![与较比同])(?:上届|上一届|去年|上年)(?!相比|比)[^|]*$"
)
_FROM = re.compile(r"[由从][^|到至]{0,16}$")
_TO = re.compile(r"(?:增加|增长|提高|上升|提升|减少|压缩|下降|降低|缩减|扩大|降|升)(?:到|至|为)")
_AHEAD = re.compile(
    r"计划(?!生育)|力争|争取|拟(?=[建招选组举开派新定])|明年|下一年|来年|下步|下一步|打算|预计|今后|即将"
    r"|将(?=[建新再组举开招选力])"
)


class Mood(Enum):
    """What a number is said to be: the state, a move, what was before, what is still to come."""

    NOW = "now"
    MOVED = "moved"
    PAST = "past"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Candidate:
    """A figure a number may be; `likeness` is how alike the words are, 0 to 1."""

    value: Value
    likeness: float
    unit_fits: bool
    past: bool = False

    @property
    def figure(self) -> Figure:
        return self.value.figure.measured if self.past else self.value.figure

    @property
    def text(self) -> str:
        """Its value with its unit: at the baseline, where the number is said to be of then."""
        return self.value.before_text if self.past else self.value.text


def mood_of(around: Surroundings) -> Mood:
    """How a number is spoken of, from the words before it."""
    if _MOVED.search(around.before):
        return Mood.MOVED
    if _PAST.search(around.before) or (_FROM.search(around.before) and _TO.match(around.after)):
        return Mood.PAST
    spoken = [around.before, *around.earlier, *around.headings[:1]]
    return Mood.AHEAD if any(_AHEAD.search(words) for words in spoken) else Mood.NOW


def falls(around: Surroundings) -> bool:
    found = _MOVED.search(around.before)
    return bool(found and found["fall"])


def candidates(
    one: Quantity, around: Surroundings, mood: Mood, values: Mapping[str, Value], book: Phrasebook
) -> list[Candidate]:
    """The figures a number may be, likeliest first, each once."""
    context = context_of(around, book)
    best: dict[str, float] = {}
    for slug, fits in _eligible(one, around, mood, values).items():
        alike = max(map(context.likeness, book.of(slug)), default=0.0) * fits
        if alike >= FAINT:
            best[slug] = alike
    listed = [
        Candidate(values[slug], alike, _fits(one, values[slug].figure) > 0, mood is Mood.PAST)
        for slug, alike in best.items()
    ]
    return sorted(listed, key=lambda each: -each.likeness)


@dataclass(frozen=True, eq=False)
class Context:
    """The words around a number, weighed; `own` are those of its clause."""

    vector: dict[str, float]
    length: float
    own: dict[str, float]
    weight_of_own: float

    def likeness(self, usage: Usage) -> float:
        """How alike the words here are to a usage of a figure, 0 to 1."""
        shared = [pair for pair in usage.vector if pair in self.vector]
        if not shared:
            return 0.0
        return self._says(usage, shared) if usage.is_name else self._resembles(usage, shared)

    def _resembles(self, usage: Usage, shared: Iterable[str]) -> float:
        """The cosine of the angle between the words here and those of a text of the office."""
        product = sum(usage.vector[pair] * self.vector[pair] for pair in shared)
        return product / (self.length * usage.length)

    def _says(self, usage: Usage, shared: Iterable[str]) -> float:
        """How far the words here say a figure's name, and its own clause nothing but that."""
        said = sum(min(usage.vector[pair], 2 * self.vector[pair]) for pair in shared)
        meant = sum(self.own.get(pair, 0.0) for pair in shared)
        precise = max(meant / self.weight_of_own, 0.05) if self.own else 0.05
        return BY_NAME * sqrt(said / usage.total * precise)


def context_of(around: Surroundings, book: Phrasebook) -> Context:
    vector = book.weighed(weights_of(around))
    own = {pair: book.telling_of(pair) for pair in own_pairs(around)}
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return Context(vector, length, own, sum(own.values()))


def _eligible(
    one: Quantity, around: Surroundings, mood: Mood, values: Mapping[str, Value]
) -> dict[str, float]:
    """The slugs of figures that are numbers of this sort, and how well the unit fits."""
    found = {}
    for slug, value in values.items():
        figure = value.figure
        moves = figure.is_change
        if mood is Mood.PAST:
            if value.before is None:
                continue
            figure, moves = figure.measured, False
        if moves != (mood is Mood.MOVED or one.kind == "points") and not (
            moves and _NEW.search(around.before)
        ):
            continue
        if (one.kind == "each") != (figure.kind == "quotient"):
            continue
        fits = _fits(one, figure)
        if fits or not _is_share(one, figure):
            found[slug] = fits or UNFIT
    return found


def _is_share(one: Quantity, figure: Figure) -> bool:
    """Whether either is a share or an age: these are never said in another unit by mistake."""
    special = {"%", "个百分点", "岁", "分", "天", "个月", "年", "元"}
    return one.unit in special or figure.unit in special


def _fits(one: Quantity, figure: Figure) -> float:
    """How well a unit as written fits the figure's: 1 the same, 0 not at all."""
    if one.unit == figure.unit:
        return 1.0
    if frozenset((one.unit, figure.unit)) in _ALIKE:
        return 0.97
    return 0.9 if not one.unit and figure.unit not in ("%", "个百分点", "岁") else 0.0
