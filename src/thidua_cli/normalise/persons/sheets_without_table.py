"""Rows of persons that stand under no header of ours, and persons that head the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.normalise.persons.names import is_name_of_person
from thidua_cli.normalise.persons.numbers import is_birth, is_identity, is_of_person, is_telephone
from thidua_cli.normalise.persons.rows import FEWEST_PERSONS, Sign, TellingCell, cell_at, is_mark, sample, telling
from thidua_cli.read.grid import Cell, Row

_FEWEST_CELLS: Final = 2
"""Of a row; one alone is a title."""
_FEWEST_HEADED: Final = 2
"""Columns headed by persons, with figures below."""
_ROWS_BELOW: Final = 12


def persons_without_header(rows: Sequence[Row]) -> TellingCell | None:
    """Return the cell that tells that rows under no known header are persons: numbers and births beside names."""
    numbers = sample(len(rows))
    if sum(any(is_of_person(cell) for cell in rows[number] if cell) for number in numbers) < FEWEST_PERSONS:
        return None  # the lines above and below nearly every table
    signs = [_loose_sign(rows[number]) for number in numbers]
    filled = len(signs) - signs.count(Sign.NOTHING)
    persons, maybe = signs.count(Sign.PERSON), signs.count(Sign.MAYBE)
    if persons < FEWEST_PERSONS or not (4 * persons >= filled or 2 * (persons + maybe) > filled):
        return None
    first = numbers[signs.index(Sign.PERSON)]
    return telling(first, rows[first])


def _loose_sign(row: Row) -> Sign:
    cells = [cell for cell in row if cell not in ("", None)]
    if len(cells) < _FEWEST_CELLS:
        return Sign.NOTHING
    names = sum(isinstance(cell, str) and is_name_of_person(cell) for cell in cells)
    numbered = any(map(is_identity, cells))
    if numbered and (names or any(isinstance(cell, str) and not is_identity(cell) for cell in cells)):
        return Sign.PERSON
    if names and any(is_birth(cell) or is_telephone(cell) for cell in cells):
        return Sign.PERSON
    return Sign.MAYBE if names else Sign.UNIT


def persons_in_header(rows: Sequence[Row], top: int, bottom: int) -> TellingCell | None:
    """Return the cell that tells that persons head the columns of a table, a person in each."""
    for number in range(top, bottom + 1):
        row = rows[number] if number < len(rows) else []
        places = [place for place, cell in enumerate(row) if cell and isinstance(cell, str) and is_name_of_person(cell)]
        if len(places) < _FEWEST_HEADED:
            continue
        below = rows[number + 1 : number + 1 + _ROWS_BELOW]
        filled = [place for place in places if any(_is_figure(cell_at(row, place)) for row in below)]
        if len(filled) >= _FEWEST_HEADED:
            return TellingCell(number, filled[0], row[filled[0]], is_name=True)
    return None


def _is_figure(cell: Cell) -> bool:
    return cell not in ("", None) and is_mark(cell)
