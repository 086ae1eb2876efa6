"""The typefaces of an official paper (GB/T 9704-2012), by their names on office computers.

This is the one place to change them; static/css/print.css names the same for the printed page.
A computer without one takes the first of its alternatives that is there (docs/adr/0018).
"""

from dataclasses import dataclass

LATIN = "Times New Roman"


@dataclass(frozen=True)
class Face:
    """A Chinese typeface and what stands in for it; `kind` is Word's word for its shape."""

    name: str
    alternatives: tuple[str, ...]
    kind: str


TITLE = Face("方正小标宋简体", ("FZXiaoBiaoSong-B05S", "华文中宋", "Noto Serif CJK SC"), "roman")
BODY = Face("仿宋_GB2312", ("仿宋", "华文仿宋", "Noto Serif CJK SC"), "roman")
HEADING = Face("黑体", ("SimHei", "华文黑体", "Noto Sans CJK SC"), "swiss")
SUBHEADING = Face("楷体_GB2312", ("楷体", "华文楷体", "Noto Serif CJK SC"), "roman")
TABLE = Face("宋体", ("SimSun", "华文宋体", "Noto Serif CJK SC"), "roman")

FACES = (TITLE, BODY, HEADING, SUBHEADING, TABLE)
