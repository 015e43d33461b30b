"""What lies under merged cells, where nobody sees it: a format painter, a script or LibreOffice's question leaves it.

Excel shows the top-left cell of a merged range alone. A figure below it is no figure of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from thidua_cli.read.grid import Cell, Fault, FaultyCell, MergedRange, Row, cell_name

_MOST_CELLS: Final = 5_000_000
"""Cells that are looked at under merges; no sheet that people made has so many."""
_YEARS: Final = range(1990, 2100)


def under_merges(
    rows: Iterator[Row], first_column: int, merged: Sequence[MergedRange]
) -> dict[tuple[int, int], FaultyCell | None]:
    """Return the cells that a merge hides, with what is to be said of them; None of words, which are merely not seen.

    What says the same as the cell that is seen is left: a year or a name merged over the rows it holds for.
    """
    waiting = sorted(merged, reverse=True)
    open_areas: list[tuple[MergedRange, Cell]] = []
    hidden: dict[tuple[int, int], FaultyCell | None] = {}
    cells_left = _MOST_CELLS
    for number, row in enumerate(rows):
        while waiting and waiting[-1].top <= number:
            area = waiting.pop()
            open_areas.append((area, _cell(row, area.left - first_column)))
        if not open_areas:
            if not waiting:
                break
            continue
        for area, seen in open_areas:
            cells_left -= area.right - area.left + 1
            for column in _filled(row, area, number, first_column):
                cell = row[column - first_column]
                if not _says_the_same(cell, seen, is_below=column == area.left):
                    hidden[number, column] = _fault(area, number, column, cell)
        if cells_left < 0:
            break
        open_areas = [(area, seen) for area, seen in open_areas if area.bottom > number]
    return hidden


def _cell(row: Row, place: int) -> Cell:
    return row[place] if 0 <= place < len(row) else None


def _filled(row: Row, area: MergedRange, number: int, first_column: int) -> Sequence[int]:
    """Return the columns of an area's cells in one row that hold anything, without the cell that is seen."""
    first = max(area.left + (1 if number == area.top else 0) - first_column, 0)
    covered = row[first : max(area.right - first_column + 1, 0)]
    if covered.count("") + covered.count(None) == len(covered):
        return ()  # nearly every one
    return [place for place, cell in enumerate(covered, start=first + first_column) if cell not in ("", None)]


def _says_the_same(cell: Cell, seen: Cell, *, is_below: bool) -> bool:
    if isinstance(cell, str):
        is_figure = any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))
        return isinstance(seen, str) and cell.split() == seen.split() and not is_figure
    # one figure seen over three rows is not three times this figure; a year is
    return is_below and cell == seen and isinstance(cell, (int, float)) and cell in _YEARS


def _fault(area: MergedRange, row: int, column: int, cell: Cell) -> FaultyCell | None:
    is_word = isinstance(cell, str) and not any(map(str.isdigit, cell))
    # a name under the name of another row is one that a row of figures stands for
    if is_word and not (area.left == area.right and row > area.top):
        return None
    shown = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    merge = f"{cell_name(area.top, area.left)}:{cell_name(area.bottom, area.right)}"
    return FaultyCell(row, column, "", Fault.UNDER_MERGE, shown, merge)
