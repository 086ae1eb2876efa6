"""Numbers in a text that count nothing: dates, numbering, ordinals, names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .numerals import CHARACTERS
from .phrases import PHRASES

# Every character for one character, so that places in the text stay what they were.
_SAME = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("．", "."),
        **dict.fromkeys("％﹪", "%"),
        **dict.fromkeys("～〜∼", "~"),  # noqa: RUF001 as above
        **dict.fromkeys("－–—‐‑−", "-"),  # noqa: RUF001 as above
        "　": " ",
        "\0": " ",
    }
)
_HAN = f"[{CHARACTERS}]"
_LOW = "[一二三四五六七八九十]"
_QUOTED = rf"[“‘「][^”’」“‘「\d]{{0,12}}{_HAN}[^”’」“‘「\d]{{0,12}}[”’」]|[“‘「]\d+[”’」]"


@dataclass(frozen=True)
class Aside:
    """A number that is no quantity, and why: `source[start:end] == text`."""

    text: str
    start: int
    end: int
    reason: str

    def of(self, source: str) -> "Aside":
        return replace(self, text=source[self.start : self.end])


def _phrases() -> str:
    listed = sorted(PHRASES, key=len, reverse=True)
    return rf"(?<!{_HAN})(?:{'|'.join(listed)})"


_REASONS = {
    "numbering": "编号",
    "date": "日期",
    "name": "固定说法",
    "ordinal": "序数",
    "band": "分组名称",
    "code": "代号",
}
_YEAR = r"(?<!\d)(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:[-~至到]\d{1,2})?[日号]"
_IN_MONTH = rf"(?:{_DAY}|份|[初底末]|[上中下]旬)?"
_HAN_MONTH = rf"{_LOW}{{1,2}}月(?:{_LOW}{{1,3}}[日号]|份|[初底末]|[上中下]旬)?"
_AGE = rf"(?:\d+|{_HAN}+)"
_ASIDE = re.compile(
    rf"""
    (?P<numbering>
        (?m:^)[ ]*(?:[(（]?(?:\d{{1,2}}|{_LOW}{{1,3}})[)）、]|\d{{1,2}}\.(?!\d))
      | [(（](?:\d{{1,2}}|{_LOW}{{1,3}})[)）](?=\w)
      | (?<=[。；：:;])\d{{1,2}}(?:\.(?!\d)|、)
      | (?<!{_HAN}){_LOW}{{1,2}}[是要](?=\w|，)|其{_LOW}(?=[，是])
      | [①-⑳]
      | (?:附件|附表|表|图|例|No\.?)[ ]?\d+(?![\d.]*[%个名人家项次])
    )
  | (?P<date>
        (?:19|20)\d\d年?[-~至到](?:19|20)?\d\d(?:年度?|学年)
      | {_YEAR}-(?:19|20)\d\d(?!\d)
      | {_YEAR}年(?:度|[初底末])?(?:\d{{1,2}}月{_IN_MONTH})?
      | {_YEAR}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?(?![\d.%])
      | [〇零一二三四五六七八九]{{4}}年(?:度|[初底末])?(?:{_HAN_MONTH})?
      | (?<![\d.])\d{{1,2}}(?:[-~至到、]\d{{1,2}})?月{_IN_MONTH}
      | (?<!{_HAN}){_HAN_MONTH}
      | (?<![\d.]){_DAY}(?!均)
      | (?<!\d)\d{{1,2}}:\d\d
      | (?<![\d.])\d{{1,2}}[时点](?:\d{{1,2}}分|半|许|整)?
      | [1-4一二三四]季度
    )
  | (?P<ordinal>
        第[ ]?(?:\d+(?:[-~至到]\d+)?|{_HAN}+)(?:个|季度|[届次批期号名位轮条章节款项步站])?
    )
  | (?P<name>
        {_HAN}+届[一二三四五六七八九]中全会
      | {_HAN}+大(?=报告|精神|以来|代表)
      | {_QUOTED}
      | (?<!{_HAN})十分(?!之) | 百分百
      | {_phrases()}
      | (?:\d+\+)+(?:\d+|[NXnx])
    )
  | (?P<band>
        {_AGE}(?:[-~至到]{_AGE})?周?岁(?:[(（]?[及或含][)）]?)?[以之][上下内]
      | {_AGE}[-~至到]{_AGE}周?岁
      | (?:不足|不满|未满|超过)?\d+[个名人家户年][及或]?以[上下]的
    )
  | (?P<code>
        [A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?<=\d)
      | \d+[A-Za-z][A-Za-z0-9]*
      | [〔\[]\d{{4}}[〕\]]\d*号?
      | \d+号(?!召)
      | \d+(?=热线)
      | (?<![\d.,])\d{{7,}}(?![\d.,]*[人元户个%])
    )
    """,
    re.VERBOSE,
)


def unmarked(text: str) -> str:
    """The text in half-width digits, signs and blanks, each in its place."""
    return text.translate(_SAME)


def find_asides(same: str) -> Iterator[Aside]:
    """The numbers of an unmarked text that count nothing, in order of place."""
    for match in _ASIDE.finditer(same):
        yield Aside(match[0], match.start(), match.end(), _REASONS[match.lastgroup or "name"])
