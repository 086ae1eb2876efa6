"""The sheet of an official paper in Word's units, and how wide text stands on it.

A4; margins 37, 35, 28 and 26 mm; 22 lines of 28 characters (GB/T 9704-2012 §5). Lengths are in
twips, twentieths of a point.
"""

from unicodedata import east_asian_width

POINT = 20
MILLIMETRE = 1440 / 25.4

PAGE = (round(210 * MILLIMETRE), round(297 * MILLIMETRE))
LEFT = round(28 * MILLIMETRE)
TOP = round(37 * MILLIMETRE)

LINES, LINE = 22, 29 * POINT
SIZE = 16 * POINT
CHARACTERS, CLOSER = 28, -4
PITCH = SIZE + CLOSER
WIDTH = CHARACTERS * PITCH
# What so many lines and characters leave: 34.9 and 25.9 mm. With 35 and 26 the last line and the
# last character would not fit, by fifths of a point.
BOTTOM = PAGE[1] - TOP - LINES * LINE
RIGHT = PAGE[0] - LEFT - WIDTH


def ems(text: str) -> float:
    """How many full-width characters wide the text is; Latin letters and digits are half of one."""
    return sum(1 if east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def characters(number: float) -> int:
    """The width of so many characters of the body."""
    return round(number * PITCH)
