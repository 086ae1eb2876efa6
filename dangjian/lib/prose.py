"""Text with live figures: what the office writes, with figures in braces.

    {slug}         value and unit
    {slug:n}       the number only, without a sign where it is a change
    {slug:before}  the baseline with its unit
    […]            a clause, gone when a figure in it vanishes
    [[ ]] {{ }}    one literal bracket

Three rules settle what a run of square brackets means:

- `[[` is always a literal, so a clause cannot begin with a bracket.
- Inside a clause every `]` ends a clause, so an inner one may end with its outer: `[{a}[，{b}]]`.
  Only after a literal `[[` in the same clause is `]]` the literal that pairs with it: `[{a}[[1]]]`.
- Outside clauses `]]` is a literal. A bracket that fits nowhere prints as written, with a problem.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import ClassVar, Protocol

NO_VALUE = "—"
FORMS = ("n", "before")

CLAUSE_WITHOUT_FIGURE = "分句里没有直接写指标，不会自行消失；要印出方括号，请写“[[”和“]]”。"
BAD_FIGURE = (
    "“{}”写法不对：只能写代码，或在代码后加“:n”（只要数字）、“:before”（基期数），冒号用半角。"
)
MISPLACED = {
    "[": "分句没有结束：缺少“]”；要印出方括号，请写“[[”。",
    "]": "多出一个“]”：前面没有与它成对的“[”；要印出方括号，请写“]]”。",
    "{": "指标没有写完：缺少“}”；要印出花括号，请写“{{”。",
    "}": "多出一个“}”：前面没有与它成对的“{”；要印出花括号，请写“}}”。",
}

_LEXEME = re.compile(
    r"""  [^][{}]+           # words
        | \[\[ | \]\] | \{\{ | \}\}
        | \{ [^][{}\n]* \}   # a figure
        | [][{}]             # a bracket on its own
    """,
    re.VERBOSE,
)
# A number as it is typed, in figures of either width.
DIGITS = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)*")  # noqa: RUF001 full-width numerals are what is looked for
_DOUBLED = str.maketrans({bracket: bracket * 2 for bracket in "[]{}"})


class Value(Protocol):
    """What prose needs of a computed figure; `dangjian.lib.figures.Value` is one."""

    @property
    def before(self) -> int | Decimal | None: ...
    @property
    def digits(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def before_text(self) -> str: ...
    @property
    def vanishes(self) -> bool: ...


@dataclass(frozen=True)
class Literal:
    """Characters printed as they are; `source` is how they were written (`[[` for `[`)."""

    source: str
    text: str
    problem: str = ""


@dataclass(frozen=True)
class Reference:
    """A figure in braces; `form` is one of FORMS, or empty for value and unit."""

    slug: str
    form: str = ""
    problem: ClassVar[str] = ""

    @property
    def source(self) -> str:
        return f"{{{self.slug}:{self.form}}}" if self.form else f"{{{self.slug}}}"


@dataclass(frozen=True)
class Opening:
    """The `[` of a clause; every Opening in a Prose has its Closing."""

    problem: str = ""
    source: ClassVar[str] = "["


@dataclass(frozen=True)
class Closing:
    """The `]` of a clause."""

    problem: ClassVar[str] = ""
    source: ClassVar[str] = "]"


Token = Literal | Reference | Opening | Closing


@dataclass(frozen=True)
class Problem:
    """What is wrong in a text and where; lines and columns count from 1."""

    message: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"第{self.line}行第{self.column}字：{self.message}"


@dataclass(frozen=True)
class TypedDigits:
    """A number typed by hand and where it begins; lines and columns count from 1."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Text:
    """Words to print, never empty."""

    text: str


@dataclass(frozen=True)
class Printed:
    """A figure to print as `text`; `value` is None when no value was given for the slug."""

    slug: str
    text: str
    value: Value | None
    form: str = ""


Piece = Text | Printed


@dataclass(frozen=True)
class Prose:
    """A parsed text: flat tokens in the order written, clauses marked by their two ends."""

    tokens: tuple[Token, ...]

    @property
    def source(self) -> str:
        """The text as it was written: `parse(text).source == text`."""
        return "".join(token.source for token in self.tokens)

    @property
    def slugs(self) -> list[str]:
        """The figures named, each once, in order of first mention."""
        named = (token.slug for token in self.tokens if isinstance(token, Reference))
        return list(dict.fromkeys(named))

    @property
    def problems(self) -> list[Problem]:
        """Mistakes of syntax in the order written; whether slugs exist is for `unknown`."""
        return [Problem(token.problem, *place) for place, token in self.placed() if token.problem]

    def placed(self) -> Iterator[tuple[tuple[int, int], Token]]:
        """Each token with the line and column of its first character."""
        place = (1, 1)
        for token in self.tokens:
            yield place, token
            place = _after(token.source, place)


@dataclass
class _OpenClause:
    opening: int  # index of its token
    brackets: int = 0  # literal [[ still waiting for their ]]
    has_figure: bool = False


