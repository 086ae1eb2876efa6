"""The sheet of an official paper in Word's units, and how wide text stands on it.

A4; margins 37, 35, 28 and 26 mm; 22 lines of 28 characters (GB/T 9704-2012 §5). Lengths are in
twips, twentieths of a point.
"""

from unicodedata import east_asian_width

POINT = 20
MILLIMETRE = 1440 / 25.4

PAGE = (round(210 * MILLIMETRE), round(297 * MILLIMETRE))
LEFT, RIGHT = round(28 * MILLIMETRE), round(26 * MILLIMETRE)
TOP = round(37 * MILLIMETRE)
WIDTH = PAGE[0] - LEFT - RIGHT

LINES, LINE = 22, 29 * POINT
# What 22 lines leave: 34.9 mm. With 35 the last line would not fit, by a fifth of a point.
BOTTOM = PAGE[1] - TOP - LINES * LINE

SIZE = 16 * POINT
CHARACTERS = 28
PITCH = WIDTH / CHARACTERS
# Characters of 16 points are set closer by 0.3 points, so that 28 fit into a line even
# where a program rounds their widths; justified, they stand at the pitch.
CLOSER = -6
# What the grid takes from a character of the body's size, in 4096ths of a point.
PITCH_ADDED = round((PITCH - SIZE) / POINT * 4096)


def ems(text: str) -> float:
    """How many full-width characters wide the text is; Latin letters and digits are half of one."""
    return sum(1 if east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def characters(number: float) -> int:
    """The width of so many characters of the body."""
    return round(number * PITCH)
