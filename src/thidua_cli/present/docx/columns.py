"""How wide the columns of a table are: as their words need, together exactly as wide as the text.

Word would find widths of its own, but only when it is asked to, and other programs find others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.docx.styles import CELL_MARGIN, TABLE_SIZES
from thidua_cli.present.docx.words import TWIPS_PER_POINT
from thidua_cli.present.toolkit.column_widths import ColumnNeed, needs, widths
from thidua_cli.present.toolkit.document import TableColumn

_SPARE: Final = 1.1
"""Headings are bold, and some programs take letters with marks from another font where theirs has none."""
_INSET: Final = CELL_MARGIN / TWIPS_PER_POINT


class ColumnLayout(NamedTuple):
    """Size of the letters, and a width per column in twips."""

    points: float
    widths: Sequence[int]


def column_layout(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]], room: int) -> ColumnLayout:
    """Lay columns out for headings and cells: the largest letters of `TABLE_SIZES` with which no word is broken.

    >>> column_layout([TableColumn("Năm"), TableColumn("Lý do")], [["2021", "chưa đủ số liệu " * 9]], 9000)
    ColumnLayout(points=11.0, widths=[644, 8356])
    """
    in_points = room / TWIPS_PER_POINT
    for points in TABLE_SIZES:
        needed = _needs(columns, texts, points)
        if sum(need.least for need in needed) <= in_points:
            break
    shares = [int(width * TWIPS_PER_POINT) for width in widths(needed, in_points)]
    shares[-1] += room - sum(shares)
    return ColumnLayout(points, shares)


def least_width(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]]) -> float:
    """Return the twips a table needs with the largest letters."""
    return sum(need.least for need in _needs(columns, texts, TABLE_SIZES[0])) * TWIPS_PER_POINT


def _needs(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]], points: float) -> list[ColumnNeed]:
    return needs([column.header for column in columns], texts, points * _SPARE, _INSET)