def parse(text: str) -> Prose:
    """Read any text; mistakes become `Prose.problems`, never an exception."""
    tokens: list[Token] = []
    clauses: list[_OpenClause] = []
    position = 0
    while lexeme := _LEXEME.match(text, position):
        source = lexeme[0]
        if source == "]]" and clauses and not clauses[-1].brackets:
            source = "]"
        position += len(source)
        if source == "[":
            clauses.append(_OpenClause(len(tokens)))
            tokens.append(Opening())
        elif source == "]" and clauses:
            clause = clauses.pop()
            if not clause.has_figure:
                tokens[clause.opening] = Opening(CLAUSE_WITHOUT_FIGURE)
            tokens.append(Closing())
        else:
            tokens.append(_token(source))
            if clauses:
                clauses[-1].brackets += (source == "[[") - (source == "]]")
                clauses[-1].has_figure |= source[0] == "{" and source[-1] == "}"
    for clause in clauses:
        tokens[clause.opening] = Literal("[", "[", MISPLACED["["])
    return Prose(tuple(tokens))


def unknown(prose: Prose, known_slugs: Iterable[str]) -> list[Problem]:
    """A problem for each slug that does not exist, where first named, suggesting the nearest."""
    known = set(known_slugs)
    first_named: dict[str, tuple[int, int]] = {}
    for place, token in prose.placed():
        if isinstance(token, Reference) and token.slug not in known:
            first_named.setdefault(token.slug, place)
    return [Problem(_unknown_message(slug, known), *place) for slug, place in first_named.items()]


def render(prose: Prose, values: Mapping[str, Value]) -> list[Piece]:
    """The pieces to print, clauses decided, neighbouring words joined.

    A clause is decided by the figures directly in it: an inner clause may go alone, an outer one
    takes its inner ones along. A slug missing from `values` prints as no value. Never raises.
    """
    pieces: list[Piece] = []
    clauses: list[tuple[int, bool]] = []  # where its pieces start, whether it vanishes
    for token in prose.tokens:
        match token:
            case Opening():
                clauses.append((len(pieces), False))
            case Closing():
                start, vanishes = clauses.pop()
                if vanishes:
                    del pieces[start:]
            case Literal():
                pieces.append(Text(token.text))
            case Reference():
                value = values.get(token.slug)
                pieces.append(Printed(token.slug, _printed(value, token.form), value, token.form))
                if clauses and _vanishes(value, token.form):
                    clauses[-1] = (clauses[-1][0], True)
    return list(_joined(pieces))


def plain(pieces: Iterable[Piece]) -> str:
    """The pieces as one string."""
    return "".join(piece.text for piece in pieces)


def typed_digits(prose: Prose) -> list[TypedDigits]:
    """The numbers typed by hand, years included, for the editing page to mark."""
    return [
        TypedDigits(found[0], *_after(token.text[: found.start()], place))
        for place, token in prose.placed()
        if isinstance(token, Literal) and not token.problem
        for found in DIGITS.finditer(token.text)
    ]


def escape(text: str) -> str:
    """Text that prints as `text`. Inside a clause a `]` must have its `[` before it."""
    return text.translate(_DOUBLED)


def _token(source: str) -> Literal | Reference:
    """The token of a lexeme that is no end of a clause."""
    if source in _DOUBLED.values():
        return Literal(source, source[0])
    if source in MISPLACED:
        return Literal(source, source, MISPLACED[source])
    if not source.startswith("{"):
        return Literal(source, source)
    slug, colon, form = source[1:-1].partition(":")
    if not slug or "：" in slug or (colon and form not in FORMS):
        return Literal(source, source, BAD_FIGURE.format(source))
    return Reference(slug, form)


def _printed(value: Value | None, form: str) -> str:
    if value is None:
        return NO_VALUE
    if form == "before":
        return value.before_text
    if form == "n":
        # Only a change has a baseline; its sign is said by the words around it.
        return value.digits if value.before is None else value.digits.removeprefix("-")
    return value.text


def _vanishes(value: Value | None, form: str) -> bool:
    return value is None or value.vanishes or (form == "before" and value.before is None)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for is_text, run in groupby(pieces, key=lambda piece: isinstance(piece, Text)):
        if is_text:
            yield Text(plain(run))
        else:
            yield from run


def _after(text: str, place: tuple[int, int]) -> tuple[int, int]:
    """The line and column where `text` ends that begins at `place`."""
    line, column = place
    lines = text.count("\n")
    return (line + lines, len(text) - text.rfind("\n")) if lines else (line, column + len(text))


def _unknown_message(slug: str, known: Iterable[str]) -> str:
    nearest = difflib.get_close_matches(slug, known)
    if not nearest:
        return f"没有代码为 {slug} 的指标。"
    return f"没有代码为 {slug} 的指标，是否想用 {'、'.join(nearest)}？"
