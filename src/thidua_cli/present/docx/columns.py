"""How wide the columns of a table are: as their words need, together exactly as wide as the text.

Word would find widths of its own, but only when it is asked to, and other programs find others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from thidua_cli.present.docx.styles import CELL_MARGIN, TABLE_SIZES
from thidua_cli.present.docx.words import TWIPS_PER_POINT
from thidua_cli.present.paper.text_width import text_width
from thidua_cli.present.toolkit.document import TableColumn

_BREAKS: Final = re.compile(r"[\s\-–/]+")
"""Where a line may break."""
_SPARE: Final = 1.12
"""Some programs take letters with marks from another font, where theirs has none."""
_LONGEST_WORD: Final = 24
"""Letters of a word that a column is never widened for: a path or a checksum is broken."""
_MOST_LINE: Final = 160
"""Letters of a line that more are not better read than."""


class ColumnLayout(NamedTuple):
    """Size of the letters, and a width per column in twips."""

    points: float
    widths: Sequence[int]


class _Space(NamedTuple):
    """Widths of a column in points, for letters of one point."""

    least: float
    """Of its longest word."""
    best: float
    """Of its longest text, on one line."""


def column_layout(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]], room: int) -> ColumnLayout:
    """Lay columns out for headings and cells: the largest letters of `TABLE_SIZES` with which no word is broken.

    >>> column_layout([TableColumn("Năm"), TableColumn("Lý do")], [["2021", "chưa đủ số liệu " * 9]], 9000)
    ColumnLayout(points=11.0, widths=[666, 8334])
    """
    needs = [_need(column, {row[place] for row in texts}) for place, column in enumerate(columns)]
    margins = 2 * CELL_MARGIN * len(columns)
    fitting = (points for points in TABLE_SIZES if _total(needs, points) + margins <= room)
    points = next(fitting, TABLE_SIZES[-1])
    return ColumnLayout(points, _widths(needs, points, room))


def least_width(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]]) -> float:
    """Return the twips a table needs with the largest letters."""
    needs = [_need(column, {row[place] for row in texts}) for place, column in enumerate(columns)]
    return _total(needs, TABLE_SIZES[0]) + 2 * CELL_MARGIN * len(columns)


def _need(column: TableColumn, texts: Iterable[str]) -> _Space:
    head = _longest(_BREAKS.split(column.header), bold=True)
    if not column.type.is_text:
        longest = max(head, _longest(texts))
        return _Space(longest, longest)
    lines = {line[:_MOST_LINE] for text in texts for line in text.splitlines()}
    words = {word[:_LONGEST_WORD] for text in texts for word in _BREAKS.split(text)}
    least = max(head, _longest(words))
    return _Space(least, max(least, _longest(lines)))


def _longest(texts: Iterable[str], *, bold: bool = False) -> float:
    return max((text_width(text, 1, bold=bold) for text in texts), default=0) * _SPARE


def _total(needs: Sequence[_Space], points: float) -> float:
    return sum(need.least for need in needs) * points * TWIPS_PER_POINT


def _widths(needs: Sequence[_Space], points: float, room: int) -> list[int]:
    """Share the room out: what the words need to each, the rest to those whose texts do not stand on one line."""
    scale = points * TWIPS_PER_POINT
    least = [need.least * scale + 2 * CELL_MARGIN for need in needs]
    wanted = [(need.best - need.least) * scale for need in needs]
    rest = room - sum(least)
    if rest < 0:
        shares = [width / sum(least) * room for width in least]
    elif sum(wanted) > rest:
        shares = [width + more for width, more in zip(least, _shared(wanted, rest), strict=True)]
    else:
        full = [width + want for width, want in zip(least, wanted, strict=True)]
        shares = [width / sum(full) * room for width in full]
    widths = [int(share) for share in shares]
    widths[-1] += room - sum(widths)
    return widths


def _shared(wanted: Sequence[float], rest: float) -> list[float]:
    """Give those that want little all of it, so that no short text is broken for a long one; the others share."""
    given: dict[int, float] = {}
    while True:
        waiting = [place for place in range(len(wanted)) if place not in given]
        fair = rest / len(waiting)
        modest = [place for place in waiting if wanted[place] <= fair]
        if not modest:
            break
        given |= {place: wanted[place] for place in modest}
        rest -= sum(wanted[place] for place in modest)
    most = sum(wanted[place] for place in waiting)
    return [given.get(place, rest * want / most) for place, want in enumerate(wanted)]
