"""Words that contradict the figure beside them: 提高 beside a fall, 全部 beside 93.33%.

Only what a writer typed is judged; a figure's own words (压缩11人) follow its number. It is a hint
for people: where a word may belong to something else it is passed over, so a text without hints is
not proved right.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .figures import Value
from .prose import Piece, Printed

RISE = "提高|提升|增加|新增|增长|上升|扩大|增强|壮大"
FALL = "下降|降低|减少|压缩|缩减|缩小|回落|下滑"
LEVEL = "持平|不变|没有变化|未变"
FIRST = "首次|第一次|首度|头一次"
EVERY = "百分之百|百分百|(?:100|１００)[%％﹪]|全覆盖|全达标"  # noqa: RUF001 full-width as people type it
REACHED = "覆盖|达标|完成|实现|合格|解决|兑现|到位|建成|达到|转正|清零"
ALL = f"{EVERY}|全部|所有|悉数|全数|全面(?={REACHED})"
ALL_REACHED = f"{EVERY}|(?:全部|全面|悉数|全数|都已|均已)(?={REACHED})"
ZERO = "为零|为0|为〇|清零|归零|全部消除"

# What ends a sentence, and what ends a clause in it; the enumeration comma counts with the latter.
ENDS = "。！？；!?;\n"
PAUSES = "，、：:,（）()“”"
_PARTS = re.compile(f"[{re.escape(ENDS)}]|[{re.escape(PAUSES)}]|[^{re.escape(ENDS + PAUSES)}]+")
# 没有提高, 未增加, 防止下降 say the opposite, or nothing about what is.
_DENIED = re.compile(r"(?:未|没|没有|不|不再|并未|尚未|无|防止|避免|遏制|力争|争取|力求|将)$")
# Between a word and its figure: what shows that the word belongs to something else.
_APART = re.compile("[的后前]|同时|由于|为了|以来|通过")
NEAR = 8  # characters between a word of direction and its figure


@dataclass(frozen=True)
class Contradiction:
    """Words beside a figure that its value denies; the message is Chinese and names the figure."""

    words: str
    slug: str
    message: str


@dataclass
class _Clause:
    """Figures and the words between them: one text more than figures."""

    texts: list[str] = field(default_factory=lambda: [""])
    figures: list[tuple[Printed, Value]] = field(default_factory=list)

    def around(self) -> Iterator[tuple[Printed, Value, str, str]]:
        """Each figure with the words before it, and after it those that no other figure claims."""
        last = len(self.figures) - 1
        for place, (piece, value) in enumerate(self.figures):
            after = self.texts[-1] if place == last else ""
            yield piece, value, self.texts[place], after


def contradictions(pieces: Sequence[Piece]) -> list[Contradiction]:
    """What the words of a rendered text say against the figures in their own clause.

    A clause without a figure (…，实现全覆盖) is read with the one beside it in its sentence. Each
    word is told once for a figure.
    """
    found: dict[tuple[str, str], Contradiction] = {}
    for sentence in _sentences(pieces):
        for one in _of_sentence(sentence):
            found.setdefault((one.words, one.slug), one)
    return list(found.values())


def _sentences(pieces: Iterable[Piece]) -> list[list[_Clause]]:
    """The clauses of each sentence; marks inside a figure's own text end nothing."""
    sentences = [[_Clause()]]
    for piece in pieces:
        if isinstance(piece, Printed):
            clause = sentences[-1][-1]
            if isinstance(piece.value, Value) and piece.value.number is not None:
                clause.figures.append((piece, piece.value))
                clause.texts.append("")
            continue
        for part in _PARTS.findall(piece.text):
            if part in ENDS:
                sentences.append([_Clause()])
            elif part in PAUSES:
                sentences[-1].append(_Clause())
            else:
                sentences[-1][-1].texts[-1] += part
    return sentences


def _of_sentence(clauses: list[_Clause]) -> Iterator[Contradiction]:
    for clause in clauses:
        for piece, value, before, after in clause.around():
            yield from _told(piece, value, _denied(value, before, after))
    for first, second in pairwise(clauses):
        if first.figures and not second.figures:
            piece, value = first.figures[-1]
            yield from _told(piece, value, _denied_beside(value, second.texts[0]))
        elif second.figures and not first.figures:
            piece, value = second.figures[0]
            yield from _told(piece, value, _denied_beside(value, first.texts[0]))


def _told(piece: Printed, value: Value, words: Iterable[str]) -> Iterator[Contradiction]:
    for word in words:
        now = f"现为{value.text}"
        if value.figure.baseline and re.fullmatch(FIRST, word):
            now = f"{value.figure.baseline.name}已有{value.before_text}"
        yield Contradiction(word, piece.slug, f"“{word}”与指标“{value.figure.name}”不符：{now}。")


def _denied(value: Value, before: str, after: str) -> Iterator[str]:
    """The words around a figure in its clause that its value denies."""
    number = value.number or 0
    if value.figure.is_change:
        yield from _directions(number, before, after)
        if value.before:
            yield from _words(FIRST, before + after)
    elif value.figure.kind == "share" and number < 100:
        yield from _words(ALL, before, of=_is_not_base)
        yield from _words(ALL_REACHED, after)
    elif value.figure.kind in {"count", "sum"} and number > 0:
        yield from _none_of(before, after)


def _directions(number: object, before: str, after: str) -> Iterator[str]:
    rose, fell = number > 0, number < 0  # type: ignore[operator]
    for words, holds in ((RISE, rose), (FALL, fell), (LEVEL, not rose and not fell)):
        if not holds:
            yield from _words(words, before, of=_is_near)
            yield from _words(words, after[: NEAR + 4])


def _none_of(before: str, after: str) -> Iterator[str]:
    """没有12起, 无12家, 为零: of what there is some."""
    if found := re.search(r"(?<!有)(没有(?!的)[^的]{0,6}|(?<![有从别])无.?|零.{0,2})$", before):
        yield re.match("没有|无|零", found[0])[0]  # type: ignore[index]
    yield from _words(ZERO, after)


def _denied_beside(value: Value, text: str) -> Iterator[str]:
    """The words of a clause without a figure that the value beside it denies."""
    number = value.number or 0
    if value.figure.kind == "share" and number < 100:
        yield from _words(ALL_REACHED, text)
    elif value.figure.kind in {"count", "sum"} and number > 0:
        yield from _words("清零|归零", text)


def _words(
    wanted: str, text: str, of: Callable[[str, str], bool] = lambda before, after: True
) -> Iterator[str]:
    """The words found in a text that are not denied; `of` decides by what is around them."""
    for found in re.finditer(wanted, text):
        before, after = text[: found.start()], text[found.end() :]
        if not _DENIED.search(before) and of(before, after):
            yield found[0]


def _is_near(before: str, after: str) -> bool:
    return len(after) <= NEAR and not _APART.search(after)


def _is_not_base(before: str, after: str) -> bool:
    """占全部党员的, 全部党员中: the words name what the share is of."""
    return "占" not in before[-3:] and "中" not in after and "里" not in after and "占" not in after
