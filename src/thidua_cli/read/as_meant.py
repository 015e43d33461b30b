"""Cells as they are meant: without what is crossed out in them, and without marks that are raised or lowered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.grid import Cell, Fault, FaultyCell, Row
from thidua_cli.read.marked_text import CROSSED_OUT, MarkedText
from thidua_cli.read.worded_formats import NOT_SHOWN

Place = tuple[int, int]
"""0-based row and column."""


class Replacement(NamedTuple):
    """What a cell holds in place of what is stored in it, and what is to be said where its figure is needed."""

    cell: Cell
    fault: FaultyCell | None = None


class AsMeant(NamedTuple):
    """What becomes of the marked cells of a sheet."""

    changes: dict[Place, Replacement]
    marked: dict[Place, MarkedText]
    """Cells of which something stays; what is left out is to be told."""
    struck_rows: tuple[int, ...]
    """Rows of which nothing stays: a unit that was crossed out."""


def without_marks(rows: Iterator[Row], first_column: int, marked: Mapping[Place, MarkedText]) -> AsMeant:
    """Return what the marked cells of a sheet hold as they are meant."""
    by_row: dict[int, list[int]] = {}
    for place in marked:
        by_row.setdefault(place[0], []).append(place[1])
    as_meant = AsMeant({}, {}, ())
    struck: list[int] = []
    for number, row in enumerate(rows):
        if number not in by_row:
            continue
        filled = {offset + first_column for offset, cell in enumerate(row) if cell not in ("", None)}
        columns = sorted(filled.intersection(by_row[number]))
        is_struck = len(filled) > 1 and all(_is_struck(marked.get((number, column))) for column in filled)
        struck += [number] if is_struck else []
        for column in columns:
            place, text = (number, column), marked[number, column]
            fault = None if is_struck or text.text else _fault(place, text, row[column - first_column])
            as_meant.changes[place] = Replacement(text.text, fault)
            if text.text:
                as_meant.marked[place] = text
    return as_meant._replace(struck_rows=tuple(struck))


def worded_numbers(rows: Iterator[Row], first_column: int, worded: Mapping[Place, str]) -> dict[Place, FaultyCell]:
    """Return the numbers to which their format adds words, as they are seen; the numbers themselves stay."""
    by_row: dict[int, list[int]] = {}
    for place in worded:
        by_row.setdefault(place[0], []).append(place[1])
    faults: dict[Place, FaultyCell] = {}
    for number, row in enumerate(rows):
        for column in by_row.get(number, ()):
            offset = column - first_column
            cell = row[offset] if 0 <= offset < len(row) else None
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                faults[number, column] = _worded(number, column, cell, worded[number, column])
    return faults


def _worded(row: int, column: int, cell: Cell, words: str) -> FaultyCell:
    if words == NOT_SHOWN:
        return FaultyCell(row, column, "", Fault.NOT_SHOWN, _stored(cell))
    return FaultyCell(row, column, "", Fault.WORDED, _stored(cell) + words)


def _is_struck(text: MarkedText | None) -> bool:
    return text is not None and bool(text.struck) and not text.text and not text.raised


def _fault(place: Place, text: MarkedText, cell: Cell) -> FaultyCell:
    shown = _stored(cell) if text is CROSSED_OUT else text.whole
    return FaultyCell(*place, "", Fault.STRUCK if text.struck else Fault.RAISED, shown)


def _stored(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
