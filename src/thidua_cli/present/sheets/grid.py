"""Columns that several tables below each other share: each table stands over some of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.sheets.frame import FOOT_SHARES, LEFT_SHARE
from thidua_cli.present.sheets.page import SheetPage, column_widths, filled
from thidua_cli.present.sheets.pen import Span
from thidua_cli.present.toolkit.document import Table

_STEPS: Final = 80
"""Widths are rounded to such parts of the page, so that tables share borders."""
_MORE_THAN_THE_PAGE: Final = 1.15
"""A table of many columns is printed somewhat smaller rather than with words in pieces."""
_OF_THE_FRAME: Final = (LEFT_SHARE, *FOOT_SHARES)
"""Where the parts of the frame end that stand beside each other."""


class SheetGrid(NamedTuple):
    """Widths of the columns of a sheet in points, and over which of them the columns of each table stand."""

    widths: Sequence[float]
    spans: Sequence[Sequence[Span]]


def grid_of(tables: Sequence[Table], page: SheetPage) -> SheetGrid:
    """Return the columns that hold all tables, each as wide as the widest: that is the page, or a little more."""
    wide = [column_widths(table, page, page.width * _MORE_THAN_THE_PAGE) for table in tables]
    total = max([page.width, *map(sum, wide)])
    step = total / _STEPS
    ends = [_ends(filled(table.columns, widths, total), step) for table, widths in zip(tables, wide, strict=True)]
    most = max([_STEPS, *(of_table[-1] for of_table in ends)])
    of_frame = [round(share * most) for share in _OF_THE_FRAME]
    borders = sorted({0, most, *of_frame, *(end for of_table in ends for end in of_table)})
    column = {border: number for number, border in enumerate(borders)}
    widths = [step * (after - before) for before, after in pairwise(borders)]
    return SheetGrid(widths, [_spans(of_table, column, most) for of_table in ends])


def _ends(widths: Sequence[float], step: float) -> list[int]:
    """Return where columns end, in steps; none vanishes."""
    ends: list[int] = []
    total, last = 0.0, 0
    for width in widths:
        total += width
        last = max(last + 1, round(total / step))
        ends.append(last)
    return ends


def _spans(ends: Sequence[int], column: dict[int, int], most: int) -> list[Span]:
    starts = [0, *ends[:-1]]
    spans = [(column[start], column[end] - 1) for start, end in zip(starts, ends, strict=True)]
    # A table that ends a step sooner than the others is drawn as wide as they are.
    return [*spans[:-1], (spans[-1][0], column[most] - 1)]
