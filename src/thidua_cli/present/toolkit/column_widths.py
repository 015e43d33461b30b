"""How wide the columns of a table on a page are: as wide as their words, and what is left goes to the longest texts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.toolkit.text_width import text_width

_LONGEST_WORD: Final = 8.0
"""Ems; a longer word (a hash, the path of a file) is broken rather than let it widen its column."""
_NAMES_ABREAST: Final = 8
"""So many columns of names may stand side by side, each on one line."""
_HEAD_LINES: Final = 3
"""Lines that a heading may take before it widens its column."""
_COMFORT: Final = 12.0
"""Ems; as wide a column is readable, whatever it holds."""


class ColumnNeed(NamedTuple):
    """What a column needs, in points."""

    least: float
    """So that no word is broken, but for the longest."""
    whole: float
    """So that no cell is."""


def needs(heads: Sequence[str], rows: Sequence[Sequence[str]], points: float, inset: float) -> list[ColumnNeed]:
    """Return the needs of the columns of a table, with the blank on both sides of a cell."""
    columns = list(zip(*rows, strict=True)) or [()] * len(heads)
    return [_need(head, set(cells), points, 2 * inset) for head, cells in zip(heads, columns, strict=True)]


def _need(head: str, cells: set[str], points: float, blank: float) -> ColumnNeed:
    words = {word for text in (head, *cells) for word in text.split()}
    longest = max((text_width(word, points) for word in words), default=0.0)
    least = min(longest, _LONGEST_WORD * points)
    whole = max((text_width(line, points) for cell in cells for line in cell.split("\n")), default=0.0)
    return ColumnNeed(least + blank, max(least, whole, text_width(head, points) / _HEAD_LINES) + blank)


def comfortable(columns: Sequence[ColumnNeed], points: float) -> float:
    """Return how wide a table has to be to be read with ease."""
    return sum(max(column.least, min(column.whole, _COMFORT * points)) for column in columns)


def widths(columns: Sequence[ColumnNeed], room: float) -> list[float]:
    """Return widths that fill the room exactly: short columns are whole, long ones share what is left.

    A text four times as long gets twice the width: rows are lowest so, where several texts are long.

    >>> widths([ColumnNeed(10, 30), ColumnNeed(20, 1600), ColumnNeed(20, 400)], 330)
    [30.0, 200.0, 100.0]
    """
    least = sum(column.least for column in columns)
    if least >= room:
        return [column.least * room / least for column in columns]
    columns = _with_room_for_names(columns, room)
    shares = _shares(columns, _level(columns, room))
    total = sum(shares)
    return [round(share * room / total, 3) for share in shares]


def _with_room_for_names(columns: Sequence[ColumnNeed], room: float) -> Sequence[ColumnNeed]:
    """Return needs in which no short column gives way to a long one, as long as that leaves the long ones a half."""
    raised = [column._replace(least=max(column.least, min(column.whole, room / _NAMES_ABREAST))) for column in columns]
    return raised if sum(column.least for column in raised) <= room / 2 else columns


def _shares(columns: Sequence[ColumnNeed], level: float) -> list[float]:
    return [max(column.least, min(column.whole, level * math.sqrt(column.whole))) for column in columns]


def _level(columns: Sequence[ColumnNeed], room: float) -> float:
    """Return how much of its length a column gets, so that all of them fill the room; all are whole where they fit."""
    low, high = 0.0, math.sqrt(max(column.whole for column in columns))
    if sum(column.whole for column in columns) <= room:
        return high
    for _ in range(24):
        middle = (low + high) / 2
        if sum(_shares(columns, middle)) > room:
            high = middle
        else:
            low = middle
    return low
