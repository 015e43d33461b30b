"""What libraries of data frames write around a table: a column of row numbers, names for headings that were empty.

A form that went through one of them has a first column 0, 1, 2 … from its title down, which cuts its stacked heading,
and "Unnamed: 4" where cells of a merged heading were empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.grid import Cell, Row

_ROWS_LOOKED_AT: Final = 40
_HEAD_ROWS: Final = 15
_FEWEST: Final = 4
_MARK: Final = "Unnamed: "
_UNNAMED: Final = late_pattern(r"Unnamed: \d+(?:_level_\d+)?\Z")


def without_frame_marks(rows: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """Return the rows as they were before, and how many columns were taken off on the left: 1 or none."""
    rows = _without_unnamed(rows)
    if not _numbers_every_row(rows):
        return rows, 0
    return [row[1:] for row in rows], 1


def _numbers_every_row(rows: Sequence[Row]) -> bool:
    """Say whether the first cells number the rows from the very top, one apart, the first of all being empty or not.

    The column "TT" begins below its heading, and no row of a title has a number.
    """
    if len(rows) < _FEWEST or any(not row or _number(row[0]) is None for row in rows[1:_FEWEST]):
        return False  # nearly every sheet
    first = [_number(row[0]) if row else None for row in islice(rows, _ROWS_LOOKED_AT)]
    if not any(map(_is_words, rows[1:_FEWEST])):
        return False
    body = first[1:] if rows[0] and rows[0][0] in ("", None) else first
    return body[0] in (0, 1) and body == list(range(body[0], body[0] + len(body)))


def _is_words(row: Row) -> bool:
    """Say whether a row is of a title or a header, but for its first cell: then that is no "TT"."""
    beside = [cell for cell in row[1:] if cell not in ("", None)]
    return bool(beside) and all(isinstance(cell, str) and not cell.isdigit() for cell in beside)


def _number(cell: Cell) -> int | None:
    if isinstance(cell, str):
        return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 8 else None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else None


def _without_unnamed(rows: Sequence[Row]) -> Sequence[Row]:
    head = enumerate(islice(rows, _HEAD_ROWS))
    marked = [number for number, row in head if _MARK in "\n".join([cell for cell in row if type(cell) is str])]
    if not marked:
        return rows
    cleared = list(rows)
    for number in marked:
        cleared[number] = [None if _is_unnamed(cell) else cell for cell in rows[number]]
    return cleared


def _is_unnamed(cell: Cell) -> bool:
    return isinstance(cell, str) and _UNNAMED.match(cell) is not None
