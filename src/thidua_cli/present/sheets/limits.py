"""What Excel cannot hold: it calls a workbook damaged that goes beyond, and drops what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from thidua_cli.present.toolkit.text_width import lines_of

ROWS: Final = 1_048_576
COLUMNS: Final = 16_384
TEXT: Final = 32_767
"""Characters of one cell, as UTF-16 counts them."""
FORMULA: Final = 8_192
"""Characters of one formula."""
LITERAL: Final = 255
"""Characters of one text inside a formula."""
ROW_HEIGHT: Final = 409.0
"""Of the highest row, in points: what does not fit into it would not be seen."""
SERIES: Final = 255
"""Lines, or colours of bars, of one chart."""


def pieces(text: str, points: float, room: float, most_lines: int) -> list[str]:
    """Cut a text into parts of which each fits into one cell, at blanks where it has some.

    >>> pieces("mười hộ, hai mươi hộ", 11, 45, 1)
    ['mười hộ,', 'hai mươi', 'hộ']
    """
    if len(text) <= TEXT // 2 and lines_of(text, points, room) <= most_lines:
        return [text]
    return list(_cut(text, points, room, most_lines))


def _cut(text: str, points: float, room: float, most_lines: int) -> Iterator[str]:
    while text:
        length = _fitting(text, points, room, most_lines)
        yield text[:length].rstrip(" ")
        text = text[length:].lstrip(" ")


def _fitting(text: str, points: float, room: float, most_lines: int) -> int:
    """Return how many characters of a text fit into one cell."""
    # Half of the limit: a character outside of the first plane counts as two.
    low, high = 1, min(len(text), max(TEXT // 2, 1))
    while low < high:
        middle = (low + high + 1) // 2
        if lines_of(text[:middle], points, room) <= most_lines:
            low = middle
        else:
            high = middle - 1
    if low == len(text):
        return low
    blank = text.rfind(" ", 1, low + 1)
    return blank if blank > 0 else low


def breaks_a_limit(formula: str) -> bool:
    """Say whether Excel would refuse a formula: it is too long, or a text within it is."""
    if len(formula) <= LITERAL:
        return False
    return len(formula) > FORMULA or any(len(text) > LITERAL for text in formula.split('"')[1::2])
